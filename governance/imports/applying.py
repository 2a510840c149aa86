"""What the plan says, written into the register: a handful of statements for any number of rows."""

from __future__ import annotations

from typing import Any

from django.db import connection

from governance.actions.records import new_reference
from governance.imports.models import Import
from governance.imports.sheets import Sheet, reach


def lock(batch: Import, sheet: Sheet, *, made: bool = False) -> None:
    """Nobody else changes what the import touches, or with ``made`` has made, until it is through."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"""
            SELECT count(*) FROM (SELECT t.id FROM {sheet.table} t WHERE t.id IN (
                SELECT target_id FROM imports_importrow WHERE batch_id = %s AND {"true" if made else "verdict <> 'new'"}) ORDER BY t.id FOR UPDATE) AS locked
            """,
            [batch.pk],
        )


def write(batch: Import, sheet: Sheet) -> int:
    """Make what is new, change what changes, and say how many rows that were."""
    parameters = reach(batch)
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if sheet.prefix:
            _settle_references(cursor, batch, sheet)
        _make_beside(cursor, sheet, parameters)
        changed = _change(cursor, batch, sheet, parameters) if batch.changed_count else 0
        return changed + _make(cursor, batch, sheet, parameters)


def _settle_references(cursor: Any, batch: Import, sheet: Sheet) -> None:
    """Eight random digits meet now and then, within the file or with the register: those rows get others."""
    while True:
        cursor.execute(
            f"""
            SELECT r.id FROM imports_importrow r JOIN imports_importrow other ON other.reference = r.reference AND other.id < r.id
            WHERE r.batch_id = %(batch)s AND other.batch_id = %(batch)s
            UNION SELECT r.id FROM imports_importrow r JOIN {sheet.table} t ON t.reference = r.reference
            WHERE r.batch_id = %(batch)s AND r.verdict = 'new'
            """,
            {"batch": batch.pk},
        )
        doubled = [(new_reference(sheet.prefix), row_id) for (row_id,) in cursor.fetchall()]
        if not doubled:
            return
        cursor.executemany("UPDATE imports_importrow SET reference = %s WHERE id = %s", doubled)


def _change(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any]) -> int:
    values = {column.kept_in: column.value for column in sheet.compared(batch.columns) if column.kept_in}
    values |= {hidden.name: f"CASE WHEN r.changes ? '{hidden.name}' THEN {hidden.value} ELSE t.{hidden.name} END"
               for hidden in sheet.following(batch.columns)}  # fmt: skip
    if not values:
        return 0
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
    """The plan has taken an id for each, so that a row knows what it makes."""
    present = set(batch.columns)
    values = {"id": "r.target_id"}
    values |= {"reference": "r.reference", "created_at": "%(now)s"} if sheet.prefix else {}
    values |= {c.kept_in: c.value if c.name in present else c.fallback for c in sheet.columns if c.kept_in}
    values |= sheet.made
    cursor.execute(
        f"INSERT INTO {sheet.table} ({', '.join(values)}) "
        f"SELECT {', '.join(values.values())} FROM {sheet.rows} WHERE r.verdict = 'new' ORDER BY r.line",
        parameters,
    )
    return cursor.rowcount


def _make_beside(cursor: Any, sheet: Sheet, parameters: dict[str, Any]) -> None:
    """What rows name and what is not there yet; it is remembered for undoing."""
    for beside in sheet.beside:
        cursor.execute(
            f"WITH made AS ({beside.made.replace('{rows}', sheet.rows)}) UPDATE imports_import "
            f"SET beside = beside || jsonb_build_object('{beside.name}', ARRAY(SELECT id FROM made)) WHERE id = %(batch)s",
            parameters,
        )
