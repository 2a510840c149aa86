"""Due dates against the golden values of the law, and against a slow counter."""

from datetime import date, datetime, timedelta

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.clocks.now import LOCAL
from governance.clocks.rules import NoSuchPeriod, Pause, Period, WorkingCalendar, due, months_after, working_days_between

CALENDAR = WorkingCalendar(
    {day: (False, name) for day, name in holidays.items()} | {day: (True, name) for day, name in workdays.items()},
    frozenset(range(2004, 2027)),
)


def at(text: str) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), LOCAL).replace(hour=10)


def last_day(period: Period, start: str, **options) -> str:
    return due(period, at(start), CALENDAR, **options).at.date().isoformat()


@pytest.mark.parametrize(
    ("received", "seven", "fifteen", "twenty", "forty"),
    [
        ("2025-09-19", "2025-09-29", "2025-10-16", "2025-10-23", "2025-11-20"),
        ("2026-01-30", "2026-02-10", "2026-02-27", "2026-03-05", "2026-04-02"),
        ("2026-02-06", "2026-02-24", "2026-03-05", "2026-03-12", "2026-04-10"),
        ("2026-04-20", "2026-04-29", "2026-05-13", "2026-05-20", "2026-06-17"),
        ("2026-09-15", "2026-09-23", "2026-10-12", "2026-10-19", "2026-11-16"),
        ("2024-02-02", "2024-02-18", "2024-02-28", "2024-03-06", "2024-04-03"),
    ],
)
def test_working_days_of_the_disclosure_regulation(received, seven, fifteen, twenty, forty):
    counted = [last_day(Period("workday", n), received) for n in (7, 15, 20)]
    assert [*counted, last_day(Period("workday", 20), received, extensions=[20])] == [seven, fifteen, twenty, forty]


def test_a_third_partys_time_does_not_count():
    pause = Pause(at("2026-02-05"), at("2026-03-04"))
    assert last_day(Period("workday", 20), "2026-01-30", pauses=[pause]) == "2026-03-26"


@pytest.mark.parametrize(
    ("start", "days", "rolls", "end"),
    [
        ("2026-07-24", 15, True, "2026-08-10"),
        ("2026-07-24", 15, False, "2026-08-08"),
        ("2026-08-08", 60, True, "2026-10-08"),
        ("2026-08-08", 90, True, "2026-11-06"),
        ("2026-01-05", 15, True, "2026-01-20"),
        ("2026-01-20", 60, True, "2026-03-23"),
        ("2026-01-20", 90, True, "2026-04-20"),
    ],
)
def test_calendar_days_of_the_petition_regulation(start, days, rolls, end):
    assert last_day(Period("day", days, rolls), start) == end


def test_a_year_not_yet_published_gives_a_provisional_date():
    assert not due(Period("workday", 20), at("2026-11-20"), CALENDAR).provisional
    assert due(Period("workday", 20), at("2026-12-10"), CALENDAR).provisional


def test_months_end_on_the_last_day_where_the_day_is_missing():
    assert months_after(date(2024, 1, 31), 1) == date(2024, 2, 29)
    assert last_day(Period("month", 12), "2024-02-29") == "2025-02-28"
    assert last_day(Period("year", 3), "2024-02-29") == "2027-02-28"


def test_a_date_every_year():
    assert last_day(Period("fixed_date", 131), "2026-01-31") == "2027-01-31"
    assert last_day(Period("fixed_date", 331), "2026-01-31") == "2026-03-31"


def test_hours_run_through_the_night_and_stand_still_in_a_pause():
    start = at("2026-02-14")
    assert due(Period("hour", 24), start, CALENDAR).at == start + timedelta(hours=24)
    paused = [Pause(start + timedelta(hours=1), start + timedelta(hours=3))]
    assert due(Period("hour", 2), start, CALENDAR, pauses=paused).at == start + timedelta(hours=4)


@pytest.mark.parametrize("period", [Period("fortnight", 1), Period("workday", -1), Period("fixed_date", 231)])
def test_what_cannot_be_counted_is_refused(period):
    with pytest.raises(NoSuchPeriod):
        due(period, at("2026-01-05"), CALENDAR)


def test_every_counted_day_is_in_the_trace():
    steps = due(Period("workday", 20), at("2026-09-15"), CALENDAR).steps
    assert [s.number for s in steps if s.number] == list(range(1, 21))
    assert [s.day.isoformat() for s in steps if s.mark == "make_up"] == ["2026-09-20", "2026-10-10"]
    assert sum(s.mark == "holiday" for s in steps) == 10  # Mid-Autumn 25 to 27 September, National Day 1 to 7 October


starts = st.datetimes(datetime(2004, 1, 5), datetime(2027, 6, 30), timezones=st.just(LOCAL))
units = st.sampled_from(["workday", "day"])


def slowly(start: date, amount: int, working: bool, paused: tuple[date, date] | None, rolls: bool) -> date:
    """The same count, one day at a time, written without the module under test."""
    day, left = start, amount
    while left:
        day += timedelta(days=1)
        worked = day in workdays or (day not in holidays and day.weekday() < 5)
        if paused and paused[0] < day <= paused[1]:
            continue
        left -= worked or not working
    while rolls and not working and not (day in workdays or (day not in holidays and day.weekday() < 5)):
        day += timedelta(days=1)
    return day


@settings(max_examples=500, deadline=None)
@given(starts, st.integers(0, 90), units, st.integers(0, 60), st.integers(0, 60), st.booleans())
def test_it_equals_a_slow_counter(start, amount, unit, after, length, rolls):
    pause = Pause(start + timedelta(days=after), start + timedelta(days=after + length))
    found = due(Period(unit, amount, rolls), start, CALENDAR, pauses=[pause])
    expected = slowly(start.date(), amount, unit == "workday", (pause.start.date(), pause.end.date()), rolls)
    assert found.at.date() == expected


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(0, 60), units, st.integers(0, 30))
def test_a_later_start_is_never_due_earlier(start, amount, unit, later):
    period = Period(unit, amount, True)
    assert due(period, start, CALENDAR).at.date() <= due(period, start + timedelta(days=later), CALENDAR).at.date()


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(0, 60), units, st.integers(0, 30), st.integers(0, 30))
def test_a_pause_never_shortens(start, amount, unit, after, length):
    pause = Pause(start + timedelta(days=after), start + timedelta(days=after + length))
    plain = due(Period(unit, amount, True), start, CALENDAR)
    assert due(Period(unit, amount, True), start, CALENDAR, pauses=[pause]).at >= plain.at


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(0, 60))
def test_the_days_left_at_the_start_are_the_period(start, amount):
    found = due(Period("workday", amount), start, CALENDAR)
    assert working_days_between(start.date(), found.at.date(), CALENDAR) == amount
