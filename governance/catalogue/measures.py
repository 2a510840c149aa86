"""Public figures: a formula over published inputs, each with its vintage; worked out here, compared with what was printed.

A program offers its figures in its ``measures.py``::

    measures.offer(Path(__file__).parent / "data" / "measures.json")

Inputs that several programs share, such as GDP, lie here. A figure keeps its denominator, its rounding and, where the paper
prints it, what is printed; variants say what other vintages would give.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "measures.json"
ROUNDING = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}
_offered: list[Path] = [DATA]


class WrongFigures(ValueError):
    """A file of figures is not what it should be."""


@dataclass(frozen=True)
class Input:
    """A published number; or one worked back from the next year and its growth, as ``back`` says."""

    code: str
    name: str
    name_en: str
    unit: str
    vintage: str
    vintage_en: str
    source: str
    source_en: str
    mark: str
    printed: str = ""
    back: tuple[str, ...] = ()

    @property
    def value(self) -> Decimal:
        """The number itself."""
        if not self.back:
            return Decimal(self.printed)
        following, growth = (inputs()[code].value for code in self.back)
        return following / (1 + growth / 100)

    @property
    def shown(self) -> Decimal:
        """As it is printed; what was worked out, to two decimals."""
        return self.value.quantize(Decimal("0.01"), ROUND_HALF_UP) if self.back else self.value


@dataclass(frozen=True)
class Claim:
    """What the paper says in words: above, below, between. ``to`` is how finely it speaks."""

    low: str = ""
    high: str = ""
    above: str = ""
    below: str = ""
    to: str = ""

    def holds(self, value: Decimal) -> bool:
        """Whether a value is so."""
        if self.to:
            step = Decimal(self.to)
            value = (value / step).quantize(Decimal(1), ROUND_HALF_UP) * step
        bounds = (
            (self.low, value >= Decimal(self.low or 0)), (self.high, value <= Decimal(self.high or 0)),
            (self.above, value > Decimal(self.above or 0)), (self.below, value < Decimal(self.below or 0)),
        )  # fmt: skip
        return all(held for bound, held in bounds if bound)


@dataclass(frozen=True)
class Measure:
    """factor × sum of the numerator ÷ sum of the denominator, rounded as it is printed. "-code" is taken away, "=CODE" is another figure."""

    code: str
    program: str
    name: str
    name_en: str
    numerator: list[str]
    denominator: list[str]
    factor: str
    unit: str
    decimals: int
    rounding: str = "half_up"
    printed: str = ""
    tolerance: str = "0"  # by how much it may miss what is printed, where parts were rounded before they were added
    claim: Claim | None = None
    series: str = ""
    period: str = ""
    note: str = ""
    note_en: str = ""
    denominator_note: str = ""
    denominator_note_en: str = ""
    variants: list[dict[str, Any]] = field(default_factory=list)

    @property
    def inputs(self) -> list[Input]:
        """What it is worked out from in the end, each once: also what other figures and worked-back numbers rest on."""
        return list(dict.fromkeys(one for code in [*self.numerator, *self.denominator] for one in _rests_on(code)))

    @property
    def exact(self) -> Decimal:
        """The value before rounding; shares as parts of one."""
        denominator = total(self.denominator) if self.denominator else Decimal(1)
        return multiplier(self.factor) * total(self.numerator) / denominator

    @property
    def shown(self) -> Decimal:
        """As it is printed: shares in per cent."""
        value = self.exact * 100 if self.unit == "share" else self.exact
        return value.quantize(Decimal(1).scaleb(-self.decimals), ROUNDING[self.rounding])

    @property
    def agrees(self) -> bool | None:
        """Whether it comes out as the paper says it; None where the paper says nothing of it."""
        if self.printed:
            return abs(self.shown - Decimal(self.printed)) <= Decimal(self.tolerance)
        return self.claim.holds(self.exact * 100 if self.unit == "share" else self.exact) if self.claim else None

    @property
    def mark(self) -> str:
        """The weakest mark of its inputs; empty where each was read in its own text."""
        marks = {one.mark for one in self.inputs}
        return next((mark for mark in ("unverified", "quoted") if mark in marks), "")

    @property
    def with_other_vintages(self) -> list[Measure]:
        """The same with other inputs or another rounding: what the printed figure is not."""
        plain = {"variants": [], "printed": "", "claim": None, "note": "", "note_en": ""}
        return [Measure(**self.__dict__ | plain | one) for one in self.variants]


def multiplier(text: str) -> Decimal:
    """A factor such as "12", "0.20*10000" or "10000/12"."""
    upper, _slash, lower = text.partition("/")
    return prod((Decimal(part) for part in upper.split("*")), start=Decimal(1)) / Decimal(lower or 1)


def total(codes: list[str]) -> Decimal:
    """A sum of inputs and figures."""
    return sum((-_number(code[1:]) if code.startswith("-") else _number(code) for code in codes), Decimal(0))


def _number(code: str) -> Decimal:
    return _by_code()[code[1:]].exact if code.startswith("=") else inputs()[code].value


def _rests_on(code: str) -> list[Input]:
    code = code.lstrip("-")
    if code.startswith("="):
        return _by_code()[code[1:]].inputs
    one = inputs()[code]
    return [one, *(more for behind in one.back for more in _rests_on(behind))]


def offer(path: Path) -> None:
    """Offer the figures of a program, which lie in a file."""
    if path not in _offered:
        _offered.append(path)
    for kept in (_packaged, inputs, measures, _by_code):
        kept.cache_clear()


@cache
def _packaged() -> list[dict[str, Any]]:
    return [json.loads(path.read_text(encoding="utf-8")) for path in _offered]


@cache
def inputs() -> dict[str, Input]:
    """Every published number, by code."""
    rows: dict[str, dict[str, Any]] = {}
    for file in _packaged():
        if twice := rows.keys() & file["inputs"].keys():
            raise WrongFigures(f"{', '.join(sorted(twice))}: a number is kept once")
        rows |= file["inputs"]
    return {code: _input(code, **row) for code, row in rows.items()}


def _input(code: str, value: str = "", back: list[str] | None = None, **row: str) -> Input:
    return Input(code=code, printed=value, back=tuple(back or ()), **row)


@cache
def measures() -> tuple[Measure, ...]:
    """Every figure."""
    return tuple(_measure(**row) for file in _packaged() for row in file["measures"])


def _measure(claim: dict[str, str] | None = None, **row: Any) -> Measure:
    return Measure(claim=Claim(**claim) if claim else None, **row)


@cache
def _by_code() -> dict[str, Measure]:
    return {one.code: one for one in measures()}


def measure(code: str) -> Measure:
    """One of them."""
    return _by_code()[code]


def measures_of(program: str) -> list[Measure]:
    """The figures of one program; those of a series together, in their order."""
    found = [one for one in measures() if one.program == program]
    places = {one.series or one.code: place for place, one in reversed(list(enumerate(found)))}
    return sorted(found, key=lambda one: (places[one.series or one.code], one.period))


def series() -> dict[str, dict[str, str]]:
    """The names of the series."""
    return {code: row for file in _packaged() for code, row in file.get("series", {}).items()}


def not_reproduced(program: str) -> list[dict[str, str]]:
    """What the paper says that is not worked out here, and why."""
    return [row for file in _packaged() for row in file.get("not_reproduced", []) if row["program"] == program]


def programs_with_measures() -> list[str]:
    """The codes of programs that have figures."""
    return list(dict.fromkeys(one.program for one in measures()))
