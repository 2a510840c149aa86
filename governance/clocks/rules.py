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

ONE_DAY = timedelta(days=1)
LONGEST = 366 * 12  # days one period may take with all its pauses; beyond that something is wrong
END_OF_DAY = time(23, 59, 59)
SHORT_UNITS = {"second": 1, "minute": 60, "hour": 3600}


class NoSuchPeriod(ValueError):
    """The period cannot be counted: an unknown unit, a negative amount, a pause that ends before it begins."""


@dataclass(frozen=True)
class WorkingCalendar:
    """Which days are worked (工作日历): the exceptions from Monday to Friday, and the years for which they are known."""

    exceptions: Mapping[date, tuple[bool, str]] = field(default_factory=dict)  # day -> (is worked, name)
    years: frozenset[int] = frozenset()

    def is_working(self, day: date) -> bool:
        """Whether the day is worked; in a year not yet published Monday to Friday are assumed."""
        found = self.exceptions.get(day)
        return day.weekday() < 5 if found is None else found[0]

    def mark(self, day: date) -> tuple[str, str]:
        """Why the day is worked or not, and its name."""
        found = self.exceptions.get(day)
        if found is None:
            return ("counted" if day.weekday() < 5 else "rest"), ""
        works, name = found
        if works:
            return ("make_up" if day.weekday() >= 5 else "counted"), name
        return "holiday", name

    def is_known(self, day: date) -> bool:
        """Whether the year's schedule has been published."""
        return day.year in self.years


@dataclass(frozen=True)
class Period:
    """How long, in what unit, and whether a last day on a rest day moves on.

    ``amount`` counts units; for ``fixed_date`` it is month * 100 + day.
    """

    unit: str
    amount: int
    rolls_over: bool = False


@dataclass(frozen=True)
class Pause:
    """From this moment until that one; an open pause has no end."""

    start: datetime
    end: datetime | None = None


@dataclass(frozen=True)
class Step:
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


def due(
    period: Period,
    started_at: datetime,
    calendar: WorkingCalendar,
    *,
    pauses: Sequence[Pause] = (),
    extensions: Iterable[int] = (),
) -> Due:
    """When the period ends. ``started_at`` is aware and local; ``extensions`` are in the period's own unit.

    Raises NoSuchPeriod.
    """
    amount = period.amount + sum(extensions)
    if amount < 0:
        raise NoSuchPeriod(f"a period of {amount} {period.unit}")
    if period.unit in SHORT_UNITS:
        return _by_the_second(amount * SHORT_UNITS[period.unit], started_at, pauses)
    paused = [(p.start.date(), p.end.date() if p.end else None) for p in pauses]
    if any(end is not None and end < start for start, end in paused):
        raise NoSuchPeriod("a pause ends before it begins")
    start = started_at.date()
    if period.unit == "workday":
        last, steps = _by_the_day(amount, start, calendar, paused, working=True)
    elif period.unit == "day":
        last, steps = _by_the_day(amount, start, calendar, paused, working=False)
    else:
        last, steps = _by_the_month(period, amount, start, calendar, paused)
    if period.rolls_over and period.unit != "workday":
        last, rolled = _rolled_over(last, calendar)
        steps += rolled
    provisional = any(not calendar.is_known(year_day) for year_day in {start, last} | {s.day for s in steps}) and (
        period.unit == "workday" or period.rolls_over
    )
    return Due(datetime.combine(last, END_OF_DAY, started_at.tzinfo), tuple(steps), provisional)


def _by_the_second(seconds: int, started_at: datetime, pauses: Sequence[Pause]) -> Due:
    end = started_at + timedelta(seconds=seconds)
    for pause in sorted(pauses, key=lambda p: p.start):
        if pause.start < end and pause.end is not None:
            end += max(timedelta(0), pause.end - max(pause.start, started_at))
    return Due(end, (Step(started_at.date(), "start"),), False)


def _is_paused(day: date, paused: Sequence[tuple[date, date | None]]) -> bool:
    return any(start < day and (end is None or day <= end) for start, end in paused)


def _by_the_day(
    amount: int, start: date, calendar: WorkingCalendar, paused: Sequence[tuple[date, date | None]], *, working: bool
) -> tuple[date, list[Step]]:
    # An open pause would never end: what is left is counted as if it ended now, and the state says "paused".
    closed = [(begin, end) for begin, end in paused if end is not None]
    steps, day, count = [Step(start, "start")], start, 0
    while count < amount:
        day += ONE_DAY
        if (day - start).days > LONGEST:
            raise NoSuchPeriod(f"longer than {LONGEST} days")
        mark, name = calendar.mark(day)
        if _is_paused(day, closed):
            steps.append(Step(day, "paused", None, name))
        elif working and not calendar.is_working(day):
            steps.append(Step(day, mark, None, name))
        else:
            count += 1
            steps.append(Step(day, mark if mark == "make_up" else "counted", count, name))
    return day, steps


def _by_the_month(
    period: Period, amount: int, start: date, calendar: WorkingCalendar, paused: Sequence[tuple[date, date | None]]
) -> tuple[date, list[Step]]:
    if period.unit == "fixed_date":
        last = _next_date(start, *divmod(amount, 100))
    elif period.unit in {"month", "year"}:
        last = months_after(start, amount * (12 if period.unit == "year" else 1))
    else:
        raise NoSuchPeriod(f"the unit {period.unit}")
    lost = sum((min(end, last) - begin).days for begin, end in paused if end is not None and begin < last)
    return last + timedelta(days=lost), [Step(start, "start"), Step(last + timedelta(days=lost), "counted")]


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

