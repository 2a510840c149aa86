"""What a month's pension is. Money in yuan (Decimal), rounded to the fen, half up, at the end of each part."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

FEN, TENTH = Decimal("0.01"), Decimal("0.1")
YEAR, NOTHING = 12, Decimal(0)


def to_fen(amount: Decimal) -> Decimal:
    """Rounded to the fen, half up."""
    return amount.quantize(FEN, ROUND_HALF_UP)


class NoDivisor(ValueError):
    """The table of divisors does not reach this age."""


def divisor(age: int, table: dict[int, Decimal], *, monthly: bool = True) -> Decimal:
    """Months by which the account is divided at an age in months (国发〔2005〕38号, annex).

    Between birthdays by the month, rounded to one decimal, if ``monthly``; else that of the last birthday.
    Raises NoDivisor outside the table.
    """
    years, months = divmod(age, YEAR)
    if years not in table or (monthly and months and years + 1 not in table):
        raise NoDivisor(age)
    if not monthly or not months:
        return table[years]
    return (table[years] + (table[years + 1] - table[years]) * months / YEAR).quantize(TENTH, ROUND_HALF_UP)


@dataclass(frozen=True)
class Pension:
    """A month's pension and its parts."""

    basic: Decimal
    account: Decimal
    divisor: Decimal
    transitional: Decimal = NOTHING

    @property
    def total(self) -> Decimal:
        return self.basic + self.account + self.transitional

    def share_of(self, wage: Decimal) -> Decimal:
        """As a share of the average wage, to four decimals."""
        return (self.total / wage).quantize(Decimal("0.0001"), ROUND_HALF_UP)


def basic_pension(wage: Decimal, index: Decimal, months: int, accrual: Decimal) -> Decimal:
    """(P + P × index) / 2 × years × accrual (国发〔2005〕38号). Months of contributions count as parts of years."""
    return to_fen((wage + wage * index) / 2 * Decimal(months) / YEAR * accrual)


def transitional_pension(wage: Decimal, index: Decimal, *, deemed: int, early: int, deemed_rate: Decimal, index_rate: Decimal) -> Decimal:
    """P × years that count as paid in × rate + P × index × years paid in before accounts × rate (the form of Beijing's rule)."""
    return to_fen(wage * Decimal(deemed) / YEAR * deemed_rate + wage * index * Decimal(early) / YEAR * index_rate)


def employee_pension(
    *, wage: Decimal, index: Decimal, months: int, balance: Decimal, age: int, accrual: Decimal, divisors: dict[int, Decimal], monthly: bool = True,
    transitional: Decimal = NOTHING,
) -> Pension:  # fmt: skip
    """Basic part and account part of an employee's pension, and what was worked out for the time before accounts."""
    by = divisor(age, divisors, monthly=monthly)
    return Pension(basic_pension(wage, index, months, accrual), to_fen(balance / by), by, transitional)


def residents_pension(*, basic: Decimal, balance: Decimal, divisor_months: Decimal) -> Pension:
    """Basic pension and account / 139 (国发〔2014〕8号)."""
    return Pension(basic, to_fen(balance / divisor_months), divisor_months)


def divisors_of(table: dict[str, Any]) -> dict[int, Decimal]:
    """The table of divisors as numbers."""
    return {int(age): Decimal(months) for age, months in table.items()}
