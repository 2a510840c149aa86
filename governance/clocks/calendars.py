"""Calendars and rules kept in memory: counting asks for them at every submission, and they change a few times a year."""

from __future__ import annotations

import time
from typing import Any

from governance.clocks.now import today
from governance.clocks.rules import WorkingCalendar

KEEP = 60.0  # seconds that another process may count by an older calendar
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
    return _remembered("CN", lambda: _read("CN"))


def _read(calendar: str) -> WorkingCalendar:
    from governance.clocks.models import CalendarDay, CalendarYear

    days = CalendarDay.objects.filter(calendar=calendar).values_list("day", "is_working", "name")
    years = CalendarYear.objects.filter(calendar=calendar).values_list("year", flat=True)
    return WorkingCalendar({day: (works, name) for day, works, name in days}, frozenset(years))


def rule(code: str) -> Any:
    """The version in force today of the rule called ``code`` (raises KeyError)."""
    from governance.clocks.models import ClockRule

    found = _remembered("rules", lambda: {r.code: r for r in ClockRule.objects.in_force_on(today())})
    return found[code]
