"""What the personal account of a pension comes to with interest. Money in yuan, each year's interest rounded to the fen; all pure.

A year's rate is that which was published for it; a year of which no rate is known bears nothing here and is named. What was
paid in during a year bears interest from the next year on: how places count within the year is not known here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from programs.insurance.rules.pension import NOTHING, to_fen


@dataclass(frozen=True)
class Account:
    """What was paid in, what it bore, and the years of which no rate is known."""

    credited: Decimal
    interest: Decimal
    without_rate: tuple[int, ...]

    @property
    def balance(self) -> Decimal:
        """Both together."""
        return self.credited + self.interest


def with_interest(credited: Mapping[int, Decimal], rates: Mapping[int, Decimal], *, until: int) -> Account:
    """The account at the beginning of the year ``until``: every full year before it bears interest on what was there when it began."""
    balance, interest, without = NOTHING, NOTHING, []
    for year in range(min(credited, default=until), until):
        if balance and year not in rates:
            without.append(year)
        borne = to_fen(balance * rates.get(year, NOTHING))
        interest += borne
        balance += borne + credited.get(year, NOTHING)
    return Account(sum(credited.values(), NOTHING), interest, tuple(without))
