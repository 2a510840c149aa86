"""What is posted is done for whom the page was drawn for, or not at all."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from governance.clocks.now import today
from governance.stakeholders import actions
from governance.stakeholders.actors import SESSION_KEY, actor_for
from governance.stakeholders.models import Delegation, Membership, Stakeholder
from governance.web import party
from programs.care.models import Reservation
from tests.factories import care, people

pytestmark = pytest.mark.django_db

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
HERE = {"Origin": "http://testserver", "accept-language": "en"}


def stamps(page: Any, name: str = party.FIELD) -> list[str]:
    """What the forms of a page say for whom they were drawn."""
    return re.findall(rf'name="{name}" value="([^"]+)"', page.content.decode())


class Family:
    """A daughter who may act for her father, and a bed to ask for."""

    def __init__(self, client: Client) -> None:
        self.client, self.daughter, self.father = client, people.user(), people.user()
        self.delegation = Delegation.objects.create(
            principal=self.father.person, delegate=self.daughter.person, scopes=["*"], starts_on=today(), state="accepted",
            area=self.father.person.area, ends_on=today() + timedelta(days=1),
        )  # fmt: skip
        self.way, self.address = f"d{self.delegation.pk}", f"/care/beds/{care.bed().pk}/reserve-bed/"
        client.force_login(self.daughter, backend=BACKEND)
        self.act_for(self.way)

    def act_for(self, way: str) -> Any:
        return self.client.post(reverse("stakeholders:switch"), {"stakeholder": way, "next": self.address})

    def open(self) -> dict[str, str]:
        """The form as it is on the screen, filled in."""
        page = self.client.get(self.address)
        once = re.search(r'name="once" value="([^"]+)"', page.content.decode())
        assert once is not None
        return {"arrives_on": str(today() + timedelta(days=3)), "wish": "靠窗", "relation": "self", "once": once[1], party.FIELD: stamps(page)[-1]}

    def send(self, form: dict[str, str]) -> Any:
        return self.client.post(self.address, form, headers=HERE)


@pytest.fixture
def family(client: Client) -> Family:
    return Family(client)


def test_a_form_is_sent_for_whom_it_was_opened(family):
    assert family.send(family.open()).status_code == 302
    assert Reservation.objects.get().applicant == family.father.person


def test_a_form_opened_for_the_father_does_nothing_for_the_daughter(family):
    form = family.open()
    family.act_for("")
    answer = family.send(form)
    page = answer.content.decode()
    assert answer.status_code == 409 and not Reservation.objects.exists()
    assert "You now act for you yourself" in page and str(family.father.person) in page
    assert 'value="靠窗"' in page and f'value="{form["once"]}"' in page, "what was typed is kept"
    assert stamps(answer, party.CHOSEN) == [form[party.FIELD], party.stamp(actor_for(family.daughter, ""))]


@pytest.mark.parametrize("choice", [0, 1])
def test_whoever_is_asked_for_whom_decides(family, choice):
    form = family.open()
    family.act_for("")
    chosen = stamps(family.send(form), party.CHOSEN)[choice]
    assert family.send(form | {party.CHOSEN: chosen}).status_code == 302
    assert Reservation.objects.get().applicant == (family.father.person, family.daughter.person)[choice]
    assert family.client.session[SESSION_KEY] == (family.way, "")[choice]


@pytest.mark.parametrize("end", ["the last day passes", "it is revoked"])
def test_a_delegation_that_ended_while_the_form_was_open(family, end):
    form = family.open()
    if end == "it is revoked":
        actions.RevokeDelegation.do(care.Acting(family.father.person), family.delegation)
    else:
        Delegation.objects.filter(pk=family.delegation.pk).update(starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))
    answer = family.send(form)
    assert answer.status_code == 409 and "cannot act any more" in answer.content.decode() and not Reservation.objects.exists()
    assert family.send(form | {party.CHOSEN: form[party.FIELD]}).status_code == 409, "choosing what has ended does nothing either"
    assert stamps(answer, party.CHOSEN) == [party.stamp(actor_for(family.daughter, ""))]
    assert not Reservation.objects.exists()


def test_a_membership_that_ended_while_the_form_was_open(client):
    office = care.provider().stakeholder
    member = people.member(office, "administrator", "officer")
    membership = Membership.objects.get(user=member)
    client.force_login(member, backend=BACKEND)
    address = f"/stakeholders/{office.pk}/change-organisation-details/"
    form = {"name": "改过的名字", party.FIELD: stamps(client.get(address))[-1]}
    Membership.objects.filter(pk=membership.pk).delete()
    answer = client.post(address, form, headers=HERE)
    assert answer.status_code == 409 and "改过的名字" in answer.content.decode()
    assert Stakeholder.objects.get(pk=office.pk).name == office.name


def test_a_form_of_another_account_names_nobody(family):
    form = family.open()
    other = Client()
    other.force_login(people.user(), backend=BACKEND)
    answer = other.post(family.address, form, headers=HERE)
    assert answer.status_code == 409 and str(family.father.person) not in answer.content.decode()


def test_a_form_without_its_stamp_or_with_a_made_up_one_is_none_of_ours(family):
    form = family.open()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = family.client.cookies
    token = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', family.client.get(family.address).content.decode())
    assert token is not None
    form["csrfmiddlewaretoken"] = token[1]
    for wrong in ({party.FIELD: ""}, {party.FIELD: form[party.FIELD].replace(".", "9.", 1)}, {party.FIELD: "x" * 500}):
        assert strict.post(family.address, form | wrong, headers=HERE).status_code == 409
    del form[party.FIELD]
    assert strict.post(family.address, form, headers=HERE).status_code == 409
    assert not Reservation.objects.exists()


def test_a_session_that_ended_keeps_for_whom_it_was(family):
    form = family.open()
    answer = Client().post(family.address, form, headers=HERE)
    assert answer.status_code == 401 and stamps(answer)[-1] == form[party.FIELD]


def test_what_was_opened_without_signing_in_is_asked_about(client):
    address = "/feedback/new/"
    stamp = stamps(client.get(address))
    client.force_login(people.user(), backend=BACKEND)
    answer = client.post(address, {"kind": "complaint", party.FIELD: (stamp or [party.stamp(care.Acting(None))])[-1]}, headers=HERE)
    assert answer.status_code == 409 and "not signed in" in answer.content.decode()


def test_every_form_that_is_posted_says_for_whom_it_was_drawn():
    """The tag is ours everywhere, and no form does without it."""
    forms = re.compile(r'<form\b[^>]*method="post"[^>]*>(.*?)</form>', re.S)
    for path in (Path(__file__).parent.parent.parent / "templates").rglob("*.html"):
        text = path.read_text(encoding="utf-8")
        assert "csrfmiddlewaretoken" not in text, path
        for inside in forms.findall(text):
            assert "{% csrf_token %}" in inside, path


@pytest.mark.parametrize("acts_for", ["organisation", "oneself"])
def test_switching_leads_to_a_page_there_is(client, acts_for):
    office = care.provider().stakeholder
    member = people.member(office, "officer")
    client.force_login(member, backend=BACKEND)
    choice = f"m{Membership.objects.get(user=member).pk}" if acts_for == "organisation" else ""
    answer = client.post(reverse("stakeholders:switch"), {"stakeholder": choice, "next": f"/care/beds/{care.bed().pk}/"}, follow=True)
    assert answer.status_code == 200
    assert answer.redirect_chain[0][0] == {"organisation": "/worklist/", "oneself": "/"}[acts_for]


def test_the_same_key_for_somebody_else_is_another_key(family):
    form = family.open()
    assert family.send(form).status_code == 302
    family.act_for("")
    family.address = f"/care/beds/{care.bed().pk}/reserve-bed/"
    own = family.open() | {"once": form["once"]}
    assert family.send(own).status_code == 302
    assert {one.applicant for one in Reservation.objects.all()} == {family.father.person, family.daughter.person}
