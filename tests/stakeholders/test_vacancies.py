"""Where nobody is charged is said: before a mandate is ended, and in the public list."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.clocks.now import today
from governance.feedback.vocabulary import Duty as Feedback
from governance.stakeholders import vacancies
from governance.stakeholders.models import Mandate, Membership
from governance.stakeholders.vocabulary import Duty
from tests.factories import care, feedback, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world():
    return feedback.World()


def answering(world) -> Mandate:
    return Mandate.objects.get(stakeholder=world.office, duty=Feedback.ANSWER_MATTERS)


def test_what_a_mandate_would_leave_behind(world):
    before = vacancies.left_behind(answering(world)).total
    world.accepted()
    world.routed()
    left = vacancies.left_behind(answering(world))
    assert left.total == before + 2 and left.others == []
    people.mandate(world.city, Feedback.ANSWER_MATTERS, "990100000000")
    people.mandate(world.other, Feedback.ANSWER_MATTERS, "990121000000")
    assert [one.stakeholder for one in vacancies.left_behind(answering(world)).others] == [world.city]


def test_the_page_that_ends_it_says_so(client, world):
    world.accepted()
    granting = people.mandate(care.stakeholder("government", "government-authority", "示例市政府"), Duty.GRANT_MANDATES, "990100000000").stakeholder
    client.force_login(people.member(granting, "officer"), backend=BACKEND)
    session = client.session
    session["acting_for"] = f"m{Membership.objects.get(stakeholder=granting).pk}"
    session.save()
    page = client.get(f"/mandates/{answering(world).pk}/end-mandate/", headers={"accept-language": "en"}).content.decode()
    assert "Nobody else holds this duty" in page and "1 open record waits" in page


@pytest.mark.parametrize(("last", "told"), [(None, False), (0, False), (-1, True)])
def test_the_list_says_where_nobody_is_charged(client, world, last, told):
    day = None if last is None else today() + timedelta(days=last)
    Mandate.objects.filter(pk=answering(world).pk).update(starts_on=today() - timedelta(days=9), ends_on=day)
    page = client.get("/responsibilities/", headers={"accept-language": "en"}).content.decode()
    assert ("Nobody is charged" in page) is told
    people.mandate(world.city, Feedback.ANSWER_MATTERS, "990100000000")
    assert "Nobody is charged" not in client.get("/responsibilities/", headers={"accept-language": "en"}).content.decode()


def test_of_a_place_every_duty_without_a_holder_is_told(world):
    def vacant() -> list[str]:
        return [str(label) for label, _area in vacancies.nobody(area=care.area(feedback.DISTRICT), program="feedback")]

    held = set(vacant())
    Mandate.objects.filter(pk=answering(world).pk).update(starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))
    assert set(vacant()) - held == {str(Feedback.ANSWER_MATTERS.label)}
