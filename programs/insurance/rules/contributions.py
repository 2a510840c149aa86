"""What is paid in: rates together, bases. Money in yuan, rates as parts of one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
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
