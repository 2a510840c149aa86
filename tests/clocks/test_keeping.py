"""Clocks as they are kept: what is written when they start, pause, resume, are extended, restarted, stopped."""

from datetime import date, datetime
from types import SimpleNamespace

import pytest
from django.db import ProgrammingError, connection, transaction
from django.utils.translation import override

from governance import clocks
from governance.actions import Starts, conclusion
from governance.clocks import calendars, keeping
from governance.clocks.models import CalendarDay, CalendarYear, Clock, ClockEvent, ClockRule, Regime
from governance.clocks.now import LOCAL, now, stopped_at, today
from governance.stakeholders.models import User
from governance.web.templatetags.marks import urgency_words

pytestmark = pytest.mark.django_db


def at(text: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), LOCAL).replace(hour=hour)


def run(statements) -> None:
    with connection.cursor() as cursor:
        for statement, params in statements:
            cursor.execute(statement, params)


@pytest.fixture
def record(db):
    """Clocks run on anything that has a key."""
    return User.objects.create(username="some-record")


def start(record, code: str, day: str) -> Clock:
    clock, event = clocks.opened(record, code, at=at(day))
    clock.save(force_insert=True)
    event.save(force_insert=True)
    return clock


def due_on(clock: Clock) -> str:
    clock.refresh_from_db()
    return clock.due_on.isoformat()


