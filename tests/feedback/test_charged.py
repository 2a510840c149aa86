"""Whoever is charged no more neither reads nor handles what came by the mandate; a coordinator gives it to another office."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.actions.conclusion import open_to_state_changes
from governance.clocks.now import today
from governance.feedback import actions
from governance.feedback.models import Matter
from governance.feedback.vocabulary import Duty
from governance.stakeholders.actors import Actor, actor_for
from governance.stakeholders.models import Mandate
from tests.factories import feedback, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    return feedback.World()


def again(actor: Actor) -> Actor:
    """The same person at their next request."""
    return actor_for(actor.user, actor.current)


def ended(office, **changes) -> None:
    Mandate.objects.filter(stakeholder=office).update(**changes)


def by_action(office) -> None:
    open_to_state_changes("test")
    ended(office, state="ended", ends_on=today())


def by_its_last_day(office) -> None:
    ended(office, starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))


@pytest.mark.parametrize("end", [by_action, by_its_last_day])
def test_an_ended_mandate_takes_its_matters_along(world, end):
    matter = world.accepted()
    assert Matter.objects.visible_to(again(world.writer)).filter(pk=matter.pk).exists()
    assert matter.mandate is not None
    end(world.office)
    writer = again(world.writer)
    assert not Matter.objects.visible_to(writer).exists()
    with pytest.raises(NotVisible):
        actions.DraftAnswer.do(writer, matter, outcome="x")
    assert Matter.objects.open_to(actions.AcceptMatter, writer).count() == 0


def test_the_last_day_is_still_theirs(world):
    matter = world.accepted()
    ended(world.office, ends_on=today())
    assert Matter.objects.visible_to(again(world.writer)).get() == matter


def test_a_renewed_mandate_goes_on_with_them(world):
    matter = world.accepted()
    by_action(world.office)
    people.mandate(world.office, Duty.ANSWER_MATTERS, feedback.DISTRICT)
    assert Matter.objects.visible_to(again(world.writer)).get() == matter


def test_another_duty_there_is_not_enough(world):
    world.accepted()
    by_action(world.office)
    people.mandate(world.office, Duty.REVIEW_MATTERS, "990121000000")
    assert not Matter.objects.visible_to(again(world.writer)).exists()


def test_a_coordinator_gives_it_to_another_and_its_periods_go_on(world):
    desk = feedback.officer(world.city, Duty.RECEIVE_MATTERS, code="990100000000")
    matter = world.accepted()
    people.mandate(world.other, Duty.ANSWER_MATTERS, feedback.DISTRICT)
    before = set(matter.clocks.open().values_list("pk", "due_at"))
    assert before
    with pytest.raises(NotNow):
        actions.GiveToAnotherOffice.do(desk, matter, to=world.other, reason="职责调整")
    by_action(world.office)
    actions.GiveToAnotherOffice.do(desk, matter, to=world.other, reason="职责调整")
    matter.refresh_from_db()
    assert (matter.office, matter.state, matter.mandate.stakeholder) == (world.other, "accepted", world.other)
    assert set(matter.clocks.open().values_list("pk", "due_at")) == before
    assert Matter.objects.visible_to(again(world.helper)).get() == matter
    with pytest.raises((NotVisible, NotResponsible)):
        actions.GiveToAnotherOffice.do(again(world.writer), matter, to=world.office, reason="x")


def test_nobody_takes_it_from_an_office_that_is_charged_by_another_mandate(world):
    desk = feedback.officer(world.city, Duty.RECEIVE_MATTERS, code="990100000000")
    matter = world.accepted()
    by_action(world.office)
    people.mandate(world.office, Duty.ANSWER_MATTERS, feedback.DISTRICT)
    with pytest.raises(Refused, match="."):
        actions.GiveToAnotherOffice.do(desk, matter, to=world.other, reason="x")


def test_a_review_goes_with_its_mandate_too(world):
    matter = world.answered()
    review = actions.AskForReview.do(feedback.knows(matter), matter, reason="没有回应退款")
    assert review.mandate.stakeholder == review.office == world.city
    assert Matter.objects.visible_to(again(world.reviewer)).filter(pk=review.pk).exists()
    by_action(world.city)
    assert not Matter.objects.visible_to(again(world.reviewer)).exists()
