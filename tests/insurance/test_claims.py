"""Claims: their periods, what one officer determines from the register and another one grants, and work injuries step by step."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.actions.records import new_reference
from governance.catalogue.models import Parameter, Program
from governance.clocks.now import now, stopped_at
from governance.determinations import deciding
from governance.determinations.models import Determination
from governance.entitlements import contract
from governance.stakeholders.models import User
from programs.insurance import actions, entitlements
from programs.insurance.models import Claim, Contribution
from tests.factories import care, insurance, people

pytestmark = pytest.mark.django_db
D = Decimal
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def running(record):
    return [clock.rule.code for clock in record.clocks.all() if clock.is_open]


def due_of(record):
    return next(clock.due_at for clock in record.clocks.all() if clock.is_open)


@pytest.mark.parametrize(("kind", "rule"), [("pension", "SI_PENSION"), ("medical", "SI_MEDICAL"), ("maternity", "SI_MATERNITY"), ("unemployment", "SI_UNEMP"), ("ability", "SI_ABILITY")])
def test_every_claim_has_the_period_of_its_kind(kind, rule):
    who, account = insurance.person_with_account()
    claim = actions.ClaimBenefit.do(who, account, kind=kind, words="")
    assert running(claim) == [rule]
    with pytest.raises(NotVisible):
        actions.RefuseClaim.do(insurance.agency(care.COUNTY), claim, reason="缴费年限不足")
    assert actions.RefuseClaim.do(insurance.agency(), claim, reason="缴费年限不足").state == "refused"
    assert not running(claim)


@pytest.fixture
def pensioner():
    """A woman born in July 1984 whose age was 50 would reach it in 2039; here she is born in 1971, with twenty years of contributions."""
    who = care.citizen()
    account = insurance.insured(who.stakeholder, born=date(1971, 4, 2))
    insurance.pays(account, insurance.employer(), years=tuple(range(2005, 2025)))
    return who, account


ADDED = {"group": "women-55", "begins": "2026-08", "wage": D(8000), "index": D("0.8")}


def claimed(pensioner):
    who, account = pensioner
    return actions.ClaimBenefit.do(who, account, kind="pension", words="")


def test_a_pension_is_determined_from_the_register_and_granted_by_somebody_else(pensioner):
    claim, first, second = claimed(pensioner), insurance.officer(), insurance.officer()
    with pytest.raises(NotNow):
        actions.GrantClaim.do(second, claim)
    made = actions.DeterminePension.do(first, claim, **ADDED)
    assert (made.state, made.outcome, made.decided_by_id, made.person_id) == ("given", "yes", first.user_id, pensioner[0].stakeholder.pk)
    assert {name: made.said[name] for name in ("paid", "balance", "born", "claim")} == {"paid": "240", "balance": "153600.00", "born": "1971-04", "claim": claim.reference}
    assert D(made.values["total"]) == D(made.values["basic"]) + D(made.values["account"]) > D(2300)
    assert D(made.values["basic"]) == D("1440.00"), "(8000 + 8000 × 0.8) ÷ 2 × 20 × 1 %"
    assert running(claim) == ["SI_PENSION"], "determined is not granted"
    with pytest.raises(Refused, match="[Ss]omebody else"):
        actions.GrantClaim.do(first, claim)
    granted = actions.GrantClaim.do(second, claim)
    assert (granted.state, granted.monthly_amount, granted.granted_on) == ("granted", D(made.values["total"]), date(2026, 11, 24))
    assert (granted.determined_by_id, granted.granted_by_id, granted.determination_id) == (first.user_id, second.user_id, made.pk)
    assert not running(granted)


def known(key, value, unit):
    """A value of the place, made up for the test."""
    kept = Program.objects.get(code="employee-pension")
    fields = {"name": key, "value": value, "unit": unit, "source": "示例文件", "mark": "example", "effective_from": date(2020, 1, 1), "state": "activated"}
    return Parameter.objects.create(reference=new_reference("CS"), program=kept, key=key, area=care.area(), **fields)


def test_the_time_before_accounts_counts_where_the_place_has_a_rule_and_else_it_is_said(pensioner):
    claim, first = claimed(pensioner), insurance.officer()
    early = {"deemed": 120, "early": 72}
    with pytest.raises(Refused, match="not computed here"):
        actions.DeterminePension.do(first, claim, **ADDED | early)
    known("transition.deemed-rate", "0.01", "share")
    with pytest.raises(Refused, match="not computed here"):
        actions.DeterminePension.do(first, claim, **ADDED | early)
    rule = known("transition.index-rate", "0.01", "share")
    made = actions.DeterminePension.do(first, claim, **ADDED | early)
    assert made.values["transitional"] == "1184.00" and rule.reference in made.parameters
    assert D(made.values["total"]) == sum(D(made.values[name]) for name in ("basic", "account", "transitional"))
    assert actions.GrantClaim.do(insurance.officer(), claim).monthly_amount == D(made.values["total"])


def test_interest_counts_for_the_years_whose_rate_is_known_and_the_others_are_named(pensioner):
    claim, first = claimed(pensioner), insurance.officer()
    plain = actions.DeterminePension.do(first, claim, **ADDED)
    assert D(plain.values["interest"]) == 0
    known("account-interest", {"2006": "0.05"}, "table")
    made = actions.DeterminePension.do(first, claim, **ADDED)
    assert made.values["interest"] == "384.00", "5 % of the 7,680 yuan of 2005"
    trace = deciding.again(made).trace
    assert any("384" in step for step in trace) and any("2007–2025" in step for step in trace)
    Contribution.objects.filter(month=date(2005, 1, 1)).update(person_part=700)
    with pytest.raises(Refused, match="anew"):
        actions.GrantClaim.do(insurance.officer(), claim)


@pytest.mark.parametrize("wrong", [{"begins": "2026-03"}, {"begins": "2026-12"}, {"group": "men"}, {"begins": "1990-01"}, {"begins": "20261"}, {"wage": D(-1)}, {"index": D(9)}], ids=str)
def test_nothing_is_determined_that_the_rule_does_not_give(pensioner, wrong):
    claim = claimed(pensioner)
    with pytest.raises(Refused):
        actions.DeterminePension.do(insurance.officer(), claim, **ADDED | wrong)
    assert not Determination.objects.exists() and Claim.objects.get().determination is None


def test_without_enough_months_nothing_is_granted():
    claim = claimed(insurance.person_with_account())
    with pytest.raises(Refused, match="nothing is due"):
        actions.DeterminePension.do(insurance.officer(), claim, **ADDED | {"group": "women-50", "begins": "2026-11"})
    with pytest.raises(NotNow):
        actions.GrantClaim.do(insurance.officer(), claim)


def test_early_by_choice_from_the_first_month_on(pensioner):
    claim = claimed(pensioner)
    assert actions.DeterminePension.do(insurance.officer(), claim, **ADDED | {"begins": "2026-04"}).outcome == "yes"


def test_what_was_determined_is_not_granted_once_the_register_says_otherwise(pensioner):
    claim = claimed(pensioner)
    actions.DeterminePension.do(insurance.officer(), claim, **ADDED)
    Contribution.objects.filter(month=date(2024, 12, 1)).delete()
    with pytest.raises(Refused, match="anew"):
        actions.GrantClaim.do(insurance.officer(), claim)
    again = actions.DeterminePension.do(insurance.officer(), claim, **ADDED)
    assert again.said["paid"] == "239" and actions.GrantClaim.do(insurance.officer(), claim).determination_id == again.pk


def test_nobody_decides_about_themselves_and_no_program_decides(pensioner):
    claim, office = claimed(pensioner), insurance.agency()
    with pytest.raises(Refused, match="person decides"):
        actions.DeterminePension.do(office, claim, **ADDED)
    own = insurance.officer()
    User.objects.filter(pk=own.user_id).update(person=pensioner[0].stakeholder)
    own.user.refresh_from_db()
    with pytest.raises(Refused, match="about you"):
        actions.DeterminePension.do(own, claim, **ADDED)


def test_contributions_of_a_granted_pension_are_not_taken_away(pensioner):
    claim = claimed(pensioner)
    actions.DeterminePension.do(insurance.officer(), claim, **ADDED)
    actions.GrantClaim.do(insurance.officer(), claim)
    with pytest.raises(IntegrityError, match="granted pension"), transaction.atomic():
        Contribution.objects.filter(month=date(2010, 1, 1)).delete()


WRONG = [{"monthly_amount": -1}, {"monthly_amount": 0}, {"monthly_amount": None}, {"determination": None}, {"granted_on": None}, {"determined_by": None}, {"granted_by": None}, {"monthly_amount": 10_000_001}]


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_the_table_grants_nothing_that_is_not_determined_by_one_and_granted_by_another(pensioner, wrong):
    claim = claimed(pensioner)
    actions.DeterminePension.do(insurance.officer(), claim, **ADDED)
    granted = actions.GrantClaim.do(insurance.officer(), claim)
    with pytest.raises(IntegrityError), transaction.atomic():
        Claim.objects.filter(pk=granted.pk).update(**wrong)
    with pytest.raises(IntegrityError, match="two_people"), transaction.atomic():
        Claim.objects.filter(pk=granted.pk).update(granted_by=granted.determined_by_id)


OTHERS = [
    ("unemployment", actions.DetermineUnemployment, {"standard": D(1500), "unwilling": True, "seeking": True}, D(1500)),
    ("maternity", actions.DetermineMaternity, {"wage": D(9000), "days": 98}, D(29400)),
    ("medical", actions.DetermineMedical, {"cost": D(20000), "deductible": D(800), "share": D(85), "most": D(300000)}, D(16320)),
    ("medical", actions.DetermineMedical, {"cost": D(20000), "deductible": D(800), "share": D(85), "most": D("5000.50")}, D("5000.50")),
    ("ability", actions.DetermineAbility, {"grade": 7}, None),
]  # fmt: skip


@pytest.mark.parametrize(("kind", "action", "added", "amount"), OTHERS, ids=lambda one: getattr(one, "__name__", str(one))[:20])
def test_other_benefits_are_determined_and_granted_in_the_same_way(kind, action, added, amount):
    who, account = insurance.person_with_account()
    insurance.pays(account, insurance.employer(), years=(2024,), branch="unemployment")
    claim = actions.ClaimBenefit.do(who, account, kind=kind, words="")
    action.do(insurance.officer(), claim, **added)
    assert actions.GrantClaim.do(insurance.officer(), claim).monthly_amount == amount


@pytest.mark.parametrize(("years", "months"), [((), None), ((2024,), 12), ((2020, 2021, 2022, 2023, 2024), 18), (tuple(range(2015, 2025)), 24)])
def test_how_long_an_unemployment_benefit_lasts_at_most(years, months):
    who, account = insurance.person_with_account()
    insurance.pays(account, insurance.employer(), years=years, branch="unemployment")
    claim = actions.ClaimBenefit.do(who, account, kind="unemployment", words="")
    added = {"standard": D(1500), "unwilling": True, "seeking": True}
    if months is None:
        with pytest.raises(Refused):
            actions.DetermineUnemployment.do(insurance.officer(), claim, **added)
        return
    with pytest.raises(Refused):
        actions.DetermineUnemployment.do(insurance.officer(), claim, **added | {"unwilling": False})
    assert actions.DetermineUnemployment.do(insurance.officer(), claim, **added).values["months"] == months


# Work injuries ------------------------------------------------------------------------------------------------------------


def injury():
    who, account = insurance.person_with_account()
    return actions.ClaimBenefit.do(who, account, kind="injury", words="", happened_on=date(2026, 11, 20))


@pytest.mark.parametrize("day", [None, date(2026, 11, 25), date(1984, 7, 2), date(1970, 1, 1)])
def test_an_injury_has_a_day_that_can_be(day):
    who, account = insurance.person_with_account()
    with pytest.raises(Refused):
        actions.ClaimBenefit.do(who, account, kind="injury", words="", happened_on=day)


@pytest.mark.parametrize(("is_clear", "rule", "days"), [(False, "SI_INJURY_DEC", 60), (True, "SI_INJURY_CLEAR", 15)])
def test_the_period_of_recognition_runs_from_acceptance(is_clear, rule, days):
    claim = injury()
    assert running(claim) == ["SI_INJURY_ACCEPT"]
    with pytest.raises(NotNow):
        actions.DetermineInjury.do(insurance.department(), claim, ground="14-1")
    with stopped_at(now() + timedelta(days=10)):
        accepted = actions.AcceptInjury.do(insurance.department(), claim, is_clear=is_clear)
        assert (accepted.state, running(accepted)) == ("accepted", [rule])
        assert (due_of(accepted).date() - now().date()).days in range(days, days + 9), "the last day may roll over a holiday"


def test_it_stands_still_while_another_authority_has_to_find_something():
    office, claim = insurance.department(), injury()
    actions.AcceptInjury.do(office, claim, is_clear=False)
    before = due_of(claim)
    waiting = actions.AwaitFinding.do(office, claim, reason="等候交通事故认定")
    assert waiting.state == "waiting"
    with pytest.raises(NotNow):
        actions.DetermineInjury.do(insurance.department(), claim, ground="14-6")
    with stopped_at(now() + timedelta(days=20)):
        actions.EnterFinding.do(office, claim, reason="认定书已到")
        assert timedelta(days=18) <= due_of(claim) - before <= timedelta(days=28)
        actions.DetermineInjury.do(insurance.department(), claim, ground="14-6")
        granted = actions.RecogniseInjury.do(insurance.department(), claim)
    assert (granted.state, granted.monthly_amount, running(granted)) == ("granted", None, [])


def test_an_employer_applies_for_those_who_work_there():
    spell = insurance.spell()
    boss = care.Acting(spell.employer)
    for day in (None, date(2025, 12, 31), date(2026, 11, 25)):
        with pytest.raises(Refused):
            actions.ReportInjury.do(boss, spell, happened_on=day, words="")
    made = actions.ReportInjury.do(boss, spell, happened_on=date(2026, 11, 20), words="机械伤害")
    assert (made.kind, made.employer_id, running(made)) == ("injury", boss.stakeholder_id, ["SI_INJURY_ACCEPT"])
    assert Claim.objects.visible_to(boss).get() == made
    with pytest.raises(NotVisible):
        actions.ReportInjury.do(insurance.employer(), spell, happened_on=date(2026, 11, 20), words="")
    accepted = actions.AcceptInjury.do(insurance.department(), made, is_clear=True)
    assert "employer" in actions.AcceptInjury.tells and accepted.employer_id == boss.stakeholder_id, "who applied is told what becomes of it"
    with pytest.raises(Refused, match="no entry"):
        actions.DetermineInjury.do(insurance.department(), made, ground="14-1")


def test_injuries_are_the_departments_and_not_the_offices():
    office, department, claim = insurance.officer(), insurance.department(), injury()
    assert not Claim.objects.visible_to(office).exists(), "the office that pays learns of what was recognised"
    for refused in (lambda: actions.AcceptInjury.do(office, claim, is_clear=False), lambda: actions.RefuseInjury.do(office, claim, reason="x")):
        with pytest.raises(NotVisible):
            refused()
    both = insurance.department()
    both.duties = (*both.duties, *office.duties)
    with pytest.raises(NotResponsible):
        actions.AcceptInjury.do(both, claim, is_clear=False)
    assert claim in Claim.objects.visible_to(department).with_actions(department)
    pension = claimed(insurance.person_with_account())
    assert pension not in Claim.objects.visible_to(department), "nor does the department read other claims"
    actions.AcceptInjury.do(department, claim, is_clear=False)
    actions.DetermineInjury.do(department, claim, ground="14-1")
    with pytest.raises(Refused, match="[Ss]omebody else"):
        actions.RecogniseInjury.do(department, claim)
    actions.RecogniseInjury.do(insurance.department(), claim)
    assert claim in Claim.objects.visible_to(office), "the office that pays learns of it"


def test_the_department_does_not_recognise_and_says_why():
    claim = injury()
    with pytest.raises(NotResponsible):
        actions.RefuseClaim.do(insurance.department(), claim, reason="x")
    assert actions.RefuseInjury.do(insurance.department(), claim, reason="不属于工伤").state == "refused"
    assert not running(claim)


def test_an_assessment_is_extended_once_by_thirty_days():
    who, account = insurance.person_with_account()
    claim, office = actions.ClaimBenefit.do(who, account, kind="ability", words=""), insurance.agency()
    before = due_of(claim)
    actions.ExtendAssessment.do(office, claim, reason="伤情复杂")
    assert 28 <= (due_of(claim) - before).days <= 38
    with pytest.raises(Refused):
        actions.ExtendAssessment.do(office, claim, reason="伤情复杂")
    with pytest.raises(NotResponsible):
        actions.ExtendAssessment.do(who, claim, reason="x")


def test_whoever_decides_sees_account_months_and_what_was_determined(pensioner, client):
    claim, clerk = claimed(pensioner), insurance.officer()
    actions.DeterminePension.do(clerk, claim, **ADDED)
    user = people.member(clerk.stakeholder)
    for held in clerk.duties:
        people.mandate(clerk.stakeholder, held.duty, held.start)
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["acting_for"] = f"m{user.memberships.get().pk}"
    session.save()
    page = client.get(claim.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert all(word in page for word in ("153,600", "20 years", "1,440.00 yuan", "What was determined", "2026-08"))
    assert client.get(reverse("insurance:claim-act", args=[claim.pk, "grant-claim"])).status_code == 200
    client.force_login(people.user(pensioner[0].stakeholder), backend=BACKEND)
    assert "What was determined" in client.get(claim.get_absolute_url(), headers={"accept-language": "en"}).content.decode()


def test_what_is_under_way_is_told_among_what_one_is_entitled_to(pensioner, django_assert_num_queries):
    who, account = pensioner
    claim = claimed(pensioner)
    moved = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    lost = actions.ClaimBenefit.do(who, account, kind="unemployment", words="")
    person, day = contract.Person(who.stakeholder, born_on=date(1971, 4, 2), is_male=False), date(2026, 11, 24)
    with django_assert_num_queries(2):
        held = entitlements.read(person, day)
    told = {line.key: line for line in entitlements.lines(contract.Asked(person, day), held)}
    pension = told["employee-pension"]
    assert claim.reference in str(pension.sentence) and moved.reference in str(pension.sentence)
    assert [step.address for step in pension.steps][:2] == [claim.get_absolute_url(), moved.get_absolute_url()]
    assert lost.reference in str(told["unemployment"].sentence) and lost.reference not in str(told["employee-medical"].sentence)
    actions.WithdrawClaim.do(who, claim)
    after = {line.key: line for line in entitlements.lines(contract.Asked(person, day), entitlements.read(person, day))}
    assert claim.reference not in str(after["employee-pension"].sentence)
