"""What an account grew to, year by year, as bars. Pure; the same numbers stand in a table below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from programs.annuities.rules.accounts import Year

WIDTH, HEIGHT = 1000, 220


@dataclass(frozen=True)
class Bar:
    """One year: its rectangle, and where its label stands."""

    year: int
    x: float
    y: float
    width: float
    height: float
    middle: float


@dataclass(frozen=True)
class Bars:
    """The drawing and its scale."""

    bars: tuple[Bar, ...]
    most: Decimal
    width: int = WIDTH
    height: int = HEIGHT


def drawn(years: Sequence[Year]) -> Bars | None:
    """Bars of what there was at the end of each year; None where there never was anything."""
    most = max((one.total for one in years), default=Decimal(0))
    if most <= 0:
        return None
    step = min(WIDTH / len(years), 90)
    bars = []
    for place, one in enumerate(years):
        tall = round(float(max(one.total, Decimal(0)) / most) * (HEIGHT - 20), 1)
        x = round(place * step, 1)
        bars.append(Bar(one.year, x, round(HEIGHT - 20 - tall, 1), round(step * 0.7, 1), tall, round(x + step * 0.35, 1)))
    return Bars(tuple(bars), most)
