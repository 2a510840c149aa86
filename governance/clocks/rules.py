"""Due dates as a pure function of events, calendar and rule, with a trace of every day.

Counting: the day on which the period begins is not counted (Civil Code 民法典 Art. 201); a period in calendar days, months
or years that ends on a rest day ends on the next working day (Art. 203), where the rule says so. Days in (pause, resume]
do not count.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import repeat
from typing import NamedTuple

ONE_DAY = timedelta(days=1)
LONGEST = 366 * 12  # days one period may take with all its pauses; beyond that something is wrong
END_OF_DAY = time(23, 59, 59)
SHORT_UNITS = {"second": 1, "minute": 60, "hour": 3600}
COUNTING = {"counted", "make_up"}


class NoSuchPeriod(ValueError):
    """The period cannot be counted: an unknown unit, a negative amount, a pause that ends before it begins."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked (工作日历): the exceptions from Monday to Friday, and the years for which they are known.

    Closures are days on which the offices of one place are shut although the country works.
    """

    exceptions: Mapping[date, tuple[bool, str]] = field(default_factory=dict)  # day -> (is worked, name)
    years: frozenset[int] = frozenset()
    closures: Mapping[date, str] = field(default_factory=dict)

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; in a year not yet published Monday to Friday are assumed."""
        if day in self.closures:
            return False
        found = self.exceptions.get(day)
        return day.weekday() < 5 if found is None else found[0]

    def mark(self, day: date) -> tuple[str, str]:
        """Why the day is worked or not, and its name."""
        found = self.exceptions.get(day)
        works, name = found if found else (day.weekday() < 5, "")
        if not works:
            return ("holiday" if found else "rest"), name
        if day in self.closures:
            return "closed", self.closures[day]
        return ("make_up" if day.weekday() >= 5 else "counted"), name

    def is_known(self, day: date) -> bool:
        """Whether the year's schedule has been published."""
        return day.year in self.years


@dataclass(frozen=True)
class Period:
    """How long, in what unit, whether the first day counts, and whether a last day on a rest day moves on.

    ``amount`` counts units; for ``fixed_date`` it is month * 100 + day. ``longest_pause`` is in calendar days: what a
    pause lasts beyond that counts again.
    """

    unit: str
    amount: int
    rolls_over: bool = False
    counts_first_day: bool = False
    longest_pause: int | None = None


@dataclass(frozen=True)
class Pause:
    """From this moment until that one; an open pause has no end."""

    start: datetime
    end: datetime | None = None


class Step(NamedTuple):
    """One day of the trace: what it is, which number it has if it counts, and its name if it has one."""

    day: date
    mark: str
    number: int | None = None
    name: str = ""


@dataclass(frozen=True)
class Due:
    """When the period ends, how that came about, and whether a calendar year was missing."""

    at: datetime
    steps: tuple[Step, ...]
    provisional: bool


DayRange = tuple[date, date]  # (start, end]: days that do not count


def due(
    period: Period,
    started_at: datetime,
    calendar: WorkingCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Iterable[int] = (),
    as_of: datetime | None = None,
) -> Due:
    """When the period ends. ``started_at`` is aware and local; ``extensions`` are in the period's own unit.

    An open pause is left out, so that the former date remains; with ``as_of`` it is counted as if it ended then.
    Raises NoSuchPeriod.
    """
    extra = sum(extensions)
    amount = period.amount + extra
    if amount < 0 or (extra and period.unit == "fixed_date"):
        raise NoSuchPeriod(f"a period of {period.amount} + {extra} {period.unit}")
    closed = _closed(period, pauses, as_of)
    if period.unit in SHORT_UNITS:
        return _by_the_second(amount * SHORT_UNITS[period.unit], started_at, closed)
    paused = [(start.date(), end.date()) for start, end in closed]
    start = started_at.date()
    last, steps = _counted(period, amount, start, calendar, paused)
    looked_at = {step.day for step in steps} if period.unit == "workday" else {last}
    if period.rolls_over and period.unit not in {"workday", "fixed_date"}:
        last, rolled = _rolled_over(last, calendar)
        steps += rolled
        looked_at |= {step.day for step in rolled}
    depends = period.unit == "workday" or period.rolls_over
    provisional = depends and not {day.year for day in looked_at} <= calendar.years
    return Due(datetime.combine(last, END_OF_DAY, started_at.tzinfo), tuple(steps), provisional)


def _closed(period: Period, pauses: Sequence[Pause], as_of: datetime | None) -> list[tuple[datetime, datetime]]:
    """The pauses that have an end, each cut to the longest the rule allows; in order."""
    found = []
    for pause in pauses:
        limit = None if period.longest_pause is None else pause.start + timedelta(days=period.longest_pause)
        end = pause.end or as_of
        if pause.end is not None and pause.end < pause.start:
            raise NoSuchPeriod("a pause ends before it begins")
        if end is not None and end >= pause.start:
            found.append((pause.start, end if limit is None else min(end, limit)))
    return sorted(found)


