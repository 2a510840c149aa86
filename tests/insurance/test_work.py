"""Work and bases: what can be declared at all, and that the past keeps what was registered for it."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from governance.actions import NotNow, NotVisible, Refused
from programs.insurance import actions
from programs.insurance.models import Base, Claim, Insured, Spell, Transfer
from tests.factories import care, insurance

pytestmark = pytest.mark.django_db
D = Decimal
TODAY = date(2026, 11, 24)


@pytest.fixture
def boss():
    insurance.local_values()
    return insurance.employer()


@pytest.fixture
def account():
    return insurance.person_with_account()[1]


def declared(boss, account, **fields):
    data = {"sort": "enterprise", "branches": ["pension"], "base": D(8000), "since": date(2026, 1, 1)}
    return actions.DeclareSpell.do(boss, account=account.reference, **data | fields)


IMPOSSIBLE = [
    {"base": D(-8000)}, {"base": D(0)}, {"base": D("1000000.01")}, {"since": date(1970, 1, 1)}, {"since": date(2000, 7, 1)}, {"since": date(2099, 1, 1)},
    {"since": date(2027, 2, 25)}, {"branches": []}, {"branches": ["lottery"]}, {"sort": "king"}, {"sort": "flexible"},
]  # fmt: skip


@pytest.mark.parametrize("wrong", IMPOSSIBLE, ids=str)
def test_what_cannot_be_is_not_declared(boss, account, wrong):
    """Born on 2 July 1984: nobody works before the sixteenth birthday; nor is work declared more than 92 days ahead."""
    with pytest.raises(Refused):
        declared(boss, account, **wrong)


@pytest.mark.parametrize("right", [{"base": D("0.01")}, {"base": D(1_000_000)}, {"since": date(2000, 7, 2)}, {"since": date(2027, 2, 24)}], ids=str)
def test_what_just_can_be_is_declared(boss, account, right):
    assert declared(boss, account, **right).state == "declared"


@pytest.mark.parametrize("wrong", [{"base": -1}, {"base": 0}, {"base": 1_000_001}, {"since": date(1899, 1, 1)}, {"until": date(2200, 1, 1)}, {"branches": []}, {"sort": "king"}, {"state": "ended", "until": None}], ids=str)
def test_the_table_refuses_the_impossible_whoever_writes(boss, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        insurance.spell(works_for=boss, **wrong)


def test_nobody_stands_twice_on_one_roster_at_a_time(boss, account):
    first = declared(boss, account)
    with pytest.raises(Refused, match="roster"):
        declared(boss, account, since=date(2026, 5, 1))
    actions.EndSpell.do(boss, actions.RegisterSpell.do(insurance.agency(), first), until=date(2026, 10, 10))
    with pytest.raises(Refused):
        declared(boss, account, since=date(2026, 10, 10))
    assert declared(boss, account, since=date(2026, 10, 11)).state == "declared"
    assert declared(insurance.employer(), account, since=date(2026, 5, 1)).state == "declared", "elsewhere one may work beside it"


def test_nobody_joins_twice_for_themselves(boss):
    who, account = insurance.person_with_account()
    actions.WorkForMyself.do(who, account, base=D(5000), since=date(2026, 1, 1))
    with pytest.raises(Refused):
        actions.WorkForMyself.do(who, account, base=D(6000), since=date(2026, 3, 1))


def test_what_was_refused_is_in_nobodys_way(boss, account):
    actions.RefuseSpell.do(insurance.agency(), declared(boss, account, base=D(1)), reason="基数过低")
    assert declared(boss, account).base == D(8000), "with the same, true first day"


def test_the_office_enters_the_end_where_nobody_else_does(boss, account):
    spell = actions.RegisterSpell.do(insurance.agency(), declared(boss, account))
    assert actions.EndSpell.do(insurance.agency(), spell, until=date(2026, 11, 1)).until == date(2026, 11, 1)


# Bases by period ----------------------------------------------------------------------------------------------------------


def test_a_rise_holds_from_its_month_on_once_it_is_registered_and_past_months_keep_theirs(boss):
    spell, office = insurance.spell(works_for=boss), insurance.agency()
    october = insurance.statement(boss)
    november = actions.DrawUpStatement.do(office, employer=boss.stakeholder, month=date(2026, 11, 1), due_on=date(2026, 11, 25))
    risen = actions.DeclareBase.do(boss, spell, base=D(12000), branches=["pension", "medical"], since=date(2026, 11, 1))
    assert [clock.rule.code for clock in risen.clocks.all() if clock.is_open] == ["insurance.register-declared"]
    assert actions.ReconcileStatement.do(office, november).due_amount == D(2720), "declared is not registered"
    actions.RegisterBase.do(office, risen)
    assert actions.ReconcileStatement.do(office, november).due_amount == D(4080)
    assert actions.ReconcileStatement.do(office, october).due_amount == D(2720)


def test_branches_change_with_a_month_too(boss):
    spell, office = insurance.spell(works_for=boss), insurance.agency()
    actions.RegisterBase.do(office, actions.DeclareBase.do(boss, spell, base=D(8000), branches=["pension"], since=date(2026, 11, 1)))
    november = actions.DrawUpStatement.do(office, employer=boss.stakeholder, month=date(2026, 11, 1), due_on=date(2026, 11, 25))
    assert november.due_amount == D(1920)


@pytest.mark.parametrize("wrong", [{"since": date(2026, 10, 1)}, {"since": date(2026, 11, 2)}, {"since": date(2027, 3, 1)}, {"base": D(0)}, {"branches": []}], ids=str)
def test_no_base_for_the_past_or_for_half_a_month(boss, wrong):
    spell = insurance.spell(works_for=boss)
    with pytest.raises(Refused):
        actions.DeclareBase.do(boss, spell, **{"base": D(12000), "branches": ["pension"], "since": date(2026, 11, 1)} | wrong)


def test_the_table_keeps_the_past(boss):
    spell = insurance.spell(works_for=boss)
    with pytest.raises(IntegrityError, match="past_months"), transaction.atomic():
        Base.objects.create(spell=spell, area=spell.area, base=9000, branches=["pension"], since=date(2026, 10, 1), declared_on=TODAY)


def test_a_base_is_declared_once_refused_and_declared_anew(boss):
    spell, office = insurance.spell(works_for=boss), insurance.agency()
    data = {"base": D(12000), "branches": ["pension"], "since": date(2026, 12, 1)}
    first = actions.DeclareBase.do(boss, spell, **data)
    with pytest.raises(Refused):
        actions.DeclareBase.do(boss, spell, **data)
    assert actions.RefuseBase.do(office, first, reason="无凭据").state == "refused"
    assert actions.DeclareBase.do(boss, spell, **data).state == "declared"
    with pytest.raises(NotVisible):
        actions.DeclareBase.do(insurance.employer(), spell, **data)


def test_a_settled_month_keeps_the_base_it_was_paid_by(boss):
    spell, office = insurance.spell(works_for=boss), insurance.agency()
    waiting = actions.DeclareBase.do(boss, spell, base=D(12000), branches=["pension", "medical"], since=date(2026, 11, 1))
    november = actions.DrawUpStatement.do(office, employer=boss.stakeholder, month=date(2026, 11, 1), due_on=date(2026, 11, 25))
    for branch, amount in (("pension", 1920), ("medical", 800)):
        insurance.pay(spell.insured, boss, amount, branch=branch, month=date(2026, 11, 1), paid_on=date(2026, 11, 20))
    actions.SettleStatement.do(office, actions.ReconcileStatement.do(office, november))
    with pytest.raises(Refused, match=november.reference):
        actions.RegisterBase.do(office, waiting)
    with pytest.raises(Refused, match=november.reference):
        actions.DeclareBase.do(boss, insurance.spell(works_for=boss), base=D(9000), branches=["pension"], since=date(2026, 11, 1))


def test_who_works_for_oneself_declares_the_own_base(boss):
    who, account = insurance.person_with_account()
    joined = actions.RegisterSpell.do(insurance.agency(), actions.WorkForMyself.do(who, account, base=D(5000), since=date(2026, 1, 1)))
    assert actions.DeclareBase.do(who, joined, base=D(6000), branches=["pension", "medical"], since=date(2026, 12, 1)).state == "declared"
    employed = insurance.spell(account, boss)
    with pytest.raises(Refused):
        actions.DeclareBase.do(who, employed, base=D(6000), branches=["pension"], since=date(2026, 12, 1))


# Closed accounts ----------------------------------------------------------------------------------------------------------


def test_an_account_is_closed_only_when_nothing_runs_or_reaches_beyond(boss):
    who, account = insurance.person_with_account()
    office, close = insurance.agency(), {"reason": "死亡", "closed_on": date(2026, 11, 1)}
    spell = declared(boss, account)
    with pytest.raises(Refused, match=spell.reference):
        actions.CloseAccount.do(office, account, **close)
    actions.RegisterSpell.do(office, spell)
    with pytest.raises(Refused, match=spell.reference):
        actions.CloseAccount.do(office, account, **close)
    risen = actions.DeclareBase.do(boss, spell, base=D(9000), branches=["pension"], since=date(2026, 11, 1))
    actions.EndSpell.do(office, spell, until=date(2026, 11, 2))
    with pytest.raises(Refused, match=f"{spell.reference}.*{risen.reference}"):
        actions.CloseAccount.do(office, account, **close)
    actions.RefuseBase.do(office, risen, reason="已故")
    close["closed_on"] = date(2026, 11, 2)
    claim = actions.ClaimBenefit.do(who, account, kind="maternity", words="")
    transfer = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    with pytest.raises(Refused, match=f"{claim.reference}.*{transfer.reference}"):
        actions.CloseAccount.do(office, account, **close)
    actions.WithdrawClaim.do(who, claim)
    actions.WithdrawTransfer.do(who, transfer)
    later = insurance.pay(account, boss, month=date(2026, 12, 1))
    with pytest.raises(Refused, match="2026-12"):
        actions.CloseAccount.do(office, account, **close)
    later.delete()
    for day in (None, date(2026, 11, 25), date(1984, 7, 1)):
        with pytest.raises(Refused):
            actions.CloseAccount.do(office, account, reason="死亡", closed_on=day)
    assert actions.CloseAccount.do(office, account, **close).closed_on == date(2026, 11, 2)


def test_nothing_begins_with_a_closed_account(boss):
    account = insurance.insured()
    actions.CloseAccount.do(insurance.agency(), account, reason="死亡", closed_on=date(2026, 10, 15))
    with pytest.raises(Refused):
        declared(boss, account)
    account.refresh_from_db()
    makes = {
        "a spell": lambda: insurance.spell(account, boss), "a claim": lambda: Claim.objects.create(insured=account, area=account.area, kind="medical"),
        "a transfer": lambda: Transfer.objects.create(insured=account, area=care.area(care.COUNTY, "示例县"), old_area=account.area),
        "a contribution": lambda: insurance.pay(account, boss, month=date(2026, 11, 1)),
    }  # fmt: skip
    for make in makes.values():
        with pytest.raises(IntegrityError), transaction.atomic():
            make()
    assert insurance.pay(account, boss, month=date(2026, 10, 1)).pk, "the month in which it ended is paid for"


def test_the_table_closes_nothing_that_is_open(boss):
    spell = insurance.spell(works_for=boss)
    with pytest.raises(IntegrityError), transaction.atomic():
        Insured.objects.filter(pk=spell.insured_id).update(closed_on=TODAY)
    with pytest.raises(NotNow):
        actions.RefuseSpell.do(insurance.agency(), spell, reason="x")
    assert Spell.objects.get(pk=spell.pk).state == "registered"
