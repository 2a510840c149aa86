"""What is owed for a month, for whom, and what late payment costs: the rules, and the bills of a real register."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from governance.actions import ASIDE, NotNow, NotResponsible, NotVisible, Refused
from governance.clocks.now import LOCAL, stopped_at
from programs.insurance import actions
from programs.insurance.models import Contribution, Spell, Statement
from programs.insurance.rules import arrears
from programs.insurance.rules.arrears import Payment, Rate, Worker
from tests.factories import care, insurance

D = Decimal
RATE = D("0.0005")
DUE = date(2026, 10, 25)
OCTOBER = date(2026, 10, 1)


def test_late_fee_runs_from_the_day_after_at_five_in_ten_thousand():
    assert arrears.late_fee(D(10000), DUE, DUE, RATE) == 0
    assert arrears.late_fee(D(10000), DUE, date(2026, 10, 26), RATE) == D("5.00")
    assert arrears.late_fee(D(10000), DUE, date(2026, 11, 24), RATE) == D("150.00")


@given(st.decimals(0, 10**9, places=2), st.integers(0, 4000), st.integers(0, 400))
def test_a_later_day_never_costs_less(amount, days, more):
    due = date(2026, 1, 1)
    assert arrears.late_fee(amount, due, due + timedelta(days=days), RATE) <= arrears.late_fee(amount, due, due + timedelta(days=days + more), RATE)


def share(due, *payments):
    return arrears.Share(1, "pension", D(due), tuple(Payment(DUE + timedelta(days=days), D(amount)) for days, amount in payments))


def test_each_part_bears_the_fee_of_its_own_days():
    """10,000 owed; half of it 30 days late, the rest 59 days late: 75.00 + 147.50."""
    parts = share(10000, (30, 5000), (59, 5000))
    assert arrears.fee_of(parts.late_yuan_days(DUE), RATE) == D("222.50")
    assert share(10000, (-3, 5000), (0, 5000)).late_yuan_days(DUE) == 0, "on the last day it is in time"
    assert share(10000, (0, 4000), (1, 6000)).late_yuan_days(DUE) == 6000
    assert share(10000, (59, 5000), (30, 5000)) != parts and share(10000, (59, 5000), (30, 5000)).late_yuan_days(DUE) == parts.late_yuan_days(DUE)
    assert share(10000, (10, 10000), (40, 7000)).late_yuan_days(DUE) == 100_000, "what is paid beyond what is owed is never late"


def test_nobodys_money_covers_what_is_owed_for_another_or_in_another_branch():
    workers = [Worker(1, D(8000), ("pension", "medical")), Worker(2, D("8000.03"), ("pension",))]
    rates = {"pension": Rate(D("0.16"), D("0.08")), "medical": Rate(D("0.08"), D("0.02"))}
    bill = arrears.billed(workers, rates, {(1, "pension"): (Payment(DUE, D(20000)),)}, D(20000))
    assert (bill.heads, bill.due, bill.covered, bill.paid) == (2, D("4640.00"), D(1920), D(20000))
    assert [(one.insured, one.branch, one.open) for one in bill.missing] == [(1, "medical", D(800)), (2, "pension", D("1920.00"))]


def test_both_parts_are_rounded_as_they_are_paid():
    """8,000.03 × 24 % are 1,920.0072; the parts that are paid are 1,280.00 and 640.00: nothing is missing after that."""
    assert Rate(D("0.16"), D("0.08")).of(D("8000.03")) == D("1920.00")


def test_a_month_is_owed_once_for_each_person_and_branch():
    left_and_came_back = [Worker(1, D(8000), ("pension",)), Worker(1, D(9000), ("pension", "medical"))]
    bill = arrears.billed(left_and_came_back, {"pension": Rate(D("0.24")), "medical": Rate(D("0.10"))}, {}, D(0))
    assert (bill.heads, bill.due) == (1, D(2160 + 900)), "by the terms that hold last"


# The register -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def boss():
    insurance.local_values()
    return insurance.employer()


def paid_for(spells, boss, *, branches=(("pension", 1920), ("medical", 800)), paid_on=date(2026, 10, 20)):
    for spell in spells:
        for branch, amount in branches:
            insurance.pay(spell.insured, boss, amount, branch=branch, paid_on=paid_on)


@pytest.mark.django_db
def test_a_statement_is_drawn_reconciled_found_in_arrears_and_settled(boss):
    office = insurance.agency()
    first, second = insurance.spell(works_for=boss), insurance.spell(works_for=boss)
    made = insurance.statement(boss)
    assert (made.head_count, made.due_amount, made.paid_amount, made.missing_count) == (2, D(5440), 0, 4)
    paid_for([first], boss, branches=(("pension", 1920),))
    actions.ReconcileStatement.do(boss, made)
    made.refresh_from_db()
    assert (made.paid_amount, made.missing_count, made.open_amount) == (1920, 3, 3520)
    with pytest.raises(NotNow):
        actions.SettleStatement.do(office, made)
    assert actions.FindArrears.do(office, made).state == "arrears"
    with pytest.raises(NotVisible):
        actions.ReconcileStatement.do(insurance.employer(), made)
    paid_for([first], boss, branches=(("medical", 800),))
    paid_for([second], boss)
    actions.ReconcileStatement.do(office, made)
    assert (actions.SettleStatement.do(office, made).state, made.pk) == ("settled", made.pk)


@pytest.mark.django_db
def test_on_the_very_last_day_of_paying_there_are_no_arrears(boss):
    insurance.spell(works_for=boss)
    made, office = insurance.statement(boss), insurance.agency()
    with stopped_at(datetime(2026, 10, 25, 23, tzinfo=LOCAL)), pytest.raises(Refused, match="2026"):
        actions.FindArrears.do(office, made)
    with stopped_at(datetime(2026, 10, 26, tzinfo=LOCAL)):
        assert actions.FindArrears.do(office, made).state == "arrears"


@pytest.mark.django_db
def test_one_persons_overpayment_hides_nobodys_nothing(boss):
    office, spells = insurance.agency(), [insurance.spell(works_for=boss) for _ in range(3)]
    made = insurance.statement(boss)
    insurance.pay(spells[0].insured, boss, 20000)
    made = actions.ReconcileStatement.do(office, made)
    assert (made.due_amount, made.paid_amount, made.covered_amount, made.missing_count) == (D(8160), D(20000), D(1920), 5)
    with pytest.raises(NotNow):
        actions.SettleStatement.do(office, made)


@pytest.mark.django_db
def test_who_paid_only_one_branch_is_missing_in_the_other(boss):
    office, spells = insurance.agency(), [insurance.spell(works_for=boss) for _ in range(3)]
    made = insurance.statement(boss)
    paid_for(spells, boss, branches=(("medical", 800),))
    assert actions.ReconcileStatement.do(office, made).missing_count == 3


@pytest.mark.django_db
def test_settling_looks_again_and_does_not_trust_what_was_compared_before(boss):
    office, spell = insurance.agency(), insurance.spell(works_for=boss)
    made = insurance.statement(boss)
    paid_for([spell], boss)
    actions.ReconcileStatement.do(office, made)
    Contribution.objects.filter(branch="medical").delete()
    with pytest.raises(Refused, match="1"):
        actions.SettleStatement.do(office, made)


@pytest.mark.django_db
def test_the_late_fee_is_fixed_when_the_month_is_paid_and_is_owed_until_it_is_paid_too(boss):
    office, spell = insurance.agency(), insurance.spell(works_for=boss, branches=["pension"])
    made = insurance.statement(boss)
    insurance.pay(spell.insured, boss, 960, paid_on=DUE + timedelta(days=10))
    insurance.pay(spell.insured, boss, 960, paid_on=DUE + timedelta(days=20))
    with pytest.raises(NotNow):
        actions.EnterLateFee.do(office, made, fee_paid_on=date(2026, 11, 20))
    actions.ReconcileStatement.do(office, made)
    settled = actions.SettleStatement.do(office, made)
    assert settled.fee_amount == settled.fee_open == D("14.40"), "960 × 10 days + 960 × 20 days at 0.05 %"
    with pytest.raises(Refused):
        actions.EnterLateFee.do(office, made, fee_paid_on=DUE)
    assert actions.EnterLateFee.do(office, made, fee_paid_on=date(2026, 11, 20)).fee_open == 0
    with pytest.raises(NotNow):
        actions.EnterLateFee.do(office, made, fee_paid_on=date(2026, 11, 20))


@pytest.fixture
def settled(boss):
    """A month that is paid for two people."""
    spells = [insurance.spell(works_for=boss) for _ in range(2)]
    made = insurance.statement(boss)
    paid_for(spells, boss)
    actions.ReconcileStatement.do(insurance.agency(), made)
    return actions.SettleStatement.do(insurance.agency(), made)


def refused_by_the_table(statement):
    with pytest.raises(IntegrityError) as problem, transaction.atomic():
        statement()
    return problem.value.__cause__.diag.constraint_name


@pytest.mark.django_db
def test_money_of_a_settled_month_is_not_taken_away_whoever_tries(settled):
    assert refused_by_the_table(Contribution.objects.first().delete) == "a_settled_month_stays_paid"
    lower = Contribution.objects.filter(branch="pension")
    assert refused_by_the_table(lambda: lower.update(person_part=0)) == "a_settled_month_stays_paid"
    assert refused_by_the_table(lambda: lower.update(month=date(2026, 9, 1))) == "a_settled_month_stays_paid"
    assert refused_by_the_table(lambda: lower.update(paid_on=date(2026, 11, 1))) == "a_settled_month_stays_paid"
    assert lower.update(person_part=700) == 2, "more may come in"


@pytest.mark.django_db
def test_a_month_is_settled_for_everybody_or_not_at_all(settled):
    rows = Statement.objects.filter(pk=settled.pk)
    for wrong in ({"missing_count": 1}, {"covered_amount": 1}, {"settled_on": None}, {"fee_amount": None}, {"head_count": 0}):
        assert refused_by_the_table(lambda wrong=wrong: rows.update(**wrong)) in {"a_settled_month_is_paid_for_everybody", "no_more_covers_than_came_in"}


@pytest.mark.django_db
def test_a_correction_by_two_people_pays_back_and_opens_the_settled_month(settled, boss):
    account = Spell.objects.of_employer(boss.stakeholder_id).first().insured
    asked = {"account": account.reference, "branch": "pension", "paid_on": date(2026, 10, 20), "employer_part": D(800), "person_part": D(400), "reason": "多缴"}
    with pytest.raises(Refused):
        actions.AskForCorrection.do(boss, settled, **asked | {"paid_on": date(2026, 10, 21)})
    with pytest.raises(Refused):
        actions.AskForCorrection.do(boss, settled, **asked | {"employer_part": D(1280), "person_part": D(640)})
    first, second = insurance.officer(), insurance.officer()
    made = actions.AskForCorrection.do(first, settled, **asked)
    assert [clock.rule.code for clock in made.clocks.all() if clock.is_open] == ["insurance.answer-correction"]
    with pytest.raises(NotResponsible):
        actions.EnterCorrection.do(first, made)
    entered = actions.EnterCorrection.do(second, made)
    assert (entered.state, entered.goes_back) == ("entered", D(720))
    kept = Contribution.objects.get(insured=account, branch="pension")
    assert (kept.employer_part, kept.person_part) == (D(800), D(400))
    settled.refresh_from_db()
    assert (settled.state, settled.missing_count, settled.open_amount, settled.fee_amount, settled.settled_on) == ("drawn", 1, D(720), None, None)


@pytest.mark.django_db
def test_what_was_paid_for_nothing_goes_back_whole(settled, boss):
    account = Spell.objects.of_employer(boss.stakeholder_id).first().insured
    made = actions.AskForCorrection.do(boss, settled, account=account.reference, branch="medical", paid_on=date(2026, 10, 20), employer_part=D(0), person_part=D(0), reason="误缴")
    actions.EnterCorrection.do(insurance.officer(), made)
    assert not Contribution.objects.filter(insured=account, branch="medical").exists()


@pytest.mark.django_db
def test_a_correction_is_refused_taken_back_and_not_entered_over_another(settled, boss):
    account = Spell.objects.of_employer(boss.stakeholder_id).first().insured
    asked = {"account": account.reference, "paid_on": date(2026, 10, 20), "employer_part": D(1), "person_part": D(1), "reason": "多缴"}
    one = actions.AskForCorrection.do(boss, settled, branch="pension", **asked)
    with pytest.raises(Refused):
        actions.AskForCorrection.do(boss, settled, branch="pension", **asked)
    assert actions.RefuseCorrection.do(insurance.officer(), one, reason="不符合").state == "refused"
    two = actions.AskForCorrection.do(boss, settled, branch="medical", **asked)
    assert actions.WithdrawCorrection.do(boss, two).state == "withdrawn"
    three = actions.AskForCorrection.do(boss, settled, branch="pension", **asked)
    Contribution.objects.filter(insured=account, branch="pension").update(employer_part=1300)
    with pytest.raises(Refused):
        actions.EnterCorrection.do(insurance.officer(), three)


def test_to_open_a_paid_month_again_is_never_the_next_step():
    assert actions.ReopenStatement.place == actions.AskForCorrection.place == ASIDE


@pytest.mark.django_db
def test_a_settled_month_is_opened_again_with_a_reason(settled):
    office = insurance.agency()
    with pytest.raises(Refused):
        actions.ReopenStatement.do(office, settled, reason="")
    again = actions.ReopenStatement.do(office, settled, reason="误记")
    assert (again.state, again.fee_amount, again.settled_on) == ("drawn", None, None)
    assert actions.SettleStatement.do(office, again).state == "settled"


# What bills rest on -------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
def test_no_bill_rests_on_an_estimate_and_what_is_missing_is_named():
    boss = insurance.employer()
    care.area(care.CITY, "示例市")
    insurance.spell(works_for=boss, branches=["pension", "medical", "unemployment", "injury"])
    data = {"employer": boss.stakeholder, "month": OCTOBER, "due_on": DUE}
    with pytest.raises(Refused) as problem:
        actions.DrawUpStatement.do(insurance.agency(), **data)
    said = str(problem.value)
    assert all(word in said for word in ("Medical", "Unemployment", "class of industry", "average wage")) and "Pension" not in said
    insurance.local_values()
    with pytest.raises(Refused, match="class of industry"):
        actions.DrawUpStatement.do(insurance.agency(), **data)
    actions.SetInjuryRate.do(insurance.agency(), employer=boss.stakeholder, industry=4, floating="3", since=date(2026, 1, 1), basis="示例核定书")
    made = actions.DrawUpStatement.do(insurance.agency(), **data)
    assert made.due_amount == D(8000) * D("0.24") + D(8000) * D("0.10") + D(8000) * D("0.01") + D(8000) * D("0.009") * D("1.2")
    assert any(one.startswith("FL-") for one in made.values) and len(made.values) >= 9


@pytest.mark.django_db
@pytest.mark.parametrize(("wage", "base"), [(D(1000), D(4800)), (D(4800), D(4800)), (D("4800.01"), D("4800.01")), (D(24000), D(24000)), (D(90000), D(24000))])
def test_the_base_is_kept_between_sixty_and_three_hundred_percent(boss, wage, base):
    insurance.spell(works_for=boss, branches=["medical"], base=wage)
    assert insurance.statement(boss).due_amount == (base * D("0.08")).quantize(D("0.01")) + (base * D("0.02")).quantize(D("0.01"))


@pytest.mark.django_db
def test_an_injury_rate_is_set_from_a_month_on_and_stays_where_a_bill_rests_on_it(boss):
    office = insurance.agency()
    insurance.spell(works_for=boss, branches=["injury"])
    data = {"employer": boss.stakeholder, "industry": 2, "floating": "0", "since": date(2026, 1, 1), "basis": "示例核定书"}
    for wrong in ({"industry": 1, "floating": "2"}, {"industry": 9}, {"floating": "5"}, {"since": date(2026, 1, 2)}, {"since": date(2030, 1, 1)}):
        with pytest.raises(Refused):
            actions.SetInjuryRate.do(office, **data | wrong)
    mistaken = actions.SetInjuryRate.do(office, **data | {"industry": 8})
    with pytest.raises(Refused):
        actions.SetInjuryRate.do(office, **data)
    assert actions.WithdrawInjuryRate.do(office, mistaken, reason="误定").state == "withdrawn"
    right = actions.SetInjuryRate.do(office, **data)
    made = insurance.statement(boss)
    assert made.due_amount == D(32)
    with pytest.raises(Refused, match=made.reference):
        actions.WithdrawInjuryRate.do(office, right, reason="误定")
    with pytest.raises(Refused, match=made.reference):
        actions.SetInjuryRate.do(office, **data | {"since": date(2026, 10, 1)})
    later = actions.SetInjuryRate.do(office, **data | {"since": date(2026, 11, 1), "floating": "4"})
    assert later.state == "set" and actions.ReconcileStatement.do(office, made).due_amount == D(32), "October keeps its rate"


@pytest.mark.django_db
@pytest.mark.parametrize(("days", "is_taken"), [(0, False), (1, True), (366, True), (367, False)])
def test_a_month_is_paid_from_its_second_day_on_and_within_a_year(boss, days, is_taken):
    insurance.spell(works_for=boss)
    data = {"employer": boss.stakeholder, "month": OCTOBER, "due_on": OCTOBER + timedelta(days=days)}
    if is_taken:
        assert actions.DrawUpStatement.do(insurance.agency(), **data).due_on == data["due_on"]
        return
    with pytest.raises(Refused) as refused:
        actions.DrawUpStatement.do(insurance.agency(), **data)
    assert refused.value.field == "due_on"


@pytest.mark.django_db
@pytest.mark.parametrize("code", ["990200000000", "990121000000"])
def test_an_office_of_another_area_draws_up_nothing(boss, code):
    insurance.spell(works_for=boss)
    assert not code <= boss.stakeholder.area_id < f"{int(code) + 1:012d}"
    with pytest.raises(Refused) as refused:
        actions.DrawUpStatement.do(insurance.agency(code), employer=boss.stakeholder, month=OCTOBER, due_on=DUE)
    assert refused.value.field == "employer"
    assert not Statement.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(("month", "due_on"), [(date(2028, 10, 1), date(2028, 11, 10)), (OCTOBER, date(2020, 10, 25)), (OCTOBER, OCTOBER), (OCTOBER, date(2028, 1, 1)), (date(9999, 12, 1), date(9999, 12, 31))])
def test_a_month_that_has_not_begun_or_a_day_that_cannot_be_is_refused(boss, month, due_on):
    insurance.spell(works_for=boss)
    with pytest.raises(Refused):
        actions.DrawUpStatement.do(insurance.agency(), employer=boss.stakeholder, month=month, due_on=due_on)


@pytest.mark.django_db
def test_left_and_came_back_in_one_month_is_one_person_and_one_month(boss):
    spell = insurance.spell(works_for=boss, until=date(2026, 10, 10), state="ended")
    insurance.spell(spell.insured, boss, since=date(2026, 10, 20))
    for _ in range(2):
        insurance.spell(works_for=boss)
    made = insurance.statement(boss)
    assert (made.head_count, made.due_amount) == (3, D(8160))
