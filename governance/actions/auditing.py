"""Whether events and records still are what was sealed: every event its leaf, every row its events, every value the last that was told."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, islice
from typing import Any
from uuid import UUID

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef

from governance import ledger
from governance.actions import registry
from governance.actions.bulk import part_digests
from governance.actions.columns import columns_of, digest, is_empty
from governance.actions.models import GONE, Event, Part
from governance.actions.sealing import sealed
from governance.clocks.models import Clock, ClockEvent
from governance.ledger.auditing import Break, erased
from governance.ledger.canonical import canonical
from governance.ledger.models import SALT, Leaf, Seal
from governance.ledger.verifier import Edge, leaf_hash

CHUNK = 1000


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


@dataclass(frozen=True)
class _Opened:
    """What opens an event: its content, and the key of the digests in it; both None where they were erased."""

    content: dict[str, Any] | None
    key: bytes | None

    @property
    def values(self) -> dict[str, str]:
        """The digests of the values that were written."""
        return (self.content or {}).get("values", {})


def _opened(events: Iterable[UUID]) -> dict[UUID, _Opened]:
    """What opens these events, whether each has a leaf of its own or they share one."""
    found: dict[UUID, _Opened] = {}
    wanted = list(events)
    for model in (Seal, Part):
        for pk, kept in model.objects.in_bulk(wanted).items():
            is_erased = kept.salt is None or kept.content is None
            found[pk] = _Opened(None, None) if is_erased else _Opened(json.loads(bytes(kept.content)), bytes(kept.salt)[SALT:])
    return found


# Events ------------------------------------------------------------------------------------------------------------------


@ledger.checks
def events_are_as_sealed() -> Iterator[Break]:
    """Every event has its leaf, every leaf its event, and what the leaf seals is what the event says."""
    told = _Told()
    for events in _chunks(Event.objects.order_by("pk").iterator(CHUNK)):
        opened, references = _opened(event.pk for event in events), _references(events)
        for event in events:
            found = opened.get(event.pk)
            if found is None:
                yield Break("event", f"event {event.pk} ({event.action}) has no leaf in the log")
            elif found.content is not None:
                reference = references.get((event.record_type_id, event.record_id), found.content.get("reference"))
                # Of those told together some begin no period: they have nought for their dates.
                said = {name: value for name, value in found.content.items() if name != "values" and (name, value) != ("dates", None)}
                if said != json.loads(canonical(sealed(event, reference, told.by(event.pk)))):
                    yield Break("event", f"event {event.pk} ({event.action} on {reference}) is not what was sealed")
    gone = Leaf.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("pk"))), kind="event")
    yield from (Break("event", f"the event of leaf {leaf.pk} is gone") for leaf in gone.iterator(CHUNK))


def _references(events: list[Event]) -> dict[tuple[int, int], str]:
    """The references of their records, as they are now; of those that are no more, none."""
    found: dict[tuple[int, int], str] = {}
    for kind in {event.record_type_id for event in events}:
        model = ContentType.objects.get_for_id(kind).model_class()
        wanted = [event.record_id for event in events if event.record_type_id == kind]
        rows = model._base_manager.filter(pk__in=wanted).values_list("pk", "reference") if model else ()
        found |= {(kind, pk): reference for pk, reference in rows}
    return found


@ledger.checks
def bundles_are_whole() -> Iterator[Break]:
    """What was done together: each part is what its digest says, and all of them lead to the root that their leaf seals."""
    buried = erased()
    for part in Part.objects.order_by("pk").iterator(CHUNK):
        if part.salt is None or part.content is None:
            if str(part.pk) not in buried:
                yield Break("seal", f"what opens event {part.pk} was erased, and no tombstone says why")
        elif hashlib.sha256(bytes(part.salt)[:SALT] + bytes(part.content)).digest() != bytes(part.digest):
            yield Break("seal", f"salt or content of event {part.pk} is not what was sealed")
    unsealed = Part.objects.filter(~Exists(Leaf.objects.filter(pk=OuterRef("bundle"), kind="bundle")))
    yield from (Break("event", f"event {part.pk} is a part of {part.bundle}, which has no leaf in the log") for part in unsealed.iterator(CHUNK))
    without = Part.objects.filter(~Exists(Event.objects.filter(pk=OuterRef("pk"))))
    yield from (Break("event", f"the event of part {part.pk} is gone") for part in without.iterator(CHUNK))
    for seal in Seal.objects.filter(leaf__kind="bundle", content__isnull=False).order_by("pk").iterator(CHUNK):
        edge, content = Edge(), json.loads(bytes(seal.content))
        for one in part_digests(seal.pk):
            edge.append(leaf_hash(one))
        if (edge.size, edge.root().hex()) != (content["parts"], content["root"]):
            yield Break("event", f"the {edge.size} events of bundle {seal.pk} are not the {content['parts']} that were sealed together")


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


# Records -----------------------------------------------------------------------------------------------------------------


@ledger.checks
def records_are_as_their_events_left_them() -> Iterator[Break]:
    """Every row has its events; the state is the one the last of them led to, and every value is the one that was told last."""
    for model in registry.records():
        kind = ContentType.objects.get_for_model(model)
        for rows in _chunks(model._base_manager.order_by("pk").iterator(CHUNK)):
            yield from _compared(kind.pk, rows)
        yield from _gone(kind.pk, model)


def _compared(kind: int, rows: list[Any]) -> Iterator[Break]:
    of_these = Event.objects.filter(record_type_id=kind, record_id__gte=rows[0].pk, record_id__lte=rows[-1].pk)
    events = {pk: list(told) for pk, told in groupby(of_these.order_by("record_id", "pk").iterator(CHUNK), key=lambda event: event.record_id)}
    opened = _opened(event.pk for told in events.values() for event in told)
    for row in rows:
        if not (told := events.get(row.pk)):
            yield Break("founding", f"no event tells how {row.reference} came into being")
            continue
        if row.state != told[-1].end and row.state not in getattr(row, "moved_by_other_actions", ()):
            yield Break("record", f"{row.reference} is “{row.state}”; its last event left it “{told[-1].end}”")
        history = _History()
        for event in told:
            history.add(event, opened.get(event.pk), row)
        yield from history.breaks(row)


@dataclass
class _History:
    """What the events of one record have told of each of its columns: a digest and what opens it, None where that was erased."""

    told: dict[str, tuple[str, bytes] | None] = field(default_factory=dict)
    is_unknown: bool = False  # the event that founded it was erased

    def add(self, event: Event, opened: _Opened | None, row: Model) -> None:
        if opened is None or opened.content is None:
            self.is_unknown = self.is_unknown or not self.told
            self.told |= dict.fromkeys((row._meta.get_field(name).attname for name in event.changes if _has(row, name)), None)
        else:
            self.told |= {name: (value, opened.key) for name, value in opened.values.items()}

    def breaks(self, row: Any) -> Iterator[Break]:
        for name, column in columns_of(type(row)).items():
            value = column.of(row)
            if name in self.told:
                told = self.told[name]
                if told is not None and told[0] != digest(told[1], name, column.said(value)):
                    yield Break("record", f"the {name} of {row.reference} is not what its events say")
            elif not (self.is_unknown or is_empty(value) or column.is_default(value)):
                yield Break("record", f"no event tells the {name} of {row.reference}")


def _has(row: Model, name: str) -> bool:
    return any(name in (field.name, field.attname) for field in row._meta.concrete_fields)


def _gone(kind: int, model: type[Model]) -> Iterator[Break]:
    """Records that events tell of and that are no more, where none says that they were taken away."""
    there = model._base_manager.filter(pk=OuterRef("record_id"))
    said = Event.objects.filter(record_type_id=kind, record_id=OuterRef("record_id"), end=GONE)
    missing = Event.objects.filter(~Exists(there), ~Exists(said), record_type_id=kind).order_by("record_id").values_list("record_id", flat=True)
    yield from (Break("record", f"record {model._meta.label_lower} {pk} is gone") for pk in missing.distinct().iterator(CHUNK))


# Erasing -----------------------------------------------------------------------------------------------------------------


@ledger.erases
def erase_part(event: UUID) -> int:
    """What opens one event of many is destroyed; the others still can be opened, and the root stays."""
    return Part.objects.filter(pk=event, salt__isnull=False).update(salt=None, content=None)
