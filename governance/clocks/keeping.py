"""Starting, stopping, pausing, resuming, extending and restarting clocks, in the batch of the action that does it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.utils.translation import gettext

from governance.clocks import calendars, rules, wording
from governance.clocks.models import Clock, ClockEvent
from governance.clocks.now import LOCAL, local, now
from governance.clocks.vocabulary import ClockEventKind, ClockState, Lateness

Statement = tuple[str, tuple[Any, ...]]
EVER = datetime(1949, 10, 1, tzinfo=LOCAL)


class CannotExtend(ValueError):
    """An extension that the rule does not allow; says why, in words for people."""


class CannotPause(ValueError):
    """A pause that the rule does not allow."""


@dataclass(frozen=True)
class Doing:
    """Who did it and why, for the clock's own history."""

    user_id: int | None = None
    cause: UUID | None = None  # the event of the record
    reason: str = ""
    document: str = ""  # the paper that shows it, as it is cited
    told: list[ClockEvent] | None = None  # where to collect the dates that are told, for whoever seals them


NOBODY = Doing()

_CLOSE = """
WITH touched AS (
    UPDATE clocks_clock SET state = %s, closed_at = %s
    WHERE record_type_id = %s AND record_id = %s AND state = ANY(%s) AND due_at >= %s
      AND rule_id IN (SELECT id FROM clocks_clockrule WHERE code = ANY(%s))
    RETURNING id, due_at)
INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason, document, user_id, cause)
SELECT gen_random_uuid(), id, %s, %s, due_at, %s, %s, %s, %s FROM touched
"""
_COUNTED = """
WITH counted AS (
    UPDATE clocks_clock SET state = %s, started_at = %s, due_at = %s, provisional = %s, trace = %s::jsonb, counted_at = %s
    WHERE id = %s AND state IN ('running', 'paused') RETURNING id)
INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason, document, user_id, cause, amount)
SELECT %s, id, %s, %s, %s, %s, %s, %s, %s, %s FROM counted
"""


_ENDED = """
WITH ended AS (
    UPDATE clocks_clock c SET state = 'ended', closed_at = %s FROM clocks_clockrule r
    WHERE r.id = c.rule_id AND r.lateness <> %s AND c."then" = '' AND c.state = 'running' AND c.due_at < %s
    RETURNING c.id, c.due_at)
INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason, document)
SELECT gen_random_uuid(), id, 'end', %s, due_at, '', '' FROM ended
"""


def counted(
    rule: Any,
    started_at: datetime,
    *,
    area: str | None = None,
    pauses: Sequence[rules.Pause] = (),
    extensions: Sequence[int] = (),
    as_of: datetime | None = None,
) -> rules.Due:
    """The due date under a rule row and the calendar of an area."""
    calendar = calendars.of_area(area)
    return rules.due(rule.period, local(started_at), calendar, pauses=pauses, extensions=extensions, as_of=as_of and local(as_of))


def opened(record: Any, code: str, *, at: datetime, then: str = "", by: Doing = NOBODY) -> list[Any]:
    """The unsaved rows of a clock that starts on this record; none where the place has no such rule (raises NotInForce)."""
    area = getattr(record, "area_id", None)
    rule = calendars.rule(code, local(at).date(), area)
    if rule is None:
        return []
    due = counted(rule, at, area=area)
    clock = Clock(
        record_type=ContentType.objects.get_for_model(record),
        record_id=record.pk,
        area_id=area,
        rule=rule,
        started_at=at,
        due_at=due.at,
        provisional=due.provisional,
        then=then,
        trace=rules.runs(due.steps),
        counted_at=now(),
    )
    told = {"user_id": by.user_id, "cause": by.cause, "reason": by.reason, "document": by.document}
    return [clock, _telling(ClockEvent(clock=clock, kind=ClockEventKind.START, at=at, **told), due, by)]


def closing_queries(record: Any, codes: Sequence[str], *, at: datetime, by: Doing = NOBODY) -> list[Statement]:
    """Stop the open clocks of these rules on this record."""
    return [_touch(record, codes, at, by, ClockState.STOPPED, at, ["running", "paused"], ClockEventKind.STOP)]


def voiding_queries(record: Any, codes: Sequence[str], *, at: datetime, by: Doing = NOBODY) -> list[Statement]:
    """Declare void the open clocks of these rules on this record: they should not have run."""
    return [_touch(record, codes, at, by, ClockState.VOID, at, ["running", "paused"], ClockEventKind.VOID)]


def pausing_queries(record: Any, codes: Sequence[str], *, at: datetime, by: Doing = NOBODY) -> list[Statement]:
    """Pause the running clocks of these rules on this record (raises CannotPause). What is late already stays late."""
    for code in codes:
        rule = calendars.rule(code, local(at).date(), getattr(record, "area_id", None))
        if rule is not None and not rule.pausable:
            raise CannotPause(gettext("This period cannot be paused."))
    return [_touch(record, codes, at, by, ClockState.PAUSED, None, ["running"], ClockEventKind.PAUSE, due_after=at)]


def _touch(
    record: Any, codes: Sequence[str], at: datetime, by: Doing, state: str, closed_at: Any, before: list[str], kind: str, due_after: datetime = EVER
) -> Statement:
    record_type = ContentType.objects.get_for_model(record).pk
    told = (str(kind), at, by.reason, by.document, by.user_id, by.cause)
    return _CLOSE, (str(state), closed_at, record_type, record.pk, before, due_after, list(codes), *told)


