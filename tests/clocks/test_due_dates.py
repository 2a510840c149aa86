"""Due dates against the golden values of the law, and against a slow counter."""

import random
import time
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from chinese_calendar.constants import holidays, workdays
from hypothesis import given, settings
from hypothesis import strategies as st

from governance.clocks.now import LOCAL
from governance.clocks.rules import (
    NoSuchPeriod,
    Pause,
    Period,
    WorkingCalendar,
    due,
    months_after,
    runs,
    steps_of,
    working_days_between,
)

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


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(0, 40), st.integers(0, 40), units)
def test_segments_add_up(start, first, second, unit):
    there = due(Period(unit, first), start, CALENDAR).at
    assert due(Period(unit, second), there, CALENDAR).at == due(Period(unit, first + second), start, CALENDAR).at


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(0, 60), units, st.integers(0, 30), st.integers(0, 30))
def test_counting_again_gives_the_same_and_the_kept_trace_gives_every_day_back(start, amount, unit, after, length):
    pauses = [Pause(start + timedelta(days=after), start + timedelta(days=after + length))]
    found = due(Period(unit, amount, True), start, CALENDAR, pauses=pauses)
    assert due(Period(unit, amount, True), start, CALENDAR, pauses=pauses) == found
    assert steps_of(runs(found.steps)) == list(found.steps)


def wrong_by(calendar: WorkingCalendar, cases: int) -> list[tuple]:
    """The random cases in which the module, counting by this calendar, differs from the slow counter."""
    chance, wrong = random.Random(20261123), []
    for _ in range(cases):
        start = datetime(2004, 1, 5, 10, tzinfo=LOCAL) + timedelta(days=chance.randrange(8580))
        amount, working, rolls = chance.randrange(0, 90), chance.random() < 0.6, chance.random() < 0.5
        pause = None
        if chance.random() < 0.4:
            after = timedelta(days=chance.randrange(60))
            pause = (start + after, start + after + timedelta(days=chance.randrange(60)))
        found = due(
            Period("workday" if working else "day", amount, rolls), start, calendar, pauses=[Pause(*pause)] if pause else []
        )
        if found.at.date() != slowly(start.date(), amount, working, pause and (pause[0].date(), pause[1].date()), rolls):
            wrong.append((start, amount, working, rolls, pause))
    return wrong


def test_it_equals_a_slow_counter_ten_thousand_times():
    without_make_up_days = replace(CALENDAR, exceptions={day: one for day, one in CALENDAR.exceptions.items() if not one[0]})
    assert len(wrong_by(without_make_up_days, 300)) > 30, "positive control: an ordinary calendar is often wrong"
    assert not wrong_by(CALENDAR, 10_000)


def test_a_date_with_its_trace_takes_less_than_a_millisecond():
    start, period = at("2026-01-30"), Period("workday", 40)
    pauses = [Pause(at("2026-02-05"), at("2026-03-04"))]
    taken = []
    for _ in range(200):
        began = time.process_time()
        runs(due(period, start, CALENDAR, pauses=pauses).steps)
        taken.append(time.process_time() - began)
    assert min(taken) < 0.001  # the others shared their time with whatever else ran


def test_a_pause_that_outlasts_the_period_pauses_all_that_was_left():
    pause = Pause(at("2026-01-10"), at("2026-06-10"))
    assert last_day(Period("month", 1), "2026-01-01", pauses=[pause]) == "2026-07-02"
    assert last_day(Period("month", 1), "2026-01-01") == "2026-02-01"


def test_an_open_pause_keeps_the_former_date_and_can_be_counted_as_if_it_ended():
    period, start, pauses = Period("workday", 20), at("2026-01-30"), [Pause(at("2026-02-05"))]
    assert last_day(period, "2026-01-30", pauses=pauses) == "2026-03-05"
    assert due(period, start, CALENDAR, pauses=pauses, as_of=at("2026-03-04")).at.date() == date(2026, 3, 26)


def test_a_pause_counts_at_most_as_long_as_the_rule_allows():
    period = Period("day", 10, longest_pause=5)
    assert last_day(period, "2026-01-01", pauses=[Pause(at("2026-01-02"), at("2026-02-02"))]) == "2026-01-16"


def test_the_first_day_counts_where_the_rule_says_so():
    assert last_day(Period("day", 7, counts_first_day=True), "2026-03-02") == "2026-03-08"
    assert last_day(Period("workday", 5, counts_first_day=True), "2026-03-07") == "2026-03-13"
    assert last_day(Period("month", 1, counts_first_day=True), "2026-03-01") == "2026-03-31"


def test_overlapping_pauses_stand_still_once():
    start = at("2026-02-14")
    pauses = [
        Pause(start + timedelta(hours=1), start + timedelta(hours=3)),
        Pause(start + timedelta(hours=2), start + timedelta(hours=4)),
    ]
    assert due(Period("hour", 2), start, CALENDAR, pauses=pauses).at == start + timedelta(hours=5)


def test_a_day_on_which_the_place_is_closed_does_not_count():
    closed = replace(CALENDAR, closures={date(2026, 9, 16): "防台风停工", date(2026, 9, 19): "防台风停工"})
    found = due(Period("workday", 7), at("2026-09-15"), closed)
    assert found.at.date() == date(2026, 9, 24)
    assert [(s.mark, s.name) for s in found.steps if s.day == date(2026, 9, 16)] == [("closed", "防台风停工")]
    assert [s.mark for s in found.steps if s.day == date(2026, 9, 19)] == ["rest"]  # a Saturday anyway
