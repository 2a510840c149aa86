"""What is owed for a month, and what late payment costs: Social Insurance Law art. 86, so much a day from the day of the arrears."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


def late_days(due_on: date, paid_on: date) -> int:
    """The days of arrears: the first is the day after the last day of paying."""
    return max((paid_on - due_on).days, 0)


def late_fee(open_amount: Decimal, due_on: date, paid_on: date, rate: Decimal) -> Decimal:
    """Simple, not compound: the fee bears no fee. ``rate`` is a part of what is owed, a day."""
    return (open_amount * rate * late_days(due_on, paid_on)).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Owed:
    """What a roster owes for a month; ``unknown`` are branches of which no rate holds, and nothing is guessed for them."""

    amount: Decimal
    heads: int
    unknown: frozenset[str]


def owed(roster: Iterable[tuple[Decimal, Iterable[str]]], rates: Mapping[str, Decimal]) -> Owed:
    """Of people with their base and branches, each part rounded to the cent as it is paid."""
    amount, heads, unknown = Decimal(0), 0, set()
    for base, branches in roster:
        heads += 1
        for branch in branches:
            if branch in rates:
                amount += (base * rates[branch]).quantize(CENT, ROUND_HALF_UP)
            else:
                unknown.add(branch)
    return Owed(amount, heads, frozenset(unknown))
