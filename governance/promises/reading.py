"""What the pages of promised dates show."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from governance.clocks import weeks
from governance.clocks.models import CalendarYear, Clock, ClockRule, Recount
from governance.clocks.now import local, now, today
from governance.clocks.rules import SHORT_UNITS, Due
from governance.clocks.stretches import Stretch, stretches
from governance.clocks.vocabulary import ClockState, Level


@dataclass(frozen=True)
class Told:
    """A date as it was told."""

    event: Any
    due_at: Any
    is_valid: bool  # it holds today


def worked_out(rule: ClockRule, due: Due) -> dict[str, Any]:
    """A date from the calculator: the calendar as anybody may check it."""
    calendar = weeks.drawn(rule, due.steps, upto=today(), is_open=True)
    return {
        "rule": rule,
        "due": due,
        "is_short": rule.unit in SHORT_UNITS,
        "calendar": replace(calendar, tally=[]) if calendar else None,
        "stretches": table(rule, due.steps),
    }


def table(rule: ClockRule, steps: Any) -> list[Stretch]:
    """The table beside the calendar; none for hours and minutes."""
    return [] if rule.unit in SHORT_UNITS else stretches(steps)


def clock(found: Clock, actor: Any) -> dict[str, Any]:
    """Everything about one clock; what names a person only for those who may read the record."""
    record = record_of(found, actor)
    told = [Told(event, event.due_at, event.due_at == found.due_at) for event in found.dates_told]
    return {
        "clock": found,
        "rule": found.rule,
        "record": record,
        "calendar": weeks.of_clock(found, weeks.pause_reasons(found) if record else None),
        "stretches": table(found.rule, weeks.steps_shown(found)),
        "told": told,
        "events": list(found.events.all()),
        "reminders": [reminder for reminder in found.reminders.all() if reminder.level != Level.MOVED],
        "is_short": found.rule.unit in SHORT_UNITS,
        "was_in_time": found.closed_at is not None and found.closed_at <= found.due_at,
        "is_late": found.state == ClockState.RUNNING and found.due_at < now(),
    }


def record_of(found: Clock, actor: Any) -> Any:
    """The record it runs on, if this actor may read it."""
    model = found.record_type.model_class()
    if model is None or not hasattr(model.objects, "visible_to"):
        return None
    return model.objects.visible_to(actor).filter(pk=found.record_id).first()


def rules_by_law() -> list[tuple[Any, list[ClockRule]]]:
    """Every rule in force today, law by law; laws first, examples last."""
    groups: dict[Any, list[ClockRule]] = {}
    for rule in ClockRule.objects.in_force_on(today()).for_display():
        groups.setdefault(rule.regime, []).append(rule)
    return sorted(groups.items(), key=lambda group: (group[0].is_example, group[0].pk))


def last_night() -> Recount | None:
    """What the last whole count has found."""
    return Recount.objects.latest_whole()


def year(number: int) -> dict[str, Any] | None:
    """The schedule of a year as it counts now, and its editions; None if it is not published."""
    editions = list(CalendarYear.objects.national().filter(year=number).order_by("-version"))
    if not editions:
        return None
    days = list(editions[0].days.all())
    return {
        "year": number,
        "editions": [(edition, local(edition.entered_at)) for edition in editions],
        "days": days,
        "years": list(CalendarYear.objects.national().years()),
    }
