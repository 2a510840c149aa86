"""What an import wrote, taken back: each row while the register still says what the file said, and nothing
rests on it (decision 22).

The rows that are in the way stay, and are listed with what rests on them; when that is gone, they can be
taken back as well.
"""

from __future__ import annotations

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from governance.clocks import bulk as periods
from governance.imports import telling
from governance.imports.applying import by_whom, written
from governance.imports.checking import forget_problems, plan, with_mistakes
from governance.imports.models import Import
from governance.imports.sheets import Sheet, reach

# Every change of a record has an event: where the last is not of this import, somebody has gone on with it
# since. Files that were taken back from this record do not count.
_GONE_ON = """coalesce((
    SELECT x."right"->>'import' IS DISTINCT FROM %(reference)s FROM actions_event x
    WHERE x.record_type_id = %(type)s AND x.record_id = t.id
    AND NOT EXISTS (SELECT FROM actions_event back WHERE back.record_type_id = x.record_type_id AND back.record_id = x.record_id
        AND back."right"->>'import' = x."right"->>'import' AND back.action IN ('imports.complete-undo', 'imports.undo-part'))
    ORDER BY x.done_at DESC, x.id DESC LIMIT 1), false)"""
RESTS = "rests:"
MANY = 1000  # rows taken back together


def resting(sheet: Sheet) -> dict[str, str]:
    """What may rest on a record: SQL of every reference to it there is, by the model that refers to it."""
    found: dict[str, str] = {}
    for relation in sheet.model._meta.related_objects:
        if relation.many_to_many or not relation.field.concrete:
            continue
        there = relation.related_model._meta
        clause = f'EXISTS (SELECT FROM "{there.db_table}" x WHERE x."{relation.field.column}" = t.id)'
        found[there.label_lower] = f"{found[there.label_lower]} OR {clause}" if there.label_lower in found else clause
    return found


def in_the_way(batch: Import, sheet: Sheet) -> int:
    """List every row that cannot be taken back, and say how many there are.

    Comparing the file with the register once more tells what was changed since: right after the import
    nothing differs.
    """
    forget_problems(batch)
    mine = f"FROM p JOIN {sheet.table} t ON t.id = p.target_before WHERE p.verdict_before"
    ways = [f"SELECT p.line, '', '{RESTS}{label}' {mine} = 'new' AND ({rests})" for label, rests in resting(sheet).items()]
    used = [*sheet.used, *([_GONE_ON] if sheet.is_of_records else [])]
    ways += [f"SELECT p.line, '', 'used-since' {mine} IN ('new', 'changed') AND ({' OR '.join(used)})"] if used else []
    statement = f"""
        WITH p AS ({plan(batch, sheet)}), found(line, "column", code) AS (
            SELECT p.line, '', 'gone-since' FROM p
            WHERE p.verdict_before <> 'unchanged' AND p.target_id IS DISTINCT FROM p.target_before
            UNION ALL SELECT p.line, k, 'changed-since' FROM p, jsonb_object_keys(p.changes) AS k
            WHERE p.verdict_before <> 'unchanged' AND p.target_id = p.target_before
            {"".join(f" UNION ALL {way}" for way in ways)}
        )
        INSERT INTO imports_importproblem (batch_id, line, "column", code)
        SELECT %(batch)s, line, "column", code FROM found ORDER BY line, code
    """
    kind = ContentType.objects.get_for_model(sheet.model).pk
    with connection.cursor() as cursor:
        cursor.execute(statement, reach(batch) | {"type": kind, "reference": batch.reference})
    return with_mistakes(batch)


# A row that ``in_the_way`` has listed stays.
_FREE = "NOT EXISTS (SELECT FROM imports_importproblem p WHERE p.batch_id = r.batch_id AND p.line = r.line AND NOT p.is_warning)"


def restore(batch: Import, sheet: Sheet, bundle: Any) -> int:
    """Take away what was made, put back what was changed, tell it in the history of each record, and say how
    many rows that were.

    Only of the rows that nothing is in the way of.
    """
    fields = {c.kept_in: (c.name, c.restored) for c in sheet.compared(batch.columns) if c.kept_in}
    fields |= {h.name: (h.name, h.restored) for h in sheet.following(batch.columns)}
    sets = ", ".join(
        f"{kept} = CASE WHEN r.changes ? '{name}' THEN {former} ELSE t.{kept} END" for kept, (name, former) in fields.items()
    )
    mine = f"r.batch_id = %s AND r.target_id = t.id AND {_FREE} AND r.verdict"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        changed = 0
        if fields:
            cursor.execute(f"UPDATE {sheet.table} t SET {sets} FROM imports_importrow r WHERE {mine} = 'changed'", [batch.pk])
            changed = cursor.rowcount
        if sheet.is_of_records:
            _tell(batch, sheet, bundle)
        cursor.execute(f"DELETE FROM {sheet.table} t USING imports_importrow r WHERE {mine} = 'new'", [batch.pk])
        made = cursor.rowcount
        for beside in reversed(sheet.beside):
            if beside.record is not None:
                bundle.removed(beside.record, beside.to_be_removed, {"batch": batch.pk}, **by_whom(batch, "imports.undo-import"))
            cursor.execute(beside.removed.replace("{made}", beside.among), {"batch": batch.pk})
    return changed + made


def mark(batch: Import) -> None:
    """Write down which rows were taken back, where others stay."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE imports_importrow r SET verdict = 'taken-back' WHERE r.batch_id = %s AND r.verdict IN ('new', 'changed') AND {_FREE}", [batch.pk]
        )


def _tell(batch: Import, sheet: Sheet, bundle: Any) -> None:
    """What was put back and what is about to be gone, each in its own history; no period runs on what is
    gone.
    """
    by, which = by_whom(batch, "imports.undo-import"), {"batch": batch.pk}
    mine = f"SELECT r.target_id FROM imports_importrow r WHERE r.batch_id = %(batch)s AND {_FREE} AND r.verdict"
    tells: list[telling.Told] = []
    if batch.changed_count:
        told = bundle.changed(sheet.model, f"{mine} = 'changed'", which, names=written(batch, sheet), **by)
        tells += [(str(told.first), str(told.last), dict.fromkeys(path for action in sheet.corrects for path in action.tells))]
    if batch.new_count:
        told = bundle.removed(sheet.model, f"{mine} = 'new'", which, **by)
        # else the planner may take tables for empty that the file has filled, and try every row against every
        # period
        if told.count >= MANY:
            with connection.cursor() as cursor:
                cursor.execute("ANALYZE actions_event, clocks_clock")
        periods.void(sheet.model, told.events, at=bundle.at, user_id=by.get("user_id"), reason=by.get("reason", ""))
        tells += [(str(told.first), str(told.last), sheet.tells)]
    telling.tell(batch.pk, tells, back=True)  # now, while it can be seen whom the rows concern
