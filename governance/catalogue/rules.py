"""Values of parameters as plain data: checked, compared, told apart. No database, no language."""

from __future__ import annotations

import hashlib
import json
from decimal import Decimal, InvalidOperation
from typing import Any

WORDS, TABLE = "words", "table"


def is_number(text: Any) -> bool:
    """Whether it is a finite decimal number, written as text."""
    try:
        return isinstance(text, str) and Decimal(text).is_finite()
    except InvalidOperation:
        return False


def fits(value: Any, unit: str) -> bool:
    """Whether a value is what its unit says: a number as text, a table (an object), or words."""
    if unit == TABLE:
        return isinstance(value, dict) and bool(value)
    if unit == WORDS:
        return isinstance(value, str) and bool(value.strip())
    return is_number(value)


def differences(before: Any, after: Any) -> list[tuple[str, Any, Any]]:
    """Where two values differ: (row of the table, or ""; before; after). None is "not there"."""
    if not (isinstance(before, dict) and isinstance(after, dict)):
        return [] if same(before, after) else [("", before, after)]
    rows = [*before, *(row for row in after if row not in before)]
    return [(row, before.get(row), after.get(row)) for row in rows if not same(before.get(row), after.get(row))]


def same(one: Any, other: Any) -> bool:
    """Whether two values mean the same; 0.16 and 0.160 do."""
    if is_number(one) and is_number(other):
        return Decimal(one) == Decimal(other)
    return one == other


def canonical(content: Any) -> str:
    """One spelling for one content: JSON with sorted keys and nothing between."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)


def fingerprint(content: Any) -> str:
    """SHA-256 of a content: two results with the same one came from the same facts and rules."""
    return hashlib.sha256(canonical(content).encode()).hexdigest()
