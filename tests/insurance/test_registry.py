"""Spells of work, accounts, and who sees what of them."""

from datetime import date

import pytest
from django.urls import reverse

from governance.actions import NotVisible, Refused
from governance.stakeholders.models import Delegation
from programs.insurance import actions
from programs.insurance.models import Claim, Contribution, Insured, Spell, Statement, Transfer
from tests.factories import care, insurance, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_platform_declares_a_worker_and_the_office_registers_within_ten_days():
    platform = insurance.employer("enterprise-platform")
    _who, account = insurance.person_with_account()
    data = {"sort": "platform", "branches": ["injury"], "base": 6000, "since": date(2026, 11, 1)}
    with pytest.raises(Refused):
        actions.DeclareSpell.do(platform, account="CB-0", **data)
    declared = actions.DeclareSpell.do(platform, account=account.reference, **data)
    assert [clock.rule.code for clock in declared.clocks.all() if clock.is_open] == ["insurance.register-declared"], "ten working days by law are for a person's own application"
    registered = actions.RegisterSpell.do(insurance.agency(), declared)
    assert (registered.state, list(Spell.objects.by_sort())) == ("registered", [("platform", 1)])
    assert not [clock for clock in registered.clocks.all() if clock.is_open]
    with pytest.raises(Refused):
        actions.EndSpell.do(platform, registered, until=None)
    assert actions.EndSpell.do(platform, registered, until=date(2026, 11, 30)).state == "ended"


def test_who_works_for_oneself_joins_alone_and_may_be_refused():
    who, account = insurance.person_with_account()
    joined = actions.WorkForMyself.do(who, account, base=5000, since=date(2026, 11, 1))
    assert (joined.sort, joined.employer, joined.branches) == ("flexible", None, ["pension", "medical"])
    assert [clock.rule.code for clock in joined.clocks.all() if clock.is_open] == ["SI_REGISTER"]
    assert actions.RefuseSpell.do(insurance.agency(), joined, reason="基数低于下限").state == "refused"


def test_what_was_asked_for_is_taken_back_or_refused():
    who, account = insurance.person_with_account()
    first = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    assert actions.WithdrawTransfer.do(who, first).state == "withdrawn"
    second = actions.AskForTransfer.do(who, account, area=care.area(care.COUNTY, "示例县"))
    assert actions.RefuseTransfer.do(insurance.agency(care.COUNTY), second, reason="不符合条件").state == "refused"
    claim = actions.ClaimBenefit.do(who, account, kind="maternity", words="")
    assert actions.WithdrawClaim.do(who, claim).state == "withdrawn"


@pytest.fixture
def world():
    """Two of each, who have nothing to do with each other."""
    mine, account = insurance.person_with_account()
    employer = insurance.employer()
    spell = insurance.spell(account, employer)
    stated = insurance.statement(employer)
    claim = actions.ClaimBenefit.do(mine, account, kind="pension", words="")
    transfer = actions.AskForTransfer.do(mine, account, area=care.area(care.COUNTY, "示例县"))
    return {"person": mine, "employer": employer, "account": account, "spell": spell, "statement": stated, "claim": claim, "transfer": transfer}


SEES = {
    "the person": {"account", "spell", "claim", "transfer"},
    "the employer": {"spell", "statement"},
    "the office here": {"account", "spell", "statement", "claim", "transfer"},
    "the office of the new place": {"transfer"},
    "another person": set(),
    "another employer": set(),
    "an office elsewhere": set(),
    "an office without a duty": set(),
}


def reader(name, world):
    return {
        "the person": lambda: world["person"], "the employer": lambda: world["employer"], "the office here": lambda: insurance.agency(care.DISTRICT),
        "the office of the new place": lambda: insurance.agency(care.COUNTY), "another person": lambda: insurance.person_with_account()[0],
        "another employer": insurance.employer, "an office elsewhere": lambda: insurance.agency("990181000000"),
        "an office without a duty": lambda: care.Acting(insurance.agency(care.DISTRICT).stakeholder),
    }[name]()  # fmt: skip


