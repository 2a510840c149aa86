"""Whoever is shown somebody else's data leaves a line, in one statement; the person concerned reads it."""

from __future__ import annotations

import html
import re

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override

from governance.access import challenging
from governance.access.models import Access, How
from governance.actions import registry
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Delegation, Stakeholder
from programs.care import actions
from programs.care.vocabulary import Duty
from tests.factories import care, people

pytestmark = pytest.mark.django_db
TABLE = Access._meta.db_table


@pytest.fixture
def citizen():
    return people.user()


@pytest.fixture
def request_(citizen):
    return care.asks(care.Acting(citizen.person))


@pytest.fixture
def staff(request_):
    return people.member(request_.home.provider, "officer")


def office_with(duty):
    body = care.stakeholder("government", "government-authority", "示例市民政局")
    people.mandate(body, duty)
    return people.member(body, "officer")


def test_every_record_that_names_a_citizen_says_so():
    """A record that names people and keeps quiet about it would be read without a trace."""
    naming = {m._meta.label for m in registry.records() if m.about}
    programs = {"annuities.Account", "annuities.Payout", "entitlements.Statement", "insurance.Base", "insurance.Claim", "insurance.Correction", "insurance.Insured", "insurance.Spell", "insurance.Transfer", "policies.Policy"}
    assert naming - programs == {"care.Reservation", "determinations.Determination", "feedback.Matter", "feedback.Supporter", "matching.Pair", "stakeholders.Delegation", "stakeholders.Household", "stakeholders.Membership", "stakeholders.Stakeholder"}
    for model in registry.records():
        for name in model.about:
            named = model
            for step in name.split("__") if name != "pk" else ():
                named = named._meta.get_field(step).related_model
            assert named is Stakeholder or name == "pk"


def test_opening_a_record_leaves_a_line(sign_in, citizen, request_, staff):
    sign_in(staff).get(request_.get_absolute_url())
    line = Access.objects.get()
    assert (line.subject, line.user, line.stakeholder, line.reference) == (citizen.person, staff, request_.home.provider, request_.reference)
    assert (line.how, line.duty) == (How.PAGE, "")
    with override("en"):
        assert str(line.purpose) == "takes part in the matter"


def test_an_office_is_named_with_the_duty_it_reads_by(sign_in, citizen, request_):
    officer = office_with(Duty.SUPERVISE_HOMES)
    answer = sign_in(officer).get(request_.get_absolute_url())
    if answer.status_code == 404:
        pytest.skip("this duty does not read reservations")
    assert Access.objects.get().duty == Duty.SUPERVISE_HOMES.value


def test_one_s_own_data_leaves_no_line(sign_in, citizen, request_):
    client = sign_in(citizen, "")
    for address in (request_.get_absolute_url(), "/care/reservations/", "/me/"):
        assert client.get(address).status_code == 200
    assert not Access.objects.exists()


def test_what_names_no_person_leaves_no_line(sign_in, client, request_, staff):
    home = request_.home
    for visitor in (client, sign_in(staff)):
        for address in (home.get_absolute_url(), f"/stakeholders/{home.provider.pk}/", "/stakeholders/", "/care/homes/"):
            assert visitor.get(address).status_code == 200
    assert not Access.objects.exists()


def test_who_is_not_let_in_leaves_no_line(sign_in, request_):
    assert sign_in(people.user(), "").get(request_.get_absolute_url()).status_code == 404
    assert not Access.objects.exists()


def test_somebody_authorised_leaves_a_line_with_whom_they_act_for(sign_in, citizen, request_):
    friend = people.user()
    Delegation.objects.create(
        principal=citizen.person, delegate=friend.person, area=citizen.person.area, scopes=["*"], starts_on=care.in_days(0), state="accepted", delegate_email=friend.email
    )
    way = Delegation.objects.get()
    assert sign_in(friend, f"d{way.pk}").get(request_.get_absolute_url()).status_code == 200
    line = Access.objects.get(subject=citizen.person)
    assert (line.user, line.stakeholder) == (friend, citizen.person)


@pytest.mark.parametrize("address", ["/care/reservations/", "/care/workspace/", "/worklist/"])
def test_lists_leave_a_line_for_everybody_shown_in_one_statement(sign_in, request_, staff, address):
    for bed in care.beds(request_.home, 6):
        care.asks(None, bed)
    client = sign_in(staff)
    client.get("/")
    Access.objects.none()
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert sum(TABLE in query["sql"] for query in captured) == 1
    lines = Access.objects.filter(how=How.LIST)
    assert lines.count() == 7 == len({line.subject_id for line in lines})


def test_the_board_and_the_form(sign_in, request_, staff):
    client = sign_in(staff)
    client.get(f"/care/homes/{request_.home.pk}/board/")
    assert Access.objects.filter(how=How.LIST).count() == 1
    client.get(f"{request_.get_absolute_url()}confirm-reservation/")
    assert Access.objects.filter(how=How.PAGE).count() == 1


