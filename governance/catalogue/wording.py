"""Values in words, for pages and interface alike."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from governance.catalogue import rules
from governance.catalogue.vocabulary import Unit

ROWS = {
    "original_age_months": gettext_lazy("Age before the decision (months)"),
    "first_birth_month": gettext_lazy("First month of birth concerned"),
    "births_per_month_of_delay": gettext_lazy("Months of birth for each month of delay"),
    "longest_delay_months": gettext_lazy("Longest delay (months)"),
    "months": gettext_lazy("At first (months)"),
    "rises_after": gettext_lazy("Rises after the year"),
    "months_each_year": gettext_lazy("Rises each year by (months)"),
    "most": gettext_lazy("At most (months)"),
    "lowest": gettext_lazy("Lowest"),
    "highest": gettext_lazy("Highest"),
    "number": gettext_lazy("How many"),
}


WORDS = {"monthly": gettext_lazy("by the month")}  # what stands for words in rules
LEADING = re.compile(r"\d+")


def plain(number: Decimal) -> str:
    """A number without empty decimals, with thousands."""
    return f"{number.normalize():,f}"


def worded(value: Any, unit: str) -> str:
    """A value as one says it: 16 %, 163 yuan a month; a table by the number of its rows."""
    if value is None:
        return _("nothing")
    if unit == Unit.TABLE:
        return ngettext("table of %(n)d row", "table of %(n)d rows", len(value)) % {"n": len(value)}
    if unit == Unit.WORDS or not rules.is_number(value):
        return str(WORDS.get(value, value))
    number = Decimal(value)
    if unit in {Unit.SHARE, Unit.PER_DAY}:
        number *= 100
    return f"{plain(number)} {Unit(unit).label}"


def row_name(row: str) -> str:
    """The name of a row of a table; what has no name is called as it is written."""
    return str(ROWS.get(row, row))


def rows_of(value: Any) -> list[tuple[str, str]]:
    """A table, row by row; rows that begin with a number in the order of these, as the database keeps no order."""
    return [(row_name(row), cell_of(cell)) for row, cell in sorted(value.items(), key=_place)] if isinstance(value, dict) else []


def _place(pair: tuple[str, Any]) -> tuple[int, int]:
    number = LEADING.match(pair[0])
    return (1, int(number[0])) if number else (0, list(ROWS).index(pair[0]) if pair[0] in ROWS else len(ROWS))


def cell_of(cell: Any) -> str:
    """One cell of a table."""
    if cell is None:
        return "—"
    if isinstance(cell, str) and rules.is_number(cell):
        return str(Decimal(cell).normalize().quantize(Decimal(1))) if Decimal(cell) == Decimal(cell).to_integral() else cell
    return rules.canonical(cell) if isinstance(cell, dict | list) else str(cell)


def differences(before: Any, after: Any) -> list[dict[str, str]]:
    """What differs between two versions, row by row; with one of them None, everything."""
    unit = (after or before).unit
    found = rules.differences(before.value if before else None, after.value if after else None)
    if unit == Unit.TABLE and (before is None or after is None):
        found = rules.differences(before.value if before else {}, after.value if after else {})
    return [
        {"row": row_name(row) if row else "", "before": _shown(row, old, unit), "after": _shown(row, new, unit)} for row, old, new in found
    ]


def _shown(row: str, value: Any, unit: str) -> str:
    return cell_of(value) if row else worded(value, unit)
