"""Counting anew: new calendars move dates visibly, anything else is an alarm."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection

from governance import clocks
from governance.clocks import imports, recounting, reminding
from governance.clocks.models import CalendarYear, Clock, Discrepancy, Recount
from governance.clocks.now import LOCAL, stopped_at
from governance.clocks.recounting import recount
from governance.stakeholders.models import User

pytestmark = pytest.mark.django_db

YEAR_2027 = """日期,类型,名称
2026-12-31,休,元旦
2027-01-01,休,元旦
2027-01-02,休,元旦
2027-01-03,班,元旦
2027-02-05,休,春节
2027-02-08,休,春节
2027-02-09,休,春节
2027-02-10,休,春节
2027-02-11,休,春节
2027-04-05,休,清明节
2027-05-03,休,劳动节
2027-10-01,休,国庆节
""".encode()  # invented, for the test


def at(text: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), LOCAL).replace(hour=hour)


@pytest.fixture
def record(db):
    """Clocks run on anything that has a key."""
    return User.objects.create(username="some-record")


def start(record, code: str, moment: datetime) -> Clock:
    with stopped_at(moment):
        clock, event = clocks.opened(record, code, at=moment)
        clock.save(force_insert=True)
        event.save(force_insert=True)
    return clock


def publish_2027():
    lines, faults = imports.read(YEAR_2027, 2027)
    assert not faults
    return imports.publish(2027, lines, source="2027 年放假安排（测试）")


@pytest.mark.django_db(transaction=True)
def test_a_year_that_is_published_makes_provisional_dates_definite(record):
    clock = start(record, "GID_ANSWER", at("2026-12-10"))
    assert (clock.provisional, clock.due_on) == (True, date(2027, 1, 7))
    assert not recount().moved
    with stopped_at(at("2026-12-20")):
        publish_2027()
        assert recount().moved == [clock.pk]
    clock.refresh_from_db()
    # 31 December and 1 January are holidays now, Sunday 3 January is worked: one working day more than assumed.
    assert (clock.provisional, clock.due_on) == (False, date(2027, 1, 7) + timedelta(days=1))
    assert [e.kind for e in clock.dates_told] == ["start", "recount"]
    assert "2027" in clock.events.last().reason
    assert recount().moved == []
    assert not Discrepancy.objects.exists()


def test_a_date_changed_by_hand_is_an_alarm_until_it_is_put_right(record):
    clock = start(record, "GID_ANSWER", at("2026-01-30"))
    right = clock.due_at
    Clock.objects.filter(pk=clock.pk).update(due_at=right + timedelta(days=1))
    assert recount().alarms == [clock.pk]
    assert recount().alarms == [clock.pk]
    assert Discrepancy.objects.get().settled_at is None
    Clock.objects.filter(pk=clock.pk).update(due_at=right)
    assert recount().alarms == []
    assert Discrepancy.objects.get().settled_at is not None


@pytest.mark.django_db(transaction=True)
def test_once_all_are_counted_by_a_new_calendar_a_difference_is_an_alarm_again(record):
    clock = start(record, "GID_ANSWER", at("2026-01-30"))
    with stopped_at(at("2026-12-20")):
        publish_2027()
    with stopped_at(at("2026-12-21", hour=2)):
        assert recount() == recount(Clock.objects.all())
    Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=1))
    with stopped_at(at("2026-12-22", hour=2)):
        found = recount()
    assert (found.moved, found.alarms) == ([], [clock.pk])
    assert [night.alarms for night in Recount.objects.all()] == [1, 0]


def test_what_happens_while_it_is_counted_is_no_alarm(record, monkeypatch):
    """The clock was read before it was paused and resumed, its events after."""
    clock, read = start(record, "GID_ANSWER", at("2026-01-30")), recounting._kept

    def meanwhile(clocks_):
        rows = list(read(clocks_))
        monkeypatch.setattr(recounting, "_kept", read)
        for statements in (clocks.pausing_queries(record, ["GID_ANSWER"], at=at("2026-02-05")), clocks.resuming_queries):
            for statement in statements if isinstance(statements, list) else statements(record, ["GID_ANSWER"], at=at("2026-03-04")):
                with connection.cursor() as cursor:
                    cursor.execute(*statement)
        return rows

    monkeypatch.setattr(recounting, "_kept", meanwhile)
    assert recount().alarms == []
    clock.refresh_from_db()
    assert clock.due_on == date(2026, 3, 26) and not Discrepancy.objects.exists()


def test_a_trace_changed_by_hand_is_an_alarm(record):
    clock = start(record, "GID_ANSWER", at("2026-01-30"))
    Clock.objects.filter(pk=clock.pk).update(trace=clock.trace[:-1])
    assert recount().alarms == [clock.pk]


def test_pauses_extensions_and_closed_clocks_are_no_alarm(record):
    start(record, "GID_ANSWER", at("2026-01-30"))
    with connection.cursor() as cursor:
        for statements in (
            clocks.pausing_queries(record, ["GID_ANSWER"], at=at("2026-02-05")),
            clocks.resuming_queries(record, ["GID_ANSWER"], at=at("2026-03-04")),
        ):
            for statement in statements:
                cursor.execute(*statement)
        for statement in clocks.extending_queries(record, ["GID_ANSWER"], at=at("2026-03-05"), amount=5):
            cursor.execute(*statement)
    assert recount() == recount(Clock.objects.all())
    assert recount().checked == 1
    with connection.cursor() as cursor:
        for statement in clocks.closing_queries(record, ["GID_ANSWER"], at=at("2026-03-06")):
            cursor.execute(*statement)
    assert recount().checked == 0


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"\x00\x01", "CSV"),
        ("日期,名称\n2027-01-01,元旦".encode(), "类型"),
        (YEAR_2027.replace(b"2027-01-03", b"2027-01-04"), "Saturday"),
        (YEAR_2027.replace(b"2027-01-02", b"2027-01-01"), "twice"),
        (YEAR_2027.replace(b"2027-10-01", b"2028-10-01"), "2027"),
        (YEAR_2027.replace(b"2027-10-01", b"10/1"), "form"),
        (YEAR_2027.replace("国庆节".encode(), b""), "name"),
        ("日期,类型,名称\n2027-01-01,休,元旦".encode(), "whole year"),
    ],
)
def test_a_file_that_is_wrong_says_where(content, why, settings):
    settings.LANGUAGE_CODE = "en"
    _lines, faults = imports.read(content, 2027)
    assert any(why in str(fault) for fault in faults), faults


def test_a_file_in_the_other_encoding_is_read():
    lines, faults = imports.read(YEAR_2027.decode().encode("gb18030"), 2027)
    assert (len(lines), faults) == (12, [])


def test_a_corrected_year_is_a_further_edition():
    assert publish_2027().version == 1
    assert publish_2027().version == 2
    assert CalendarYear.objects.filter(year=2027).count() == 2


def test_each_level_of_a_date_is_told_once(record):
    start(record, "GID_CORRECT", at("2026-01-30"))  # due on 10 February
    told = {day: [r.level for r in reminding.take(at(day))] for day in ("2026-02-05", "2026-02-06", "2026-02-07", "2026-02-08")}
    assert told == {"2026-02-05": [], "2026-02-06": ["soon"], "2026-02-07": [], "2026-02-08": []}
    assert [r.level for r in reminding.take(at("2026-02-11"))] == ["late"]
    assert reminding.take(at("2026-02-12")) == []
    assert [r.level for r in reminding.take(at("2026-03-20"))] == ["long_late"]


def test_nobody_is_disturbed_at_night_except_by_hours(record):
    start(record, "GID_CORRECT", at("2026-01-30"))
    assert reminding.take(at("2026-02-09", hour=20)) == []
    start(record, "HOT_MAIL", at("2026-02-08", hour=21))
    assert [r.clock.rule.code for r in reminding.take(at("2026-02-09", hour=20))] == ["HOT_MAIL"]

