"""A year's schedule as a file: read, checked line by line, published as a new edition."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext

from governance.clocks import calendars
from governance.clocks.models import CalendarDay, CalendarYear

HEADINGS = {
    "day": ("date", "day", "日期"),
    "kind": ("kind", "type", "类型"),
    "name": ("name", "名称"),
    "name_en": ("english name", "name_en", "英文名称"),
}
KINDS = {
    "holiday": False, "off": False, "休": False, "放假": False, "闭": False, "停": False, "closed": False,
    "work": True, "worked": True, "班": True, "上班": True, "调休上班": True,
}  # fmt: skip
FEWEST_HOLIDAYS = 10  # of a national year; a file with fewer is not a whole year
MOST_LINES = 400
MOST_BYTES = 200_000


@dataclass(frozen=True)
class Line:
    """One day of the file."""

    day: date
    is_working: bool
    name: str
    name_en: str = ""


@dataclass(frozen=True)
class Fault:
    """What is wrong with a line; line 0 is the whole file."""

    line: int
    text: str

    def __str__(self) -> str:
        return gettext("Line %(line)s: %(text)s") % {"line": self.line, "text": self.text} if self.line else self.text


def read(content: bytes, year: int, calendar: str = calendars.NATIONAL) -> tuple[list[Line], list[Fault]]:
    """The days of a CSV file (UTF-8 or GB18030) and everything that is wrong with it."""
    try:
        rows = _rows(content)
    except (ValueError, csv.Error):
        return [], [Fault(0, gettext("This is not a CSV file in UTF-8 or GB18030."))]
    if not rows or not {"day", "kind"} <= rows[0].keys():
        return [], [Fault(0, gettext("The first line must name the columns: 日期, 类型, 名称 (date, kind, name)."))]
    lines, faults, seen = [], [], set()
    for number, row in enumerate(rows, start=2):
        found = list(_faults(row, year, seen))
        faults += [Fault(number, text) for text in found]
        if not found:
            day = date.fromisoformat(row["day"])
            seen.add(day)
            lines.append(Line(day, KINDS[row["kind"].lower()], row.get("name", "")[:60], row.get("name_en", "")[:60]))
    if not faults and calendar == calendars.NATIONAL and sum(not line.is_working for line in lines) < FEWEST_HOLIDAYS:
        faults.append(
            Fault(0, gettext("A whole year has at least %(n)s holidays; this file has fewer.") % {"n": FEWEST_HOLIDAYS})
        )
    return lines, faults


def _rows(content: bytes) -> list[dict[str, str]]:
    if len(content) > MOST_BYTES or b"\0" in content:
        raise ValueError("too long, or binary")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    table = list(csv.reader(io.StringIO(text)))
    names = {label: field for field, labels in HEADINGS.items() for label in labels}
    heads = [names.get(head.strip().lower(), "") for head in table[0]] if table else []
    if len(table) > MOST_LINES:
        raise ValueError("too many lines")
    cells = [[cell.strip() for cell in row] for row in table[1:]]
    return [{h: c for h, c in zip(heads, row, strict=False) if h} for row in cells if any(row)]


def _faults(row: dict[str, str], year: int, seen: set[date]) -> Iterator[str]:
    try:
        day = date.fromisoformat(row.get("day", ""))
    except ValueError:
        yield gettext("the date is not of the form 2027-01-31")
        return
    works = KINDS.get(row.get("kind", "").lower())
    if works is None:
        yield gettext("the kind is neither 休 (holiday) nor 班 (work)")
    if day.year != year and (day.year, day.month) != (year - 1, 12):
        yield gettext("the day is not in %(year)s or the December before") % {"year": year}
    if day in seen:
        yield gettext("the day is there twice")
    if works and day.weekday() < 5:
        yield gettext("a make-up working day is a Saturday or Sunday")
    if works is False and not row.get("name"):
        yield gettext("the holiday has no name")


@transaction.atomic
def publish(
    year: int, lines: list[Line], *, source: str, published_on: date | None = None, calendar: str = calendars.NATIONAL
) -> Any:
    """Keep the days as the next edition of the year; from then on it counts. Returns the edition."""
    editions = CalendarYear.objects.filter(calendar=calendar, year=year)
    version = (editions.aggregate(last=Max("version"))["last"] or 0) + 1
    edition = CalendarYear.objects.create(calendar=calendar, year=year, version=version, source=source, published_on=published_on)
    days = [CalendarDay(edition=edition, day=x.day, is_working=x.is_working, name=x.name, name_en=x.name_en) for x in lines]
    CalendarDay.objects.bulk_create(days)
    transaction.on_commit(calendars.forget)
    return edition
