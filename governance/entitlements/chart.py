"""The timeline drawn: one bar for a year, what is certain and what is possible, program by program. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

WIDTH, HEIGHT, COLOURS = 1000, 240, 6


@dataclass(frozen=True)
class Piece:
    """A rectangle; ``look`` is the number of its colour, ``sure`` whether at least so much comes."""

    x: float
    y: float
    width: float
    height: float
    look: int
    sure: bool


@dataclass(frozen=True)
class Chart:
    """What is drawn, the scale, the labels below."""

    pieces: tuple[Piece, ...]
    most: Decimal
    ticks: tuple[tuple[float, str], ...]
    keys: tuple[tuple[int, str], ...]
    width: int = WIDTH
    height: int = HEIGHT


def drawn(years: Sequence[Any], names: dict[str, Any]) -> Chart | None:
    """The chart of a timeline; None where no amount is known."""
    most = max((year.high for year in years), default=Decimal(0))
    if not most:
        return None
    order = list(dict.fromkeys(key for year in years for key, _low, _high in year.parts))
    step = WIDTH / len(years)
    pieces: list[Piece] = []
    for place, year in enumerate(years):
        top = 0.0
        for key, low, high in year.parts:
            for amount, sure in ((low, True), (high - low, False)):
                tall = float(amount / most) * (HEIGHT - 10)
                if tall > 0:
                    top += tall
                    pieces.append(Piece(round(place * step + 1, 1), round(HEIGHT - top, 1), round(step - 2, 1), round(tall, 1), order.index(key) % COLOURS, sure))
    ticks = tuple((round(place * step, 1), str(year.year)) for place, year in enumerate(years) if year.year % 10 == 0)
    return Chart(tuple(pieces), most, ticks, tuple((place % COLOURS, str(names[key])) for place, key in enumerate(order)))