def _telling(event: ClockEvent, due: rules.Due, by: Doing) -> ClockEvent:
    """The event that tells this date from now on."""
    event.due_at = due.at
    if by.told is not None:
        by.told.append(event)
    return event


def resuming_queries(record: Any, codes: Sequence[str], *, at: datetime, by: Doing = NOBODY) -> list[Statement]:
    """Resume the paused clocks of these rules on this record, with the new date."""
    return [
        recounting_query(clock, ClockEvent(kind=ClockEventKind.RESUME, at=at), by=by)
        for clock in _of(record, codes, [ClockState.PAUSED])
    ]


def restarting_queries(record: Any, codes: Sequence[str], *, at: datetime, by: Doing = NOBODY) -> list[Statement]:
    """Start the open clocks of these rules anew from now: what ran before is forgotten by the date, not by the history."""
    return [
        recounting_query(clock, ClockEvent(kind=ClockEventKind.RESTART, at=at), by=by)
        for clock in _of(record, codes, [ClockState.RUNNING, ClockState.PAUSED])
    ]


def extending_queries(
    record: Any, codes: Sequence[str], *, at: datetime, amount: int | None = None, by: Doing = NOBODY
) -> list[Statement]:
    """Extend the running clocks of these rules, by default as far as the rule allows (raises CannotExtend)."""
    statements = []
    for clock in _of(record, codes, [ClockState.RUNNING, ClockState.PAUSED]):
        further = _permitted(clock, at, amount)
        statements.append(recounting_query(clock, ClockEvent(kind=ClockEventKind.EXTEND, at=at, amount=further), by=by))
    return statements


def _permitted(clock: Clock, at: datetime, amount: int | None) -> int:
    rule, taken = clock.rule, history(clock.events.all())[2]
    left = rule.extension_amount - sum(taken)
    if clock.state == ClockState.RUNNING and at > clock.due_at:
        raise CannotExtend(gettext("The period has already ended; it can no longer be extended."))
    if left <= 0 or len(taken) >= rule.extension_times:
        raise CannotExtend(gettext("This period cannot be extended any further."))
    if amount is not None and not 0 < amount <= left:
        longest = wording.length(rule.unit, left)
        raise CannotExtend(gettext("The extension may be at most %(length)s.") % {"length": longest})
    return left if amount is None else amount


def _of(record: Any, codes: Sequence[str], states: Sequence[str]) -> Iterator[Clock]:
    record_type = ContentType.objects.get_for_model(record)
    found = Clock.objects.filter(record_type=record_type, record_id=record.pk, state__in=states, rule__code__in=codes)
    # Locked at once: a sweep that ends one of them must not come between reading it and writing its new date.
    yield from found.select_for_update(of=("self",)).select_related("rule").prefetch_related("events")


def recounting_query(clock: Clock, event: ClockEvent, *, by: Doing = NOBODY) -> Statement:
    """One statement that adds an event to a clock and brings its date and trace up to date."""
    started_at, pauses, extensions = history([*clock.events.all(), event])
    due = counted(clock.rule, started_at, area=clock.area_id, pauses=pauses, extensions=extensions)
    paused = bool(pauses) and pauses[-1].end is None
    state = ClockState.PAUSED if paused else ClockState.RUNNING
    trace = json.dumps(rules.runs(due.steps), ensure_ascii=False)
    event.clock = clock
    _telling(event, due, by)
    kept = (str(state), started_at, due.at, due.provisional, trace, event.at, clock.pk)
    told = (event.pk, str(event.kind), event.at, due.at, by.reason or event.reason, by.document or event.document)
    return _COUNTED, (*kept, *told, by.user_id, by.cause, event.amount)


def history(events: Sequence[Any]) -> tuple[datetime, list[rules.Pause], list[int]]:
    """From when a clock counts, its pauses and its extensions, out of its events, oldest first.

    A period may begin on a later day than it was set going: its start comes first all the same.
    """
    started_at, pauses, extensions = None, [], []
    for event in sorted(events, key=lambda one: one.kind != ClockEventKind.START):
        if event.kind in {ClockEventKind.START, ClockEventKind.RESTART}:
            started_at, pauses, extensions = local(event.at), [], []
        elif event.kind == ClockEventKind.PAUSE:
            pauses.append(rules.Pause(local(event.at)))
        elif event.kind == ClockEventKind.RESUME and pauses:
            pauses[-1] = rules.Pause(pauses[-1].start, local(event.at))
        elif event.kind == ClockEventKind.EXTEND:
            extensions.append(event.amount or 0)
    if started_at is None:
        raise rules.NoSuchPeriod("a clock that never started")
    return started_at, pauses, extensions


def end_what_only_ends(at: datetime) -> int:
    """Periods whose end is no failure (a right is lost, silence is consent, …) end by themselves; returns how many."""
    with connection.cursor() as cursor:
        cursor.execute(_ENDED, [at, str(Lateness.OVERDUE), at, at])
        return cursor.rowcount


def end(clock: Clock, at: datetime) -> None:
    """Its time is up: nothing more will happen by it. Called under the row's lock."""
    clock.state, clock.closed_at = ClockState.ENDED, at
    clock.save(update_fields=["state", "closed_at"])
    ClockEvent.objects.create(clock=clock, kind=ClockEventKind.END, at=at, due_at=clock.due_at)
