"""Counting anew: every night all open dates; a difference without a new calendar is an alarm."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, NamedTuple
from uuid import UUID

import structlog
from django.db import connection, transaction
from django.db.models import Max, TextField
from django.db.models.functions import Cast

from governance.clocks import calendars, keeping, rules
from governance.clocks.models import CalendarYear, Clock, ClockEvent, ClockRule, Discrepancy, Recount
from governance.clocks.now import local, now
from governance.clocks.vocabulary import ClockEventKind, ClockState

log = structlog.get_logger(__name__)
CHUNK = 5000
LOGGED = 20  # alarms of one chunk that are written out; all are kept
MOVING = [ClockEventKind.RESTART, ClockEventKind.PAUSE, ClockEventKind.RESUME, ClockEventKind.EXTEND]


@dataclass
class Outcome:
    """What counting anew has found."""

    checked: int = 0
    moved: list[UUID] = field(default_factory=list)  # by a new calendar
    alarms: list[UUID] = field(default_factory=list)  # for no reason


class _Kept(NamedTuple):
    """The columns of a clock that counting anew compares."""

    pk: UUID
    rule_id: int
    area_id: str | None
    started_at: datetime
    due_at: datetime
    provisional: bool
    counted_at: datetime
    trace: str


class _Counter:
    """Counts again; periods of the same rule that began on the same day end on the same day."""

    def __init__(self) -> None:
        self._rules = {rule.pk: rule for rule in ClockRule.objects.all()}
        self._known: dict[tuple, tuple[datetime, bool, str]] = {}

    def simple(self, clock: _Kept) -> tuple[datetime, bool, str]:
        """Of a clock that only started."""
        rule, started_at = self._rules[clock.rule_id], local(clock.started_at)
        begins = started_at if rule.unit in rules.SHORT_UNITS else started_at.date()
        key = (clock.rule_id, begins, id(calendars.of_area(clock.area_id)))
        if key not in self._known:
            self._known[key] = _told(keeping.counted(rule, started_at, area=clock.area_id))
        return self._known[key]

    def eventful(self, clock: _Kept, events: list[ClockEvent]) -> tuple[datetime, bool, str]:
        """Of a clock that was paused, extended or started anew."""
        started_at, pauses, extensions = keeping.history(events)
        rule = self._rules[clock.rule_id]
        return _told(keeping.counted(rule, started_at, area=clock.area_id, pauses=pauses, extensions=extensions))


def _told(due: rules.Due) -> tuple[datetime, bool, str]:
    return due.at, due.provisional, json.dumps(rules.runs(due.steps), ensure_ascii=False)


def recount(clocks: Any = None, moved: Callable[[list[Clock]], None] | None = None) -> Outcome:
    """Count all open clocks (or these) anew. Each that moved is written with its reason, each alarm kept until it is gone.

    A difference is a new date only if a calendar was published since the clock, and everything, was last counted.
    ``moved`` is called with the clocks that have a new date, in the transaction that writes it.
    """
    calendars.forget()
    found, counter, since = Outcome(), _Counter(), _published_since()
    night = Recount.objects.create() if clocks is None else None
    rows = (Clock.objects.all() if clocks is None else clocks).open().order_by()
    for chunk in _chunks(_kept(rows)):
        found.checked += len(chunk)
        differing = list(_differences(chunk, counter))
        explained = {clock.pk for clock, _counted in differing if since is not None and clock.counted_at < since}
        found.moved += _moved(sorted(explained), moved)
        found.alarms += _alarm([clock.pk for clock, _counted in differing if clock.pk not in explained], counter)
    if night is not None:
        _finish(night, found)
    return found


def _kept(clocks: Any) -> Iterator[_Kept]:
    """What is kept of these clocks, read as they stream."""
    return map(_Kept._make, clocks.values_list(*_Kept._fields[:-1], Cast("trace", TextField())).iterator(chunk_size=CHUNK))


def _published_since() -> datetime | None:
    """When the newest calendar was known everywhere, if that was after the last whole count: it may explain a difference."""
    newest, last = CalendarYear.objects.aggregate(at=Max("entered_at"))["at"], Recount.objects.latest_whole()
    known = newest and newest + timedelta(seconds=calendars.KEEP)
    return None if known is None or (last is not None and known < last.began_at) else known


def _finish(night: Recount, found: Outcome) -> None:
    """Settle the alarms that are gone, and note what the night has found."""
    Discrepancy.objects.filter(settled_at=None).exclude(clock__in=found.alarms).update(settled_at=now())
    night.ended_at, night.checked, night.moved, night.alarms = now(), found.checked, len(found.moved), len(found.alarms)
    night.save()


def _chunks(rows: Iterable[_Kept]) -> Iterator[list[_Kept]]:
    stream = iter(rows)
    while chunk := list(islice(stream, CHUNK)):
        yield chunk


def _differences(chunk: list[_Kept], counter: _Counter) -> Iterator[tuple[_Kept, tuple[datetime, bool, str]]]:
    eventful: dict[UUID, list[ClockEvent]] = {}
    moving = ClockEvent.objects.filter(clock__in=[clock.pk for clock in chunk], kind__in=MOVING).values("clock")
    for event in ClockEvent.objects.filter(clock__in=moving).order_by("at", "id"):
        eventful.setdefault(event.clock_id, []).append(event)
    for clock in chunk:
        events = eventful.get(clock.pk)
        counted = counter.eventful(clock, events) if events else counter.simple(clock)
        if counted[:2] != (clock.due_at, clock.provisional) or not _same(counted[2], clock.trace):
            yield clock, counted


def _same(counted: str, kept: str) -> bool:
    return counted == kept or json.loads(counted) == json.loads(kept)


def _moved(ids: list[UUID], tell: Callable[[list[Clock]], None] | None) -> list[UUID]:
    """Write the new dates of these clocks, under their locks."""
    if not ids:
        return []
    source = CalendarYear.objects.latest("entered_at").source
    with transaction.atomic():
        open_ones = Clock.objects.select_for_update(of=("self",)).select_related("rule").open().filter(pk__in=ids).order_by("pk")
        clocks = list(open_ones.prefetch_related("events"))
        queries = [keeping.recounting_query(c, ClockEvent(kind=ClockEventKind.RECOUNT, at=now(), reason=source)) for c in clocks]
        with connection.cursor() as cursor:
            for statement in {statement for statement, _params in queries}:
                cursor.executemany(statement, [params for one, params in queries if one == statement])
        former = {clock.pk: clock.due_at for clock in clocks}
        after = Clock.objects.filter(pk__in=former).select_related("rule")
        changed = [clock for clock in after if clock.due_at != former[clock.pk]]
        if tell is not None and changed:
            tell(changed)
    return list(former)


def _alarm(ids: list[UUID], counter: _Counter) -> list[UUID]:
    """Keep each difference that nothing explains, once, until it is gone; returns the clocks.

    Looked at once more under their locks: something may have happened between reading a clock and reading its events.
    """
    if not ids:
        return []
    with transaction.atomic():
        clocks = list(_kept(Clock.objects.select_for_update().open().filter(pk__in=ids).order_by("pk")))
        differing = list(_differences(clocks, counter))
        _keep_alarms(differing)
    return [clock.pk for clock, _counted in differing]


def _keep_alarms(differing: list[tuple[_Kept, tuple[datetime, bool, str]]]) -> None:
    known = set(Discrepancy.objects.filter(settled_at=None, clock__in=[c.pk for c, _n in differing]).values_list("clock", flat=True))
    new = [
        Discrepancy(clock_id=clock.pk, kept_due_at=clock.due_at, counted_due_at=counted[0])
        for clock, counted in differing
        if clock.pk not in known
    ]
    for one in new[:LOGGED]:
        log.error("a kept date is not what counting gives", clock=str(one.clock_id), kept=one.kept_due_at, counted=one.counted_due_at)
    Discrepancy.objects.bulk_create(new)


def resume_overlong() -> int:
    """Resume the clocks whose pause has reached the longest their rule allows; returns how many."""
    paused = Clock.objects.filter(state=ClockState.PAUSED, rule__longest_pause__isnull=False)
    resumed = 0
    with transaction.atomic():
        for clock in paused.select_for_update(of=("self",)).select_related("rule").prefetch_related("events"):
            began = [event.at for event in clock.events.all() if event.kind == ClockEventKind.PAUSE][-1]
            if began + timedelta(days=clock.rule.longest_pause) <= now():
                with connection.cursor() as cursor:
                    cursor.execute(*keeping.recounting_query(clock, ClockEvent(kind=ClockEventKind.RESUME, at=now())))
                resumed += 1
    return resumed
