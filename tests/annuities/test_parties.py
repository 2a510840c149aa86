"""Those who run a plan with its employer: what each may do, and what it does not."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.clocks.now import today
from programs.annuities import actions
from programs.annuities.models import Account, Payout, Report
from tests.factories import annuities, care

pytestmark = pytest.mark.django_db


def test_the_account_manager_grants_the_trustee_releases_the_custodian_pays():
    who = annuities.member()
    plan = annuities.in_force()
    run = annuities.run_by(plan)
    account = annuities.account(plan)
    annuities.paid(account)
    wish = annuities.payout(Account.objects.get(pk=account.pk), who)
    with pytest.raises(NotNow):
        actions.ReleasePayout.do(run["trustee_here"], wish)
    for name in ("trustee_here", "custodian_here"):
        with pytest.raises(NotResponsible):
            actions.GrantPayout.do(run[name], wish)
    wish = actions.GrantPayout.do(run["keeper"], wish)
    assert wish.granted_amount == Decimal(1400)
    with pytest.raises(NotNow):
        actions.Pay.do(run["custodian_here"], wish, amount=Decimal(1400))
    with pytest.raises(NotVisible):
        actions.ReleasePayout.do(run["investor_here"], wish)
    wish = actions.ReleasePayout.do(run["trustee_here"], wish)
    with pytest.raises(NotResponsible):
        actions.Pay.do(run["keeper"], wish, amount=Decimal(1400))
    actions.Pay.do(run["custodian_here"], wish, amount=Decimal(1400))
    assert actions.CompletePayout.do(run["custodian_here"], wish).state == "completed"
    assert wish.entries.get().own_amount == Decimal(-400)


@pytest.mark.parametrize(
    ("one", "other", "field"),
    [
        ("trustee_here", "custodian_here", "custodian_here"),
        ("custodian_here", "investor_here", "investor_here"),
        ("keeper", "trustee_here", None),
    ],
)
def test_whoever_holds_the_assets_stands_apart(one, other, field):
    plan, body = annuities.plan(), annuities.keeper().stakeholder
    named = dict.fromkeys(actions.parties.PARTIES) | {one: body, other: body}
    if field is None:
        assert actions.NameParties.do(care.Acting(plan.employer), plan, **named).keeper == body
        return
    with pytest.raises(Refused) as refused:
        actions.NameParties.do(care.Acting(plan.employer), plan, **named)
    assert refused.value.field == field


def test_the_custodian_tells_the_assets_and_beside_them_stands_what_the_accounts_come_to():
    plan = annuities.in_force()
    run = annuities.run_by(plan)
    for n in range(1, 6):
        annuities.paid(annuities.account(plan, of=n))
        if n == 4:
            few = actions.ReportAssets.do(
                run["custodian_here"], plan, as_of=today() - timedelta(days=1), assets_amount=Decimal(1)
            )
    told = actions.ReportAssets.do(run["custodian_here"], plan, as_of=today(), assets_amount=Decimal("7010.50"))
    assert (few.accounts_amount, told.accounts_amount, told.difference) == (None, Decimal(7000), Decimal("10.50")), (
        "of fewer than five accounts no sum is told"
    )
    with pytest.raises(Refused):
        actions.ReportAssets.do(run["custodian_here"], plan, as_of=today(), assets_amount=Decimal(1))
    with pytest.raises(Refused):
        actions.ReportAssets.do(run["custodian_here"], plan, as_of=today() + timedelta(days=1), assets_amount=Decimal(1))
    earned = actions.ReportReturn.do(
        run["investor_here"], plan, since=today() - timedelta(days=90), as_of=today(), percent=Decimal("-1.25")
    )
    with pytest.raises(Refused):
        actions.ReportReturn.do(run["investor_here"], plan, since=today(), as_of=today(), percent=Decimal(1))
    for stranger in (run["keeper"], run["trustee_here"], run["investor_here"]):
        with pytest.raises(NotResponsible):
            actions.ReportAssets.do(stranger, plan, as_of=today(), assets_amount=Decimal(1))
    assert list(Report.objects.newest_of(plan, 9)) == [earned, told, few]
    assert not Report.objects.visible_to(care.Acting(plan.employer)).exists(), "of a plan with one member it would be the account"
    assert actions.TakeReportBack.do(run["custodian_here"], told, reason="数字有误").state == "corrected"
    assert actions.ReportAssets.do(run["custodian_here"], plan, as_of=today(), assets_amount=Decimal(7000)).difference == 0


def test_heirs_are_entered_by_the_keeper_and_together_get_what_there_was():
    plan = annuities.in_force()
    first, second = annuities.member(11), annuities.member(12)
    account = annuities.account(plan)
    annuities.paid(account, employer=Decimal("1000.01"), own=Decimal(400))
    keeper = annuities.run_by(plan)["keeper"]
    actions.NameParties.do(
        care.Acting(plan.employer), plan, trustee_here=None, keeper=keeper.stakeholder, custodian_here=None, investor_here=None
    )
    account = actions.EndEmployment.do(care.Acting(plan.employer), account, left_on=today(), cause="death")
    assert (account.balance().unvested, account.cause) == (0, "death")
    told = {"heir_name": "李继承", "way": "once", "reason": "公证书第 1 号"}
    with pytest.raises(Refused):
        actions.EnterHeir.do(keeper, account, **told, number=annuities.number(1), share=Decimal(50))
    half = actions.EnterHeir.do(keeper, account, **told, number=annuities.number(11), share=Decimal(50))
    with pytest.raises(Refused) as refused:
        actions.EnterHeir.do(keeper, account, **told, number=annuities.number(12), share=Decimal("50.001"))
    assert refused.value.field == "share"
    other = actions.EnterHeir.do(keeper, account, **told, number=annuities.number(12), share=Decimal(50))
    assert (half.heir, other.heir) == (first.stakeholder, second.stakeholder)
    assert annuities.number(11) not in str(Payout.objects.values()) + str(list(half.events.values()))
    assert [set(Payout.objects.visible_to(one).values_list("pk", flat=True)) for one in (first, second)] == [
        {half.pk},
        {other.pk},
    ]
    half = actions.GrantPayout.do(keeper, half)
    assert half.granted_amount == Decimal("700.01"), "rounded up: no fen stays behind"
    half = annuities.released(half)
    actions.Pay.do(keeper, half, amount=Decimal("700.01"))
    with pytest.raises(Refused):
        actions.Pay.do(keeper, half, amount=Decimal("0.01"))
    other = actions.GrantPayout.do(keeper, other)
    assert other.granted_amount == Decimal("700.00")
    other = annuities.released(other)
    actions.Pay.do(keeper, other, amount=Decimal("700.00"))
    assert [actions.CompletePayout.do(keeper, one).state for one in (half, other)] == ["completed"] * 2
    assert actions.CloseAccount.do(keeper, account).state == "closed"


def test_a_member_does_not_ask_as_an_heir():
    who = annuities.member()
    with pytest.raises(Refused) as refused:
        annuities.payout(annuities.account(), who, occasion="inheritance")
    assert refused.value.field == "occasion"
    form = actions.AskForPayout.form(who, Account.objects.get())
    assert "inheritance" not in dict(form.fields["occasion"].choices)


def test_when_the_plan_ends_all_of_it_belongs_to_the_members():
    company = annuities.employer()
    account = annuities.account(annuities.in_force(company), joined_on=today())
    annuities.paid(account)
    assert account.balance().unvested == 1000
    actions.EndPlan.do(company, account.plan, reason="企业注销")
    account = actions.EndEmployment.do(company, account, left_on=today(), cause="changes")
    assert (account.balance().unvested, account.balance().total) == (0, Decimal(1400))
