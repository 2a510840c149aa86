"""Accounts that move."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from governance.actions import NotResponsible
from programs.insurance import actions
from programs.insurance.models import Contribution, Transfer
from tests.factories import care, insurance

pytestmark = pytest.mark.django_db


def running(record):
    return [(clock.rule.code, clock.due_at) for clock in record.clocks.all() if clock.is_open]


def test_a_transfer_takes_three_steps_each_with_its_own_fifteen_days():
    who, account = insurance.person_with_account()
    old, new = insurance.agency(care.DISTRICT), insurance.agency(care.COUNTY)
    insurance.pays(account, insurance.employer())
    insurance.pays(account, insurance.employer(), branch="medical")
    moved = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    assert [code for code, _due in running(moved)] == ["SI_TRANSFER"]
    with pytest.raises(NotResponsible):
        actions.RequestAccount.do(old, moved)
    actions.RequestAccount.do(new, moved)
    with pytest.raises(NotResponsible):
        actions.SendAccount.do(new, moved)
    sent = actions.SendAccount.do(old, moved)
    assert (sent.months, sent.amount, len(running(sent))) == (24, 24 * 640, 1), "what the person paid for the pension, and nothing else"
    assert actions.EnterAccount.do(new, sent).state == "done"
    assert not running(sent)
    account.refresh_from_db()
    assert account.area_id == care.COUNTY


def test_what_was_handed_over_keeps_the_months_it_was_drawn_up_from():
    who, account = insurance.person_with_account()
    insurance.pays(account, insurance.employer(), years=(2025,))
    moved = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    actions.RequestAccount.do(insurance.agency(care.COUNTY), moved)
    Contribution.objects.filter(month=date(2025, 12, 1)).delete()
    sent = actions.SendAccount.do(insurance.agency(care.DISTRICT), moved)
    assert (sent.months, sent.amount, sent.drawn_on) == (11, 11 * 640, date(2026, 11, 24))
    with pytest.raises(IntegrityError, match="account that moved"), transaction.atomic():
        Contribution.objects.filter(month=date(2025, 1, 1)).delete()
    with pytest.raises(IntegrityError, match="drawn_up"), transaction.atomic():
        Transfer.objects.filter(pk=moved.pk).update(amount=None)


def test_a_transfer_that_was_asked_for_on_the_way_can_be_refused():
    who, account = insurance.person_with_account()
    moved = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    actions.RequestAccount.do(insurance.agency(care.COUNTY), moved)
    assert actions.RefuseTransfer.do(insurance.agency(care.COUNTY), moved, reason="不符合条件").state == "refused"


def test_an_area_that_has_ended_is_not_offered():
    care.area(care.COUNTY, "示例县")
    ended = care.area("990122000000", "旧县", valid_until=date(2020, 1, 1))
    offered = actions.AskForTransfer.choices("area", None, None)
    assert ended not in offered and care.area(care.COUNTY) in offered
