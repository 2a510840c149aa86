"""The trace of a due date as a calendar to be shown: week by week, each day with its reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from typing import Any

from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext, pgettext

from governance.clocks import calendars, rules, wording
from governance.clocks.now import local, now, today
from governance.clocks.rules import COUNTING, ONE_DAY, Step
from governance.clocks.vocabulary import ClockEventKind, ClockState

MONDAY = date(2024, 1, 1)
SHORTEST_FOLD = 4  # so many weeks in which nothing but counting happens are shown as one line
OFF = {"holiday", "closed"}
Reasons = dict[date, str]  # the first day of a pause -> why, for those who may know


@dataclass(frozen=True)
class Item:
    """One figure above the calendar."""

    label: str
    value: str
    unit: str


@dataclass(frozen=True)
class Weekday:
    """The head of a column."""

    short: str
    long: str


@dataclass(frozen=True)
class Cell:
    """One day as it is drawn and as it is read out."""

    classes: str
    label: str
    sub: str
    flag: str
    words: str

    @property
    def is_long(self) -> bool:
        """Whether the label needs the smaller type, such as 28 Sep."""
        return " " in self.label


@dataclass(frozen=True)
class Week:
    """Seven days and why they count or not; without days, several weeks alike."""

    days: list[Cell]
    why: SafeString


@dataclass(frozen=True)
class Calendar:
    """Everything that the component shows."""

    tally: list[Item]
    weeks: list[Week]
    is_if_resumed: bool = False
    marks: frozenset[str] = frozenset()

    @property
    def has_future(self) -> bool:
        """Whether there are days that will count."""
        return any(day.classes == "f" for week in self.weeks for day in week.days)

    @property
    def weekdays(self) -> list[Weekday]:
        """Monday to Sunday in the reader's language."""
        days = [MONDAY + timedelta(days=n) for n in range(7)]
        if wording.is_chinese():
            return [Weekday(wording.WEEKDAYS[n], wording.weekday(day)) for n, day in enumerate(days)]
        return [Weekday(formats.date_format(day, "D"), wording.weekday(day)) for day in days]


def of_clock(clock: Any, reasons: Reasons | None = None) -> Calendar | None:
    """The calendar of a clock as it stands today; none for periods of hours and minutes."""
    steps, if_resumed = steps_shown(clock), clock.state == ClockState.PAUSED
    closed_on = local(clock.closed_at).date() if clock.closed_at else None
    return drawn(clock.rule, steps, upto=closed_on or today(), is_open=clock.is_open, reasons=reasons, if_resumed=if_resumed)


def steps_shown(clock: Any) -> list[Step]:
    """The trace as it is shown: of a paused clock as it would be if it went on now."""
    return _as_if_resumed_now(clock) if clock.state == ClockState.PAUSED else clock.steps


def _as_if_resumed_now(clock: Any) -> list[Step]:
    from governance.clocks import keeping

    started_at, pauses, extensions = keeping.history(clock.events.all())
    due = keeping.counted(clock.rule, started_at, area=clock.area_id, pauses=pauses, extensions=extensions, as_of=now())
    return list(due.steps)


def pause_reasons(clock: Any) -> Reasons:
    """Why it was paused, by the first day that does not count. For those who may read the record."""
    paused = (event for event in clock.events.all() if event.kind == ClockEventKind.PAUSE and event.reason)
    return {local(event.at).date() + ONE_DAY: event.reason for event in paused}


def drawn(
    rule: Any,
    steps: Sequence[Step],
    *,
    upto: date,
    is_open: bool = True,
    reasons: Reasons | None = None,
    if_resumed: bool = False,
) -> Calendar | None:
    """A trace as a calendar. ``upto`` is today, or the day on which the clock was closed."""
    if not steps or rule.unit in rules.SHORT_UNITS:
        return None
    drawing = _Drawing(steps, upto, is_open, reasons or {})
    weeks = drawing.weeks()
    return Calendar(_tally(rule, steps, upto, is_open), weeks, if_resumed, frozenset(s.mark for s in steps))


def _tally(rule: Any, steps: Sequence[Step], upto: date, is_open: bool) -> list[Item]:
    counts = [s for s in steps if s.mark in COUNTING]
    if not counts:
        return []
    unit = "workday" if rule.unit == "workday" else "day"
    used = sum(s.day <= upto for s in counts)
    if unit == "workday":
        calendar = calendars.national()
        paused = sum(s.mark == "paused" and calendar.is_working(s.day) for s in steps)
    else:
        paused = sum(s.mark == "paused" for s in steps)
    figures = [(gettext("Period"), len(counts), unit), (gettext("Used"), used, unit)]
    if paused:
        figures.append((gettext("Paused"), paused, unit))
    if is_open:
        figures.append((gettext("Left"), len(counts) - used, unit))
    return [Item(label, str(n), wording.unit_of(u, n)) for label, n, u in figures]