@pytest.mark.parametrize("name", SEES)
def test_nobody_sees_what_is_not_theirs(name, world, client):
    who = reader(name, world)
    models = {"account": Insured, "spell": Spell, "statement": Statement, "claim": Claim, "transfer": Transfer}
    seen = {key for key, model in models.items() if model.objects.visible_to(who).filter(pk=world[key].pk).exists()}
    assert seen == SEES[name]
    user = people.user(who.stakeholder) if who.kind == "citizen" else people.member(who.stakeholder)
    for held in who.duties:
        people.mandate(who.stakeholder, held.duty, held.start)
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["acting_for"] = "" if who.kind == "citizen" else f"m{user.memberships.get().pk}"
    session.save()
    for key, model in models.items():
        for address in (world[key].get_absolute_url(), reverse(f"api:insurance-{model._meta.model_name}-detail", args=[world[key].pk])):
            assert client.get(address).status_code == (200 if key in SEES[name] else 404), (key, address)


def test_a_delegate_reads_the_account_as_far_as_was_agreed(world, client):
    daughter = people.user()
    person = world["person"].stakeholder
    client.force_login(daughter, backend=BACKEND)
    address = world["account"].get_absolute_url()
    assert client.get(address).status_code == 404
    made = Delegation.objects.create(
        principal=person, delegate=daughter.person, area=person.area, delegate_email=daughter.email, scopes=["insurance"], starts_on=date(2026, 1, 1), state="accepted"
    )
    session = client.session
    session["acting_for"] = f"d{made.pk}"
    session.save()
    assert client.get(address).status_code == 200


def test_my_account_shows_months_and_fills_the_calculators(world, client):
    account = world["account"]
    for year, months in ((2024, 12), (2025, 7)):
        for month in range(1, months + 1):
            Contribution.objects.create(insured=account, payer=world["employer"].stakeholder, month=date(year, month, 1), paid_on=date(year, month, 20), branch="pension", base=8000, employer_part=1280, person_part=640)
    Contribution.objects.create(insured=account, payer=insurance.employer().stakeholder, month=date(2025, 7, 1), paid_on=date(2025, 7, 20), branch="pension", base=8000, employer_part=1280, person_part=640)
    client.force_login(people.user(world["person"].stakeholder), backend=BACKEND)
    answer = client.get(reverse("insurance:mine"), follow=True)
    assert [(row["year"], row["months"]) for row in answer.context["years"]] == [(2024, 12), (2025, 7)]
    assert answer.context["total"] == 19, "a month paid twice counts once"
    assert b"<svg" in answer.content
    form = client.get(reverse("insurance:pension")).context["form"]
    assert (form.initial["paid_years"], form.initial["paid_months"], form.initial["balance"]) == (1, 7, 640 * 20)
    born = client.get(reverse("insurance:retirement")).context["form"].initial
    assert (born["year"], born["month"]) == (1984, 7)
    client.force_login(people.user(), backend=BACKEND)
    assert client.get(reverse("insurance:mine")).status_code == 200
    assert "paid_years" not in client.get(reverse("insurance:pension")).context["form"].initial


def test_employer_and_office_have_their_pages(world, client):
    for who, address in ((world["employer"], "insurance:employer"), (insurance.agency(), "insurance:office")):
        user = people.member(who.stakeholder)
        for held in who.duties:
            people.mandate(who.stakeholder, held.duty, held.start)
        client.force_login(user, backend=BACKEND)
        session = client.session
        session["acting_for"] = f"m{user.memberships.get().pk}"
        session.save()
        assert client.get(reverse(address)).status_code == 200


def test_an_account_of_another_is_never_acted_on(world):
    stranger, _account = insurance.person_with_account()
    with pytest.raises(NotVisible):
        actions.ClaimBenefit.do(stranger, world["account"], kind="medical", words="")


def test_an_account_says_who_has_paid_and_which_months_are_missing(client):
    who, account = insurance.person_with_account()
    first, second = insurance.employer(), insurance.employer()
    insurance.pays(account, first, years=(2021,))
    insurance.pays(account, second, years=(2023, 2024))
    rows = Contribution.objects.of(account).by_payer()
    assert [(row["payer"], row["months"], row["first"], row["last"], row["person"]) for row in rows] == [
        (second.stakeholder_id, 24, date(2023, 1, 1), date(2024, 12, 1), 24 * 640), (first.stakeholder_id, 12, date(2021, 1, 1), date(2021, 12, 1), 12 * 640),
    ]  # fmt: skip
    client.force_login(people.user(who.stakeholder), backend=BACKEND)
    page = client.get(account.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "Months without a contribution in between" in page and "2021-01 – 2021-12" in page and "15,360" in page
