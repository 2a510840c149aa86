"""All rules at once in one statement, and the plan: what every row would do to the register."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import CheckConstraint
from psycopg.types.json import Jsonb

from governance.imports import trying
from governance.imports.faults import CONSTRAINT
from governance.imports.models import Import
from governance.imports.sheets import Sheet, reach
from governance.imports.vocabulary import DOING, RowVerdict

# SQL: whether a row of the plan ``p`` does something else than was written down for it.
_OTHER = """((p.verdict, p.changes) IS DISTINCT FROM (p.verdict_before, p.changes_before) OR p.target_id <> p.target_before)"""


def _predicates(sheet: Sheet, names: list[str]) -> Iterator[tuple[str, str, str]]:
    """Column, code and SQL of everything a row is judged by."""
    for column in sheet.present(names):
        for check in column.checks():
            yield column.name, check.code, check.bad.replace("{c}", f"r.{column.name}")
        for code, bad in sheet.asked_of_days(column).items():
            yield column.name, code, bad
    for rule in sheet.rules:
        yield rule.column, rule.code, rule.bad


def _sound(sheet: Sheet, names: list[str], rules: list[Any], *, cells: bool) -> str:
    """SQL: true only of a row that breaks nothing. Nearly every row is; only the others are asked what is wrong with them."""
    present = sheet.present(names)
    days = [f"({bad}) IS NOT TRUE" for column in present for bad in sheet.asked_of_days(column).values()]
    fine = " AND ".join(["r.faults = '{}'", *(column.fine().replace("{c}", f"r.{column.name}") for column in present), *days])
    kept = " AND ".join(f"({rule.plain or rule.bad}) IS NOT TRUE" for rule in rules) or "true"
    return f"CASE WHEN {fine} THEN {kept} ELSE false END" if cells else kept


def check(batch: Import, sheet: Sheet, *, again: bool = False) -> int:
    """Judge every row by every rule, list what is broken, and say how many rows break something.

    ``again`` leaves out what only the rows themselves decide: they were found sound, and have not changed since.
    """
    rules = [rule for rule in sheet.rules if not (again and rule.settled)]
    if again and not rules:
        return 0
    forget_problems(batch)
    asked = [(rule.column, rule.code, rule.bad) for rule in rules] if again else _predicates(sheet, batch.columns)
    broken = ",\n".join(f"CASE WHEN {bad} THEN '{code}:{column}' END" for column, code, bad in asked)
    statement = f"""
        INSERT INTO imports_importproblem (batch_id, line, code, "column", is_warning)
        SELECT %(batch)s, r.line, split_part(found, ':', 1), split_part(found, ':', 2), split_part(found, ':', 1) = ANY(%(warnings)s)
        FROM {sheet.rows} {sheet.judged_by}
        CROSS JOIN LATERAL unnest(r.faults || ARRAY[{broken}]::text[]) AS found
        WHERE ({_sound(sheet, batch.columns, rules, cells=not again)}) IS NOT TRUE AND found IS NOT NULL
        ORDER BY r.line
    """
    return _listed(batch, statement, {"warnings": [rule.code for rule in sheet.rules if rule.warns]})


def forget_problems(batch: Import) -> None:
    """Those of rows that are left out stay: they are in the file to be mended."""
    with connection.cursor() as cursor:
        cursor.execute(
            "DELETE FROM imports_importproblem p WHERE p.batch_id = %(batch)s AND NOT EXISTS ("
            "SELECT FROM imports_importrow r WHERE r.batch_id = p.batch_id AND r.line = p.line AND r.verdict = 'left-out')",
            {"batch": batch.pk},
        )


def warned(batch: Import) -> int:
    """How many rows are to be confirmed."""
    return _lines(batch, is_warning=True)


def with_mistakes(batch: Import) -> int:
    """How many rows cannot stay as they are."""
    return _lines(batch, is_warning=False)


def _lines(batch: Import, *, is_warning: bool) -> int:
    """How many rows that are not left out have a problem of this kind."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(DISTINCT p.line) FROM imports_importproblem p JOIN imports_importrow r ON r.batch_id = p.batch_id AND r.line = p.line "
            "WHERE p.batch_id = %(batch)s AND p.is_warning = %(warns)s AND r.verdict <> 'left-out'",
            {"batch": batch.pk, "warns": is_warning},
        )
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


