"""Calendars and rules kept in memory: counting asks for them at every submission, and they change a few times a year."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from typing import Any

from governance import areas
from governance.clocks.now import today
from governance.clocks.rules import WorkingCalendar

KEEP = 60.0  # seconds that another process may count by an older calendar
NATIONAL = "CN"
_kept: dict[str, tuple[float, Any]] = {}


def forget() -> None:
    """Read anew: after an import, or between tests."""
    _kept.clear()


def _remembered(key: str, read: Any) -> Any:
    kept = _kept.get(key)
    if kept is None or kept[0] < time.monotonic():
        kept = _kept[key] = (time.monotonic() + KEEP, read())
    return kept[1]


def national() -> WorkingCalendar:
    """The national working calendar (国务院办公厅放假安排)."""
    return _remembered("national", _read_national)


def of_area(code: str | None) -> WorkingCalendar:
    """The national calendar with the closures of this area and of those that cover it."""
    closures = _remembered("closures", _read_closures)
    if not closures or not code:
        return national()
    return _remembered(f"area {code}", lambda: _with_closures(code, closures))


def closed_areas() -> list[str]:
    """The codes of the areas with closures of their own."""
    return sorted(_remembered("closures", _read_closures))


def closed_on(day: date) -> list[str]:
    """The codes of the areas that are closed on this day of their own."""
    return sorted(code for code, days in _remembered("closures", _read_closures).items() if day in days)


def _with_closures(code: str, closures: dict[str, dict[date, str]]) -> WorkingCalendar:
    days: dict[date, str] = {}
    for area, names in closures.items():
        if areas.covers(area, code):
            days |= names
    return replace(national(), closures=days) if days else national()


def _editions() -> list[Any]:
    from governance.clocks.models import CalendarYear

    return _remembered("editions", lambda: list(CalendarYear.objects.latest_editions()))


def _read_national() -> WorkingCalendar:
    from governance.clocks.models import CalendarDay

    editions = sorted((e for e in _editions() if e.calendar == NATIONAL), key=lambda e: e.year)
    # A later year's schedule may move days of the December before it: it is read last.
    days = CalendarDay.objects.filter(edition__in=editions).order_by("edition__year")
    exceptions = {day: (works, name) for day, works, name in days.values_list("day", "is_working", "name")}
    return WorkingCalendar(exceptions, frozenset(e.year for e in editions))


def _read_closures() -> dict[str, dict[date, str]]:
    from governance.clocks.models import CalendarDay

    editions = [e for e in _editions() if e.calendar != NATIONAL]
    found: dict[str, dict[date, str]] = {}
    if editions:
        days = CalendarDay.objects.filter(edition__in=editions, is_working=False)
        for area, day, name in days.values_list("edition__calendar", "day", "name"):
            found.setdefault(area, {})[day] = name
    return found


def english_names() -> dict[str, str]:
    """The English name of every holiday and closure, by its own name."""
    from governance.clocks.models import CalendarDay

    return _remembered("names", lambda: dict(CalendarDay.objects.exclude(name_en="").values_list("name", "name_en")))


def versions(code: str) -> list[Any]:
    """Every version of the rule called ``code``, as they were entered (raises KeyError)."""
    return _remembered("rules", _read_rules)[code]


class NotInForce(KeyError):
    """The rule exists, but not on that day."""


def rule(code: str, on: date | None = None, area: str | None = None) -> Any:
    """The version of the rule called ``code`` in force in an area on a day, by default today.

    A local rule comes before the country's. None where only other places have such a rule; raises NotInForce if it held
    here on another day, KeyError if there is none of that code at all.
    """
    day = on or today()
    here = [one for one in versions(code) if not one.area or (area and areas.covers(one.area, area))]
    holding = [one for one in here if one.effective_from <= day and (one.effective_until is None or day < one.effective_until)]
    if here and not holding:
        raise NotInForce(code)
    return max(holding, key=lambda one: (bool(one.area), areas.level_of(one.area or areas.NATION)), default=None)


def _read_rules() -> dict[str, list[Any]]:
    from governance.clocks.models import ClockRule

    found: dict[str, list[Any]] = {}
    for version in ClockRule.objects.for_display():
        found.setdefault(version.code, []).append(version)
    return found
