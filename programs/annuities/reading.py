"""What a plan costs and brings, and what is not taxed: explained."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from governance.catalogue.decisions import YES, Decision
from governance.catalogue.values import Values
from programs.annuities.rules import accounts, plans
from programs.annuities.values import caps, percent
from programs.annuities.vocabulary import OCCUPATIONAL, PROGRAM


def costs(values: Values, *, payroll: Decimal, people: int, employer_rate: Decimal, staff_rate: Decimal, years: int, returns: Decimal) -> Decision:
    """What a plan costs and brings, before it is filed. Rates and returns as parts of one."""
    limit = caps(values)
    found = plans.cost(payroll, people, employer_rate, staff_rate)
    low, high = (plans.grown(found.monthly, years, max(returns + d, Decimal(0))) for d in (Decimal("-0.01"), Decimal("0.01")))
    middle = plans.grown(found.monthly, years, returns)
    fits = found.employer_share <= limit.employer and found.total_share <= limit.total
    yuan = lambda amount: _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}  # noqa: E731
    results = [
        ("employer", _("The employer pays in a year"), yuan(found.employer)), ("staff", _("The staff pay in a year"), yuan(found.staff)),
        ("monthly", _("For one person in a month, on average"), yuan(found.monthly)),
        ("grown", _("That comes to, after %(n)d years") % {"n": years}, yuan(middle)),
        ("low", _("With one point less"), yuan(low)), ("high", _("With one point more"), yuan(high)),
    ]  # fmt: skip
    trace = [
        _("The employer pays %(rate)s of the payroll; at most %(limit)s.") % {"rate": percent(employer_rate), "limit": percent(limit.employer)},
        _("Together %(rate)s; at most %(limit)s.") % {"rate": percent(found.total_share), "limit": percent(limit.total)},
        _("Paid at the end of each month at %(rate)s a year; the range is one point less and one point more. Costs of administration are not taken off.") % {"rate": percent(returns)},
    ]
    sentence = _("This plan keeps within the caps.") if fits else _("This plan is above the caps and cannot be filed so.")
    values_told = {"employer": str(found.employer), "staff": str(found.staff), "monthly": str(found.monthly), "grown": str(middle), "low": str(low), "high": str(high)}
    facts: dict[str, Any] = {"payroll": str(payroll), "people": people, "employer_rate": str(employer_rate), "staff_rate": str(staff_rate), "years": years, "returns": str(returns)}
    return Decision("annuities.costs", facts, YES if fits else "no", sentence, results, trace, values.used, values_told)


def tax(values: Values, *, base: Decimal, average: Decimal) -> Decision:
    """How much of one's own contribution a month is not taxed."""
    part, multiple = values.number(PROGRAM, "tax.person-share"), values.number(PROGRAM, "tax.base-ceiling")
    found = plans.deductible(base, average, part=part, multiple=multiple)
    said = {"amount": f"{found:,.2f}"}
    counted = min(base, average * multiple)
    trace = [
        _("The base counts up to %(n)s times the local average wage: %(counted)s yuan.") % {"n": f"{multiple.normalize():f}", "counted": f"{counted:,.2f}"},
        _("%(part)s of it is not taxed.") % {"part": percent(part)},
    ]
    results = [("deductible", _("Not taxed in a month"), _("%(amount)s yuan") % said)]
    facts = {"base": str(base), "average": str(average)}
    return Decision("annuities.tax", facts, YES, _("Up to %(amount)s yuan a month of your own contribution are not taxed.") % said, results, trace, values.used, {"deductible": str(found)})


def occupational(values: Values, *, base: Decimal, years: int, returns: Decimal) -> Decision:
    """What unit and person pay into an occupational annuity each month, and what it comes to."""
    unit, person = (values.number(OCCUPATIONAL, f"contribution.{one}") for one in ("employer", "person"))
    by_unit, by_person = accounts.notional(base, unit=unit, person=person)
    grown = {rate: plans.grown(by_unit + by_person, years, max(rate, Decimal(0))) for rate in (returns - Decimal("0.01"), returns, returns + Decimal("0.01"))}
    low, middle, high = grown.values()
    yuan = lambda amount: _("%(amount)s yuan") % {"amount": f"{amount:,.2f}"}  # noqa: E731
    results = [
        ("unit", _("The unit pays in a month"), yuan(by_unit)), ("person", _("You pay in a month"), yuan(by_person)),
        ("grown", _("That comes to, after %(n)d years") % {"n": years}, yuan(middle)), ("low", _("With one point less"), yuan(low)), ("high", _("With one point more"), yuan(high)),
    ]  # fmt: skip
    trace = [
        _("Unit: %(base)s × %(rate)s = %(amount)s.") % {"base": yuan(base), "rate": percent(unit), "amount": yuan(by_unit)},
        _("You: %(base)s × %(rate)s = %(amount)s.") % {"base": yuan(base), "rate": percent(person), "amount": yuan(by_person)},
        _("Where the budget pays the unit wholly, its part is only written down at first and is paid in when you draw on it. It belongs to you all the same."),
    ]
    told = {"unit": str(by_unit), "person": str(by_person), "grown": str(middle), "low": str(low), "high": str(high)}
    facts = {"base": str(base), "years": years, "returns": str(returns)}
    sentence = _("%(unit)s from the unit and %(person)s from you each month.") % {"unit": yuan(by_unit), "person": yuan(by_person)}
    return Decision("annuities.occupational", facts, YES, sentence, results, trace, values.used, told)
