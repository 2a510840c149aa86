"""The line of the residents' pension."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.catalogue.values import Values
from governance.entitlements import wishes
from governance.entitlements.contract import ONCE, Amount, Asked, Lack, Line, Moment, Step, Turn
from governance.entitlements.vocabulary import Match, Standing
from programs.insurance import reading
from programs.insurance.rules import pension, projection
from programs.insurance.rules.retirement import Month
from programs.insurance.vocabulary import EMPLOYEES, RESIDENTS


def line(asked: Asked, values: Values) -> Line:
    """The line, for what is known and told."""
    begins = Month.of(asked.person.born_on).plus(int(values.number(RESIDENTS, "pension-age")))
    needed = int(values.number(RESIDENTS, "minimum-months"))
    months_on = projection.months_between(Month.of(asked.day), begins)
    years, balance = asked.told("residents_years"), asked.told("residents_balance")
    estimate = _estimate(asked, values, balance, months_on)
    standing, sentence = _standing(years, needed, begins, months_on)
    short = needed - 12 * (years or 0)
    more = Turn({"residents_years": -(-needed // 12)}, _("%(time)s more of contributions would be enough.") % {"time": reading.period_words(short)}) if standing == Standing.NOT_ELIGIBLE else None
    words = {"basic": reading.yuan(values.number(RESIDENTS, "basic-pension")), "months": reading.period_words(needed)}
    return Line(
        RESIDENTS, values.parameter(RESIDENTS, "basic-pension").program, standing, sentence,
        source=_("The rules of the pension of residents, and what you told here"), as_of=asked.day, match=Match.RULE if years is None else Match.TOLD,
        accrued=None if balance is None else Amount.exactly(balance, ONCE), estimate=estimate,
        method=_("The national minimum of the basic pension, and the account divided by the months the rules name."),
        assumptions=(_("Places may pay more than the national minimum."), _("Account without interest: the rates of coming years are not known.")),
        lacks=_lacks(years, balance), trace=(_("Basic pension: at least %(basic)s a month. Contributions needed: %(months)s.") % words,),
        moments=(Moment(date(begins.year, begins.number % 12 + 1, 1), _("Pension of residents"), estimate if years is not None else None),),
        steps=(Step(_("Work it out step by step"), reverse("insurance:residents-pension")),), used=tuple(values.used), not_with=(EMPLOYEES,), turn=more,
    )  # fmt: skip


def _estimate(asked: Asked, values: Values, balance: Decimal | None, months_on: int) -> Amount | None:
    """From paying nothing more to what is paid in on top until it begins; None where the account is not known."""
    if balance is None:
        return None
    more = Decimal(0) if asked.told("job") == wishes.NOTHING else asked.told("more") or Decimal(0)
    basic, by = values.number(RESIDENTS, "basic-pension"), values.number(RESIDENTS, "divisor-months")
    least, most = (pension.residents_pension(basic=basic, balance=one, divisor_months=by).total for one in (balance, balance + more * months_on))
    return Amount(least, most)


def _standing(years: int | None, needed: int, begins: Month, months_on: int) -> tuple[Standing, Any]:
    word = {"month": reading.month_words(begins)}
    if years is None:
        sentence = _("You reached the age for it in %(month)s.") if not months_on else _("It begins in %(month)s, for whoever has paid in as a resident.")
        return Standing.CANNOT_TELL, sentence % word
    if months_on:
        return Standing.ACCRUING, _("It begins in %(month)s.") % word
    if 12 * years >= needed:
        return Standing.UNCLAIMED, _("By what is known here you can draw it: you have reached the age and paid in long enough.")
    return Standing.NOT_ELIGIBLE, _("You have not paid in long enough. The office can tell whether you may pay the missing years at once.")


def _lacks(years: int | None, balance: Decimal | None) -> tuple[Lack, ...]:
    office = _("the social insurance office of your place")
    found = ((years, _("whether and how long you have paid in as a resident")), (balance, _("the balance of your residents’ account")))
    return tuple(Lack(fact, office) for value, fact in found if value is None)