def test_a_third_partys_time_does_not_count(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    assert due_on(clock) == "2026-03-05"
    run(clocks.pausing_queries(record, ["GID_ANSWER"], at=at("2026-02-05")))
    assert due_on(clock) == "2026-03-05"
    assert clock.state == "paused"
    run(clocks.resuming_queries(record, ["GID_ANSWER"], at=at("2026-03-04"), by=clocks.Doing(reason="回函已收到")))
    assert due_on(clock) == "2026-03-26"
    assert clock.state == "running"
    assert sum(step.mark == "paused" for step in clock.steps) == 27  # 6 February to 4 March
    assert [e.due_at.astimezone(LOCAL).date().isoformat() for e in clock.dates_told] == ["2026-03-05", "2026-03-26"]
    assert clock.events.last().reason == "回函已收到"


def test_an_extension_as_far_as_the_law_allows(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    run(clocks.extending_queries(record, ["GID_ANSWER"], at=at("2026-03-02")))
    assert due_on(clock) == "2026-04-02"
    with pytest.raises(clocks.CannotExtend):
        clocks.extending_queries(record, ["GID_ANSWER"], at=at("2026-03-03"))


def test_an_extension_beyond_the_cap_or_after_the_end_is_refused(record):
    start(record, "GID_ANSWER", "2026-01-30")
    with pytest.raises(clocks.CannotExtend, match="20"):
        clocks.extending_queries(record, ["GID_ANSWER"], at=at("2026-03-02"), amount=21)
    with pytest.raises(clocks.CannotExtend):
        clocks.extending_queries(record, ["GID_ANSWER"], at=at("2026-03-06"), amount=5)
    start(record, "GID_PUBLISH", "2026-01-30")
    with pytest.raises(clocks.CannotExtend):
        clocks.extending_queries(record, ["GID_PUBLISH"], at=at("2026-02-02"))


def test_a_correction_starts_the_period_anew(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    run(clocks.restarting_queries(record, ["GID_ANSWER"], at=at("2026-02-06")))
    assert due_on(clock) == "2026-03-12"
    assert [e.kind for e in clock.events.all()] == ["start", "restart"]


def test_a_period_that_cannot_be_paused_is_not(record):
    start(record, "GID_PUBLISH", "2026-01-30")
    with pytest.raises(clocks.CannotPause):
        clocks.pausing_queries(record, ["GID_PUBLISH"], at=at("2026-02-02"))


def test_what_is_late_already_is_not_paused_away(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")  # by 5 March
    run(clocks.pausing_queries(record, ["GID_ANSWER"], at=at("2026-03-06")))
    assert (due_on(clock), clock.state, clock.events.count()) == ("2026-03-05", "running", 1)


def test_a_period_that_begins_on_a_later_day_can_be_extended_before(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    run(clocks.extending_queries(record, ["GID_ANSWER"], at=at("2026-01-20"), amount=20))
    assert due_on(clock) == "2026-04-02"


def test_stopped_is_stopped(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    run(clocks.closing_queries(record, ["GID_ANSWER"], at=at("2026-02-10")))
    clock.refresh_from_db()
    assert (clock.state, clock.closed_at) == ("stopped", at("2026-02-10"))
    assert not clocks.resuming_queries(record, ["GID_ANSWER"], at=at("2026-02-11"))


def test_what_happened_to_a_clock_stays(record):
    event = start(record, "GID_ANSWER", "2026-01-30").events.get()
    for change in (lambda: ClockEvent.objects.filter(pk=event.pk).update(reason="x"), event.delete):
        with pytest.raises(ProgrammingError), transaction.atomic():
            change()


def test_a_record_keeps_the_version_of_the_rule_it_began_under(record):
    old = ClockRule.objects.get(code="GID_ANSWER")
    clock = start(record, "GID_ANSWER", "2026-01-30")
    ClockRule.objects.filter(pk=old.pk).update(effective_until=date(2026, 2, 1))
    ClockRule.objects.create(
        code=old.code, regime=Regime.objects.get(code="EXAMPLE"), name="新", name_en="new", object="", object_en="",
        start_event="", start_event_en="", unit="workday", amount=10, effective_from=date(2026, 2, 1),
    )  # fmt: skip
    calendars.forget()
    assert start(record, "GID_ANSWER", "2026-02-06").rule.amount == 10
    assert clock.rule.amount == 20
    assert start(record, "GID_ANSWER", "2026-01-30").rule_id == old.pk


def test_an_area_may_be_closed_on_a_day_the_country_works(record):
    edition = CalendarYear.objects.create(calendar="990100000000", year=2026, source="示例市停工通告")
    CalendarDay.objects.create(edition=edition, day=date(2026, 9, 16), is_working=False, name="防台风停工")
    calendars.forget()
    assert not calendars.of_area("990101001000").is_working(date(2026, 9, 16))
    assert calendars.of_area("990200000000").is_working(date(2026, 9, 16))
    rule = calendars.rule("GID_CORRECT")
    assert clocks.counted(rule, at("2026-09-15"), area="990101000000").at.date() == date(2026, 9, 24)
    assert clocks.counted(rule, at("2026-09-15")).at.date() == date(2026, 9, 23)


def test_time_can_stand_still():
    with stopped_at(at("2026-02-14", hour=1)) as moment:
        assert now() == moment
        assert today() == date(2026, 2, 14)
    assert now() != moment


def test_what_happened_keeps_who_why_and_by_which_paper(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    by = clocks.Doing(user_id=record.pk, reason="征求第三方意见", document="征求意见书〔2026〕3 号")
    run(clocks.pausing_queries(record, ["GID_ANSWER"], at=at("2026-02-05"), by=by))
    run(clocks.resuming_queries(record, ["GID_ANSWER"], at=at("2026-03-04"), by=clocks.Doing(document="复函")))
    assert [(e.kind, e.user_id, e.reason, e.document) for e in clock.events.all()] == [
        ("start", None, "", ""), ("pause", record.pk, "征求第三方意见", "征求意见书〔2026〕3 号"), ("resume", None, "", "复函"),
    ]  # fmt: skip


def test_void_is_neither_in_time_nor_late(record):
    clock = start(record, "GID_ANSWER", "2026-01-30")
    run(clocks.voiding_queries(record, ["GID_ANSWER"], at=at("2026-04-30"), by=clocks.Doing(reason="撤回申请")))
    clock.refresh_from_db()
    assert (clock.state, clock.events.last().kind, clock.events.last().reason) == ("void", "void", "撤回申请")


def test_a_period_whose_end_is_no_failure_ends_by_itself(record):
    consent, obligation = start(record, "GID_COAUTHOR", "2026-01-05"), start(record, "GID_CORRECT", "2026-01-05")
    assert keeping.end_what_only_ends(at("2026-01-26")) == 0
    assert keeping.end_what_only_ends(at("2026-01-27")) == 1
    for clock in (consent, obligation):
        clock.refresh_from_db()
    assert (consent.state, consent.events.last().kind, obligation.state) == ("ended", "end", "running")


def test_what_is_left_is_said_as_the_period_counts(record):
    """In working days only where those are what is counted; on a Sunday before a Sunday none is left, yet days are."""
    workdays, days, hours = (start(record, code, "2026-03-02") for code in ("GID_CORRECT", "PET_REGISTER", "HOT_MAIL"))
    assert [due_on(clock) for clock in (workdays, days, hours)] == ["2026-03-11", "2026-03-17", "2026-03-03"]

    def said(day: str, hour: int = 10) -> list[str]:
        with stopped_at(at(day, hour)):
            return [urgency_words(clock, clock.urgency) for clock in (workdays, days, hours)]

    with override("en"):
        assert said("2026-03-02", 11) == ["7 working days left", "15 days left", "23 hours left"]
        assert said("2026-03-15") == ["late by 2 working days", "2 days left", "late by 12 days"]
        assert said("2026-03-22") == ["late by 7 working days", "late by 5 days", "long late, by 19 days"]
        assert said("2026-04-30")[:2] == ["long late, by 35 working days", "long late, by 44 days"]
        Clock.objects.filter(pk=days.pk).update(due_at=at("2026-03-15", 0))
        assert due_on(days) == "2026-03-15"
        assert said("2026-03-14")[1] == "1 day left"
    with override("zh-hans"):
        assert said("2026-03-13")[1] == "还剩 2 天"


@pytest.mark.parametrize(
    ("day", "ahead", "begins"),
    [
        (date(2026, 11, 20), False, datetime(2026, 11, 20, tzinfo=LOCAL)),  # a letter received ten days ago
        (date(2026, 11, 30), False, datetime(2026, 11, 30, 15, 30, tzinfo=LOCAL)),
        (date(2026, 12, 4), False, datetime(2026, 12, 4, tzinfo=LOCAL)),
        (date(2026, 11, 20), True, datetime(2026, 11, 30, 15, 30, tzinfo=LOCAL)),  # somebody was to arrive then
        (date(2026, 12, 4), True, datetime(2026, 12, 4, tzinfo=LOCAL)),
        (datetime(2026, 11, 20, 9, tzinfo=LOCAL), False, datetime(2026, 11, 20, 9, tzinfo=LOCAL)),
        (None, False, datetime(2026, 11, 30, 15, 30, tzinfo=LOCAL)),
    ],
)
def test_a_period_runs_from_receipt_also_when_that_is_past(day, ahead, begins):
    """Petition regulation Arts. 22, 23, 35: from receipt, not from the day it was typed in."""
    act = SimpleNamespace(now=datetime(2026, 11, 30, 15, 30, tzinfo=LOCAL), today=date(2026, 11, 30))
    assert conclusion._since(Starts("PET_REGISTER", since="received_on", ahead=ahead), SimpleNamespace(received_on=day), act) == begins


def test_a_letter_that_lay_ten_days_has_ten_days_less(record):
    clock = start(record, "PET_REGISTER", "2026-11-20")
    assert due_on(clock) == "2026-12-07"  # 5 December is a Saturday
    assert clock.counted_at <= now() and clock.dates_told[0].kind == "start"


def test_where_no_such_rule_holds_no_period_starts(record):
    assert clocks.opened(record, "HOT_DISPATCH_3", at=at("2026-11-20")) == []
    clocks.pausing_queries(record, ["HOT_DISPATCH_3"], at=at("2026-11-20"))


def test_before_the_law_no_period_starts(record):
    with pytest.raises(clocks.NotInForce):
        clocks.opened(record, "PET_REGISTER", at=at("2022-04-30"))
    assert clocks.opened(record, "PET_REGISTER", at=at("2022-05-01"))
