"""What an account holds, what of it belongs to the member, and what may be drawn on which occasion.

Enterprise Annuity Measures (企业年金办法, order 36 of 2018). Which ends of an employment vest the whole and which ways of payment
suit which occasion is taken from texts that quote them; the pages say so until somebody has read them in the text.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_CEILING, Decimal

from programs.annuities.rules.plans import FEN, WHOLE, to_fen, vested

NOTHING = Decimal("0.00")
TABLE = "changes"  # the only cause by which the table counts; by every other the whole belongs to the member
WAYS = {
    "retirement": {"monthly", "instalments", "once", "product"},
    "incapacity": {"monthly", "instalments", "once", "product"},  # the same four as on retirement
    "abroad": {"once"},
    "inheritance": {"once", "instalments"},  # what heirs get; the member cannot ask for it
    "new-plan": {"carried"},
}


@dataclass(frozen=True)
class Balance:
    """What is in an account, in yuan; returns are within the parts they were earned on."""

    employer: Decimal = NOTHING
    own: Decimal = NOTHING
    percent: int = 100  # of the employer's part that belongs to the member
    returns: Decimal = NOTHING
    booked: Decimal = NOTHING  # within the employer's part: only written down, so there is no money behind it yet
    held: Decimal = NOTHING  # beside both parts: it goes back to the plan, unless the member objects

    @property
    def total(self) -> Decimal:
        """Everything there is."""
        return self.employer + self.own

    @property
    def vested(self) -> Decimal:
        """What of the employer's part belongs to the member already."""
        return to_fen(self.employer * self.percent / WHOLE)

    @property
    def unvested(self) -> Decimal:
        """What of it does not yet."""
        return self.employer - self.vested

    @property
    def members(self) -> Decimal:
        """What belongs to the member today."""
        return self.own + self.vested


def full_years(first: date, last: date) -> int:
    """Completed years from one day to another; none where the last comes before the first."""
    before = (last.month, last.day) < (first.month, first.day)
    return max(last.year - first.year - before, 0)


def percent_on(table: Sequence[int], joined_on: date, day: date) -> int:
    """Per cent of the employer's part that belong to a member on a day."""
    return vested(table, full_years(joined_on, day))


def percent_at_end(cause: str, table: Sequence[int], joined_on: date, left_on: date) -> int:
    """Per cent that belong to a member whose employment ends: by the table only where the member changes the job or leaves."""
    return percent_on(table, joined_on, left_on) if cause == TABLE else WHOLE


def next_step(table: Sequence[int], joined_on: date, day: date) -> tuple[date, int] | None:
    """The day on which more of the employer's part belongs to the member, and how much per cent then; None when it is all."""
    years, now = full_years(joined_on, day), percent_on(table, joined_on, day)
    for later in range(years + 1, len(table)):
        if table[later] > now:
            return _years_after(joined_on, later), table[later]
    return None


def _years_after(day: date, years: int) -> date:
    """The same day, years later; after 29 February the 1st of March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def suits(occasion: str, way: str) -> bool:
    """Whether money may be drawn in this way on this occasion."""
    return way in WAYS.get(occasion, ())


def taken(balance: Balance, amount: Decimal) -> tuple[Decimal, Decimal]:
    """A payment divided: of the employer's part and of the own part, in proportion. Raises ValueError above what there is."""
    if not NOTHING < amount <= balance.total:
        raise ValueError("more than there is")
    employer = to_fen(amount * balance.employer / balance.total)
    return employer, amount - employer


@dataclass(frozen=True)
class Year:
    """What was paid in and earned in a calendar year, and what there was at its end."""

    year: int
    employer: Decimal
    own: Decimal
    returns: Decimal
    out: Decimal
    total: Decimal


def by_year(entries: Iterable[tuple[int, str, Decimal, Decimal]]) -> list[Year]:
    """Entries (year, kind, employer's part, own part) summed by years, oldest first, with a running total."""
    sums: dict[int, list[Decimal]] = {}
    for year, kind, employer, own in entries:
        one = sums.setdefault(year, [NOTHING] * 4)
        if kind == "returns":
            one[2] += employer + own
        elif kind in {"contribution", "carried-in"}:
            one[0] += employer
            one[1] += own
        else:
            one[3] -= employer + own
    found, total = [], NOTHING
    for year in sorted(sums):
        employer, own, returns, out = sums[year]
        total += employer + own + returns - out
        found.append(Year(year, employer, own, returns, out, total))
    return found


def due_to_heir(left: Decimal, paid_to_heirs: Decimal, paid_to_this: Decimal, share: Decimal) -> Decimal:
    """What an heir may still draw: a part (per cent) of all there was, less what they had. Rounded up, so that no fen stays behind; never more than is left."""
    whole = ((left + paid_to_heirs) * share / WHOLE).quantize(FEN, ROUND_CEILING)
    return min(max(whole - paid_to_this, NOTHING), left)


def worth(employer: Decimal, own: Decimal, percent: int) -> tuple[Decimal, Decimal]:
    """What somebody would take along who leaves today, and what it is once all has vested."""
    balance = Balance(employer, own, percent)
    return balance.members, balance.total


def notional(base: Decimal, *, unit: Decimal, person: Decimal) -> tuple[Decimal, Decimal]:
    """Occupational annuity (职业年金) of a month: the unit's part, which units paid wholly by the budget may only write down, and the person's."""
    return to_fen(base * unit), to_fen(base * person)
