"""An employment ends: which ends give the member the whole, and that nothing goes back to the plan before they could object."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from governance import clocks
from governance.actions import CLOCK, NotNow, NotResponsible, NotVisible, Refused
from governance.clocks.now import local, now, stopped_at, today
from programs.annuities import actions
from programs.annuities.models import Account
from programs.annuities.vocabulary import Cause
from tests.factories import annuities, care, people

pytestmark = pytest.mark.django_db
ENGLISH = {"headers": {"accept-language": "en"}}


@pytest.fixture
def who():
    return annuities.member()


@pytest.fixture
def company():
    return annuities.employer()


@pytest.fixture
def account(who, company):
    """Three full years: 75 per cent of 1,000; and 400 of the own."""
    made = annuities.account(annuities.in_force(company))
    annuities.paid(made)
    return made


def left(company, account, cause="changes", **more) -> Account:
    return actions.EndEmployment.do(company, account, **{"left_on": today(), "cause": cause} | more)


@pytest.mark.parametrize("cause", [cause for cause in Cause if cause != Cause.CHANGES])
def test_every_other_end_gives_the_whole(company, account, cause):
    """Enterprise Annuity Measures: dismissed without fault, a term not renewed, another case of the plan … as well."""
    done = left(company, account, cause)
    assert (done.balance().members, done.balance().held, done.forfeiture) == (Decimal(1400), 0, "none")
    assert not done.clocks.exists() and not done.entries.filter(kind="forfeited").exists()


def test_the_choices_name_the_cases_of_the_measures(company, account):
    words = " ".join(str(label) for _value, label in actions.EndEmployment.form(company, account).fields["cause"].choices)
    for case in ("without any fault of the employee", "does not renew it", "for which the plan gives the member the whole"):
        assert case in words
    assert {"dismissed", "unrenewed", "agreed"} <= set(Cause.values)


def test_nothing_goes_back_before_the_time_to_object_is_over(company, account):
    done = left(company, account)
    clock = done.clocks.get()
    assert (clock.rule.code, clock.rule.amount, clock.rule.unit, clock.rule.is_example) == ("annuities.object-to-forfeiture", 15, "workday", True)
    assert (done.balance().members, done.balance().held) == (Decimal(1150), Decimal(250))
    with pytest.raises(NotResponsible):
        actions.ForfeitUnvested.do(company, done)
    assert done.events.count() == 2 and done.last_event.action == "annuities.end-employment"
    with stopped_at(clock.due_at + timedelta(minutes=1)):
        done = actions.ForfeitUnvested.do(CLOCK, done)
    assert (done.forfeiture, done.balance().held, done.balance().members) == ("gone", 0, Decimal(1150))
    assert done.entries.get(kind="forfeited").employer_amount == Decimal("-250")
    with pytest.raises(NotNow):
        actions.ForfeitUnvested.do(CLOCK, done)


def test_whoever_objects_keeps_it_until_it_is_settled(who, company, account):
    keeper = annuities.keeper()
    actions.NameParties.do(company, account.plan, keeper=keeper.stakeholder)
    done = left(company, account)
    with pytest.raises(NotResponsible):
        actions.ObjectToForfeiture.do(company, done, reason="x")
    with pytest.raises(Refused):
        actions.ObjectToForfeiture.do(who, done, reason=" ")
    done = actions.ObjectToForfeiture.do(who, done, reason="合同到期单位不续签，不是我辞职")
    states = {clock.rule.code: clock.state for clock in done.clocks.select_related("rule")}
    assert states == {"annuities.object-to-forfeiture": "stopped", "annuities.decide-objection": "running"}
    with pytest.raises(NotNow):
        actions.ForfeitUnvested.do(CLOCK, done)
    for one in (company, who):
        with pytest.raises(NotResponsible):
            actions.SettleObjection.do(one, done, whose="plan", reason="x")
    done = actions.SettleObjection.do(keeper, done, whose="member", reason="仲裁裁决书第 1 号（示例）")
    assert (done.forfeiture, done.balance().members, done.balance().held) == ("given", Decimal(1400), 0)
    assert done.clocks.get(rule__code="annuities.decide-objection").state == "stopped"


def test_settled_against_the_member_it_goes_back_once(who, company, account):
    keeper = annuities.keeper()
    actions.NameParties.do(company, account.plan, keeper=keeper.stakeholder)
    done = actions.ObjectToForfeiture.do(who, left(company, account), reason="不同意")
    done = actions.SettleObjection.do(keeper, done, whose="plan", reason="仲裁裁决书第 2 号（示例）")
    assert (done.forfeiture, done.balance().total, done.entries.filter(kind="forfeited").count()) == ("gone", Decimal(1150), 1)
    with pytest.raises(NotNow):
        actions.GiveWhole.do(company, done, reason="x")


def test_the_employer_gives_way_and_the_member_may_let_it_go(who, company, account):
    done = actions.GiveWhole.do(company, left(company, account), reason="原因填错：合同到期未续")
    assert (done.forfeiture, done.balance().members) == ("given", Decimal(1400))
    assert done.clocks.get().state == "void"
    other = annuities.account(annuities.in_force(annuities.employer("他单位")))
    annuities.paid(other)
    other = actions.DoNotObject.do(who, left(care.Acting(other.plan.employer), other))
    assert (other.forfeiture, other.balance().members, other.clocks.get().state) == ("gone", Decimal(1150), "stopped")


def test_whoever_has_no_account_here_is_told_on_paper_first(company):
    """The period runs from the day the letter was delivered, also when that is entered later."""
    account = annuities.account(annuities.in_force(company), of=5, joined_on=today() - timedelta(days=3 * 366 + 20))
    annuities.paid(account)
    with stopped_at(now() - timedelta(days=9)):
        done = left(company, account, left_on=today() - timedelta(days=2))
    assert (done.member, done.forfeiture, done.balance().held, done.clocks.count()) == (None, "untold", Decimal(250), 0)
    with pytest.raises(NotNow):
        actions.ForfeitUnvested.do(CLOCK, done)
    for day in (None, done.left_on - timedelta(days=1), today() + timedelta(days=1)):
        with pytest.raises(Refused) as refused:
            actions.EnterThatMemberWasTold.do(company, done, told_on=day, reason="挂号信回执")
        assert refused.value.field == "told_on"
    done = actions.EnterThatMemberWasTold.do(company, done, told_on=today() - timedelta(days=7), reason="挂号信回执")
    clock = done.clocks.get()
    assert local(clock.started_at).date() == today() - timedelta(days=7)
    assert clock.due_at < clocks.opened(done, "annuities.object-to-forfeiture", at=now())[0].due_at


def test_what_is_held_is_paid_to_nobody(who, company, account):
    keeper = annuities.keeper()
    actions.NameParties.do(company, account.plan, keeper=keeper.stakeholder)
    done = left(company, account)
    wish = actions.AskForPayout.do(who, done, occasion="abroad", way="once")
    with pytest.raises(NotNow):
        actions.AskForPayout.do(who, done, occasion="abroad", way="once")
    wish = actions.GrantPayout.do(keeper, wish)
    assert wish.granted_amount == Decimal(1150)
    wish = annuities.released(wish)
    with pytest.raises(Refused):
        actions.Pay.do(keeper, wish, amount=Decimal("1150.01"))
    actions.Pay.do(keeper, wish, amount=Decimal(1150))
    actions.CompletePayout.do(keeper, wish)
    with pytest.raises(Refused):
        actions.CloseAccount.do(keeper, Account.objects.get(pk=done.pk))
    done = actions.DoNotObject.do(who, Account.objects.get(pk=done.pk))
    assert actions.CloseAccount.do(keeper, done).state == "closed"


def test_an_account_with_nothing_in_it_grants_nothing(who, company):
    empty = annuities.account(annuities.in_force(company))
    wish = annuities.payout(empty, who)
    with pytest.raises(Refused, match="nothing in the account"):
        actions.GrantPayout.do(care.Acting(Account.objects.get(pk=empty.pk).plan.keeper), wish)


def test_two_people_decide_also_in_one_body(who, account):
    wish = annuities.payout(account, who)
    body = Account.objects.get(pk=account.pk).plan.keeper
    first, second = (people.member(body, "officer", with_second_factor=False) for _n in range(2))
    acting = [care.Acting(body, user=user, user_id=user.pk) for user in (first, second)]
    wish = actions.GrantPayout.do(acting[0], wish)
    assert wish.granted_by == first
    with pytest.raises(NotResponsible):
        actions.ReleasePayout.do(acting[0], wish)
    assert actions.ReleasePayout.do(acting[1], wish).state == "released"


def test_on_losing_all_ability_to_work_all_four_ways_are_open(who, company, account):
    for way in ("monthly", "instalments", "once", "product"):
        wish = annuities.payout(Account.objects.get(pk=account.pk), who, occasion="incapacity", way=way)
        assert wish.way == way
        actions.TakePayoutBack.do(who, wish)


def test_whoever_decides_has_the_account_before_them_and_sees_what_was_not_read(sign_in, who, company, account):
    wish = annuities.payout(account, who)
    body = Account.objects.get(pk=account.pk).plan.keeper
    client = sign_in(people.member(body, "officer"))
    for page in (f"/annuities/payouts/{wish.pk}/grant-payout/", f"/annuities/payouts/{wish.pk}/"):
        text = client.get(page, **ENGLISH).content.decode()
        assert "2 July 1984" in text and "1,400.00" in text and "as another text quotes it" in text and "示例企业年金方案" in text, page
    text = sign_in(people.user(who.stakeholder), "").get(f"/annuities/accounts/{account.pk}/ask-for-payout/", **ENGLISH).content.decode()
    assert "Ask for a payout" in text
    other = annuities.account(annuities.in_force(annuities.employer("他单位")), of=3)
    text = sign_in(people.member(other.plan.employer, "officer")).get(f"/annuities/accounts/{other.pk}/end-employment/", **ENGLISH).content.decode()
    assert "is held first" in text and "as another text quotes it" in text


def test_the_table_knows_no_impossible_account(company, account):
    done = left(company, account)
    for wrong in ({"held_amount": -1}, {"held_amount": 0}, {"forfeiture": "none"}, {"forfeiture": "x"}, {"cause": "x"}, {"percent": 101}, {"left_on": None}, {"cause": ""}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Account.objects.filter(pk=done.pk).update(**wrong)
    with pytest.raises(IntegrityError), transaction.atomic():
        Account.objects.filter(pk=done.pk).update(joined_on="1899-12-31")
    with pytest.raises(NotVisible):
        actions.ObjectToForfeiture.do(annuities.member(9), done, reason="x")
