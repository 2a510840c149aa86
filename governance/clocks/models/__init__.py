"""Calendars, rules and clocks as rows."""

from governance.clocks.models.calendar import NATIONAL, CalendarDay, CalendarYear
from governance.clocks.models.clock import SOON, Clock, ClockEvent
from governance.clocks.models.rule import FROM_THE_BEGINNING, ClockRule, Regime
from governance.clocks.models.telling import LONG_LATE, Discrepancy, Recount, Reminder

__all__ = [
    "FROM_THE_BEGINNING",
    "LONG_LATE",
    "NATIONAL",
    "SOON",
    "CalendarDay",
    "CalendarYear",
    "Clock",
    "ClockEvent",
    "ClockRule",
    "Discrepancy",
    "Recount",
    "Regime",
    "Reminder",
]
