"""Public figures: a formula over published inputs, each with its vintage; worked out here, compared with what was printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache
from math import prod
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent / "data" / "measures.json"
ROUNDING = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}


@dataclass(frozen=True)
class Input:
    """A published number."""

    code: str
    name: str
    name_en: str
    value: Decimal
    unit: str
    vintage: str
    vintage_en: str
    source: str
    source_en: str
    mark: str


@dataclass(frozen=True)
class Measure:
    """factor × sum of the numerator ÷ sum of the denominator, rounded as it is printed. "-code" is taken away."""

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
    note: str = ""
    note_en: str = ""
    denominator_note: str = ""
    denominator_note_en: str = ""

    @property
    def inputs(self) -> list[Input]:
        """What it is worked out from, each once."""
        return [inputs()[code] for code in dict.fromkeys(code.lstrip("-") for code in [*self.numerator, *self.denominator])]

    @property
    def exact(self) -> Decimal:
        """The value before rounding; shares as parts of one."""
        denominator = _sum(self.denominator) if self.denominator else Decimal(1)
        return multiplier(self.factor) * _sum(self.numerator) / denominator

    @property
    def shown(self) -> Decimal:
        """As it is printed: shares in per cent."""
        value = self.exact * 100 if self.unit == "share" else self.exact
        return value.quantize(Decimal(1).scaleb(-self.decimals), ROUNDING[self.rounding])

    @property
    def agrees(self) -> bool | None:
        """Whether it comes out as the paper printed it; None where the paper prints no such figure."""
        return self.shown == Decimal(self.printed) if self.printed else None

    @property
    def is_unverified(self) -> bool:
        """Whether an input was not checked."""
        return any(one.mark == "unverified" for one in self.inputs)


def multiplier(text: str) -> Decimal:
    """A factor such as "12", "0.20*10000" or "10000/12"."""
    upper, _slash, lower = text.partition("/")
    return prod((Decimal(part) for part in upper.split("*")), start=Decimal(1)) / Decimal(lower or 1)


def _sum(codes: list[str]) -> Decimal:
    return sum((-inputs()[code[1:]].value if code.startswith("-") else inputs()[code].value for code in codes), Decimal(0))


@cache
def _packaged() -> dict[str, Any]:
    return json.loads(DATA.read_text(encoding="utf-8"))


@cache
def inputs() -> dict[str, Input]:
    """Every published number, by code."""
    return {code: Input(code=code, **row | {"value": Decimal(row["value"])}) for code, row in _packaged()["inputs"].items()}


@cache
def measures() -> tuple[Measure, ...]:
    """Every figure."""
    return tuple(Measure(**row) for row in _packaged()["measures"])


def measures_of(program: str) -> list[Measure]:
    """The figures of one program."""
    return [one for one in measures() if one.program == program]


def programs_with_measures() -> list[str]:
    """The codes of programs that have figures."""
    return list(dict.fromkeys(one.program for one in measures()))
