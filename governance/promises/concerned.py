"""Whom a date concerns: who has to act, who supervises, and the citizen to whom it was promised."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from governance.actions import Holds, Party, registry
from governance.clocks.calendars import of_area
from governance.clocks.models import Clock, Reminder
from governance.clocks.now import today
from governance.clocks.vocabulary import Lateness, Level
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Mandate, Stakeholder


def concerned(reminder: Reminder) -> list[Stakeholder]:
    """Due soon: those who have to act. Late: also who supervises them, and the citizen. A new date: who acts, and the citizen.

    Of a right that will be lost its citizen is told before it is; of what runs among offices, never.
    """
    clock = reminder.clock
    record = clock.record
    if record is None or not hasattr(type(record), "readers"):
        return []
    found = handlers(clock, record)
    if clock.rule.is_promised and (reminder.level != Level.SOON or clock.rule.lateness == Lateness.RIGHT_LOST):
        found |= citizens(record)
    if reminder.level in {Level.LATE, Level.LONG_LATE}:
        found |= supervisors(record)
    return list(found.values())


def offices_open_today() -> list[int]:
    """Every organisation that somebody acts for and that is not closed where it is."""
    members = Stakeholder.objects.approved().with_members().values_list("pk", "area")
    return [office for office, area in members if of_area(area).is_working(today())]


def handlers(clock: Clock, record: Any) -> dict[int, Stakeholder]:
    """Who may do now what answers this clock or leads to it."""
    found: dict[int, Stakeholder] = {}
    for action in registry.actions_on(type(record)):
        if clock.rule.code not in action.works_on:
            continue
        for candidate in _named(action.by.reasons(), record):
            if candidate.pk not in found and _may(action, candidate, record):
                found[candidate.pk] = candidate
    return found


def supervisors(record: Any) -> dict[int, Stakeholder]:
    """The offices that may read the record by a duty they hold for its area."""
    offices = _named((reason for reason in type(record).readers.reasons() if isinstance(reason, Holds)), record)
    return {office.pk: office for office in offices}


def citizens(record: Any) -> dict[int, Stakeholder]:
    """The citizens who are parties of the record."""
    parties = _named((reason for reason in type(record).readers.reasons() if isinstance(reason, Party)), record)
    return {party.pk: party for party in parties if party.is_citizen}


def _named(reasons: Iterable[Any], record: Any) -> Iterable[Stakeholder]:
    for reason in reasons:
        if isinstance(reason, Party):
            party = _at(record, reason.path)
            if isinstance(party, Stakeholder):
                yield party
        elif isinstance(reason, Holds) and (area := _at(record, reason.area)):
            for mandate in Mandate.objects.in_force(today()).for_duty(reason.duty).covering(area).for_display():
                yield mandate.stakeholder


def _may(action: Any, candidate: Stakeholder, record: Any) -> bool:
    """Whether this stakeholder may do it now, whoever acts for it."""
    return type(record).objects.filter(action.when() & action.by.q(Actor(None, candidate)), pk=record.pk).exists()


def _at(record: Any, path: str) -> Any:
    for step in path.split("__"):
        record = record if step == "pk" or record is None else getattr(record, step)
    return record