def barred(batch: Import, sheet: Sheet) -> int:
    """List what no action may change: a row says otherwise than the register, and nothing the sheet stands for changes that now.

    What is registered, ended or refused is not written anew by a file. Says how many rows there are.
    """
    if not sheet.is_of_records:
        return 0
    forbidden = [f"p.changes ? '{column.name}' AND {_shut(sheet, column)}" for column in sheet.compared(batch.columns)]
    names = [column.name for column in sheet.compared(batch.columns)]
    if not names:
        return 0
    said = ", ".join(f"CASE WHEN {bad} THEN '{name}' END" for name, bad in zip(names, forbidden, strict=True))
    statement = f"""
        INSERT INTO imports_importproblem (batch_id, line, code, "column")
        SELECT %(batch)s, p.line, 'says-otherwise', named
        FROM imports_importrow p JOIN {sheet.table} t ON t.id = p.target_id CROSS JOIN LATERAL unnest(ARRAY[{said}]::text[]) AS named
        WHERE p.batch_id = %(batch)s AND p.verdict = 'changed' AND named IS NOT NULL ORDER BY p.line
    """
    return _listed(batch, statement)


def _shut(sheet: Sheet, column: Any) -> str:
    """SQL: whether the record is in a state in which nothing changes this column."""
    open_states = set.intersection(*(sheet.open_states(name) for name in sheet.kept_as(column))) if sheet.kept_as(column) else set()
    return f"t.state NOT IN ({', '.join(repr(state) for state in sorted(open_states))})" if open_states else "true"


def against_the_table(batch: Import, sheet: Sheet) -> int:
    """List the rows that a constraint of the table would refuse, each by its own sentence: what no action may write, no file may.

    Says how many rows there are. What is unique, or excludes each other, is found by the table itself when the rows are written.
    """
    checks = [one for one in sheet.model._meta.constraints if isinstance(one, CheckConstraint)]
    if not checks:
        return 0
    with connection.schema_editor(collect_sql=True) as editor:
        kept = {one.name: str(one._get_check_sql(sheet.model, editor)).replace("%", "%%") for one in checks}
    broken = ", ".join(f"CASE WHEN NOT ({sql}) THEN '{CONSTRAINT}{name}' END" for name, sql in kept.items())
    statement = f"""
        INSERT INTO imports_importproblem (batch_id, line, code, "column")
        SELECT %(batch)s, x._line, _code, (%(beside)s::jsonb)->>_code FROM ({_written_rows(batch, sheet)}) AS x CROSS JOIN LATERAL unnest(ARRAY[{broken}]::text[]) AS found(_code)
        WHERE _code IS NOT NULL ORDER BY x._line
    """
    beside = {f"{CONSTRAINT}{name}": trying.column_of(sheet, name) for name in kept}
    return _listed(batch, statement, {"beside": Jsonb(beside)})


def _written_rows(batch: Import, sheet: Sheet) -> str:
    """SQL: every new or changed row as the table would have it."""
    new, changed = sheet.written_new(batch.columns), sheet.written_changed(batch.columns)
    columns = []
    for field in sheet.model._meta.local_concrete_fields:
        if field.generated:
            continue
        name, kind = field.column, field.cast_db_type(connection)
        there = changed.get(name, f"t.{name}")
        columns.append(f"CASE WHEN r.verdict = 'new' THEN ({new.get(name, 'NULL')})::{kind} ELSE ({there})::{kind} END AS \"{name}\"")
    return f"SELECT r.line AS _line, {', '.join(columns)} FROM {sheet.rows} WHERE r.verdict IN ('new', 'changed')"


def _listed(batch: Import, statement: str, more: dict[str, Any] | None = None) -> int:
    with connection.cursor() as cursor:
        cursor.execute(statement, reach(batch) | (more or {}))
        found = cursor.rowcount
    return with_mistakes(batch) if found else 0


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
    return {f"{verdict}_count": counts.get(verdict, 0) for verdict in DOING} | {"untouched_count": untouched}


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
