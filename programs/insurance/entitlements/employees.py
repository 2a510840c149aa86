"""The line of the employees' pension: when it begins and how much it may be, between what and what."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cached_property
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from governance.catalogue.values import Values
from governance.entitlements import wishes
from governance.entitlements.contract import ONCE, Amount, Asked, Lack, Line, Moment, Step, Turn
from governance.entitlements.vocabulary import Match, Standing
from programs.insurance import reading
from programs.insurance.entitlements.facts import paid_months
from programs.insurance.rules import pension, projection, retirement
from programs.insurance.rules.retirement import Minimum, Month
from programs.insurance.vocabulary import EMPLOYEES, RESIDENTS, Group


def line(asked: Asked, values: Values) -> Line:
    """The line, for what is known and told."""
    return _Employee(asked, values).line()


def _groups(asked: Asked) -> list[str]:
    """By which age; of a woman who has not said, by both."""
    if asked.person.is_male:
        return [Group.MEN.value]
    women = [Group.WOMEN_50.value, Group.WOMEN_55.value]
    told = [asked.told("group")] if asked.told("group") in women else women
    return told if asked.person.is_male is False else [*told, Group.MEN.value]


@dataclass
class _Employee:
    asked: Asked
    values: Values

    @cached_property
    def starts(self) -> list[Month]:
        """The months in which it may begin: one, or one for each age that may count."""
        found = []
        for group in _groups(self.asked):
            schedule, freedom = reading.retirement_window(self.values, group)
            window = retirement.window(Month.of(self.asked.person.born_on), schedule, **freedom)
            self.windows.append(window)
            found.append(projection.start(window, self.later(window)))
        return found

    def later(self, window: retirement.Window) -> int:
        """By how many months one wishes to begin later; a month that has passed cannot be wished for."""
        later = int(self.asked.told("later") or 0)
        return later if projection.start(window, later) > self.now else 0

    @cached_property
    def windows(self) -> list[retirement.Window]:
        return []

    @cached_property
    def now(self) -> Month:
        return Month.of(self.asked.day)

    @cached_property
    def has_begun(self) -> bool:
        """Whether the latest of the months has come."""
        return max(self.starts) <= self.now

    @cached_property
    def paid(self) -> int | None:
        return paid_months(self.asked)

    def needed(self, begins: Month, window: retirement.Window) -> int:
        """Least months of contributions."""
        minimum = Minimum.of(self.values.table(EMPLOYEES, "minimum-months"))
        return retirement.minimum_months(retirement.year_that_counts(begins, window.statutory), minimum)

    def months_on(self, begins: Month) -> int:
        """How many months one would still pay in."""
        return 0 if self.asked.told("job") == wishes.NOTHING else projection.months_between(self.now, begins)

    def line(self) -> Line:
        starts, paid = self.starts, self.paid
        needed = max(self.needed(begins, window) for begins, window in zip(starts, self.windows, strict=True))
        estimate = self.estimate()
        found = Line(
            EMPLOYEES, self.values.parameter(EMPLOYEES, "pension.accrual").program, Standing.CANNOT_TELL, self.when(),
            source=_("The rules of the pension of employees, and what you told here"), match=Match.RULE if paid is None else Match.TOLD, as_of=self.asked.day,
            accrued=None if self.asked.told("balance") is None else Amount.exactly(self.asked.told("balance"), ONCE), estimate=estimate,
            method=_("Basic part and account part of the pension, in today’s money and by today’s rules: from stopping today to paying on until it begins."),
            assumptions=self.assumptions(), warnings=self.warnings(needed), lacks=self.lacks(), trace=self.trace(needed),
            moments=self.moments(estimate), steps=self.steps(), used=tuple(self.values.used), not_with=(RESIDENTS,),
        )  # fmt: skip
        return replace(found, **self.standing(needed))

    def standing(self, needed: int) -> dict[str, Any]:
        """How the person stands, and the sentence that says so."""
        if (drawn := self.asked.told("drawn")) is not None:
            now = Amount.exactly(drawn)
            return {"standing": Standing.HAVE, "match": Match.TOLD, "estimate": now, "lacks": (), "moments": (Moment(self.asked.day, _("Pension of employees, as it is drawn"), now),),
                    "sentence": _("You draw this pension.")}  # fmt: skip
        if self.paid is None:
            return {}
        if not self.has_begun:
            return {"standing": Standing.ACCRUING}
        if self.paid >= needed:
            return {"standing": Standing.UNCLAIMED, "sentence": _("By what is known here you can draw it: you have reached the age and paid in long enough.")}
        words = {"paid": reading.period_words(self.paid), "needed": reading.period_words(needed)}
        more = Turn(dict(zip(("paid_years", "paid_months"), divmod(needed, 12), strict=True)), _("%(time)s more of contributions would be enough.") % {"time": reading.period_words(needed - self.paid)})
        return {"standing": Standing.NOT_ELIGIBLE, "sentence": _("%(paid)s of contributions are less than the %(needed)s needed.") % words, "turn": more}

    def when(self) -> str:
        """When it begins."""
        first, last = min(self.starts), max(self.starts)
        if first != last:
            return _("It begins in %(first)s or in %(last)s, depending on which age counts for you.") % {"first": reading.month_words(first), "last": reading.month_words(last)}
        if self.has_begun:
            return _("You reached the age for it in %(month)s.") % {"month": reading.month_words(first)}
        return _("It begins in %(month)s.") % {"month": reading.month_words(first)}

    def estimate(self) -> Amount | None:
        """Between the least and the most of everything that is not known; None where wage or account are not known."""
        wage, balance = self.asked.told("wage"), self.asked.told("balance")
        if self.paid is None or not wage or balance is None:
            return None
        share = self.values.number(EMPLOYEES, "contribution.person")
        terms = projection.Terms(
            self.values.number(EMPLOYEES, "pension.accrual"), pension.divisors_of(self.values.table(EMPLOYEES, "divisor-months")),
            self.values.words(EMPLOYEES, "divisor-interpolation") == "monthly",
        )  # fmt: skip
        found = []
        for index in self.indices():
            paying = projection.Paying(self.paid, balance, wage, index, share, self.later_index(index))
            for begins in self.starts:
                age = begins.number - Month.of(self.asked.person.born_on).number
                found += [projection.projected(paying, on, age=age, terms=terms).total for on in {0, self.months_on(begins)}]
        return Amount(min(found), max(found))

    @property
    def is_flexible(self) -> bool:
        """Whether one wishes to work for oneself, and so chooses the base."""
        return self.asked.told("job") == wishes.FLEXIBLE

    def later_index(self, index: Decimal) -> Decimal | None:
        """On which one pays from now on: whoever works for themselves may choose more, an employee may not."""
        more = self.asked.told("more")
        if not more or not self.is_flexible:
            return None
        rate, ceiling = (self.values.number(EMPLOYEES, key) for key in ("contribution.flexible", "base.flexible-ceiling"))
        return projection.raised(index, more, wage=self.asked.told("wage"), rate=rate, ceiling=ceiling)

    def indices(self) -> list[Decimal]:
        """The index told, or the bounds between which it must lie."""
        told = self.asked.told("index")
        return [told] if told else [self.values.number(EMPLOYEES, "base.floor"), self.values.number(EMPLOYEES, "base.ceiling")]

    def lacks(self) -> tuple[Lack, ...]:
        office, place = _("the social insurance office of your place"), _("the human resources authority of your place, which publishes it")
        known = (
            (self.paid, _("how long you have paid in"), office), (self.asked.told("balance"), _("the balance of your account"), office),
            (self.asked.told("wage"), _("the average wage of your place"), place), (self.asked.told("index"), _("your average contribution index"), office),
        )  # fmt: skip
        found = [Lack(fact, holder) for value, fact, holder in known if value is None]
        if len(self.starts) > 1:
            found.append(Lack(_("whether your age was 50 or 55 before 2025"), _("your employer, by your post")))
        return tuple(found)

    def assumptions(self) -> tuple[str, ...]:
        found = [_("Account without interest: the rates of coming years are not known."), _("Without a transitional pension: its rules are local.")]
        if self.asked.told("index") is None and self.estimate_is_told():
            found.append(_("Your index is not known: from the least to the most that is allowed."))
        if len(self.starts) > 1:
            found.append(_("On the timeline the later of the two months counts."))
        if self.is_flexible:
            found.append(_("Working for yourself you pay both parts, on a base you choose."))
        elif self.asked.told("more"):
            found.append(_("Employees pay on their wage: more can only go into an annuity of the employer or a personal pension."))
        return tuple(found)

    def estimate_is_told(self) -> bool:
        """Whether enough was told for an amount."""
        return self.paid is not None and bool(self.asked.told("wage"))

    def warnings(self, needed: int) -> tuple[str, ...]:
        if self.paid is None or self.asked.told("drawn") is not None:
            return ()
        at_start = self.paid + min(self.months_on(begins) for begins in self.starts)
        if at_start < needed:
            return (_("When it begins you would lack %(n)s of contributions.") % {"n": reading.period_words(needed - at_start)},)
        return ()

    def trace(self, needed: int) -> tuple[str, ...]:
        said = [
            _("Statutory age: %(age)s, reached in %(month)s.") % {"age": reading.age_words(window.age), "month": reading.month_words(window.statutory)}
            for window in self.windows
        ]
        return (*said, _("Contributions needed: %(time)s.") % {"time": reading.period_words(needed)}, *self.cost())

    def cost(self) -> tuple[str, ...]:
        """What one would pay each month, working for oneself."""
        wage, index = self.asked.told("wage"), self.asked.told("index")
        if not self.is_flexible or not wage or not index:
            return ()
        rate, base = self.values.number(EMPLOYEES, "contribution.flexible"), wage * (self.later_index(index) or index)
        return (_("Working for yourself: %(rate)s of a base of %(base)s, that is %(amount)s a month.") % {"rate": reading.percent(rate), "base": reading.yuan(base), "amount": reading.yuan(base * rate)},)

    def moments(self, estimate: Amount | None) -> tuple[Moment, ...]:
        begins = max(self.starts)
        amount = estimate if self.paid is not None else None
        return (Moment(date(begins.year, begins.number % 12 + 1, 1), _("Pension of employees"), amount),)

    def steps(self) -> tuple[Step, ...]:
        return (Step(_("When may I retire?"), reverse("insurance:retirement")), Step(_("Work it out step by step"), reverse("insurance:pension")))
