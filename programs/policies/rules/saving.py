"""What saving for old age and paying for health cover bring after tax. Money in yuan, rates as parts of one; pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

FEN = Decimal("0.01")
# Rates of income tax on what one earns in a year, and none below the allowance: from memory, the table was not read. It is said
# wherever one of them is named.
BRACKETS = tuple(Decimal(n) / 100 for n in (0, 3, 10, 20, 25, 30, 35, 45))


def to_fen(amount: Decimal) -> Decimal:
    """Rounded to a fen, half up."""
    return amount.quantize(FEN, ROUND_HALF_UP)


def grown(payment: Decimal, years: int, rate: Decimal) -> Decimal:
    """What equal payments at the beginning of each year have become at the end of the last."""
    total = Decimal(0)
    for _year in range(years):
        total = (total + payment) * (1 + rate)
    return total


@dataclass(frozen=True)
class Saved:
    """A personal pension: what counts, what it becomes, what tax takes and gives."""

    counted: Decimal  # a year, under the ceiling
    above: Decimal  # a year, above it
    relief: Decimal  # tax saved a year
    balance: Decimal
    withdrawal_tax: Decimal
    relief_in_all: Decimal

    @property
    def paid_out(self) -> Decimal:
        return self.balance - self.withdrawal_tax

    @property
    def gain(self) -> Decimal:
        """Tax saved while paying in, less tax at withdrawal: below nought it costs tax."""
        return self.relief_in_all - self.withdrawal_tax


def personal_pension(payment: Decimal, years: int, rate: Decimal, bracket: Decimal, *, ceiling: Decimal, withdrawal: Decimal) -> Saved:
    """Paid at the beginning of each year; what is above the ceiling cannot be paid in at all."""
    counted = min(payment, ceiling)
    balance, relief = to_fen(grown(counted, years, rate)), to_fen(counted * bracket)
    return Saved(counted, payment - counted, relief, balance, to_fen(balance * withdrawal), relief * years)


@dataclass(frozen=True)
class Deferred:
    """A tax-deferred pension."""

    cap: Decimal  # a month
    counted: Decimal  # a month
    relief: Decimal  # a year
    effective_rate: Decimal  # on what is paid out


def tax_deferred(payment: Decimal, wage: Decimal, bracket: Decimal, *, share: Decimal, amount: Decimal, exempt: Decimal, rate: Decimal) -> Deferred:
    """The lower of a part of the wage and an amount is deducted; a part of the payout is free, the rest taxed."""
    cap = to_fen(min(wage * share, amount))
    counted = min(payment, cap)
    return Deferred(cap, counted, to_fen(counted * 12 * bracket), (1 - exempt) * rate)


def health_relief(premium: Decimal, bracket: Decimal, *, deduction: Decimal) -> tuple[Decimal, Decimal]:
    """For a tax-preferred health insurance: what counts of the premium of a year, and the tax it saves."""
    counted = min(premium, deduction)
    return counted, to_fen(counted * bracket)
