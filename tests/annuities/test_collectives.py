"""Collective plans that small firms join, the occupational annuity of public bodies, and terms that are looked at before they are sent."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from governance.actions import CLOCK, NotNow, NotResponsible, NotVisible, Refused
from governance.clocks.now import today
from programs.annuities import actions
from programs.annuities.models import Account, Collective, Entry, Plan
from tests.factories import annuities, care, imports, people

pytestmark = pytest.mark.django_db


def test_a_collective_plan_is_examined_once_and_an_employer_joins_with_its_own_numbers():
    trustee, examiner = annuities.trustee(), annuities.examiner()
    offered = annuities.offered(trustee)
    association = care.Acting(
        care.stakeholder("social", "social-association", "示例行业协会", area=care.area(care.CITY, "示例市"))
    )
    with pytest.raises(NotVisible):
        actions.JoinCollective.do(association, offered, **annuities.own_terms())
    assert not Collective.objects.visible_to(care.citizen()).exists()
    actions.OpenCollective.do(examiner, offered)
    made = actions.JoinCollective.do(association, offered, **annuities.own_terms(consent="other"))
    assert (made.form, made.vesting, made.trustee_here, made.account_manager, made.state) == (
        "collective",
        [0, 50, 100],
        trustee.stakeholder,
        "示例银行",
        "filed",
    )
    assert made.clocks.get().rule.code == "annuities.examine-plan"
    with pytest.raises(Refused):
        actions.JoinCollective.do(association, offered, **annuities.own_terms())
    made = actions.TakeEffect.do(CLOCK, made)
    changed = annuities.terms(employer_amount=Decimal(750_000), vesting=[100], trustee="别家")
    amended = actions.AmendPlan.do(association, made, reason="提高缴费", **changed)
    assert (amended.vesting, amended.trustee, amended.employer_amount) == (
        [0, 50, 100],
        trustee.stakeholder.name,
        Decimal(750_000),
    ), "what is common is not changed alone"
    actions.CloseCollective.do(trustee, offered, reason="名额已满")
    with pytest.raises(NotNow):
        actions.JoinCollective.do(annuities.employer("他企业"), offered, **annuities.own_terms())
    with pytest.raises(NotResponsible):
        actions.OpenCollective.do(trustee, annuities.offered(trustee, name="第二个"))
    assert actions.RefuseCollective.do(examiner, annuities.offered(trustee, name="第三个"), reason="费用不清").state == "refused"


@pytest.mark.parametrize("vesting", [[50, 25, 100], [0] * 9 + [100], [0, 50]])
def test_the_table_of_a_collective_plan_is_checked_when_it_is_offered(vesting):
    with pytest.raises(Refused) as refused:
        annuities.offered(vesting=vesting)
    assert refused.value.field == "vesting"


def test_only_pension_companies_offer_and_only_public_bodies_register():
    with pytest.raises(Refused):
        annuities.offered(annuities.employer())
    with pytest.raises(NotResponsible):
        annuities.occupational(annuities.employer())


def hand_in(who, rows, action):
    made = action.do(who, file=imports.file_of(rows))
    imports.work()
    made.refresh_from_db()
    return made


def test_an_occupational_annuity_is_written_down_earns_and_is_paid_in_before_it_is_paid_out():
    plan = annuities.occupational()
    unit, who = care.Acting(plan.employer), annuities.member()
    assert (plan.state, plan.employer_rate, plan.employer_amount, plan.staff_amount, plan.vesting) == (
        "in-force",
        8,
        Decimal(320_000),
        Decimal(160_000),
        [100],
    )
    with pytest.raises(Refused):
        annuities.occupational(unit)
    with pytest.raises(NotNow):
        actions.AmendPlan.do(unit, plan, reason="x", **annuities.terms())
    agency = care.Acting(care.stakeholder("government", "government-authority", "示例社保经办"))
    actions.NameParties.do(unit, plan, **dict.fromkeys(actions.parties.PARTIES) | {"keeper": agency.stakeholder})
    account = annuities.account(plan)
    month = f"{today().replace(day=1) - timedelta(days=1):%Y-%m}"
    row = {"account": account.reference, "month": month, "employer_amount": "800", "own_amount": "400"}
    assert (2, "own_amount", "other-ratio") in imports.problems(
        hand_in(unit, [row | {"own_amount": "300"}], actions.ImportAnnuityContributions)
    )
    done = imports.apply(unit, hand_in(unit, [row], actions.ImportAnnuityContributions))
    assert done.state == "applied", imports.problems(done)
    imports.apply(agency, hand_in(agency, [row | {"employer_amount": "8", "own_amount": "5"}], actions.ImportAnnuityReturns))
    balance = account.balance()
    assert (balance.employer, balance.booked, balance.own, balance.unvested) == (Decimal(808), Decimal(808), Decimal(405), 0)
    account = actions.EndEmployment.do(unit, account, left_on=today(), cause="retires")
    wish = actions.AskForPayout.do(who, account, occasion="retirement", way="monthly")
    with pytest.raises(Refused, match="written down"):
        actions.GrantPayout.do(agency, wish)
    with pytest.raises(NotResponsible):
        actions.ConfirmFunding.do(unit, account)
    actions.ConfirmFunding.do(agency, account)
    with pytest.raises(Refused):
        actions.ConfirmFunding.do(agency, account)
    assert actions.GrantPayout.do(agency, wish).granted_amount == Decimal(1213)
    assert account.balance().booked == 0


def test_an_enterprise_plan_cannot_be_written_down_even_for_the_database():
    from django.db import IntegrityError, transaction

    made = annuities.plan()
    for change in ({"is_notional": True}, {"agreed_on": None}, {"consent": None}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Plan.objects.filter(pk=made.pk).update(**change)


def sent(**changed):
    """What a browser sends."""
    told = annuities.terms() | changed
    return {
        name: ", ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value)
        for name, value in told.items()
    }


def test_a_rate_counts_for_the_amount_it_comes_to(sign_in):
    client = sign_in(people.member(annuities.employer().stakeholder))
    both = client.post(
        "/annuities/do/file-plan/", sent(employer_rate="7", employer_amount="650000"), headers={"accept-language": "en"}
    )
    assert both.status_code == 422 and "do not say the same" in both.content.decode()
    neither = client.post("/annuities/do/file-plan/", sent(employer_amount=""), headers={"accept-language": "en"})
    assert neither.status_code == 422 and "Fill in the rate or the amount" in neither.content.decode()
    above = client.post(
        "/annuities/do/file-plan/",
        sent(employer_rate="8", employer_amount="", staff_rate="4.5", staff_amount=""),
        headers={"accept-language": "en"},
    )
    assert above.status_code == 422 and "12.5 %; at most 12 %" in above.content.decode() and not Plan.objects.exists()
    assert (
        client.post(
            "/annuities/do/file-plan/", sent(employer_rate="7", employer_amount="", staff_rate="4", staff_amount="400000")
        ).status_code
        == 302
    )
    made = Plan.objects.get()
    assert (made.employer_amount, made.staff_amount) == (Decimal(700_000), Decimal(400_000))
    page = client.get(made.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "700,000.00 (7 per cent of the payroll)" in page
    made = actions.TakeEffect.do(CLOCK, made)
    form = actions.AmendPlan.form(care.Acting(made.employer), made, initial=actions.AmendPlan.initial(None, made))
    assert form.initial["employer_rate"] == 7 and form.initial["employer_amount"] is None, (
        "whoever changes the rate does not have to change the amount"
    )


def test_terms_are_looked_at_without_being_sent_also_without_a_script(sign_in):
    client = sign_in(people.member(annuities.employer().stakeholder))
    page = client.get("/annuities/do/file-plan/", headers={"accept-language": "en"}).content.decode()
    assert "<noscript>" in page and 'name="check"' in page
    half = {"name": "我的方案", "payroll": "10000000", "employer_rate": "8", "staff_amount": "450000", "check": "1", "once": "k"}
    looked = client.post("/annuities/do/file-plan/", half, headers={"accept-language": "en"})
    told = looked.content.decode()
    assert (
        looked.status_code == 200
        and "12.5 %; at most 12 %" in told
        and "8 %; at most 8 %" in told
        and told.count("cannot tell yet") == 2
    )
    assert "我的方案" in told and 'value="450000"' in told and "govuk-error-summary" not in told, (
        "nothing typed is lost, and nothing is scolded that is still empty"
    )
    assert not Plan.objects.exists()
    offered = actions.OpenCollective.do(annuities.examiner(), annuities.offered())
    joined = client.post(
        f"{offered.get_absolute_url()}join-collective/", {"payroll": "100", "check": "1"}, headers={"accept-language": "en"}
    ).content.decode()
    assert "2 years; at most 8 years" in joined, "the table is the collective plan's"


def test_what_is_paid_into_an_occupational_annuity(client):
    found = client.get("/api/annuities/occupational/", {"base": "10000", "years": "20", "returns": "3"}).json()
    assert (found["values"]["unit"], found["values"]["person"]) == ("800.00", "400.00")
    assert {one["mark"] for one in found["parameters"]} == {"unverified"}
    assert Decimal(found["values"]["low"]) < Decimal(found["values"]["grown"]) < Decimal(found["values"]["high"])
    assert "400.00" in client.get("/annuities/occupational/?base=10000&years=20&returns=3").content.decode()
    assert Account.objects.count() == Entry.objects.count() == 0
