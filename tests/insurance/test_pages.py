"""The pages of the registry, drawn whole for those they are for, in both languages."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse

from programs.insurance import actions
from tests.factories import care, insurance, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
D = Decimal


def signed_in(client, who):
    user = people.member(who.stakeholder)
    for held in who.duties:
        people.mandate(who.stakeholder, held.duty, held.start)
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["acting_for"] = f"m{user.memberships.get().pk}"
    session.save()
    return client


@pytest.fixture
def world():
    """A month in arrears with an overpayment, a late part and a correction; a new base; a rate; an injury that an employer reported."""
    boss = insurance.employer()
    rate = insurance.injury_rate(boss)
    spells = [insurance.spell(works_for=boss, branches=["pension", "medical", "injury"]) for _ in range(2)]
    for spell in spells[:1]:
        insurance.pay(spell.insured, boss, 3000)
        insurance.pay(spell.insured, boss, 800, branch="medical", paid_on=date(2026, 11, 4))
    made = insurance.statement(boss)
    office = insurance.agency()
    actions.FindArrears.do(office, made)
    correction = actions.AskForCorrection.do(
        boss, made, account=spells[0].insured.reference, branch="pension", paid_on=date(2026, 10, 20), employer_part=D(1280), person_part=D(640), reason="多缴"
    )
    base = insurance.new_base(spells[0])
    claim = actions.ReportInjury.do(boss, spells[0], happened_on=date(2026, 10, 1), words="")
    declared = insurance.spell(works_for=boss, state="declared", since=date(2026, 9, 1))
    return {"boss": boss, "records": [rate, *spells, made, correction, base, claim, declared, spells[0].insured], "statement": made, "claim": claim, "spells": spells}


LISTS = ["insurance:office", "insurance:base-list", "insurance:injuryrate-list", "insurance:correction-list", "insurance:spell-list", "insurance:statement-list", "insurance:claim-list"]


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_an_office_sees_every_page(world, client, language):
    signed_in(client, insurance.agency())
    for address in (*map(reverse, LISTS), *(record.get_absolute_url() for record in world["records"] if record is not world["claim"])):
        assert client.get(address, headers={"accept-language": language}).status_code == 200, address
    assert client.get(world["claim"].get_absolute_url()).status_code == 404, "an injury is the administrative department's"
    opens_every_action(client, "statement", world["statement"], insurance.agency())


def opens_every_action(client, model, record, who):
    found = record.__class__.objects.with_actions(who).get(pk=record.pk).available
    assert found
    for action in found:
        assert client.get(reverse(f"insurance:{model}-act", args=[record.pk, action.slug])).status_code == 200, action.slug


@pytest.mark.parametrize("language", ["en", "zh-CN"])
def test_the_department_sees_the_injury_and_where_the_person_works(world, client, language):
    who = insurance.department()
    signed_in(client, who)
    for address in (reverse("insurance:office"), reverse("insurance:claim-list"), world["claim"].get_absolute_url()):
        assert world["claim"].reference in client.get(address, headers={"accept-language": language}).content.decode(), address
    page = client.get(world["claim"].get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "Where the person works and has worked" in page and "within 30 days" in page and "Applied late" in page
    assert "Months of contributions then" not in page, "nothing of an injury depends on them"
    opens_every_action(client, "claim", world["claim"], who)


def test_an_employer_sees_who_is_missing_in_which_branch_and_what_its_own_rate_is(world, client):
    signed_in(client, world["boss"])
    page = client.get(world["statement"].get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "not paid in full" in page and "Late fee until today" in page and "1,080 yuan came in beyond" in page and "Class 2" in page
    assert client.get(reverse("insurance:employer"), headers={"accept-language": "en"}).status_code == 200
    for record in world["records"]:
        if record is not world["spells"][0].insured:
            assert client.get(record.get_absolute_url()).status_code == 200


def test_the_law_s_days_are_told_of_declarations(world, client):
    signed_in(client, insurance.agency())
    late = client.get(world["spells"][0].get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "within 30 days from the first day of work: here until 31 January" in late and "Declared late" in late


def test_an_injury_reported_in_time_is_not_called_late(client):
    boss = insurance.employer()
    spell = insurance.spell(works_for=boss)
    claim = actions.ReportInjury.do(boss, spell, happened_on=date(2026, 11, 24) - timedelta(days=30), words="")
    signed_in(client, boss)
    page = client.get(claim.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "within 30 days" in page and "Applied late" not in page


# Many at once -------------------------------------------------------------------------------------------------------------


def test_what_employers_declared_is_registered_many_at_once(client):
    boss, office = insurance.employer(), insurance.agency()
    spells = [insurance.spell(works_for=boss, state="declared") for _ in range(3)]
    signed_in(client, office)
    address = reverse("insurance:register-many")
    assert client.get(address, headers={"accept-language": "en"}).content.decode().count('name="chosen"') == 3
    done = client.post(address, {"chosen": [spells[0].pk, spells[2].pk], "once": "one"}, follow=True)
    assert done.status_code == 200
    assert [spell.__class__.objects.get(pk=spell.pk).state for spell in spells] == ["registered", "declared", "registered"]
    spell = spells[0].__class__.objects.get(pk=spells[0].pk)
    assert [event.action for event in spell.events.all()] == ["insurance.register-spell"], "each has its own event, as if it had been done alone"


def test_nobody_registers_many_of_what_is_not_theirs(client):
    spell = insurance.spell(state="declared")
    signed_in(client, insurance.agency(care.COUNTY))
    client.post(reverse("insurance:register-many"), {"chosen": [spell.pk, "x", "99999999999999999999"]})
    spell.refresh_from_db()
    assert spell.state == "declared"
    signed_in(client, insurance.employer())
    assert client.get(reverse("insurance:register-many")).status_code == 404
