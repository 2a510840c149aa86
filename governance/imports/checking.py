"""All rules at once in one statement, and the plan: what every row would do to the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection

from governance.imports.models import Import, ImportProblem
from governance.imports.sheets import Sheet, reach
from governance.imports.vocabulary import RowVerdict

# SQL: whether a row of the plan ``p`` does something else than was written down for it.
_OTHER = """((p.verdict, p.changes) IS DISTINCT FROM (p.verdict_before, p.changes_before) OR p.target_id <> p.target_before)"""


def _predicates(sheet: Sheet, names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Column, code and SQL of everything a row is judged by."""
    for column in sheet.present(names):
        for check in column.checks():
            yield column.name, check.code, check.bad.replace("{c}", f"r.{column.name}")
    for rule in sheet.rules:
        yield rule.column, rule.code, rule.bad


def _sound(sheet: Sheet, names: list[str], rules: list[Any], *, cells: bool) -> str:
    """SQL: true only of a row that breaks nothing. Nearly every row is; only the others are asked what is wrong with them."""
    fine = " AND ".join(
        ["r.faults = '{}'", *(column.fine().replace("{c}", f"r.{column.name}") for column in sheet.present(names))]
    )
    kept = " AND ".join(f"({rule.plain or rule.bad}) IS NOT TRUE" for rule in rules) or "true"
    return f"CASE WHEN {fine} THEN {kept} ELSE false END" if cells else kept


def check(batch: Import, sheet: Sheet, *, again: bool = False) -> int:
    """Judge every row by every rule, list what is broken, and say how many rows break something.

    ``again`` leaves out what only the rows themselves decide: they were found sound, and have not changed since.
    """
    rules = [rule for rule in sheet.rules if not (again and rule.settled)]
    if again and not rules:
        return 0
    ImportProblem.objects.filter(batch=batch).delete()
    asked = [(rule.column, rule.code, rule.bad) for rule in rules] if again else _predicates(sheet, batch.columns)
    broken = ",\n".join(f"CASE WHEN {bad} THEN '{code}:{column}' END" for column, code, bad in asked)
    statement = f"""
        INSERT INTO imports_importproblem (batch_id, line, code, "column")
        SELECT %(batch)s, r.line, split_part(found, ':', 1), split_part(found, ':', 2)
        FROM {sheet.rows} {sheet.judged_by}
        CROSS JOIN LATERAL unnest(r.faults || ARRAY[{broken}]::text[]) AS found
        WHERE ({_sound(sheet, batch.columns, rules, cells=not again)}) IS NOT TRUE AND found IS NOT NULL
        ORDER BY r.line
    """
    with connection.cursor() as cursor:
        cursor.execute(statement, reach(batch))
        if cursor.rowcount == 0:
            return 0
        cursor.execute("SELECT count(DISTINCT line) FROM imports_importproblem WHERE batch_id = %s", [batch.pk])
        return cursor.fetchone()[0]


def plan(batch: Import, sheet: Sheet) -> str:
    """SQL of what every row would do now: row, line, target, verdict, changes. Only for rows that break no rule."""
    pieces = [
        f"'{column.name}', CASE WHEN {column.differs} THEN jsonb_build_array({column.now}, {column.value}) END"
        for column in sheet.compared(batch.columns)
    ]
    shown = list(sheet.compared(batch.columns))
    for hidden in sheet.following(batch.columns):
        moved = " OR ".join(column.differs for column in shown if column.name in hidden.follows)
        pieces.append(f"'{hidden.name}', CASE WHEN {moved} THEN jsonb_build_array(t.{hidden.name}, {hidden.value}) END")
    return f"""
        SELECT r.row_id, r.line, t.id AS target_id, r.verdict AS verdict_before, r.target_id AS target_before,
            r.changes AS changes_before, d.changes,
            CASE WHEN t.id IS NULL THEN '{RowVerdict.NEW}' WHEN d.changes = '{{}}' THEN '{RowVerdict.UNCHANGED}'
                 ELSE '{RowVerdict.CHANGED}' END AS verdict
        FROM {sheet.rows}
        CROSS JOIN LATERAL (
            SELECT CASE WHEN t.id IS NULL THEN '{{}}'::jsonb ELSE jsonb_strip_nulls(jsonb_build_object({", ".join(pieces)})) END
        ) AS d(changes)
    """


def compare(batch: Import, sheet: Sheet) -> dict[str, int]:
    """Write the plan into the rows and count it. A row that was read is new until something is found for it."""
    parameters = reach(batch)
    with connection.cursor() as cursor:
        if drifted(batch, sheet):
            _mark(cursor, batch, sheet, parameters)
        cursor.execute("SELECT verdict, count(*) FROM imports_importrow WHERE batch_id = %(batch)s GROUP BY verdict", parameters)
        counts = dict(cursor.fetchall())
        cursor.execute(sheet.untouched, parameters)
        untouched = cursor.fetchone()[0]
    return {f"{verdict}_count": counts.get(verdict, 0) for verdict in RowVerdict.values} | {"untouched_count": untouched}


def _mark(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any]) -> None:
    """Write down what rows do, where that is something else than is written there."""
    cursor.execute(
        f"""
            UPDATE imports_importrow w SET verdict = p.verdict, changes = p.changes,
                target_id = coalesce(p.target_id, nextval(pg_get_serial_sequence('{sheet.table}', 'id')))
            FROM ({plan(batch, sheet)}) AS p WHERE w.id = p.row_id AND {_OTHER}
        """,
        parameters,
    )
    cursor.execute("ANALYZE imports_importrow")  # the planner learns the verdicts, which the next steps go by


def drifted(batch: Import, sheet: Sheet) -> int:
    """How many rows would now do something else than the preview said."""
    statement = f"SELECT count(*) FROM ({plan(batch, sheet)}) AS p WHERE {_OTHER}"
    with connection.cursor() as cursor:
        cursor.execute(statement, reach(batch))
        return cursor.fetchone()[0]
