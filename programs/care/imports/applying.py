"""What the plan says, written into the register: a handful of statements for any number of rows."""

from __future__ import annotations

from typing import Any

from django.db import connection

from governance.actions.records import new_reference
from programs.care.imports.sheets import Sheet, reach
from programs.care.models import Import
from programs.care.vocabulary import ImportKind


def lock(batch: Import, sheet: Sheet) -> None:
    """Nobody else changes what the import touches until it is through."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*) FROM (SELECT t.id FROM {sheet.table} t WHERE t.id IN (
                SELECT target_id FROM care_importrow WHERE batch_id = %s) ORDER BY t.id FOR UPDATE) AS locked
            """,
            [batch.pk],
        )


def write(batch: Import, sheet: Sheet) -> int:
    """Make what is new, change what changes, and say how many rows that were."""
    parameters = reach(batch)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        _settle_references(cursor, batch, sheet)
        if sheet.kind == ImportKind.BEDS:
            _make_rooms(cursor, batch, sheet, parameters)
        changed = _change(cursor, batch, sheet, parameters)
        return changed + _make(cursor, batch, sheet, parameters)


def _settle_references(cursor: Any, batch: Import, sheet: Sheet) -> None:
    """Eight random digits meet now and then, within the file or with the register: those rows get others."""
    while True:
        cursor.execute(
            f"""
            SELECT r.id FROM care_importrow r JOIN care_importrow other ON other.reference = r.reference AND other.id < r.id
            WHERE r.batch_id = %(batch)s AND other.batch_id = %(batch)s
            UNION SELECT r.id FROM care_importrow r JOIN {sheet.table} t ON t.reference = r.reference
            WHERE r.batch_id = %(batch)s AND r.verdict = 'new'
            """,
            {"batch": batch.pk},
        )
        doubled = [(new_reference(sheet.model.reference_prefix), row_id) for (row_id,) in cursor.fetchall()]
        if not doubled:
            return
        cursor.executemany("UPDATE care_importrow SET reference = %s WHERE id = %s", doubled)


def _change(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any]) -> int:
    values = {column.kept_in: column.value for column in sheet.compared(batch.columns) if column.kept_in}
    values |= {hidden.name: f"CASE WHEN r.changes ? '{hidden.name}' THEN {hidden.value} ELSE t.{hidden.name} END"
               for hidden in sheet.following(batch.columns)}  # fmt: skip
    cursor.execute(
        f"""
        UPDATE {sheet.table} w SET {", ".join(f"{name} = x.{name}" for name in values)}
        FROM (SELECT t.id, {", ".join(f"{value} AS {name}" for name, value in values.items())}
              FROM {sheet.rows} WHERE r.verdict = 'changed') AS x
        WHERE w.id = x.id
        """,
        parameters,
    )
    return cursor.rowcount


def _make(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any]) -> int:
    present = set(batch.columns)
    values = {"reference": "r.reference", "created_at": "%(now)s"}
    values |= {c.kept_in: c.value if c.name in present else c.fallback for c in sheet.columns if c.kept_in}
    values |= sheet.made
    cursor.execute(
        f"INSERT INTO {sheet.table} ({', '.join(values)}) "
        f"SELECT {', '.join(values.values())} FROM {sheet.rows} WHERE r.verdict = 'new' ORDER BY r.line",
        parameters,
    )
    cursor.execute(
        f"UPDATE care_importrow w SET target_id = t.id FROM {sheet.table} t "
        "WHERE w.batch_id = %(batch)s AND w.verdict = 'new' AND t.reference = w.reference",
        parameters,
    )
    return cursor.rowcount


def _make_rooms(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any]) -> None:
    """Units and rooms that beds name and that are not there yet; what was made is remembered for undoing."""
    named = f"FROM {sheet.rows} WHERE r.verdict IN ('new', 'changed') AND r.unit <> ''"
    for part, statement in (
        ("units", f"INSERT INTO care_unit (home_id, name) SELECT DISTINCT h.id, r.unit {named} AND u.id IS NULL RETURNING id"),
        (
            "rooms",
            f"""INSERT INTO care_room (unit_id, name, sex_rule)
            SELECT u.id, r.room, coalesce(nullif(max(r.kept_for), ''), 'any') {named} AND m.id IS NULL
            GROUP BY u.id, r.room RETURNING id""",
        ),
    ):
        cursor.execute(
            f"WITH made AS ({statement}) UPDATE care_import SET made_{part} = ARRAY(SELECT id FROM made) WHERE id = %(batch)s",
            parameters,
        )
