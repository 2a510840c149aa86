"""Periods of many records at once: started or declared void in SQL, each with its own history, as an action does it for one.

The date is worked out once for each area and day on which a period begins, in Python, by the same function as always; what is
written for each record is that date. ``told`` is SQL that gives an event for each record, a SELECT of ``id`` and ``record_id``.
"""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils import timezone
from psycopg.types.json import Jsonb

from governance.clocks import calendars, keeping, rules
from governance.clocks.now import local

_GROUPS = "SELECT DISTINCT t.area_id, {since} FROM {table} t JOIN ({told}) e ON e.record_id = t.id WHERE {where}"
_START = """
WITH dates AS (
    SELECT * FROM unnest(%(areas)s::varchar[], %(days)s::date[], %(begun)s::timestamptz[], %(due)s::timestamptz[], %(provisional)s::boolean[], %(traces)s::jsonb[])
        AS d(area_id, since, started_at, due_at, provisional, trace)
), made AS (
    INSERT INTO clocks_clock (id, record_type_id, record_id, area_id, rule_id, state, started_at, due_at, closed_at, provisional, "then", trace, counted_at)
    SELECT gen_random_uuid(), %(type)s, t.id, t.area_id, %(rule)s, 'running', d.started_at, d.due_at, NULL, d.provisional, %(then)s, d.trace, %(at)s
    FROM {table} t JOIN ({told}) e ON e.record_id = t.id JOIN dates d ON d.area_id = t.area_id AND d.since IS NOT DISTINCT FROM {since}
    WHERE {where} RETURNING id, record_id, due_at
)
INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason, document, user_id, cause)
SELECT gen_random_uuid(), made.id, 'start', %(at)s, made.due_at, '', '', %(user)s, e.id FROM made JOIN ({told}) e ON e.record_id = made.record_id
"""
_VOID = """
WITH touched AS (
    UPDATE clocks_clock c SET state = 'void', closed_at = %(at)s FROM ({told}) e
    WHERE c.record_type_id = %(type)s AND c.record_id = e.record_id AND c.state IN ('running', 'paused') RETURNING c.id, c.due_at, e.id AS cause
)
INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason, document, user_id, cause)
SELECT gen_random_uuid(), id, 'void', %(at)s, due_at, %(reason)s, '', %(user)s, cause FROM touched
"""


def start(model: Any, told: str, starts: Any, *, at: datetime, user_id: int | None = None) -> int:
    """Start a period (an ``actions.Starts``) on each of these records, and say on how many."""
    sql = {"table": model._meta.db_table, "told": told, "since": _since(model, starts), "where": _where(starts)}
    states = {"states": sorted(map(str, starts.where[1]))} if starts.where else {}
    rule = calendars.rule(starts.rule, local(at).date())
    with connection.cursor() as cursor:
        cursor.execute(_GROUPS.format(**sql), states)
        groups = cursor.fetchall()
        begun = [_begun(day, at) for _area, day in groups]
        due = [keeping.counted(rule, moment, area=area) for (area, _day), moment in zip(groups, begun, strict=True)]
        cursor.execute(
            _START.format(**sql),
            states
            | {
                "areas": [area for area, _day in groups], "days": [day for _area, day in groups], "begun": begun, "due": [one.at for one in due],
                "provisional": [one.provisional for one in due], "traces": [Jsonb(rules.runs(one.steps)) for one in due],
                "type": ContentType.objects.get_for_model(model).pk, "rule": rule.pk, "then": starts.then, "at": at, "user": user_id,
            },
        )  # fmt: skip
        return cursor.rowcount


def void(model: Any, told: str, *, at: datetime, user_id: int | None = None, reason: str = "") -> int:
    """Declare every open period of these records void: they should not have run. Says how many there were."""
    values = {"type": ContentType.objects.get_for_model(model).pk, "at": at, "user": user_id, "reason": reason}
    with connection.cursor() as cursor:
        cursor.execute(_VOID.format(told=told), values)
        return cursor.rowcount


def _since(model: Any, starts: Any) -> str:
    """SQL: the day from which it runs, where the record names one."""
    return f'(t."{model._meta.get_field(starts.since).column}")::date' if starts.since else "NULL::date"


def _where(starts: Any) -> str:
    return f't."{starts.where[0]}"::text = ANY(%(states)s)' if starts.where else "true"


def _begun(day: date | None, at: datetime) -> datetime:
    """Now, or the beginning of a later day."""
    return max(at, timezone.make_aware(datetime.combine(day, time.min))) if day else at
