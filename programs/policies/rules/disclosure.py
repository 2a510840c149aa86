"""What a product of each kind discloses: fields as data, the same for every insurer, so that products can stand side by side."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parent.parent / "data" / "disclosure.json"
LONGEST = 600  # characters of a text
NUMBERS = frozenset({"integer", "decimal", "percent", "yuan"})


@dataclass(frozen=True)
class Field:
    """One thing to disclose."""

    name: str
    zh: str
    en: str
    type: str
    unit: str = ""
    least: int | None = None
    most: int | None = None
    optional: bool = False

    def label(self, chinese: bool) -> str:
        """What it is called."""
        return self.zh if chinese else self.en


@cache
def _packaged() -> dict[str, Any]:
    return json.loads(DATA.read_text(encoding="utf-8"))


@cache
def fields_of(kind: str) -> tuple[Field, ...]:
    """What this kind of product discloses, in order."""
    packaged = _packaged()
    return tuple(Field(name=name, **packaged["fields"][name]) for name in [*packaged["kinds"][kind], *packaged["every"]])


@cache
def fields_of_all(kinds: frozenset[str]) -> tuple[Field, ...]:
    """What any of these kinds discloses, each once, in the order of the packaged list."""
    asked = {field for kind in kinds for field in fields_of(kind)}
    return tuple(sorted(asked, key=lambda field: list(_packaged()["fields"]).index(field.name)))


def problems(kind: str, values: Any) -> dict[str, str]:
    """What is wrong, by field: "missing", "unknown" or "wrong"."""
    if not isinstance(values, dict):
        return {"": "wrong"}
    known = {field.name: field for field in fields_of(kind)}
    found = {name: "unknown" for name in values if name not in known}
    for name, field in known.items():
        if (problem := _problem(field, values.get(name))) is not None:
            found[name] = problem
    return found


def _problem(field: Field, value: Any) -> str | None:
    if value is None or str(value).strip() == "":
        return None if field.optional else "missing"
    if field.type == "address":
        return None if str(value).startswith(("https://", "http://")) and len(str(value)) <= LONGEST else "wrong"
    if field.type not in NUMBERS:
        return None if isinstance(value, str) and len(value) <= LONGEST else "wrong"
    return None if _fits(field, value) else "wrong"


def _fits(field: Field, value: Any) -> bool:
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return False
    if not number.is_finite() or (field.type == "integer" and number != int(number)):
        return False
    return (field.least is None or number >= field.least) and (field.most is None or number <= field.most)


def kept(kind: str, values: dict[str, Any]) -> dict[str, str]:
    """The values as they are kept: texts, numbers in plain notation, what is empty left out."""
    return {field.name: _plain(field, values[field.name]) for field in fields_of(kind) if str(values.get(field.name) or "0").strip() and values.get(field.name) not in (None, "")}


def _plain(field: Field, value: Any) -> str:
    return f"{Decimal(str(value)):f}" if field.type in NUMBERS else str(value).strip()


def suits_tax_preference(kind: str, term_years: int | None, renewal_years: int, *, medical: int, others: int) -> bool:
    """Whether a health product is of a sort that the tax law prefers: medical with a term or guaranteed renewal, care and disease by term.

    No term means for life. Rules since 2023-08-01.
    """
    if kind == "medical":
        return term_years is None or max(term_years, renewal_years) >= medical
    return kind in {"care", "disease"} and (term_years is None or term_years >= others)


def differs(shown: list[str]) -> bool:
    """Whether a line of a comparison says different things."""
    return len(set(shown)) > 1
