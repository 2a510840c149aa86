"""Who is told, what the e-mail says, and who is not told any more."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from governance import outbox
from governance.clocks.now import today
from governance.notices.models import Notice
from governance.outbox import deliver_due
from governance.stakeholders.models import Delegation, User
from programs.care import actions
from programs.care.models import Reservation
from tests.factories import care, people

pytestmark = pytest.mark.django_db


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
def request_(home, clerk, citizen):
    return care.asks(care.Acting(citizen.person, user=citizen, user_id=citizen.pk), care.bed(home))


def deliver() -> None:
    while deliver_due():
        pass


def browser(user: User) -> Client:
    client = Client(headers={"Accept-Language": "en"})
    client.force_login(user)
    return client


def test_the_home_is_told_of_a_request_and_the_citizen_of_the_answer(home, clerk, citizen, request_):
    deliver()
    assert [n.recipient for n in Notice.objects.all()] == [home.provider]
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    assert Notice.objects.get(recipient=citizen.person).event.action == "care.confirm-reservation"
    assert [m.to for m in mail.outbox] == [[clerk.email], [citizen.email]]


def test_the_email_names_the_reference_and_nothing_else(settings, citizen, clerk, home, request_):
    settings.SITE_ADDRESS = "https://gongzhi.example"
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    message = mail.outbox[-1]
    notice = Notice.objects.get(recipient=citizen.person)
    assert message.subject == f"Something has changed: {request_.reference}"
    assert f"https://gongzhi.example/notices/{notice.pk}/" in message.body
    for word in (citizen.person.name, home.name, home.provider.name, "bed", "confirm"):
        assert word not in message.body + message.subject


def test_an_email_speaks_the_language_of_its_reader(clerk, request_):
    deliver()
    assert clerk.language == "zh-hans" and "有新进展" in mail.outbox[0].subject


def test_nobody_is_told_twice_however_often_the_work_is_delivered(request_):
    deliver()
    written = len(mail.outbox)
    event = Notice.objects.get().event
    outbox.add("notices.tell", {"event": str(event.pk)})
    deliver()
    assert Notice.objects.count() == 1 and len(mail.outbox) == written


def test_whoever_did_it_is_not_told(home, request_, citizen):
    actions.WithdrawReservation.do(care.Acting(citizen.person), request_)
    deliver()
    assert not Notice.objects.filter(recipient=citizen.person).exists()


def test_who_may_no_longer_see_the_record_is_not_told(home, citizen, request_, monkeypatch):
    actions.ConfirmReservation.do(care.runs(home), request_)
    monkeypatch.setattr(Reservation, "readers", ~Reservation.readers)
    deliver()
    assert not Notice.objects.exists() and not mail.outbox


def test_no_email_to_who_left_between_the_event_and_the_letter(home, clerk, request_):
    deliver_due(1)  # told, not yet written
    assert Notice.objects.exists() and not mail.outbox
    User.objects.filter(pk=clerk.pk).update(is_active=False)
    deliver()
    assert not mail.outbox


def test_no_email_to_an_address_nobody_confirmed(home, clerk, request_):
    User.objects.filter(pk=clerk.pk).update(contact_confirmed_at=None)
    deliver()
    assert Notice.objects.exists() and not mail.outbox


@pytest.mark.parametrize(("scope", "told"), [("*", True), ("care", True), ("stakeholders", False)])
def test_whom_a_person_authorised_for_such_matters_is_written_to(home, citizen, request_, scope, told):
    helper = people.user()
    Delegation.objects.create(
        principal=citizen.person, delegate=helper.person, delegate_email=helper.email, scopes=[scope], state="accepted",
        starts_on=today(), ends_on=today() + timedelta(days=9), area=citizen.person.area,
    )  # fmt: skip
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    assert ([helper.email] in [m.to for m in mail.outbox]) is told


def test_the_inbox_shows_the_matter_counts_what_is_unread_and_opens_it(home, citizen, request_):
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    client = browser(citizen)
    text = client.get("/notices/").content.decode()
    assert request_.reference in text and "The home promises that the bed will be ready." in text
    assert '<span class="unread">1<' in text
    notice = Notice.objects.get(recipient=citizen.person)
    assert client.get(notice.get_absolute_url()).url == request_.get_absolute_url()
    notice.refresh_from_db()
    assert notice.read_at and notice.read_by == citizen
    assert 'class="unread"' not in client.get("/notices/").content.decode()


def test_everything_is_marked_as_read_at_once(home, citizen, request_):
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    client = browser(citizen)
    client.post("/notices/")
    assert not Notice.objects.visible_to(care.Acting(citizen.person)).unread().exists()


def test_an_inbox_is_nobody_elses(home, citizen, request_):
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    notice = Notice.objects.get(recipient=citizen.person)
    stranger = browser(people.user())
    assert request_.reference not in stranger.get("/notices/").content.decode()
    assert stranger.get(notice.get_absolute_url()).status_code == 404
    assert Client().get("/notices/").status_code == 302
    stranger.post("/notices/")
    notice.refresh_from_db()
    assert notice.read_at is None


def test_a_matter_one_may_no_longer_see_is_not_shown(home, citizen, request_, monkeypatch):
    actions.ConfirmReservation.do(care.runs(home), request_)
    deliver()
    monkeypatch.setattr(Reservation, "readers", ~Reservation.readers)
    client = browser(citizen)
    text = client.get("/notices/").content.decode()
    assert request_.reference not in text and "may no longer see" in text
    assert client.get(Notice.objects.get(recipient=citizen.person).get_absolute_url()).url == reverse("notices:list")


def test_an_inbox_of_many_costs_what_one_of_few_does(home, clerk, citizen):
    counts = []
    client = browser(clerk)
    for number in (3, 12):
        for _ in range(number):
            care.asks(care.Acting(people.user().person), care.bed(home))
        deliver()
        client.get("/notices/")
        with CaptureQueriesContext(connection) as taken:
            client.get("/notices/")
        counts.append(len(taken))
    assert counts[0] == counts[1]
