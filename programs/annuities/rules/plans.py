"""What a plan must keep to: the caps of contributions, the credit of one person against the average, the table of vesting.

Enterprise Annuity Measures (企业年金办法, order 36 of 2018); the numbers come from the catalogue, dated and with their source.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN, WHOLE = Decimal("0.01"), 100


@dataclass(frozen=True)
class Caps:
    """What holds on a day."""

    employer: Decimal  # of the payroll
    total: Decimal  # of the payroll
    multiple: Decimal  # of the average credit
    vesting_years: int


@dataclass(frozen=True)
class Terms:
    """What a plan says. Money a year; a part that was not said yet is None."""

    payroll: Decimal | None = None
    employer: Decimal | None = None
    staff: Decimal | None = None
    highest: Decimal | None = None  # credited to one person in a year
    average: Decimal | None = None
    vesting: Sequence[int] | None = None  # per cent after 0, 1, 2 … full years


@dataclass(frozen=True)
class Check:
    """One thing a plan must keep to. ``is_kept`` is None where a fact is missing: that is not a yes."""

    code: str
    is_kept: bool | None
    found: Decimal | None
    limit: Decimal


def share(part: Decimal | None, whole: Decimal | None) -> Decimal | None:
    """A part of the whole; None where either is missing or the whole is nothing."""
    return None if part is None or not whole else part / whole


def _at_most(code: str, found: Decimal | None, limit: Decimal) -> Check:
    return Check(code, None if found is None else found <= limit, found, limit)


def checks(terms: Terms, caps: Caps) -> list[Check]:
    """Every check, in the order of the form."""
    both = None if terms.employer is None or terms.staff is None else terms.employer + terms.staff
    faults = None if terms.vesting is None else vesting_faults(terms.vesting, caps.vesting_years)
    years = None if terms.vesting is None else Decimal(max(len(terms.vesting) - 1, 0))
    return [
        _at_most("employer", share(terms.employer, terms.payroll), caps.employer),
        _at_most("total", share(both, terms.payroll), caps.total),
        _at_most("multiple", share(terms.highest, terms.average), caps.multiple),
        Check("vesting", None if faults is None else not faults, years, Decimal(caps.vesting_years)),
    ]


def vesting_faults(table: Sequence[int], longest: int) -> list[str]:
    """What is wrong with a table: per cent after 0, 1, 2 … full years of membership; at the end all of it."""
    faults = []
    if not table or table[-1] != WHOLE:
        faults.append("incomplete")
    if any(not 0 <= one <= WHOLE for one in table):
        faults.append("range")
    if any(later < earlier for earlier, later in itertools.pairwise(table)):
        faults.append("falling")
    if len(table) - 1 > longest:
        faults.append("late")
    return faults


def vested(table: Sequence[int], years: int) -> int:
    """Per cent of the employer's part that belong to a member after so many full years."""
    return 0 if years < 0 else table[min(years, len(table) - 1)]


def amount_of(payroll: Decimal, rate: Decimal) -> Decimal:
    """What a rate (per cent) of the payroll comes to in a year."""
    return to_fen(payroll * rate / WHOLE)


def to_fen(amount: Decimal) -> Decimal:
    """Rounded half up, as money is."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def on_leaving(employer: Decimal, own: Decimal, percent: int) -> tuple[Decimal, Decimal]:
    """What somebody who leaves takes along, and what goes back to the plan's common account. Together they are all there was."""
    takes = to_fen(employer * percent / WHOLE) + own
    return takes, employer + own - takes


def deductible(base: Decimal, average: Decimal, *, part: Decimal, multiple: Decimal) -> Decimal:
    """How much of one's own contribution a month is not taxed: a part of the base, which counts up to a multiple of the average wage."""
    return to_fen(min(base, average * multiple) * part)


@dataclass(frozen=True)
class Cost:
    """What a plan costs in a year, and what one person has of it in a month on average."""

    employer: Decimal
    staff: Decimal
    employer_share: Decimal
    total_share: Decimal
    monthly: Decimal


def cost(payroll: Decimal, people: int, employer_rate: Decimal, staff_rate: Decimal) -> Cost:
    """Before filing: the year's payroll, how many take part, and the rates as parts of one."""
    employer, staff = to_fen(payroll * employer_rate), to_fen(payroll * staff_rate)
    return Cost(employer, staff, employer_rate, employer_rate + staff_rate, to_fen((employer + staff) / people / 12))


def grown(monthly: Decimal, years: int, rate: Decimal) -> Decimal:
    """What a monthly contribution comes to after so many years at a yearly return, paid at the end of each month."""
    by_month = (1 + rate) ** (Decimal(1) / 12) - 1
    months = years * 12
    return to_fen(monthly * months if not by_month else monthly * ((1 + by_month) ** months - 1) / by_month)