class _Drawing:
    """One calendar being drawn."""

    def __init__(self, steps: Sequence[Step], upto: date, is_open: bool, reasons: Reasons) -> None:
        self.steps = {step.day: step for step in steps}
        self.first, self.last = steps[0].day, steps[-1].day
        self.upto, self.is_open, self.reasons = upto, is_open, reasons
        self.names = {} if wording.is_chinese() else calendars.english_names()

    def weeks(self) -> list[Week]:
        monday = self.first - timedelta(days=self.first.weekday())
        count = (self.last - monday).days // 7 + 1
        mondays = [monday + timedelta(days=7 * n) for n in range(count)]
        weeks: list[Week] = []
        for kind, group in groupby(mondays, key=self._sameness):
            alike = list(group)
            if kind and len(alike) >= SHORTEST_FOLD:
                weeks.append(self._folded(alike, kind))
            else:
                weeks.extend(Week(self._cells(m, m == monday), self._why(m)) for m in alike)
        return weeks

    def _cells(self, monday: date, is_first: bool) -> list[Cell]:
        return [self._cell(monday + timedelta(days=n), is_first and n == 0) for n in range(7)]

    def _sameness(self, monday: date) -> str:
        """What a week is if nothing happens in it: counted or paused throughout."""
        days = [monday + timedelta(days=n) for n in range(7)]
        if {self.first, self.last, self.upto} & set(days):
            return ""
        marks = {self.steps[d].mark if d in self.steps else "" for d in days}
        return "counted" if marks <= {"counted", "rest"} else "paused" if marks == {"paused"} else ""

    def _folded(self, mondays: list[date], kind: str) -> Week:
        first, last = mondays[0], mondays[-1] + timedelta(days=6)
        values = {"weeks": len(mondays), "first": _long(first), "last": _long(last)}
        if kind == "paused":
            return Week([], format_html("{}", gettext("%(weeks)s weeks from %(first)s to %(last)s, paused") % values))
        numbers = [n for d, s in self.steps.items() if first <= d <= last and (n := s.number)]
        text = gettext("%(weeks)s weeks from %(first)s to %(last)s, counted like these: days %(from)s to %(to)s")
        return Week([], format_html("{}", text % (values | {"from": numbers[0], "to": numbers[-1]})))

    # One day ----------------------------------------------------------------------------------------------------------

    def _cell(self, day: date, is_first_cell: bool) -> Cell:
        label = _month_day(day) if is_first_cell or day.day == 1 else str(day.day)
        step = self.steps.get(day)
        if step is None:
            words = gettext("before it began") if day < self.first else self._between(day)
            return Cell("s", label, "", "", f", {words}" if not wording.is_chinese() else f"，{words}")
        classes, sub = self._look(step)
        flag = pgettext("calendar", "work") if step.mark == "make_up" else ""
        words = self._words(step)
        return Cell(classes, label, sub, flag, f"，{words}" if wording.is_chinese() else f", {words}")

    def _between(self, day: date) -> str:
        return gettext("before the last day") if day < self.last else gettext("after the last day")

    def _look(self, step: Step) -> tuple[str, str]:
        day, mark = step.day, step.mark
        if day == self.last and mark != "start":
            return "d", pgettext("calendar", "due")
        if day == self.upto and self.is_open:
            return "t", pgettext("calendar", "today")
        if mark == "start":
            return "b", pgettext("calendar", "start")
        if mark in OFF:
            return "s h", pgettext("calendar", "off") if mark == "holiday" else pgettext("calendar", "shut")
        if mark == "paused":
            return ("p sp" if day.weekday() >= 5 else "p"), ""
        if mark in COUNTING:
            return ("f" if day > self.upto and self.is_open else "c"), str(step.number)
        return "s", ""

    def _words(self, step: Step) -> str:  # noqa: C901 - a line for each mark
        parts = [gettext("today")] if step.day == self.upto and self.is_open else []
        name = self._name(step)
        match step.mark:
            case "start":
                parts.append(gettext("the day it began, not counted"))
            case "counted":
                parts.append(gettext("day %(n)s") % {"n": step.number})
            case "make_up":
                parts.append(gettext("day %(n)s, a weekend worked in exchange for a holiday") % {"n": step.number})
            case "holiday":
                parts.append(gettext("%(name)s, not counted") % {"name": name or gettext("public holiday")})
            case "closed":
                parts.append(gettext("closed, not counted"))
            case "paused":
                parts.append(gettext("paused, not counted"))
            case "fixed":
                parts.append(gettext("the day the rule names"))
            case "rolled":
                parts.append(gettext("moved on because the last day is a rest day"))
            case _:
                parts.append(gettext("weekend, not counted"))
        if step.day == self.last and step.mark != "start":
            parts.append(gettext("the last day"))
        return ("，" if wording.is_chinese() else ", ").join(parts)

    def _name(self, step: Step) -> str:
        return self.names.get(step.name, step.name)

    # One week ---------------------------------------------------------------------------------------------------------

    def _why(self, monday: date) -> SafeString:
        days = [step for n in range(7) if (step := self.steps.get(monday + timedelta(days=n)))]
        parts = [*self._beginning(days), *self._rest_days(days), *self._pauses(days), *self._today(days), *self._end(days)]
        return format_html_join("；" if wording.is_chinese() else "; ", "{}", ((part,) for part in parts))

    def _beginning(self, days: list[Step]) -> list[SafeString]:
        if not any(s.mark == "start" for s in days):
            return []
        began = gettext("Began %(day)s") % {"day": _long(self.first)}
        return [format_html("<b>{}</b>{}", began, gettext(", that day is not counted"))]

    def _rest_days(self, days: list[Step]) -> list[SafeString]:
        parts = []
        for (mark, _raw), group in groupby((s for s in days if s.mark in OFF), key=lambda s: (s.mark, s.name)):
            stretch = list(group)
            name = self._name(stretch[0]) or gettext("public holiday")
            text = gettext("%(days)s not counted") % {"days": _span(stretch[0].day, stretch[-1].day)}
            parts.append(
                format_html("<b>{}</b> {}", name if mark == "holiday" else gettext("closed: %(why)s") % {"why": name}, text)
            )
        for step in days:
            if step.mark == "make_up":
                worked = gettext("%(day)s was worked in exchange") % {
                    "day": f"{_long(step.day)}{_in_brackets(wording.weekday(step.day))}"
                }
                parts.append(format_html("<b>{}</b>{}", worked, gettext(", so it counts")))
        return parts

    def _pauses(self, days: list[Step]) -> list[SafeString]:
        parts, whole = [], len(days) == 7 and all(s.mark == "paused" for s in days)
        for step in days:
            before = self.steps.get(step.day - ONE_DAY)
            was_paused = before is not None and before.mark == "paused"
            if step.mark == "paused" and not was_paused:
                whole = False
                reason = self.reasons.get(step.day, "")
                text = gettext("Paused from %(day)s") % {"day": _long(step.day)}
                parts.append(
                    format_html("<b>{}</b>{}", text, (("：" if wording.is_chinese() else ": ") + reason) if reason else "")
                )
            elif was_paused and step.mark != "paused":
                parts.append(format_html("<b>{}</b>", gettext("Counting goes on from %(day)s") % {"day": _long(step.day)}))
        return [*parts, format_html("{}", gettext("Paused, no day counts"))] if whole else parts

    def _today(self, days: list[Step]) -> list[SafeString]:
        for step in days:
            if step.day == self.upto and self.is_open and step.number and step.day != self.last:
                return [format_html("<b>{}</b>", gettext("Today is day %(n)s") % {"n": step.number})]
        return []

    def _end(self, days: list[Step]) -> list[SafeString]:
        last = self.steps[self.last]
        if self.last not in {s.day for s in days} or last.mark == "start":
            return []
        day = f"{_long(self.last)}{_in_brackets(wording.weekday(self.last))}"
        if last.mark == "rolled":
            before = sum(s.mark == "rolled" for s in self.steps.values())
            ended = _long(self.last - timedelta(days=before))
            text = gettext("The period ended on %(ended)s, a rest day, and so runs until %(day)s") % {"ended": ended, "day": day}
        elif last.number:
            text = gettext("%(day)s is day %(n)s, the last") % {"day": day, "n": last.number}
        else:
            text = gettext("%(day)s is the last day") % {"day": day}
        return [format_html("<b>{}</b>", text)]


def _in_brackets(text: str) -> str:
    return f"（{text}）" if wording.is_chinese() else f" ({text})"


def _month_day(day: date) -> str:
    return f"{day.month}/{day.day}" if wording.is_chinese() else formats.date_format(day, "j M")


def _long(day: date) -> str:
    year = day.year != today().year
    if wording.is_chinese():
        return f"{day.year} 年 {wording.month_day(day)}" if year else wording.month_day(day)
    return f"{wording.month_day(day)} {day.year}" if year else wording.month_day(day)


def _span(first: date, last: date) -> str:
    if first == last:
        return _long(first)
    if first.month != last.month:
        return f"{_long(first)}–{_long(last)}"
    if wording.is_chinese():
        return f"{_long(first).removesuffix(' 日')}–{last.day} 日"
    return f"{first.day}–{_long(last)}"


__all__ = ["Calendar", "drawn", "of_clock", "pause_reasons"]
