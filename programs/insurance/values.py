"""The values by which contributions, bills and late fees are worked out: those of the catalogue that hold in an area for a month or on
a day, and the registered work injury rate of an employer. A bill never rests on an estimate: what is not registered is named as missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.dates import MONTHS
from django.utils.translation import gettext as _

from governance.catalogue.models import Parameter, is_chinese
from governance.catalogue.values import Values, values_on
from governance.catalogue.vocabulary import NATIONAL
from programs.insurance.models import InjuryRate
from programs.insurance.rules import contributions
from programs.insurance.rules.arrears import Rate
from programs.insurance.vocabulary import EMPLOYEES, RATES, Branch, Floating

EMPLOYER, PERSON, LATE = "contribution.employer", "contribution.person", "late-fee"
UNDECLARED = "unreported-base"
AVERAGE, FLOOR, CEILING = "base.average", "base.floor", "base.ceiling"
LOCAL = frozenset({Branch.MEDICAL})  # each pooling area sets it: the value for the whole country is an estimate, and no bill rests on it


def month_words(year: int, month: int) -> str:
    """A month as people say it: October 2025, 2025 年 10 月."""
    return f"{year} 年 {month} 月" if is_chinese() else f"{MONTHS[month]} {year}"


def late_fee_on(day: date) -> Parameter:
    """What is owed for each day of arrears."""
    return values_on(day, EMPLOYEES).parameter(EMPLOYEES, LATE)


def undeclared_on(day: date) -> Parameter:
    """By how much of the month before a month is billed that the employer did not declare (Social Insurance Law art. 62)."""
    return values_on(day, EMPLOYEES).parameter(EMPLOYEES, UNDECLARED)


@dataclass
class Terms:
    """By what an employer's month is billed; ``missing`` says in words what is not registered."""

    rates: dict[str, Rate] = field(default_factory=dict)
    average: Decimal | None = None
    floor: Decimal = Decimal(0)
    ceiling: Decimal = Decimal(0)
    missing: list[str] = field(default_factory=list)
    used: list[Any] = field(default_factory=list)  # versions of values, and the employer's work injury rate

    def base(self, declared: Decimal) -> Decimal:
        """The declared base, kept between floor and ceiling."""
        if self.average is None:
            return declared
        return contributions.base(declared, self.average, floor=self.floor, ceiling=self.ceiling)


def terms_of(employer: Any, month: date, branches: Iterable[str]) -> Terms:
    """The terms of these branches for an employer and a month, in the area of the employer."""
    values = values_on(month, *RATES.values(), area=employer.area_id)
    terms = Terms()
    for branch in sorted(set(branches), key=Branch.values.index):
        rate = _injury_rate(terms, values, employer, month) if branch == Branch.INJURY else _rate(values, Branch(branch))
        if rate is not None:
            terms.rates[branch] = rate
        elif branch != Branch.INJURY:
            terms.missing.append(_("the rate of %(branch)s in %(area)s") % {"branch": Branch(branch).label, "area": employer.area})
    if values.has(EMPLOYEES, AVERAGE):
        terms.average, terms.floor, terms.ceiling = (values.number(EMPLOYEES, key) for key in (AVERAGE, FLOOR, CEILING))
    else:
        terms.missing.append(_("the average wage of %(area)s, from which the lowest and the highest base follow") % {"area": employer.area})
    terms.used = [*values.used, *terms.used]
    return terms


def _rate(values: Values, branch: Branch) -> Rate | None:
    """The rate of a branch that holds; maternity is paid with medical (Social Insurance Law art. 64, 66)."""
    if branch == Branch.MATERNITY:
        return Rate(Decimal(0))
    program = RATES[branch]
    if not values.has(program, EMPLOYER) or (branch in LOCAL and values.parameter(program, EMPLOYER).area_id == NATIONAL):
        return None
    return Rate(values.number(program, EMPLOYER), values.number(program, PERSON) if values.has(program, PERSON) else Decimal(0))


def _injury_rate(terms: Terms, values: Values, employer: Any, month: date) -> Rate | None:
    """The base rate of the employer's class of industry, floated to its step (工伤保险条例 art. 8). The person pays nothing (art. 10)."""
    registered = InjuryRate.objects.holding(employer.pk, month)
    if registered is None:
        terms.missing.append(_("the class of industry of %(employer)s, for work injury") % {"employer": employer})
        return None
    terms.used.append(registered)
    program = RATES[Branch.INJURY]
    step = Decimal(1) if registered.floating == Floating.BASE else Decimal(values.table(program, "floating")[registered.floating])
    return Rate(Decimal(values.table(program, "rates")[str(registered.industry)]) * step)
