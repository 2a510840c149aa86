"""When a county ends: its successor's office reaches what was its own, and it is offered and taken nowhere."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.forms import ModelChoiceField

from governance.actions import registry
from governance.clocks.now import today
from governance.feedback.querysets import offices_for
from governance.stakeholders.actions import VerifyIdentity
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Area, Mandate, Stakeholder
from governance.stakeholders.vocabulary import Duty
from programs.insurance.actions import AskForTransfer
from tests.factories import care, people

pytestmark = pytest.mark.django_db

OLD, OLDER, NEW, OTHER = "990122000000", "990123000000", "990121000000", "990131000000"
OLD_TOWN, BESIDE = "990122101000", "990124000000"


@pytest.fixture
def counties():
    """A county that ended and went into another, into which an older one had gone before; one more that goes on."""
    for code in (NEW, OTHER, BESIDE):
        care.area(code, f"示例县{code[4:6]}")
    care.area(OLD, "示例旧县", valid_until=today() - timedelta(days=1), successor_id=NEW)
    care.area(OLDER, "示例老县", valid_until=date(2020, 6, 30), successor_id=OLD)


def office_of(code: str) -> Actor:
    office = care.stakeholder("government", "government-authority", "示例县民政局")
    people.mandate(office, Duty.VERIFY_IDENTITIES, code)
    return Actor(None, office)


def of(code: str) -> Stakeholder:
    return care.stakeholder("citizen", "citizen-person", "示例居民", area=care.area(code, code))


def reads(actor: Actor, one: Stakeholder) -> bool:
    return Stakeholder.objects.open_to(VerifyIdentity, actor).filter(pk=one.pk).exists()


@pytest.mark.parametrize(("where", "reached"), [(NEW, True), (OLD, True), (OLD_TOWN, True), (OLDER, True), (OTHER, False), (BESIDE, False)])
def test_the_successor_s_office_reaches_what_was_its_predecessor_s(counties, where, reached):
    assert reads(office_of(NEW), of(where)) is reached


def test_the_office_around_reaches_them_once(counties):
    held = office_of("990100000000").duties
    assert [(one.start, one.stop) for one in held] == [("990100000000", "990200000000")]


def test_a_county_that_still_is_belongs_to_nobody_else(counties):
    Area.objects.filter(pk=OLD).update(valid_until=today())
    assert not reads(office_of(NEW), of(OLD)), "its last day is not over"


def test_who_is_charged_in_an_ended_county_is_the_successor_s_office(counties):
    office = office_of(NEW).stakeholder
    for code in (OLD, OLD_TOWN, OLDER, NEW):
        care.area(code, code)
        assert [m.stakeholder for m in offices_for(Duty.VERIFY_IDENTITIES, code, today())] == [office], code
    assert not Mandate.objects.covering(OTHER).filter(stakeholder=office).exists()


@pytest.mark.parametrize(("until", "offered"), [(None, True), (0, True), (-1, False)])
def test_an_ended_county_is_offered_and_taken_nowhere(until, offered):
    """Every form of every action that asks for an area, also where the action narrows what may be chosen."""
    care.area(NEW, "示例新县")
    last = None if until is None else today() + timedelta(days=until)
    old = care.area(OLD, "示例旧县", valid_until=last, successor_id=NEW if last else None)
    asked = set()
    for action in registry.actions():
        for name, field in action.form(care.citizen()).fields.items():
            if isinstance(field, ModelChoiceField) and field.queryset.model is Area:
                asked.add(action.key)
                assert offered or not field.queryset.filter(pk=OLD).exists(), f"{action.key}: {name}"
    assert len(asked) >= 3
    form = AskForTransfer.form(care.citizen())
    assert form.fields["area"].queryset.filter(pk=old.pk).exists() is offered
