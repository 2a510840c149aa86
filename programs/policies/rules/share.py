"""The share of long-term inclusive business: a figure about each insurer, with its denominator. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

LONG_TERM = 10  # years; without an end counts as long
SMALLEST = 5  # sums over fewer policies are not told: somebody could know whose premium it is


def yearly(premium: Decimal, payment: str, years: int | None) -> Decimal:
    """A premium as of one year: by the month twelve times, once spread over the term (ten years where there is no end)."""
    if payment == "monthly":
        return premium * 12
    return premium / (years or LONG_TERM) if payment == "single" else premium


@dataclass(frozen=True)
class Share:
    """What of an insurer's yearly premiums is for long-term inclusive products."""

    insurer: str
    policies: int
    long_policies: int  # among them those that are long-term and inclusive
    inclusive: Decimal
    all: Decimal
    as_of: date | None
    is_synthetic: bool

    @property
    def is_shown(self) -> bool:
        """Whether neither sum, nor what lies between them, is that of a few policies."""
        return self.policies >= SMALLEST and not any(0 < few < SMALLEST for few in (self.long_policies, self.policies - self.long_policies))

    @property
    def percent(self) -> Decimal | None:
        """Per cent, one decimal; not known where nothing is paid."""
        return (self.inclusive * 100 / self.all).quantize(Decimal("0.1"), ROUND_HALF_UP) if self.all else None
