"""Accounts that move, claims and their periods."""

import pytest

from governance.actions import NotResponsible, NotVisible
from programs.insurance import actions
from tests.factories import care, insurance

pytestmark = pytest.mark.django_db


def running(record):
    return [(clock.rule.code, clock.due_at) for clock in record.clocks.all() if clock.is_open]


def test_a_transfer_takes_three_steps_each_with_its_own_fifteen_days():
    who, account = insurance.person_with_account()
    old, new = insurance.agency(care.DISTRICT), insurance.agency(care.COUNTY)
    moved = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    assert [code for code, _due in running(moved)] == ["SI_TRANSFER"]
    with pytest.raises(NotResponsible):
        actions.RequestAccount.do(old, moved)
    actions.RequestAccount.do(new, moved)
    with pytest.raises(NotResponsible):
        actions.SendAccount.do(new, moved)
    sent = actions.SendAccount.do(old, moved)
    assert (sent.months, sent.amount, len(running(sent))) == (0, 0, 1)
    assert actions.EnterAccount.do(new, sent).state == "done"
    assert not running(sent)
    account.refresh_from_db()
    assert account.area_id == care.COUNTY


@pytest.mark.parametrize(("kind", "rule"), [("pension", "SI_PENSION"), ("medical", "SI_MEDICAL"), ("unemployment", "SI_UNEMP"), ("injury", "SI_INJURY_DEC"), ("ability", "SI_ABILITY")])
def test_every_claim_has_the_period_of_its_kind(kind, rule):
    who, account = insurance.person_with_account()
    claim = actions.ClaimBenefit.do(who, account, kind=kind, words="")
    assert [code for code, _due in running(claim)] == [rule]
    with pytest.raises(NotVisible):
        actions.GrantClaim.do(insurance.agency(care.COUNTY), claim, monthly_amount=None)
    assert actions.RefuseClaim.do(insurance.agency(), claim, reason="缴费年限不足").state == "refused"
    assert not running(claim)
