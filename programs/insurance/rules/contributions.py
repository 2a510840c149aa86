"""What is paid in: rates together, bases, late fees. Money in yuan, rates as parts of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from programs.insurance.rules.pension import to_fen


@dataclass(frozen=True)
class Combined:
    """The rates of several branches together."""

    employer: Decimal
    person: Decimal

    @property
    def total(self) -> Decimal:
        return self.employer + self.person


def combined(rates: Mapping[str, tuple[Decimal, Decimal]]) -> Combined:
    """The combined rate of the branches: what the employer pays and what the person pays."""
    return Combined(sum((e for e, _p in rates.values()), Decimal(0)), sum((p for _e, p in rates.values()), Decimal(0)))


def base(wage: Decimal, average: Decimal, *, floor: Decimal, ceiling: Decimal) -> Decimal:
    """The base of contributions: the wage, kept between a floor and a ceiling of the average wage."""
    return to_fen(min(max(wage, average * floor), average * ceiling))


def late_fee(owed: Decimal, due_on: date, paid_on: date, rate: Decimal) -> Decimal:
    """Late fee from the day it was owed until the day before payment, by the day (Social Insurance Law, Article 86)."""
    return to_fen(owed * rate * max(0, (paid_on - due_on).days))
