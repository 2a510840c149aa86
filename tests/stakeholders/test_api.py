"""Who is who, for programs."""

from __future__ import annotations

import pytest

from governance.stakeholders.vocabulary import Duty
from tests.api.conftest import Program
from tests.factories import care, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def anybody():
    return Program()


def test_areas_by_code_and_name(anybody):
    care.area("990100000000", "示例市")
    care.area("990101000000", "示例区")
    within = anybody.get("/api/stakeholders/areas/?within=990100000000").json()["results"]
    assert [area["code"] for area in within] == ["990100000000", "990101000000"]
    assert anybody.get("/api/stakeholders/areas/?q=示例区").json()["results"][0]["level"] == 4
    assert anybody.get("/api/stakeholders/areas/?within=x").json()["results"] == []


def test_the_public_register_holds_no_people(anybody):
    body, person = care.stakeholder("social", "social-care", "示例中心"), people.user().person
    found = anybody.get("/api/stakeholders/stakeholders/").json()["results"]
    assert [one["id"] for one in found] == [body.pk]
    assert anybody.get(f"/api/stakeholders/stakeholders/{person.pk}/").status_code == 404


def test_mandates_by_place_and_day(anybody):
    mandate = people.mandate(care.stakeholder("government", "government-authority", "示例局"), Duty.VERIFY_IDENTITIES)
    found = anybody.get(f"/api/stakeholders/mandates/?area={care.DISTRICT}&on={care.today()}").json()["results"]
    assert [(one["id"], one["duty"]) for one in found] == [(mandate.pk, "stakeholders.verify-identities")]
    assert anybody.get("/api/stakeholders/mandates/?on=nonsense").status_code == 422


def test_a_household_through_the_interface():
    user = people.user()
    program = Program(people.token(user))
    care.area()
    made = program.post("/api/stakeholders/do/declare-household/", {"place": "示例区", "since": care.today().isoformat()})
    assert made.status_code == 201, made.content
    shown = program.get(made.json()["href"]).json()
    assert [member["relation"] for member in shown["members"]] == ["self"]
    assert program.get("/api/stakeholders/households/").json()["results"][0]["id"] == shown["id"]