def _by_the_second(seconds: int, started_at: datetime, pauses: Sequence[tuple[datetime, datetime]]) -> Due:
    end, reached = started_at + timedelta(seconds=seconds), started_at
    for began, stop in pauses:
        start = max(began, reached)  # pauses that overlap stand still once
        if start < end and stop > start:
            end += stop - start
            reached = stop
    return Due(end, (Step(started_at.date(), "start"),), False)


def _counted(
    period: Period, amount: int, start: date, calendar: WorkingCalendar, paused: Sequence[DayRange]
) -> tuple[date, list[Step]]:
    if period.unit in {"workday", "day"}:
        return _by_the_day(amount, start, calendar, paused, period.unit == "workday", period.counts_first_day)
    if period.unit in {"month", "year"}:
        end = months_after(start, amount * (12 if period.unit == "year" else 1))
        if period.counts_first_day:
            end -= ONE_DAY
        days = (end - start).days + period.counts_first_day
        return _by_the_day(days, start, calendar, paused, False, period.counts_first_day)
    if period.unit == "fixed_date":
        last = _next_date(start, *divmod(amount, 100))
        return last, [Step(start, "start"), Step(last, "fixed")]
    raise NoSuchPeriod(f"the unit {period.unit}")


def _by_the_day(
    amount: int, start: date, calendar: WorkingCalendar, paused: Sequence[DayRange], working: bool, first_day: bool
) -> tuple[date, list[Step]]:
    day, count = start, 0
    steps = [Step(start, "start")]
    if first_day and amount and (not working or calendar.is_working(start)):
        count = 1
        steps = [Step(start, "counted", 1, calendar.mark(start)[1])]
    if not working and not paused and amount <= LONGEST:
        return _every_day(amount, start, count, calendar, steps)
    while count < amount:
        day += ONE_DAY
        if (day - start).days > LONGEST:
            raise NoSuchPeriod(f"longer than {LONGEST} days")
        mark, name = calendar.mark(day)
        if paused and any(begin < day <= end for begin, end in paused):
            steps.append(Step(day, "paused", None, name))
        elif working and mark not in COUNTING:
            steps.append(Step(day, mark, None, name))
        else:
            count += 1
            steps.append(Step(day, mark if working else "counted", count, name))
    return day, steps


def _every_day(amount: int, start: date, count: int, calendar: WorkingCalendar, steps: list[Step]) -> tuple[date, list[Step]]:
    """The same where every day counts, in a fraction of the time: periods of years have more than a thousand days."""
    first, left = start.toordinal() + 1, max(amount - count, 0)
    days = [date.fromordinal(number) for number in range(first, first + left)]
    named = calendar.exceptions.keys() | calendar.closures.keys() if calendar.closures else calendar.exceptions
    names = [calendar.mark(day)[1] if day in named else "" for day in days]
    steps += map(Step._make, zip(days, repeat("counted"), range(count + 1, amount + 1), names, strict=False))
    return days[-1] if days else start, steps


def _rolled_over(last: date, calendar: WorkingCalendar) -> tuple[date, list[Step]]:
    steps = []
    while not calendar.is_working(last):
        last += ONE_DAY
        steps.append(Step(last, "rolled", None, calendar.mark(last)[1]))
    return last, steps


def months_after(start: date, months: int) -> date:
    """The same day of the month, or the month's last day if it has no such day."""
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    return date(year, month + 1, min(start.day, monthrange(year, month + 1)[1]))


def _next_date(start: date, month: int, day: int) -> date:
    """The next such date after the start."""
    try:
        this_year = date(start.year, month, day)
    except ValueError as problem:
        raise NoSuchPeriod(f"the date {month}-{day}") from problem
    return this_year if this_year > start else date(start.year + 1, month, day)


def working_days_between(start: date, end: date, calendar: WorkingCalendar) -> int:
    """Working days in (start, end]; negative when the end lies before the start."""
    if end < start:
        return -working_days_between(end, start, calendar)
    return sum(calendar.is_working(start + timedelta(days=n)) for n in range(1, (end - start).days + 1))


def working_day_after(start: date, amount: int, calendar: WorkingCalendar) -> date:
    """The day by which so many working days have passed; with a negative amount, the day before which they had."""
    day, left, step = start, abs(amount), ONE_DAY if amount >= 0 else -ONE_DAY
    while left:
        day += step
        left -= calendar.is_working(day)
    return day


Run = list  # [first day, number of days, mark, name]: a stretch of days of one kind


def runs(steps: Iterable[Step]) -> list[Run]:
    """The trace in short: stretches of days of one kind. ``steps_of`` gives every day back."""
    found: list[Run] = []
    following = None
    for day, mark, _number, name in steps:
        if found and day == following and found[-1][2] == mark and found[-1][3] == name:
            found[-1][1] += 1
        else:
            found.append([day.isoformat(), 1, mark, name])
        following = day + ONE_DAY
    return found


def steps_of(trace: Iterable[Run]) -> list[Step]:
    """Every day of a kept trace."""
    steps, count = [], 0
    for first, days, mark, name in trace:
        begin = date.fromisoformat(first)
        for n in range(days):
            counts = mark in COUNTING
            count += counts
            steps.append(Step(begin + timedelta(days=n), mark, count if counts else None, name))
    return steps
