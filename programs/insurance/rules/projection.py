"""What a pension may come to by the time it begins: if one stops paying in today, and if one pays on until then. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from programs.insurance.rules import pension
from programs.insurance.rules.retirement import Month, Window


@dataclass(frozen=True)
class Paying:
    """What has been paid in, and on what one pays on."""

    months: int
    balance: Decimal
    wage: Decimal
    index: Decimal
    account_rate: Decimal
    later_index: Decimal | None = None  # on which one pays from now on; None is as before


@dataclass(frozen=True)
class Terms:
    """The values of the day that a pension is worked out with."""

    accrual: Decimal
    divisors: dict[int, Decimal]
    monthly: bool


def start(window: Window, later: int) -> Month:
    """The month wished for, within what is allowed."""
    return min(max(window.statutory.plus(later), window.earliest), window.latest)


def projected(paying: Paying, months_on: int, *, age: int, terms: Terms) -> pension.Pension:
    """The pension after so many more months. The account bears no interest here: rates of coming years are not known."""
    later = paying.index if paying.later_index is None else paying.later_index
    balance = paying.balance + months_on * pension.to_fen(paying.wage * later * paying.account_rate)
    return pension.employee_pension(
        wage=paying.wage, index=average_index(paying, months_on), months=paying.months + months_on, balance=balance, age=age,
        accrual=terms.accrual, divisors=terms.divisors, monthly=terms.monthly,
    )  # fmt: skip


def average_index(paying: Paying, months_on: int) -> Decimal:
    """Over all months: those paid, and those still to come on another base."""
    whole = paying.months + months_on
    if paying.later_index is None or not whole:
        return paying.index
    return (paying.months * paying.index + months_on * paying.later_index) / whole


def raised(index: Decimal, more: Decimal, *, wage: Decimal, rate: Decimal, ceiling: Decimal) -> Decimal:
    """The index one pays on if one pays so much more a month, never above the ceiling."""
    return max(index, min(index + more / (wage * rate), ceiling))


def months_between(first: Month, second: Month) -> int:
    """How many months from one to the other, never less than none."""
    return max(0, second.number - first.number)
