"""Plans: filed, questioned, in force by silence, amended, ended; and who sees them."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.actions.actors import CLOCK
from governance.clocks.now import stopped_at, today
from programs.annuities import actions
from programs.annuities.models import Plan
from programs.annuities.vocabulary import Duty
from tests.factories import care, people
from tests.factories.annuities import employer, plan, terms
from tests.factories.feedback import officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def authority():
    return officer(care.stakeholder("government", "government-authority", "示例市人社局"), Duty.EXAMINE_PLANS, code=care.CITY)


def test_the_silence_of_the_authority_puts_it_in_force_after_fifteen_days(authority):
    who = employer()
    made = plan(who)
    clock = made.clocks.get()
    assert (clock.rule.code, clock.state) == ("annuities.examine-plan", "running")
    assert clock.due_at.date() - today() >= timedelta(days=15)
    assert not clock.rule.verified
    with pytest.raises(NotResponsible):
        actions.ConfirmPlan.do(who, made)
    with stopped_at(clock.due_at + timedelta(minutes=1)):
        made = actions.TakeEffect.do(CLOCK, made)
    assert made.state == "in-force"
    assert made.events.first().right["as"] == "clock"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"employer_amount": Decimal("800000.01")}, "employer_amount"), ({"staff_amount": Decimal(500_001)}, "staff_amount"),
        ({"highest": Decimal(29_167)}, "highest"), ({"highest": Decimal(5_000)}, "highest"), ({"vesting": [0, 50]}, "vesting"),
        ({"vesting": [0, 10, 20, 30, 40, 50, 60, 70, 80, 100]}, "vesting"), ({"vesting": [50, 25, 100]}, "vesting"),
        ({"in_favour": 97}, "in_favour"), ({"in_favour": 48}, "in_favour"), ({"agreed_on": today() + timedelta(days=1)}, "agreed_on"),
    ],
)  # fmt: skip
def test_what_is_above_the_caps_or_was_not_agreed_is_refused_at_its_field(changed, field):
    with pytest.raises(Refused) as refused:
        plan(**changed)
    assert refused.value.field == field
    assert not Plan.objects.exists()


def test_questions_stop_the_period_and_an_answer_begins_it_anew(authority):
    who = employer()
    made = actions.QuestionPlan.do(authority, plan(who), reason="请说明归属办法")
    assert [clock.state for clock in made.clocks.all()] == ["stopped"]
    with pytest.raises(NotNow):
        actions.TakeEffect.do(CLOCK, made)
    with pytest.raises(Refused):
        actions.AnswerQuestions.do(who, made, reason="已修改", **terms(employer_amount=Decimal(900_000)))
    made = actions.AnswerQuestions.do(who, made, reason="已修改", **terms(vesting=[0, 50, 100]))
    assert (made.state, made.vesting) == ("filed", [0, 50, 100])
    assert sorted(clock.state for clock in made.clocks.all()) == ["running", "stopped"]


def test_the_old_version_counts_until_the_amended_one_does(authority):
    who = employer()
    first = actions.ConfirmPlan.do(authority, plan(who))
    second = actions.AmendPlan.do(who, first, reason="提高缴费", **terms(employer_amount=Decimal(800_000)))
    assert (second.version, second.previous, second.state) == (2, first, "filed")
    with pytest.raises(NotNow):
        actions.AmendPlan.do(who, first, reason="再次", **terms())
    first.refresh_from_db()
    assert first.state == "in-force"
    second = actions.TakeEffect.do(CLOCK, second)
    first.refresh_from_db()
    assert (first.state, second.state) == ("superseded", "in-force")
    assert actions.EndPlan.do(who, second, reason="企业注销").state == "ended"


def test_a_plan_of_the_same_name_is_amended_not_filed_again(authority):
    who = employer()
    actions.ConfirmPlan.do(authority, plan(who))
    with pytest.raises(Refused):
        plan(who)
    with pytest.raises(IntegrityError), transaction.atomic():
        made = Plan(employer=who.stakeholder, area=who.stakeholder.area, **terms(vesting=[0, 50]))
        made.save()


@pytest.mark.parametrize("questioned", [False, True])
def test_the_employer_takes_back_what_is_not_in_force_yet_and_no_silence_puts_it_in_force(authority, questioned):
    who = employer()
    made = plan(who)
    if questioned:
        actions.QuestionPlan.do(authority, made, reason="请补充职工代表大会决议")
    back = actions.WithdrawPlan.do(who, made)
    assert (back.state, back.events.latest("done_at").action) == ("withdrawn", "annuities.withdraw-plan")
    assert not back.clocks.filter(state="running").exists()
    with pytest.raises(NotNow):
        actions.ConfirmPlan.do(authority, back)
    again = actions.ConfirmPlan.do(authority, plan(who))
    with pytest.raises(NotNow):
        actions.WithdrawPlan.do(who, again)


def test_another_employer_and_another_area_see_nothing(authority):
    made = plan()
    elsewhere = officer(care.stakeholder("government", "government-authority", "他市人社局"), Duty.EXAMINE_PLANS, code="990300000000")
    for stranger in (employer("他人有限公司"), care.Acting(people.user().person), elsewhere):
        assert not Plan.objects.visible_to(stranger).filter(pk=made.pk).exists()
        with pytest.raises(NotVisible):
            actions.WithdrawPlan.do(stranger, made)
    assert Plan.objects.visible_to(authority).filter(pk=made.pk).exists()


def test_it_is_checked_as_it_is_typed_and_a_missing_number_is_not_a_yes(client):
    answer = client.post("/annuities/plans/checks/", {"payroll": "10000000", "employer_amount": "800000", "staff_amount": "450000", "vesting": "0,x"}, headers={"accept-language": "en"})
    said = answer.content.decode()
    assert answer.status_code == 200
    assert "8 %; at most 8 %" in said
    assert "12.5 %; at most 12 %" in said
    assert said.count("cannot tell yet") == 2
    assert "Enterprise Annuity Measures" in said


def test_what_a_plan_costs_and_what_is_not_taxed(client):
    asked = {"payroll": "10000000", "people": "120", "employer_rate": "7", "staff_rate": "4", "years": "20", "returns": "3"}
    found = client.get("/api/annuities/costs/", asked).json()
    assert (found["outcome"], found["values"]["employer"], found["values"]["staff"], found["values"]["monthly"]) == ("yes", "700000.00", "400000.00", "763.89")
    assert Decimal(found["values"]["low"]) < Decimal(found["values"]["grown"]) < Decimal(found["values"]["high"])
    assert client.get("/api/annuities/costs/", asked | {"employer_rate": "8", "staff_rate": "4.5"}).json()["outcome"] == "no"
    told = client.get("/api/annuities/tax/", {"base": "40000", "average": "12000"}).json()
    assert told["values"]["deductible"] == "1440.00"
    assert {one["mark"] for one in told["parameters"]} == {"unverified"}
    assert "1,440.00" in client.get("/annuities/tax/?base=40000&average=12000").content.decode()


def test_an_ordinary_mistake_in_a_chinese_plan_is_said_in_a_sentence(client, sign_in):
    """Nine years of vesting where eight are allowed: the Chinese sentence had a bare “%” and the page answered 500."""
    typed = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in terms(vesting=[0, 10, 20, 30, 40, 50, 60, 70, 80, 100]).items() if value is not None}
    answer = client.post("/annuities/plans/checks/", typed, headers={"accept-language": "zh-hans"})
    assert answer.status_code == 200 and "9 年；最多 8 年，逐年不减，从 0 到 100%" in answer.content.decode()
    page = sign_in(people.member(employer().stakeholder, "officer")).post("/annuities/do/file-plan/", typed, headers={"accept-language": "zh-hans"})
    assert page.status_code in {200, 422} and "从 0 到 100%" in page.content.decode()
