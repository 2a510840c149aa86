"""What is owed for a month and what late payment costs. Money in yuan, rates as parts of one; all pure.

Social Insurance Law art. 60 (the employer pays for each of its people), art. 62 (a month that was not declared is collected at
110 % of the amount of the month before), art. 86 (0.05 % a day of what is owed, from the day of the
arrears). The fee is simple: it bears no fee itself. Whether Administrative Coercion Law art. 45 para 2 (a late fee may not exceed
the sum owed) applies to social insurance is disputed; it is not applied here, and the page says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT, NOTHING = Decimal("0.01"), Decimal(0)
NOBODY = 0  # whose share it is where a month is owed as one sum


def late_days(due_on: date, paid_on: date) -> int:
    """The days of arrears: the first is the day after the last day of paying."""
    return max((paid_on - due_on).days, 0)


def late_fee(open_amount: Decimal, due_on: date, paid_on: date, rate: Decimal) -> Decimal:
    """The fee of a sum that was paid on a day, or is owed until then."""
    return fee_of(open_amount * late_days(due_on, paid_on), rate)


def fee_of(yuan_days: Decimal, rate: Decimal) -> Decimal:
    """The fee of so many yuan owed for a day each (100 yuan for 3 days are 300)."""
    return (yuan_days * rate).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Rate:
    """What employer and person pay of the base in one branch."""

    employer: Decimal
    person: Decimal = NOTHING

    def of(self, base: Decimal) -> Decimal:
        """Both parts, each rounded to the cent as it is paid."""
        return sum(((base * part).quantize(CENT, ROUND_HALF_UP) for part in (self.employer, self.person)), NOTHING)


@dataclass(frozen=True)
class Worker:
    """Somebody on the roster in a month; ``base`` is what contributions are worked out from, floor and ceiling applied."""

    insured: int
    base: Decimal
    branches: tuple[str, ...]


@dataclass(frozen=True)
class Payment:
    """What came in on a day."""

    paid_on: date
    amount: Decimal


@dataclass(frozen=True)
class Share:
    """What is owed for one person in one branch, and what has come in for that: nobody else's money counts."""

    insured: int
    branch: str
    due: Decimal
    payments: tuple[Payment, ...] = ()

    @property
    def paid(self) -> Decimal:
        """All that came in."""
        return sum((one.amount for one in self.payments), NOTHING)

    @property
    def covered(self) -> Decimal:
        """What came in, as far as it was owed."""
        return min(self.due, self.paid)

    @property
    def open(self) -> Decimal:
        """What is still owed."""
        return self.due - self.covered

    def late_yuan_days(self, due_on: date) -> Decimal:
        """Of the parts that came in late: each part times its days. What is paid beyond what is owed is never late."""
        left, found = self.due, NOTHING
        for one in sorted(self.payments, key=lambda payment: payment.paid_on):
            part = min(left, one.amount)
            found += part * late_days(due_on, one.paid_on)
            left -= part
        return found


@dataclass(frozen=True)
class Bill:
    """What an employer owes for a month, person by person and branch by branch."""

    shares: tuple[Share, ...]
    paid: Decimal  # all that came in for the month, also what nobody owed
    heads: int  # the people, each once

    @property
    def due(self) -> Decimal:
        """Owed in all."""
        return sum((one.due for one in self.shares), NOTHING)

    @property
    def covered(self) -> Decimal:
        """Come in for what is owed."""
        return sum((one.covered for one in self.shares), NOTHING)

    @property
    def missing(self) -> tuple[Share, ...]:
        """Where something is still owed: one for each person and branch."""
        return tuple(one for one in self.shares if one.open)

    def late_yuan_days(self, due_on: date) -> Decimal:
        """Of all parts that came in late."""
        return sum((one.late_yuan_days(due_on) for one in self.shares), NOTHING)


def billed(roster: Iterable[Worker], rates: Mapping[str, Rate], come: Mapping[tuple[int, str], tuple[Payment, ...]], paid: Decimal) -> Bill:
    """A month is owed once for each person and branch, however often somebody left and came back in it: by the terms that hold last.

    ``rates`` has every branch of the roster (KeyError otherwise: whoever calls has refused the bill before).
    """
    owed = {(one.insured, branch): rates[branch].of(one.base) for one in roster for branch in one.branches}
    shares = (Share(insured, branch, due, tuple(come.get((insured, branch), ()))) for (insured, branch), due in owed.items())
    return Bill(tuple(shares), paid, len({insured for insured, _branch in owed}))


def undeclared(before: Decimal, factor: Decimal, payments: Iterable[Payment], heads: int) -> Bill:
    """A month that was not declared: one sum, a little more than the month before; whatever came in for the month counts."""
    came = tuple(payments)
    due = (before * factor).quantize(CENT, ROUND_HALF_UP)
    return Bill((Share(NOBODY, "", due, came),), sum((one.amount for one in came), NOTHING), heads)
