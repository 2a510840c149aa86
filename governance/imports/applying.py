"""What the plan says, written into the register: a handful of statements for any number of rows.

Each row is what the actions do that its sheet stands for: the record has an event of its own, sealed with those of the other
rows, its periods begin, and whoever is to be told is told once.
"""

from __future__ import annotations

from typing import Any

from django.db import connection

from governance import outbox
from governance.actions.models import FOUNDED
from governance.actions.records import new_reference
from governance.clocks import bulk as periods
from governance.imports.models import Import
from governance.imports.sheets import Sheet, reach

TELL = "imports.tell"


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


def write(batch: Import, sheet: Sheet, bundle: Any) -> int:
    """Make what is new, change what changes, tell it in the history of each record, and say how many rows that were.

    ``bundle`` seals the events (``governance.actions.bulk``).
    """
    prepare(batch, sheet)
    with connection.cursor() as cursor:
        parameters = reach(batch)
        changed = _change(cursor, batch, sheet, parameters) if batch.changed_count else 0
        made = _make(cursor, batch, sheet, parameters) if batch.new_count else 0
    if sheet.is_of_records:
        _tell(batch, sheet, bundle)
    return changed + made


def prepare(batch: Import, sheet: Sheet) -> None:
    """Everything the table keeps is asked at once from now on; and what the rows need is there."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        if sheet.prefix:
            _settle_references(cursor, batch, sheet)
        _make_beside(cursor, sheet, reach(batch))


def write_lines(batch: Import, sheet: Sheet, first: int, last: int) -> None:
    """Only these lines, without telling anybody: on trial (``trying``)."""
    parameters = reach(batch) | {"first": first, "last": last}
    among = " AND r.line BETWEEN %(first)s AND %(last)s"
    with connection.cursor() as cursor:
        _change(cursor, batch, sheet, parameters, among)
        _make(cursor, batch, sheet, parameters, among)


def by_whom(batch: Import, action: str) -> dict[str, Any]:
    """Who is behind what the system does with a file: whoever confirmed it, or wanted it undone."""
    done = batch.events.filter(action=action).order_by("-done_at", "-id").first()
    known = {"user_id": done.user_id, "stakeholder_id": done.stakeholder_id, "reason": done.reason} if done else {}
    return {"right": {"as": "import", "import": batch.reference}} | known


def _tell(batch: Import, sheet: Sheet, bundle: Any) -> None:
    """An event for each record that was made or changed, and the periods that begin."""
    by, which = by_whom(batch, "imports.apply-import"), {"batch": batch.pk}
    for beside in (beside for beside in sheet.beside if beside.record is not None):
        bundle.founded(beside.record, beside.among.strip("()"), which, action=FOUNDED, **by)
    mine = "SELECT r.target_id FROM imports_importrow r WHERE r.batch_id = %(batch)s AND r.verdict"
    tells: list[tuple[str, str, tuple[str, ...]]] = []
    for action, states in _correcting(sheet) if batch.changed_count else ():
        of_them = f"{mine} = 'changed' AND r.target_id IN (SELECT id FROM {sheet.table} WHERE state = ANY(%(states)s))"
        told = bundle.changed(sheet.model, of_them, which | {"states": states}, names=written(batch, sheet), action=action.key, **by)
        tells.append((str(told.first), str(told.last), action.tells))
    if batch.new_count:
        told = bundle.founded(sheet.model, f"{mine} = 'new'", which, action=sheet.stands_for[-1].key, **by)
        for starts in sheet.starts:
            bundle.tells_dates = True
            periods.start(sheet.model, told.events, starts, at=bundle.at, user_id=by.get("user_id"))
        tells.append((str(told.first), str(told.last), sheet.tells))
    if any(paths for _first, _last, paths in tells):
        outbox.add(TELL, {"import": batch.pk, "told": tells})


def _correcting(sheet: Sheet) -> list[tuple[Any, list[str]]]:
    """Each action by which rows change something, with the states of the records to which it is done; one for each state."""
    found: dict[str, Any] = {}
    for column in sheet.columns_changing():
        for action in sheet.correcting(column):
            for state in sheet.open_states(column):
                found.setdefault(state, action)
    return [(action, [state for state, one in found.items() if one is action]) for action in dict.fromkeys(found.values())]


def written(batch: Import, sheet: Sheet) -> list[str]:
    """The names of the fields that a row of this file may have changed."""
    columns = [c.kept_in for c in sheet.compared(batch.columns) if c.kept_in] + [h.name for h in sheet.following(batch.columns)]
    known = {field.column: field.name for field in sheet.model._meta.concrete_fields}
    return [known[name] for name in dict.fromkeys(columns)]


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


def _change(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any], among: str = "") -> int:
    values = sheet.written_changed(batch.columns)
    if not values:
        return 0
    cursor.execute(
        f"""
        UPDATE {sheet.table} w SET {", ".join(f"{name} = x.{name}" for name in values)}
        FROM (SELECT t.id, {", ".join(f"{value} AS {name}" for name, value in values.items())}
              FROM {sheet.rows} WHERE r.verdict = 'changed'{among}) AS x
        WHERE w.id = x.id
        """,
        parameters,
    )
    return cursor.rowcount


def _make(cursor: Any, batch: Import, sheet: Sheet, parameters: dict[str, Any], among: str = "") -> int:
    """The plan has taken an id for each, so that a row knows what it makes."""
    values = sheet.written_new(batch.columns)
    cursor.execute(
        f"INSERT INTO {sheet.table} ({', '.join(values)}) "
        f"SELECT {', '.join(values.values())} FROM {sheet.rows} WHERE r.verdict = 'new'{among} ORDER BY r.line",
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
