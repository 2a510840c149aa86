"""What follows from lines: sums, a timeline, what nobody gets side by side, what falls away when income rises. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from typing import Any

LAST_AGE = 90
NOTHING = Decimal(0)


@dataclass(frozen=True)
class Year:
    """A year of the timeline: what comes each month at its end, by the key of the line, between low and high."""

    year: int
    age: int | None
    parts: tuple[tuple[str, Decimal, Decimal], ...]

    @property
    def low(self) -> Decimal:
        return sum((low for _key, low, _high in self.parts), NOTHING)

    @property
    def high(self) -> Decimal:
        return sum((high for _key, _low, high in self.parts), NOTHING)


def timeline(lines: Iterable[Any], *, today: date, born_on: date | None, last_age: int = LAST_AGE) -> list[Year]:
    """From this year to old age: what lines say comes each month. Without a date of birth, thirty years."""
    lines = list(lines)
    last = max(today.year + 10, born_on.year + last_age) if born_on else today.year + 30
    return [Year(year, year - born_on.year if born_on else None, tuple(_coming(lines, date(year, 12, 31)))) for year in range(today.year, last + 1)]


def _coming(lines: list[Any], day: date) -> Iterable[tuple[str, Decimal, Decimal]]:
    for line in lines:
        running = [m for m in line.moments if m.monthly is not None and m.on <= day and (m.until is None or m.until > day)]
        if running:
            last = max(running, key=lambda moment: moment.on)
            yield line.key, last.monthly.low, last.monthly.high


def moments(lines: Iterable[Any]) -> list[tuple[Any, Any]]:
    """Everything that begins on a day, in order, with its line."""
    return sorted(((moment, line) for line in lines for moment in line.moments), key=lambda pair: pair[0].on)


def conflicts(lines: Iterable[Any], counted: Iterable[str]) -> list[tuple[Any, Any]]:
    """Pairs that nobody gets side by side, among the lines that stand as ``counted`` says."""
    wanted = set(counted)
    standing = {line.key: line for line in lines if line.standing in wanted}
    pairs = {tuple(sorted((line.key, other))) for line in standing.values() for other in line.not_with if other in standing and other != line.key}
    return [(standing[first], standing[second]) for first, second in sorted(pairs)]


def counted(lines: Iterable[Any], standings: Iterable[str]) -> list[Any]:
    """What may be added up: what stands so, without what nobody gets beside something larger."""
    wanted = set(standings)
    lines = [line for line in lines if line.standing in wanted]
    smaller = [min(pair, key=lambda line: line.estimate.high if line.estimate else NOTHING) for pair in conflicts(lines, wanted)]
    return [line for line in lines if line not in smaller]


@dataclass(frozen=True)
class Cliff:
    """Between two incomes a month something falls away: income rises by one step, and benefits fall by so much."""

    below: Decimal
    above: Decimal
    keys: tuple[str, ...]
    lost: Decimal

    @property
    def is_worse_off(self) -> bool:
        """Whether one has less in hand after earning more."""
        return self.lost > self.above - self.below


def cliffs(at: Callable[[Decimal], dict[str, Decimal]], incomes: Sequence[Decimal]) -> list[Cliff]:
    """Where benefits fall as income rises; ``at`` gives what each line brings a month at an income."""
    found, before = [], at(incomes[0])
    for below, above in pairwise(incomes):
        after = at(above)
        lost = {key: amount - after.get(key, NOTHING) for key, amount in before.items() if amount > after.get(key, NOTHING)}
        if lost:
            found.append(Cliff(below, above, tuple(sorted(lost)), sum(lost.values(), NOTHING)))
        before = after
    return found
