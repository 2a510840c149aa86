"""What an import wrote, taken back: only while the register still says what the file said."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from governance.imports.checking import plan
from governance.imports.models import Import, ImportProblem
from governance.imports.sheets import Sheet, reach

# Whatever may point at any record.
_KNOWN = (
    "EXISTS (SELECT FROM actions_event x WHERE x.record_type_id = %(type)s AND x.record_id = t.id)",
    "EXISTS (SELECT FROM clocks_clock x WHERE x.record_type_id = %(type)s AND x.record_id = t.id)",
)


def in_the_way(batch: Import, sheet: Sheet) -> int:
    """List every row that cannot be taken back, and say how many there are.

    Comparing the file with the register once more tells what was changed since: right after the import nothing differs.
    """
    ImportProblem.objects.filter(batch=batch).delete()
    used = " OR ".join((*sheet.used, *_KNOWN))
    statement = f"""
        WITH p AS ({plan(batch, sheet)}), found AS (
            SELECT p.line, '' AS "column", 'gone-since' AS code FROM p
            WHERE p.verdict_before <> 'unchanged' AND p.target_id IS DISTINCT FROM p.target_before
            UNION ALL SELECT p.line, k, 'changed-since' FROM p, jsonb_object_keys(p.changes) AS k
            WHERE p.verdict_before <> 'unchanged' AND p.target_id = p.target_before
            UNION ALL SELECT p.line, '', 'used-since' FROM p JOIN {sheet.table} t ON t.id = p.target_before
            WHERE p.verdict_before = 'new' AND ({used})
        )
        INSERT INTO imports_importproblem (batch_id, line, "column", code)
        SELECT %(batch)s, line, "column", code FROM found ORDER BY line, code
    """
    kind = ContentType.objects.get_for_model(sheet.model).pk
    with connection.cursor() as cursor:
        cursor.execute(statement, reach(batch) | {"type": kind})
    return ImportProblem.objects.filter(batch=batch).values("line").distinct().count()


def restore(batch: Import, sheet: Sheet) -> int:
    """Take away what was made, put back what was changed, and say how many rows that were."""
    fields = {c.kept_in: (c.name, c.restored) for c in sheet.compared(batch.columns) if c.kept_in}
    fields |= {h.name: (h.name, h.restored) for h in sheet.following(batch.columns)}
    sets = ", ".join(
        f"{kept} = CASE WHEN r.changes ? '{name}' THEN {former} ELSE t.{kept} END" for kept, (name, former) in fields.items()
    )
    mine = "r.batch_id = %s AND r.target_id = t.id AND r.verdict"
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        changed = 0
        if fields:
            cursor.execute(f"UPDATE {sheet.table} t SET {sets} FROM imports_importrow r WHERE {mine} = 'changed'", [batch.pk])
            changed = cursor.rowcount
        cursor.execute(f"DELETE FROM {sheet.table} t USING imports_importrow r WHERE {mine} = 'new'", [batch.pk])
        made = cursor.rowcount
        for beside in reversed(sheet.beside):
            among = f"(SELECT jsonb_array_elements_text(beside->'{beside.name}')::bigint FROM imports_import WHERE id = %(batch)s)"
            cursor.execute(beside.removed.replace("{made}", among), {"batch": batch.pk})
    return changed + made
