"""The packaged calendar and rules, put into the tables where they are missing."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays

from governance.clocks import calendars

DATA = Path(__file__).parent / "data" / "rules.csv"
SOURCE = "国务院办公厅年度放假安排，经 chinesecalendar 整理"
NUMBERS = {"amount", "extension_amount"}
FLAGS = {"rolls_over", "pausable", "verified", "is_example"}


def load(**options: Any) -> None:
    """Fill empty tables; rows that are there stay as they are. Runs after every migration (and flush)."""
    from governance.clocks.models import CalendarDay, CalendarYear, ClockRule

    if not CalendarYear.objects.exists():
        years = sorted({day.year for day in holidays})
        CalendarYear.objects.bulk_create([CalendarYear(year=year, source=SOURCE) for year in years])
        CalendarDay.objects.bulk_create(
            [CalendarDay(day=day, is_working=False, **_names(name)) for day, name in holidays.items()]
            + [CalendarDay(day=day, is_working=True, **_names(name)) for day, name in workdays.items()]
        )
    if not ClockRule.objects.exists():
        ClockRule.objects.bulk_create([ClockRule(**_typed(row)) for row in _rows()])
    calendars.forget()


def _names(name: str) -> dict[str, str]:
    try:
        holiday = Holiday(name)
    except ValueError:
        return {"name": name, "name_en": name}
    return {"name": holiday.chinese, "name_en": holiday.value}


def _rows() -> list[dict[str, str]]:
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _typed(row: dict[str, str]) -> dict[str, Any]:
    return {
        key: int(value) if key in NUMBERS else value == "1" if key in FLAGS else value
        for key, value in row.items()
        if key != "silence"
    }


