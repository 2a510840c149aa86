"""What the page of entitlements says of annuities: yours today, what would go back, what nobody can tell."""

from __future__ import annotations

from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.clocks.now import today
from governance.entitlements.contract import Amount, Asked, Person
from governance.entitlements.vocabulary import Standing
from programs.annuities import actions, entitlements
from tests.factories import annuities, care, people

pytestmark = pytest.mark.django_db


def told(who, **facts):
    person = Person(who.stakeholder)
    with CaptureQueriesContext(connection) as asked:
        held = entitlements.read(person, today())
    assert len(asked) <= 2
    with CaptureQueriesContext(connection) as asked:
        found = list(entitlements.lines(Asked(person, today(), facts), held))
    assert not asked.captured_queries, "the lines are pure: what if is tried as often as one likes"
    return found


def test_without_an_account_nobody_can_tell_and_it_says_who_can():
    line = told(annuities.member())[0]
    assert line.standing == Standing.CANNOT_TELL and line.accrued is None and "employer" in str(line.lacks[0].holder)


def test_what_is_yours_today_and_what_would_go_back(sign_in):
    who = annuities.member()
    account = annuities.account()  # three full years: 75 %
    assert told(who)[0].standing == Standing.CANNOT_TELL and told(who)[0].accrued is None, "nothing entered is not nought"
    annuities.paid(account, months=2)
    line = told(who)[0]
    assert (line.standing, line.accrued.low, line.estimate.low, line.estimate.high) == (
        Standing.ACCRUING,
        Decimal(2300),
        Decimal(2300),
        Decimal(2800),
    )
    assert "500.00 yuan" in line.warnings[0] and line.record == account.reference and "100 per cent" in line.moments[0].words
    leaves = told(who, job="nothing")[0]
    assert leaves.estimate == Amount.exactly(Decimal(2300), "yuan") and not leaves.moments
    page = sign_in(people.user(who.stakeholder), "").get("/me/entitlements/", headers={"accept-language": "en"}).content.decode()
    assert account.reference in page and "2,300" in page


def test_from_leaving_to_the_payout():
    who, plan = annuities.member(), annuities.in_force()
    keeper = annuities.run_by(plan)["keeper"]
    account = annuities.account(plan)
    annuities.paid(account)
    account = actions.EndEmployment.do(care.Acting(plan.employer), account, left_on=today(), cause="changes")
    assert told(who)[0].standing == Standing.HAVE and "carried over" in told(who)[0].sentence
    assert "250.00 yuan of the employer’s part are held" in told(who)[0].warnings[0] and told(who)[0].accrued == Amount.exactly(Decimal(1150), "yuan")
    type(account).objects.filter(pk=account.pk).update(cause="retires")
    assert told(who)[0].standing == Standing.UNCLAIMED
    wish = actions.AskForPayout.do(who, account, occasion="retirement", way="monthly")
    assert told(who)[0].standing == Standing.HAVE and "asked" in told(who)[0].sentence
    actions.GrantPayout.do(keeper, wish)
    assert "granted" in told(who)[0].sentence


def test_what_is_only_written_down_is_told(sign_in):
    who = annuities.member()
    account = annuities.account(annuities.occupational())
    annuities.paid(account, employer=800, own=400)
    account.entries.model.objects.bulk_create(
        [
            account.entries.model(
                account=account, kind="returns", month=today().replace(day=1), employer_amount=9, own_amount=1, booked_amount=9
            )
        ]
    )
    line = told(who)[0]
    assert (
        line.key.startswith("occupational-annuity")
        and line.accrued.low == Decimal(1210)
        and "9.00 yuan are only written down" in line.warnings[0]
    )
