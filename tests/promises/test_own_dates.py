"""One's own dates, as a page and in one's own calendar."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from governance.promises.models import Feed
from governance.stakeholders.models import Membership
from tests.factories import care, people

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"/dates/([\w-]{43})\.ics")


@pytest.fixture
def home(db):
    return care.home()


@pytest.fixture
def citizen(db):
    return people.user(language="en")


@pytest.fixture
def reservation(home, citizen):
    return care.asks(care.Acting(citizen.person, user=citizen, user_id=citizen.pk), care.bed(home))


@pytest.fixture
def clerk(home):
    return people.member(home.provider)


def made(client) -> str:
    return SECRET.search(client.post("/dates/", {"do": "make"}).content.decode())[1]


def test_the_citizen_sees_what_was_promised_and_the_home_what_it_has_to_do(sign_in, citizen, clerk, reservation):
    page = sign_in(citizen, "").get("/dates/", headers={"accept-language": "en"}).content.decode()
    assert "promised to you" in page
    assert reservation.reference in page
    page = sign_in(clerk).get("/dates/", headers={"accept-language": "en"}).content.decode()
    assert "yours to do" in page
    assert reservation.reference in page


def test_a_right_that_ends_is_no_promise(sign_in, citizen, reservation):
    from governance import clocks
    from governance.clocks.now import now

    for row in clocks.opened(reservation, "PET_REVIEW_REQ", at=now()):
        row.save(force_insert=True)
    client = sign_in(citizen, "")
    page = client.get("/dates/", headers={"accept-language": "en"}).content.decode()
    assert page.count("your right until then") == 1 == page.count("promised to you")
    secret = made(client)
    assert "Until then you may: Request for review" in client.get(f"/dates/{secret}.ics").content.decode().replace("\r\n ", "")


def test_nobody_else_sees_it(sign_in, client, reservation):
    assert client.get("/dates/").status_code == 302
    assert reservation.reference not in sign_in(people.user(), "").get("/dates/").content.decode()


def test_a_calendar_program_reads_the_dates_without_signing_in(sign_in, client, citizen, reservation):
    secret = made(sign_in(citizen, ""))
    client.logout()
    answer = client.get(f"/dates/{secret}.ics")
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    assert "no-store" in answer["Cache-Control"]
    calendar = Calendar.from_ical(answer.content)
    (event,) = calendar.walk("VEVENT")
    clock = reservation.clocks.get()
    assert event.decoded("dtstart") == clock.due_on
    assert reservation.reference in event["summary"]
    assert str(clock.pk) in event["url"]
    assert reservation.home.name not in answer.content.decode()  # the matter itself is not told


def test_the_secret_is_kept_nowhere_and_can_be_revoked(sign_in, citizen, reservation):
    client = sign_in(citizen, "")
    secret = made(client)
    assert not Feed.objects.filter(digest__contains=secret).exists()
    assert secret not in client.get("/dates/").content.decode()
    client.post("/dates/", {"do": "revoke"})
    assert client.get(f"/dates/{secret}.ics").status_code == 404


def test_a_new_address_ends_the_old_one(sign_in, citizen):
    client = sign_in(citizen, "")
    first, second = made(client), made(client)
    assert client.get(f"/dates/{first}.ics").status_code == 404
    assert client.get(f"/dates/{second}.ics").status_code == 200
    assert Feed.objects.valid().get().read_at is not None


def test_whoever_leaves_the_organisation_reads_nothing_more(sign_in, client, clerk, reservation):
    secret = made(sign_in(clerk))
    assert reservation.reference in client.get(f"/dates/{secret}.ics").content.decode()
    Membership.objects.filter(user=clerk).update(user=people.user())
    assert client.get(f"/dates/{secret}.ics").status_code == 404


def test_a_wrong_address_is_not_found(client):
    assert client.get("/dates/x.ics").status_code == 404


def test_many_dates_cost_as_many_statements_as_few(sign_in, clerk, home):
    client = sign_in(clerk)
    counts = []
    for _n in range(2):
        care.asks(care.citizen(), care.bed(home))
        client.get("/dates/")
        with CaptureQueriesContext(connection) as statements:
            client.get("/dates/")
        counts.append(len(statements))
        for _more in range(4):
            care.asks(care.citizen(), care.bed(home))
    assert counts[0] == counts[1] < 25


def test_what_runs_among_offices_is_promised_to_nobody(sign_in, citizen, reservation):
    """An office's period to object to being charged is its own right: a citizen's calendar never shows it as promised."""
    from governance import clocks
    from governance.clocks.now import now

    for code in ("PET_OBJECT", "PET_HANDLE"):
        for row in clocks.opened(reservation, code, at=now()):
            row.save(force_insert=True)
    page = sign_in(citizen, "").get("/dates/", headers={"accept-language": "en"}).content.decode()
    assert "Handling of a petition" in page and "Objection to a transfer" not in page
    assert page.count("promised to you") == 2  # the handling, and the home's answer


def test_moments_are_valid_for_calendar_programs(sign_in, citizen, reservation):
    """RFC 5545: a local time would need its time zone beside it, and an end must be later than the beginning."""
    from governance import clocks
    from governance.clocks.now import now

    clock, *rows = clocks.opened(reservation, "HOT_MAIL", at=now())
    for row in (clock, *rows):
        row.save(force_insert=True)
    client = sign_in(citizen, "")
    text = client.get(f"/dates/{made(client)}.ics").content.decode()
    assert "TZID" not in text and text.count("BEGIN:VEVENT") == 2
    for event in Calendar.from_ical(text).walk("VEVENT"):
        assert "dtend" not in event or event.decoded("dtend") > event.decoded("dtstart")
    moments = [event for event in Calendar.from_ical(text).walk("VEVENT") if "dtend" not in event]
    assert [event.decoded("dtstart") for event in moments] == [clock.due_at.replace(microsecond=0)]
