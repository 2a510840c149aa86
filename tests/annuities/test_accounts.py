"""Accounts: entered, ended, drawn on, carried over; and who sees what is in them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.test.utils import CaptureQueriesContext

from governance.actions import NotAssured, NotNow, NotResponsible, NotVisible, Refused
from governance.clocks.now import today
from programs.annuities import actions
from programs.annuities.models import Account, Entry, Payout
from tests.factories import annuities, care

pytestmark = pytest.mark.django_db


@pytest.fixture
def who():
    return annuities.member()


@pytest.fixture
def company():
    return annuities.employer()


def test_the_number_is_not_kept_and_the_member_finds_the_account(who, company):
    made = annuities.account(annuities.in_force(company))
    assert made.member == who.stakeholder
    assert annuities.number() not in str(Account.objects.filter(pk=made.pk).values().get())
    assert annuities.number() not in str(made.events.values())
    assert "李示例" not in str(made.events.values())
    with pytest.raises(Refused) as refused:
        annuities.account(made.plan)
    assert "member of the plan already" in str(refused.value) or "已" in str(refused.value)
    with pytest.raises(Refused) as refused:
        actions.EnrolMember.do(company, made.plan, number="990000198407020000", name="李示例", joined_on=today())
    assert refused.value.field == "number"


def test_whoever_changes_the_job_keeps_what_has_vested_and_all_of_the_own_part(who, company):
    made = annuities.account(annuities.in_force(company))  # three full years: 75 %
    annuities.paid(made, employer=1000, own=400, months=3)
    annuities.paid(made, employer=-10, own=-4, kind="returns")
    assert (made.balance().vested, made.balance().unvested) == (Decimal("2242.50"), Decimal("747.50"))
    made = actions.EndEmployment.do(company, made, left_on=today(), cause="changes")
    left = made.balance()
    assert (made.state, left.employer, left.own, left.unvested) == ("left", Decimal("2242.50"), Decimal("1196.00"), 0)
    assert left.held == Decimal("747.50") and not made.entries.filter(kind="forfeited").exists(), "nothing goes back before the member could object"


@pytest.mark.parametrize("days", [1, -4000])
def test_an_employment_ends_between_joining_and_today(company, days):
    made = annuities.account(annuities.in_force(company))
    with pytest.raises(Refused) as refused:
        actions.EndEmployment.do(company, made, left_on=today() + timedelta(days=days), cause="changes")
    assert refused.value.field == "left_on"


def test_members_stay_members_of_the_amended_plan(company):
    made = annuities.account(annuities.in_force(company))
    keeper = annuities.keeper()
    actions.NameParties.do(company, made.plan, keeper=keeper.stakeholder)
    new = actions.AmendPlan.do(company, made.plan, reason="一次归属", **annuities.terms(vesting=[100]))
    new = actions.TakeEffect.do(care.Acting(None, is_clock=True), new)
    made.refresh_from_db()
    assert (made.plan, new.keeper) == (new, keeper.stakeholder)
    annuities.paid(made)
    assert made.balance().unvested == 0


def test_money_is_drawn_within_what_there_is_and_the_clock_runs_until_it_is_decided(who):
    made = annuities.account(of=1)
    annuities.paid(made, months=2)
    wish = annuities.payout(made, who)
    keeper = care.Acting(Account.objects.get(pk=made.pk).plan.keeper)
    clock = wish.clocks.get()
    assert (clock.rule.code, clock.state, clock.rule.is_example) == ("annuities.answer-payout", "running", True)
    with pytest.raises(NotVisible):
        actions.GrantPayout.do(care.Acting(made.plan.employer), wish)
    with pytest.raises(NotResponsible):
        actions.GrantPayout.do(who, wish)
    wish = actions.GrantPayout.do(keeper, wish)
    assert wish.clocks.get().state == "stopped"
    with pytest.raises(NotNow):
        actions.Pay.do(keeper, wish, amount=Decimal(1400))
    wish = annuities.released(wish)
    actions.Pay.do(keeper, wish, amount=Decimal(1400))
    with pytest.raises(Refused) as refused:
        actions.Pay.do(keeper, wish, amount=Decimal("1400.01"))
    assert refused.value.field == "amount"
    left = Account.objects.get(pk=made.pk)
    with pytest.raises(Refused):
        actions.CloseAccount.do(keeper, left)
    actions.Pay.do(keeper, wish, amount=Decimal(1400))
    assert actions.CompletePayout.do(keeper, wish).state == "completed"
    assert actions.CloseAccount.do(keeper, left).state == "closed"
    assert left.balance().total == 0


def test_what_is_carried_over_belongs_to_the_member_whole(who):
    old = annuities.account()
    annuities.paid(old)
    new = annuities.account(annuities.in_force(annuities.employer("新单位")), joined_on=today())
    stranger = annuities.account(annuities.in_force(annuities.employer("他单位")), of=2)
    with pytest.raises(Refused):
        annuities.payout(old, who, occasion="new-plan", way="carried", into=stranger)
    old = Account.objects.get(pk=old.pk)
    with pytest.raises(Refused):
        annuities.payout(old, who, occasion="new-plan", way="carried")
    wish = annuities.payout(Account.objects.get(pk=old.pk), who, occasion="new-plan", way="carried", into=new)
    with pytest.raises(NotNow):
        annuities.payout(Account.objects.get(pk=old.pk), who)  # once at a time
    wish = actions.GrantPayout.do(care.Acting(Account.objects.get(pk=old.pk).plan.keeper), wish)
    assert (old.balance().total, new.balance().total) == (Decimal(1400), 0), "one person alone moves nothing"
    annuities.released(wish)
    assert (old.balance().total, new.balance().total, new.balance().unvested) == (0, Decimal(1400), 0)


@pytest.mark.parametrize(("occasion", "way", "field"), [("retirement", "carried", "way"), ("abroad", "monthly", "way")])
def test_an_occasion_has_its_ways(who, occasion, way, field):
    with pytest.raises(Refused) as refused:
        annuities.payout(annuities.account(), who, occasion=occasion, way=way)
    assert refused.value.field == field


def test_taken_back_refused_and_not_without_a_known_identity(who):
    wish = actions.TakePayoutBack.do(who, annuities.payout(annuities.account(), who))
    assert (wish.state, wish.clocks.get().state) == ("taken-back", "void")
    second = annuities.payout(Account.objects.get(pk=wish.account_id), who)
    keeper = care.Acting(Account.objects.get(pk=wish.account_id).plan.keeper)
    assert actions.RefusePayout.do(keeper, second, reason="材料不全").state == "refused"
    who.assurance = 1
    with pytest.raises(NotAssured):
        actions.AskForPayout.do(who, Account.objects.get(pk=wish.account_id), occasion="retirement", way="once")


def test_the_database_keeps_lines_as_they_are_and_months_once():
    made = annuities.account()
    annuities.paid(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        annuities.paid(made)
    with pytest.raises(IntegrityError), transaction.atomic():
        annuities.paid(made, employer=-1, kind="carried-in")
    with pytest.raises(ProgrammingError), transaction.atomic():
        Entry.objects.update(own_amount=9)


def test_who_sees_which_account_and_which_payout():
    first, second = annuities.member(1), annuities.member(2)
    mine, other = annuities.account(of=1), annuities.account(annuities.in_force(annuities.employer("他单位")), of=2)
    wish = annuities.payout(mine, first)
    plan = Account.objects.get(pk=mine.pk).plan
    sees = lambda actor: (  # noqa: E731
        set(Account.objects.visible_to(actor).values_list("pk", flat=True)), set(Payout.objects.visible_to(actor).values_list("pk", flat=True)),
    )  # fmt: skip
    assert sees(first) == ({mine.pk}, {wish.pk})
    assert sees(second) == ({other.pk}, set())
    assert sees(care.Acting(plan.employer)) == ({mine.pk}, set())
    assert sees(care.Acting(plan.keeper)) == ({mine.pk}, {wish.pk})
    assert sees(annuities.employer("第三单位")) == (set(), set())
    assert sees(care.citizen()) == (set(), set())
    assert sees(annuities.keeper("他公司")) == (set(), set())


def test_a_balance_is_one_statement_whatever_the_years():
    made = annuities.account()
    annuities.paid(made, months=1)
    made.plan.vesting  # noqa: B018
    with CaptureQueriesContext(connection) as asked:
        made.balance()
    assert len(asked) == 1
