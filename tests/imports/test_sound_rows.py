"""The quick way to see that a row is sound never passes what the checks find fault with, for every column of every sheet."""

from __future__ import annotations

import random

import pytest
from django.db import connection

from governance.imports import SHEETS
from governance.imports.sheets import Rule

pytestmark = pytest.mark.django_db

CELLS = [
    "", " ", "?", "0", "-1", "5", "5.0", "5.125", "1000001", "999999999999", "1e5", "NaN", "Infinity", "2026-02-28", "2026-02-29", "2024-02-29",
    "2026-04-31", "2026-13-01", "2026-00-10", "0000-01-01", "2026-1-1", "a\x01b", "a\nb", "\x7f", "松风养老院", "x" * 5000, "medical respite", "respite,medical",
    "medical ", "'; DROP", "990101000000", "pension", "Pension", "1 2", "%s", "{}", "\\", "⾃", "１２",
]  # fmt: skip


def test_what_is_fine_breaks_no_check():
    """Tried with words of every kind, and with what is left when characters of them are exchanged."""
    chance = random.Random(990000)
    letters = "0123456789-. ,?'xX松\x02{}"
    cells = [*CELLS, *("".join(chance.choice(letters) for _ in range(chance.randint(1, 12))) for _ in range(300))]
    for sheet in SHEETS.values():
        for column in sheet.columns:
            words = [*cells, column.example, *getattr(column, "codes", ())]
            words = [*map(column.spelt, words)] if column.secret else words  # such a cell holds only what was made of it
            bad = " OR ".join(f"({check.bad}) IS TRUE" for check in column.checks()).replace("{c}", "c")
            with connection.cursor() as cursor:
                statement = f"SELECT c, ({column.fine().replace('{c}', 'c')}) IS TRUE, {bad} FROM unnest(%(words)s::text[]) AS c"
                cursor.execute(statement.replace("%", "%%").replace("%%(words)s", "%(words)s"), {"words": words})
                found = cursor.fetchall()
            assert [cell for cell, fine, broken in found if fine and broken] == [], f"{sheet.kind}: {column.name}"
            assert any(fine for _cell, fine, _broken in found) or column.secret, f"{sheet.kind}: {column.name}: nothing is fine"


def test_only_what_the_row_itself_decides_is_settled():
    """A rule that looks at the register, at the day or at anything else than the row is asked again before the file is applied."""
    for bad, settled in (
        ("r.times > 1", True), ("r.base ~ '^[0-9]{1,9}([.][0-9]{1,2})?$'", True), ("t.state = 'closed'", False), ("r.month_on > %(today)s", False),
        ("r.a <> '' AND p.id IS NULL", False), ("EXISTS (SELECT FROM care_bed)", False),
    ):  # fmt: skip
        assert Rule("one", "a", bad).settled is settled, bad
