"""What the pages of promised dates show."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from governance.actions import registry
from governance.areas import covers
from governance.clocks import calendars, weeks
from governance.clocks.models import CalendarYear, Clock, ClockRule, Recount
from governance.clocks.now import local, now, today
from governance.clocks.rules import SHORT_UNITS, Due
from governance.clocks.stretches import Stretch, stretches
from governance.clocks.vocabulary import ClockState, Level
from governance.stakeholders.models import Area


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


@dataclass(frozen=True)
class Law:
    """A law with the periods it sets, and which of them run in this system."""

    regime: Any
    rules: list[ClockRule]
    used: frozenset[str]
    place: str  # of a local standard

    @property
    def is_handled(self) -> bool:
        """Whether any of its periods runs here: of the others a date can be worked out, and nothing more."""
        return bool(self.used)

    @property
    def not_handled(self) -> list[ClockRule]:
        """Those that no action here starts."""
        return [rule for rule in self.rules if rule.code not in self.used]


def rules_by_law() -> list[Law]:
    """Every rule in force today, law by law; laws first, examples last."""
    started = {starts.rule for action in registry.actions() for starts in action.clocks_started()}
    groups: dict[Any, list[ClockRule]] = {}
    for rule in ClockRule.objects.in_force_on(today()).for_display():
        groups.setdefault(rule.regime, []).append(rule)
    names = places(rule for rules in groups.values() for rule in rules)
    laws = [
        Law(regime, rules, frozenset({rule.code for rule in rules} & started), names.get(rules[0].area, ""))
        for regime, rules in groups.items()
    ]
    return sorted(laws, key=lambda law: (law.regime.is_example, law.regime.pk))


def places(rules: Iterable[ClockRule]) -> dict[str, str]:
    """The names of the areas where local rules hold, by code."""
    codes = {rule.area for rule in rules if rule.area}
    known = {area.code: area.label for area in Area.objects.filter(pk__in=codes)} if codes else {}
    return {code: known.get(code, code) for code in codes}


def asked(code: str, query: dict[str, str]) -> dict[str, str]:
    """A question of the interface as the calculator takes it: of local rules that of the area which is named, or the first."""
    area = query.get("area", "")
    try:
        keys = {rule.area: rule.key for rule in sorted(calendars.versions(code), key=lambda rule: rule.area, reverse=True)}
    except KeyError:
        return query
    here = [one for one in keys if one and area and covers(one, area)]
    chosen = here[0] if here else "" if "" in keys else next(iter(keys))
    return {name: value for name, value in query.items() if name != "area" or not chosen} | {"rule": keys[chosen]}


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
