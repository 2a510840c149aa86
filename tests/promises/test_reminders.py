"""Who is reminded of a date, when, how often; the overview of a morning; a new date is told."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from django.core import mail

from governance import clocks
from governance.clocks import calendars, imports
from governance.clocks.models import CalendarDay, CalendarYear, Clock, ClockRule, Reminder
from governance.clocks.now import LOCAL, stopped_at
from governance.notices import sending
from governance.notices.models import Notice
from governance.outbox import deliver_due
from governance.promises import concerned, tasks
from governance.promises.models import Overview
from programs.care.vocabulary import Duty
from tests.clocks.test_recounting import YEAR_2027
from tests.factories import care, people

pytestmark = pytest.mark.django_db


def at(text: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), LOCAL).replace(hour=hour)


def deliver() -> None:
    while deliver_due():
        pass


@pytest.fixture
def home(db):
    return care.home()


@pytest.fixture
def clerk(home):
    return people.member(home.provider)


@pytest.fixture
def citizen(db):
    return people.user(language="en")


@pytest.fixture
def office(db):
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    care.area(care.CITY, "示例市")
    with stopped_at(at("2026-01-05")):
        for duty in Duty:
            people.mandate(office, duty)
    return office


@pytest.fixture
def request_(home, clerk, citizen, office):
    """Asked for on Monday, to be answered within three working days: by Thursday 12 March."""
    with stopped_at(at("2026-03-09")):
        made = care.asks(care.Acting(citizen.person, user=citizen, user_id=citizen.pk), care.bed(home))
        deliver()
    mail.outbox.clear()
    Clock.objects.update(then="")  # nothing happens by itself here: it is an obligation
    ClockRule.objects.filter(code="care.answer-reservation").update(lateness="overdue")
    return made


def reminded(moment: datetime) -> set:
    before = set(Notice.objects.values_list("pk", flat=True))
    with stopped_at(moment):
        tasks.remind()
        deliver()
    return {n.recipient for n in Notice.objects.exclude(pk__in=before).exclude(reminder=None)}


def test_soon_the_handler_late_also_the_supervisor_and_the_citizen(request_, home, citizen, office):
    assert reminded(at("2026-03-09", 14)) == set()
    assert reminded(at("2026-03-10")) == {home.provider}
    assert reminded(at("2026-03-11")) == set()
    assert reminded(at("2026-03-13")) == {home.provider, citizen.person, office}
    assert reminded(at("2026-03-16")) == set()
    assert [r.level for r in Reminder.objects.order_by("told_at")] == ["soon", "late"]


def test_whoever_has_a_right_is_told_before_it_is_lost(request_, citizen, sign_in):
    Clock.objects.update(state="stopped")
    for row in clocks.opened(request_, "PET_REVIEW_REQ", at=at("2026-03-09")):  # until 8 April
        row.save(force_insert=True)
    assert reminded(at("2026-04-02")) == set()
    assert reminded(at("2026-04-03")) == {citizen.person}
    assert reminded(at("2026-04-07")) == set()
    text = sign_in(citizen, "").get("/notices/", headers={"accept-language": "en"}).content.decode()
    assert "“Request for review” is possible until 8 April 2026, and no longer afterwards." in text


def test_nobody_is_woken_at_night_or_on_a_day_off(request_):
    for moment in (at("2026-03-10", 22), at("2026-03-14"), at("2026-03-15")):
        assert reminded(moment) == set()


def test_a_letter_says_that_there_is_a_date_and_nothing_else(request_, clerk, home):
    reminded(at("2026-03-10"))
    (letter,) = mail.outbox
    assert letter.to == [clerk.email]
    assert request_.reference in letter.subject + letter.body
    assert home.name not in letter.subject + letter.body


def test_the_inbox_says_which_date_in_the_readers_language(request_, sign_in, citizen):
    reminded(at("2026-03-13"))
    text = sign_in(citizen, "").get("/notices/", headers={"accept-language": "en"}).content.decode()
    assert "was due by 12 March 2026 and is late" in text
    assert request_.clocks.get().get_absolute_url() in text


def test_what_was_answered_meanwhile_is_told_to_nobody(request_):
    with stopped_at(at("2026-03-10")):
        tasks.remind()
        Clock.objects.update(state="stopped")
        deliver()
    assert not Notice.objects.exclude(reminder=None).exists()


def test_delivering_twice_tells_once(request_):
    from governance import outbox

    reminded(at("2026-03-10"))
    with stopped_at(at("2026-03-10")):
        outbox.add("promises.remind", {"reminder": str(Reminder.objects.get().pk)})
        deliver()
    assert Notice.objects.exclude(reminder=None).count() == 1


def test_an_overview_for_each_office_each_working_morning_once(request_, clerk):
    with stopped_at(at("2026-03-12", 8)):
        tasks.overviews()
        deliver()
        tasks.overviews()
        deliver()
    (letter,) = [m for m in mail.outbox if m.to == [clerk.email]]
    assert "今天到期 1 件" in letter.subject
    assert "/worklist/" in letter.body
    assert request_.reference not in letter.body
    assert Overview.objects.filter(due_today=1).exists()
    with stopped_at(at("2026-03-14", 8)):
        assert tasks.overviews() == 0


def test_no_overview_for_whom_does_not_want_reminders_by_email(request_, clerk):
    sending.choose(clerk, {"dates": []})
    with stopped_at(at("2026-03-12", 8)):
        tasks.overviews()
        deliver()
    assert not [m for m in mail.outbox if m.to == [clerk.email]]


def test_where_a_place_is_closed_nobody_there_is_reminded(request_, home):
    edition = CalendarYear.objects.create(calendar=f"{home.area_id[:6]}000000", year=2026, source="示例停工通告")
    CalendarDay.objects.create(edition=edition, day=date(2026, 3, 13), is_working=False, name="防台风停工")
    calendars.forget()
    with stopped_at(at("2026-03-13")):
        assert home.provider_id not in concerned.offices_open_today()
    with stopped_at(at("2026-03-12")):
        assert home.provider_id in concerned.offices_open_today()
    assert reminded(at("2026-03-13")) == set(), "late since the evening before, but closed"
    assert home.provider in reminded(at("2026-03-16"))


def test_no_overview_where_nothing_presses(home, clerk):
    with stopped_at(at("2026-03-12", 8)):
        assert tasks.overviews() == 1
        deliver()
    assert not mail.outbox


@pytest.mark.django_db(transaction=True)
def test_a_new_calendar_moves_a_provisional_date_and_those_concerned_are_told(home, clerk, citizen):
    with stopped_at(at("2026-12-30")):
        made = care.asks(
            care.Acting(citizen.person, user=citizen, user_id=citizen.pk), care.bed(home), arrives_on=date(2026, 12, 31)
        )
        deliver()
    clock = made.clocks.get()
    assert (clock.provisional, clock.due_on) == (True, date(2027, 1, 4))
    with stopped_at(at("2026-12-30", 12)):
        lines, _faults = imports.read(YEAR_2027, 2027)
        imports.publish(2027, lines, source="2027 年放假安排（测试）")
        assert tasks.recount() == {"resumed": 0, "checked": 1, "moved": 1, "alarms": 0}
        deliver()
    clock.refresh_from_db()
    assert (clock.provisional, clock.due_on) == (False, date(2027, 1, 5))
    assert {n.recipient for n in Notice.objects.exclude(reminder=None)} == {home.provider, citizen.person}
    assert "new date" in Notice.objects.exclude(reminder=None).first().says
    assert [told.due_at.astimezone(LOCAL).date() for told in clock.dates_told] == [date(2027, 1, 4), date(2027, 1, 5)]


def test_everything_that_happens_by_itself_is_on_the_schedule(settings):
    scheduled = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}
    assert {"promises.remind", "promises.overviews", "promises.recount"} <= scheduled


def test_the_longest_pause_ends_by_itself(request_):
    from governance.clocks.models import ClockEvent

    clock = request_.clocks.get()
    ClockRule.objects.filter(pk=clock.rule_id).update(pausable=True, longest_pause=5)
    with stopped_at(at("2026-03-10")):
        ClockEvent.objects.create(clock=clock, kind="pause")
        Clock.objects.filter(pk=clock.pk).update(state="paused")
    with stopped_at(at("2026-03-10") + timedelta(days=4)):
        assert tasks.recount()["resumed"] == 0
    with stopped_at(at("2026-03-10") + timedelta(days=6)):
        assert tasks.recount()["resumed"] == 1
    clock.refresh_from_db()
    assert (clock.state, clock.due_on) == ("running", date(2026, 3, 17))
