"""Members, contributions and returns: from the file into the accounts and back; and what each reader sees on the page."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection

from governance.clocks.now import today
from governance.imports.models import ImportRow
from programs.annuities import actions
from programs.annuities.models import Account, Entry
from tests.factories import annuities, imports, people

pytestmark = pytest.mark.django_db
MONTH = f"{today().replace(day=1) - timedelta(days=1):%Y-%m}"


def hand_in(who, rows, action):
    made = action.do(who, file=imports.file_of(rows))
    imports.work()
    made.refresh_from_db()
    return made


@pytest.fixture
def company():
    return annuities.employer()


@pytest.fixture
def plan(company):
    return annuities.in_force(company)


def members(plan, count=3, **changed):
    joined = (today() - timedelta(days=800)).isoformat()
    return [{"plan": plan.reference, "number": annuities.number(n), "name": f"示例{n}", "joined_on": joined} | changed for n in range(1, count + 1)]


def lines(**changed):
    return [{"account": one.reference, "month": MONTH, "employer_amount": "560", "own_amount": "320.50"} | changed for one in Account.objects.order_by("id")]


@pytest.fixture
def roster(company, plan):
    done = imports.apply(company, hand_in(company, members(plan), actions.ImportAnnuityMembers))
    assert (done.state, done.applied_count) == ("applied", 3), imports.problems(done)
    return done


def test_a_roster_makes_accounts_that_members_find_and_is_taken_back(company, plan):
    who = annuities.member(1)
    done = imports.apply(company, hand_in(company, members(plan), actions.ImportAnnuityMembers))
    assert Account.objects.visible_to(who).get().member == who.stakeholder
    again = hand_in(company, members(plan, name="改名"), actions.ImportAnnuityMembers)
    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 3), "no action of an employer renames a member, so no file does"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM imports_importrow WHERE cells::text LIKE %s", [f"%{annuities.number(1)}%"])
        assert cursor.fetchone()[0] == 0
    assert ImportRow.objects.exists()
    assert imports.undo(company, done).state == "undone"
    assert not Account.objects.exists()


def test_every_bad_row_of_a_roster_is_reported(company, plan):
    good = members(plan, 2)
    elsewhere = annuities.in_force(annuities.employer("他单位"))
    bad = [
        good[0], good[0], good[1] | {"plan": elsewhere.reference}, good[1] | {"number": "123"}, good[1] | {"joined_on": "2099-01-01"}, good[1] | {"name": "", "plan": ""},
    ]  # fmt: skip
    assert imports.problems(hand_in(company, bad, actions.ImportAnnuityMembers)) == {
        (2, "number", "twice"), (3, "number", "twice"), (4, "plan", "no-plan-of-yours"), (5, "number", "no-identity-number"), (6, "joined_on", "not-yet-joined"),
        (7, "name", "required"), (7, "plan", "required"),
    }  # fmt: skip
    assert not Account.objects.exists()


def test_contributions_come_in_once_and_every_bad_row_is_reported(company, roster):
    done = imports.apply(company, hand_in(company, lines(), actions.ImportAnnuityContributions))
    assert (done.state, done.applied_count) == ("applied", 3), imports.problems(done)
    first = Account.objects.order_by("id").first()
    assert (first.balance().employer, first.balance().own) == (Decimal(560), Decimal("320.50"))
    assert hand_in(company, lines(), actions.ImportAnnuityContributions).unchanged_count == 3
    other = annuities.account(annuities.in_force(annuities.employer("他单位")), of=9)
    one = lines()[0]
    bad = [
        one | {"month": "2026-13"}, one | {"month": "2099-01"}, one | {"month": "2001-01"}, one | {"account": other.reference}, one | {"own_amount": "1"},
        one | {"account": "NZ-0", "own_amount": "-1"}, one | {"employer_amount": "x"},
    ]  # fmt: skip
    assert imports.problems(hand_in(company, bad, actions.ImportAnnuityContributions)) == {
        (2, "month", "no-month"), (3, "month", "month-to-come"), (4, "month", "before-joining"), (5, "account", "no-account-of-yours"),
        (6, "month", "twice"), (6, "month", "entered-otherwise"), (7, "account", "no-account-of-yours"), (7, "own_amount", "out-of-range"),
        (8, "month", "twice"), (8, "employer_amount", "not-a-number"),
    }  # fmt: skip
    assert imports.undo(company, done).state == "undone"
    assert not Entry.objects.exists()


def test_contributions_stay_once_somebody_has_left(company, roster):
    done = imports.apply(company, hand_in(company, lines(), actions.ImportAnnuityContributions))
    left = Account.objects.order_by("id").first()
    actions.EndEmployment.do(company, left, left_on=today() - timedelta(days=400), cause="changes")
    assert imports.undo(company, done).state == "applied"
    assert Entry.objects.get(kind="contribution").account == left, "those of the others are taken back"
    assert (2, "month", "after-leaving") in imports.problems(hand_in(company, lines(), actions.ImportAnnuityContributions))


def test_losses_come_in_from_the_keeper_and_from_nobody_else(company, plan, roster):
    keeper = annuities.keeper()
    actions.NameParties.do(company, plan, keeper=keeper.stakeholder)
    rows = lines(employer_amount="-3", own_amount="-1.5")
    stranger = annuities.keeper("他公司")
    assert {code for _line, _column, code in imports.problems(hand_in(stranger, rows, actions.ImportAnnuityReturns))} == {"no-account-of-yours"}
    done = imports.apply(keeper, hand_in(keeper, rows, actions.ImportAnnuityReturns))
    assert done.state == "applied"
    assert Account.objects.order_by("id").first().balance().returns == Decimal("-4.50")


def test_the_page_shows_balances_to_member_and_keeper_and_the_roster_to_the_employer(client):
    who = people.user(annuities.member().stakeholder)
    made = annuities.account()
    annuities.paid(made, employer=1111, own=777, months=14)
    annuities.paid(made, employer=5, own=5, kind="returns")
    keeper = annuities.keeper()
    plan = made.plan
    actions.NameParties.do(annuities.care.Acting(plan.employer), plan, keeper=keeper.stakeholder)
    seen = {}
    for name, user in {"member": who, "employer": people.member(plan.employer), "keeper": people.member(keeper.stakeholder), "stranger": people.user()}.items():
        client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        session["acting_for"] = f"m{user.memberships.get().pk}" if name in {"employer", "keeper"} else ""
        session.save()
        answer = client.get(f"/annuities/accounts/{made.pk}/", headers={"accept-language": "en"})
        seen[name] = (answer.status_code, "What is in the account" in answer.content.decode(), "10,883" in answer.content.decode())
        listed = client.get(f"/api/annuities/accounts/{made.pk}/")
        assert "balance" not in listed.content.decode()
    assert seen == {"member": (200, True, True), "employer": (200, False, False), "keeper": (200, True, True), "stranger": (404, False, False)}
