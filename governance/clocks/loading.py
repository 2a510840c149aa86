"""The packaged calendar, laws and rules, put into the tables where they are missing."""

from __future__ import annotations

import csv
from datetime import datetime
from pathlib import Path
from typing import Any

from chinese_calendar.constants import Holiday, holidays, workdays

from governance.clocks import calendars
from governance.clocks.now import LOCAL, now

DATA = Path(__file__).parent / "data"
SOURCE = "国务院办公厅年度节假日安排，经 chinesecalendar 整理"
BATCH = 500
ALWAYS_KNOWN = datetime(1949, 10, 1, tzinfo=LOCAL)


def load(**options: Any) -> None:
    """Fill what is missing; rows that are there stay as they are. Runs after every migration (and flush)."""
    from governance.clocks.models import CalendarDay, CalendarYear, ClockRule, Regime
    from governance.clocks.versions import typed

    known = set(CalendarYear.objects.filter(calendar=calendars.NATIONAL).values_list("year", flat=True))
    years = sorted({day.year for day in holidays} - known)
    # What an empty house is built with was known before any date was counted in it.
    entered_at = now() if known else ALWAYS_KNOWN
    new = [CalendarYear(year=year, source=SOURCE, entered_at=entered_at) for year in years]
    editions = {edition.year: edition for edition in CalendarYear.objects.bulk_create(new)}
    days = [(day, False, name) for day, name in holidays.items()] + [(day, True, name) for day, name in workdays.items()]
    CalendarDay.objects.bulk_create(
        [CalendarDay(edition=editions[d.year], day=d, is_working=w, **_names(n)) for d, w, n in days if d.year in editions],
        batch_size=BATCH,
    )
    Regime.objects.bulk_create([Regime(**typed(row)) for row in _rows("regimes.csv")], ignore_conflicts=True)
    regimes = {regime.code: regime for regime in Regime.objects.all()}
    present = set(ClockRule.objects.values_list("code", "area"))
    missing = [row for row in _rows("rules.csv") if (row["code"], row["area"]) not in present]
    ClockRule.objects.bulk_create([ClockRule(**typed(row) | {"regime": regimes[row["regime"]]}) for row in missing])
    calendars.forget()


def _names(name: str) -> dict[str, str]:
    try:
        holiday = Holiday(name)
    except ValueError:
        return {"name": name, "name_en": name}
    return {"name": holiday.chinese, "name_en": holiday.value}


def _rows(file_name: str) -> list[dict[str, str]]:
    with (DATA / file_name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

