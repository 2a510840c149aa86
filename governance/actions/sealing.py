"""What the public log commits to of an event, and whether events and records still are what was sealed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Exists, Field, OuterRef

from governance import ledger
from governance.actions.models import Event
from governance.clocks.models import Clock, ClockEvent
from governance.ledger.auditing import Break
from governance.ledger.canonical import canonical
from governance.ledger.models import Leaf, Seal

CHUNK = 1000
HIDDEN = "***"


def sealed(event: Event, reference: str, told: Iterable[ClockEvent] = ()) -> dict[str, Any]:
    """The whole event with every date it promised; the leaf in the log shows only that there is one."""
    kind = ContentType.objects.get_for_id(event.record_type_id)
    content = {
        "action": event.action,
        "record": [kind.app_label, kind.model, event.record_id],
        "reference": reference,
        "start": event.start,
        "end": event.end,
        "user": event.user_id,
        "stakeholder": event.stakeholder_id,
        "right": event.right,
        "reason": event.reason,
        "changes": event.changes,
        "done_at": event.done_at.astimezone(UTC).isoformat(),
    }
    return content | ({"dates": dates} if (dates := sorted(map(_date, told), key=lambda date: date["clock"])) else {})


def _date(told: ClockEvent) -> dict[str, str]:
    return {
        "clock": str(told.clock_id),
        "rule": told.clock.rule.code,
        "told": str(told.kind),
        "due_at": told.due_at.astimezone(UTC).isoformat(),
    }


class _Told:
    """The dates that events have told, as they are kept; asked for in the order of the events, read once."""

    def __init__(self) -> None:
        told = ClockEvent.objects.telling().exclude(cause=None).order_by("cause").iterator(CHUNK)
        self._groups = groupby(told, key=lambda one: one.cause)
        self._take()

    def _take(self) -> None:
        cause, told = next(self._groups, (None, ()))
        self._cause, self._dates = cause, list(told)

    def by(self, event: UUID) -> list[ClockEvent]:
        """What this event has told; what names an event that is not there is found by the check of dates."""
        while self._cause is not None and self._cause < event:
            self._take()
        return self._dates if self._cause == event else []


def _chunks(rows: Iterable[Any]) -> Iterator[list[Any]]:
    rows = iter(rows)
    while chunk := list(islice(rows, CHUNK)):
        yield chunk


def _records_of(events: list[Event]) -> dict[tuple[int, int], Any]:
    found: dict[tuple[int, int], Any] = {}
    for kind in {event.record_type_id for event in events}:
        model = ContentType.objects.get_for_id(kind).model_class()
        wanted = {event.record_id for event in events if event.record_type_id == kind}
        found |= {(kind, pk): row for pk, row in (model._base_manager.in_bulk(wanted) if model else {}).items()}
    return found


@ledger.checks
def events_are_as_sealed() -> Iterator[Break]:
    """Every event has its leaf, every leaf its event, and what the leaf seals is what the event says."""
    told = _Told()
    for events in _chunks(Event.objects.order_by("pk").iterator(CHUNK)):
        seals, records = Seal.objects.in_bulk([event.pk for event in events]), _records_of(events)
        for event in events:
            record = records.get((event.record_type_id, event.record_id))
            seal = seals.get(event.pk)
            if seal is None:
                yield Break("event", f"event {event.pk} ({event.action}) has no leaf in the log")
            elif record is None:
                yield Break("record", f"the record of event {event.pk} ({event.action}) is gone")
            elif seal.content is not None and bytes(seal.content) != canonical(sealed(event, record.reference, told.by(event.pk))):
                yield Break("event", f"event {event.pk} ({event.action} on {record.reference}) is not what was sealed")
    gone = Leaf.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("pk"))), kind="event")
    yield from (Break("event", f"the event of leaf {leaf.pk} is gone") for leaf in gone.iterator(CHUNK))


@ledger.checks
def dates_are_as_they_were_told() -> Iterator[Break]:
    """A period has the date that was told last, is closed by what closed it, and nothing happened to it without an event."""
    done = Event.objects.filter(pk=OuterRef("cause"), done_at=OuterRef("at"))
    for one in ClockEvent.objects.by_an_action().filter(~Exists(done)).iterator(CHUNK):
        yield Break("date", f"no event explains what happened to clock {one.clock_id} ({one.kind}, {one.at:%Y-%m-%d %H:%M})")
    for clock in Clock.objects.not_as_told().iterator(CHUNK):
        yield Break("date", f"clock {clock.pk} is due on {clock.due_on}; that is not what was told last")
    for clock in Clock.objects.not_as_closed().iterator(CHUNK):
        yield Break("date", f"clock {clock.pk} is “{clock.state}”; what happened to it does not say so")


@ledger.checks
def records_are_as_their_events_left_them() -> Iterator[Break]:
    """The state is the one the last event led to, and every value is the one that an event told last."""
    events = Event.objects.order_by("record_type_id", "record_id", "done_at", "pk").iterator(CHUNK)
    histories = ((key, list(told)) for key, told in groupby(events, key=lambda event: (event.record_type_id, event.record_id)))
    for chunk in _chunks(histories):
        records = _records_of([told[-1] for _key, told in chunk])
        for key, told in chunk:
            if (record := records.get(key)) is not None:
                yield from _compared(record, told)


def _compared(record: Any, events: list[Event]) -> Iterator[Break]:
    if record.state != events[-1].end and record.state not in getattr(record, "moved_by_other_actions", ()):
        yield Break("record", f"{record.reference} is “{record.state}”; its last event left it “{events[-1].end}”")
    told: dict[str, Any] = {}
    for event in events:
        told |= event.changes
    for name, value in told.items():
        if value != HIDDEN and name not in record.changed_elsewhere and not _is(record, name, value):
            yield Break("record", f"the {name} of {record.reference} is not what its events say")


def _is(record: Any, name: str, told: str | None) -> bool:
    """Whether a value is the one that was told as text; what text does not tell exactly is not compared."""
    try:
        field: Field = record._meta.get_field(name)
        value = getattr(record, field.attname)
        return value is told if told is None else str(value) == told or value == _read(field, told)
    except (FieldDoesNotExist, ValidationError, ValueError, TypeError):
        return True


def _read(field: Field, told: str) -> Any:
    target = field.target_field if field.is_relation else field
    return target.to_python(told)