def test_a_download_leaves_a_line_for_every_row(sign_in, request_, staff):
    care.asks(None, care.bed(request_.home))
    answer = sign_in(staff).get("/care/reservations/?format=csv")
    assert b"".join(answer.streaming_content).count(b"\r\n") == 3
    assert Access.objects.filter(how=How.DOWNLOAD).count() == 2


def test_programs_leave_lines_too(client, request_, staff):
    token = people.token(staff, request_.home.provider)
    for address in (f"/api/care/reservations/{request_.pk}/", "/api/care/reservations/"):
        assert client.get(address, HTTP_AUTHORIZATION=f"Bearer {token}").status_code == 200
    assert Access.objects.filter(how=How.PROGRAM).count() == 2


def test_without_the_line_there_is_no_answer(sign_in, request_, staff, client):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {TABLE} ADD CONSTRAINT broken CHECK (reference = '')")
    sign_in(staff)
    client.raise_request_exception = False
    with transaction.atomic():
        try:
            answer = client.get(request_.get_absolute_url())
            assert answer.status_code >= 500 and request_.reference not in answer.content.decode()
        finally:
            transaction.set_rollback(True)


def test_lines_are_never_changed(sign_in, request_, staff):
    sign_in(staff).get(request_.get_absolute_url())
    for change in (lambda: Access.objects.update(how=How.LIST), lambda: Access.objects.all().delete()):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_page_shows_one_s_own_lines_and_nobody_else_s(sign_in, client, citizen, request_, staff):
    sign_in(staff).get(request_.get_absolute_url())
    client.logout()
    assert client.get("/me/accesses/").status_code == 302
    page = sign_in(citizen, "").get("/me/accesses/", HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert request_.reference in page and str(staff.person) in page and request_.home.provider.label in page
    page = sign_in(people.user(), "").get("/me/accesses/").content.decode()
    assert request_.reference not in page


def test_the_same_look_repeated_on_one_day_is_one_row(sign_in, citizen, request_, staff):
    for _times in range(3):
        sign_in(staff).get(request_.get_absolute_url())
    sign_in(staff).get("/care/reservations/")
    page = sign_in(citizen, "").get("/me/accesses/", headers={"Accept-Language": "en"}).content.decode()
    assert Access.objects.count() == 4 and page.count(f'"code">{request_.reference}') == 2 and "3 times since" in page


def test_many_lines_cost_as_many_statements_as_few(sign_in, citizen, request_, staff):
    counts = []
    for _times in range(2):
        for _ in range(5):
            sign_in(staff).get(request_.get_absolute_url())
        client = sign_in(citizen, "")
        client.get("/me/accesses/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/me/accesses/")
        counts.append(len(captured))
    assert counts[0] == counts[1] and Access.objects.count() == 10


def test_acting_shows_no_more_than_it_did(sign_in, request_, staff):
    """Posting writes no line of its own: the form before it did."""
    sign_in(staff)
    actions.ConfirmReservation.do(care.runs(request_.home), request_)
    assert not Access.objects.exists()


def test_the_person_concerned_is_shown_where_to_challenge_an_access_once_somebody_takes_challenges(sign_in, citizen, request_, staff, monkeypatch):
    sign_in(staff).get(request_.get_absolute_url())
    access = Access.objects.about(citizen.person_id).get()
    monkeypatch.setattr(challenging, "_takers", [])
    assert "Challenge" not in sign_in(citizen).get("/me/accesses/", headers={"Accept-Language": "en"}).content.decode()
    challenging.taken_at(lambda one: f"/complain/?about={one.pk}")
    page = sign_in(citizen).get("/me/accesses/", headers={"Accept-Language": "en"}).content.decode()
    assert f'href="/complain/?about={access.pk}"' in page
    assert not challenging.may_challenge(Actor(staff, citizen.person), access), "whoever looked is not asked about it"


def test_a_challenge_is_a_complaint_that_names_the_record_and_whoever_looked(sign_in, citizen, request_, staff):
    sign_in(staff).get(request_.get_absolute_url())
    access = Access.objects.about(citizen.person_id).select_related("stakeholder").get()
    client = sign_in(citizen)
    page = client.get("/me/accesses/", headers={"Accept-Language": "en"}).content.decode()
    address = html.unescape(re.search(r'href="(/feedback/new/[^"]+)"', page)[1])
    assert client.get(address).status_code == 200
    draft = client.session["feedback_drafts"][-1]
    assert draft["data"] == {}, "what an address says is only what a form begins with"
    assert (draft["hints"]["kind"], draft["hints"]["named"]) == ("complaint", access.stakeholder.name)
    assert access.reference in draft["hints"]["subject"]
