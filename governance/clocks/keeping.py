"""Starting, stopping, pausing and resuming clocks, in the batch of the action that does it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType

from governance.clocks import calendars, rules
from governance.clocks.models import Clock, ClockEvent
from governance.clocks.now import local
from governance.clocks.vocabulary import ClockEventKind, ClockState

Statement = tuple[str, tuple[Any, ...]]

_CLOSE = """
WITH touched AS (
    UPDATE clocks_clock SET state = %s, closed_at = %s
    WHERE record_type_id = %s AND record_id = %s AND state = ANY(%s)
      AND rule_id IN (SELECT id FROM clocks_clockrule WHERE code = ANY(%s))
    RETURNING id, due_at)
INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason) SELECT gen_random_uuid(), id, %s, %s, due_at, '' FROM touched
"""


def counted(rule: Any, started_at: datetime, *, pauses: Sequence[rules.Pause] = (), extensions: Sequence[int] = ()) -> rules.Due:
    """The due date under a rule row and the national calendar."""
    return rules.due(rule.period, local(started_at), calendars.national(), pauses=pauses, extensions=extensions)


def opened(record: Any, code: str, *, at: datetime, then: str = "") -> list[Any]:
    """The unsaved rows of a clock that starts now on this record."""
    rule = calendars.rule(code)
    due = counted(rule, at)
    clock = Clock(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        area_id=getattr(record, "area_id", None),
        rule=rule,
        started_at=at,
        due_at=due.at,
        provisional=due.provisional,
        then=then,
        trace=traced(due),
    )
    return [clock, ClockEvent(clock=clock, kind=ClockEventKind.START, at=at, due_at=due.at)]


def traced(due: rules.Due) -> list[list[Any]]:
    """The trace as it is kept."""
    return [[step.day.isoformat(), step.mark, step.number, step.name] for step in due.steps]


def closing_queries(record: Any, codes: Sequence[str], *, at: datetime) -> list[Statement]:
    """Stop the open clocks of these rules on this record."""
    return [_touch(record, codes, at, ClockState.STOPPED, at, ["running", "paused"], ClockEventKind.STOP)]


def pausing_queries(record: Any, codes: Sequence[str], *, at: datetime) -> list[Statement]:
    """Pause the running clocks of these rules on this record."""
    return [_touch(record, codes, at, ClockState.PAUSED, None, ["running"], ClockEventKind.PAUSE)]


def _touch(
    record: Any, codes: Sequence[str], at: datetime, state: str, closed_at: Any, before: list[str], kind: str
) -> Statement:
    record_type = ContentType.objects.get_for_model(record).pk
    return _CLOSE, (str(state), closed_at, record_type, record.pk, before, list(codes), str(kind), at)


def resuming_queries(record: Any, codes: Sequence[str], *, at: datetime) -> list[Statement]:
    """Resume the paused clocks of these rules on this record, with the new date."""
    import json

    statements: list[Statement] = []
    record_type = ContentType.objects.get_for_model(record)
    paused = Clock.objects.filter(record_type=record_type, record_id=record.pk, state=ClockState.PAUSED, rule__code__in=codes)
    for clock in paused.select_related("rule").prefetch_related("events"):
        pauses, extensions = history([*clock.events.all(), ClockEvent(kind=ClockEventKind.RESUME, at=at)])
        due = counted(clock.rule, clock.started_at, pauses=pauses, extensions=extensions)
        statements.append(
            (
                "UPDATE clocks_clock SET state = 'running', due_at = %s, provisional = %s, trace = %s::jsonb WHERE id = %s",
                (due.at, due.provisional, json.dumps(traced(due)), clock.pk),
            )
        )
        statements.append(
            (
                "INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason) "
                "VALUES (gen_random_uuid(), %s, 'resume', %s, %s, '')",
                (clock.pk, at, due.at),
            )
        )
    return statements


def history(events: Sequence[Any]) -> tuple[list[rules.Pause], list[int]]:
    """Pauses and extensions out of a clock's events, oldest first."""
    pauses: list[rules.Pause] = []
    extensions: list[int] = []
    for event in events:
        if event.kind == ClockEventKind.PAUSE:
            pauses.append(rules.Pause(local(event.at)))
        elif event.kind == ClockEventKind.RESUME and pauses:
            pauses[-1] = rules.Pause(pauses[-1].start, local(event.at))
        elif event.kind == ClockEventKind.EXTEND:
            extensions.append(event.amount or 0)
    return pauses, extensions


def end(clock: Clock, at: datetime) -> None:
    """Its time is up: nothing more will happen by it. Called under the row's lock."""
    clock.state, clock.closed_at = ClockState.ENDED, at
    clock.save(update_fields=["state", "closed_at"])
    ClockEvent.objects.create(clock=clock, kind=ClockEventKind.END, at=at, due_at=clock.due_at)
