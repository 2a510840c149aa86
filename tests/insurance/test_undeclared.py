"""A month that the employer did not declare: billed by the month before (Social Insurance Law art. 62), until it is declared."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction

from governance.actions import NotNow, NotVisible, Refused
from programs.insurance import actions
from programs.insurance.models import Statement
from programs.insurance.rules import arrears
from programs.insurance.rules.arrears import Payment
from tests.factories import insurance
from tests.insurance.test_pages import signed_in

D = Decimal
SEPTEMBER, OCTOBER, NOVEMBER = (date(2026, month, 1) for month in (9, 10, 11))
DUE = date(2026, 11, 20)

pytestmark = pytest.mark.django_db


@pytest.fixture
def boss():
    insurance.local_values()
    return insurance.employer()


def bill(boss, month=NOVEMBER, due_on=date(2026, 12, 20), **fields):
    return actions.BillUndeclaredMonth.do(insurance.agency(), employer=boss.stakeholder, month=month, due_on=due_on, reason="未申报", **fields)


def test_one_sum_bears_the_fee_of_its_own_days():
    due = date(2026, 10, 25)
    owed = arrears.undeclared(D("5440.05"), D("1.10"), [Payment(date(2026, 10, 20), D(1000)), Payment(date(2026, 10, 27), D(9000))], 2)
    assert (owed.due, owed.covered, owed.paid, owed.heads) == (D("5984.06"), D("5984.06"), D(10000), 2), "5,984.055 half up"
    assert owed.late_yuan_days(due) == D("4984.06") * 2


def test_it_is_billed_at_110_percent_of_the_month_before(boss):
    insurance.spell(works_for=boss)
    before = insurance.statement(boss)
    assert before.due_amount == D(2720)
    made = bill(boss)
    assert (made.due_amount, made.head_count, made.missing_count, made.state) == (D("2992.00"), 1, 1, "drawn")
    assert before.reference in made.values and len(made.values) == 2, "it says what it rests on: the law's share and that month"


def test_a_payment_counts_and_it_is_settled_only_once_it_is_declared(boss):
    working = insurance.spell(works_for=boss)
    insurance.statement(boss)
    made, office = bill(boss), insurance.agency()
    for branch, amount in (("pension", 1920), ("medical", 1072)):
        insurance.pay(working.insured, boss, amount, branch=branch, month=NOVEMBER, paid_on=date(2026, 11, 20))
    made = actions.ReconcileStatement.do(office, made)
    assert (made.paid_amount, made.missing_count, made.open_amount) == (D(2992), 0, 0)
    with pytest.raises(NotNow):
        actions.SettleStatement.do(office, made)
    with pytest.raises(NotVisible):
        actions.DeclareMonth.do(insurance.employer(), made)
    made = actions.DeclareMonth.do(boss, made)
    assert (made.billed_by, made.due_amount, made.missing_count) == ("roster", D(2720), 0)
    assert actions.SettleStatement.do(office, made).state == "settled"
    with pytest.raises(NotNow):
        actions.DeclareMonth.do(boss, made)
    with pytest.raises(IntegrityError, match="declared_before_it_is_settled"), transaction.atomic():
        Statement.objects.filter(pk=made.pk).update(billed_by="before")


def test_without_a_month_before_nothing_follows(boss):
    insurance.spell(works_for=boss)
    insurance.statement(boss)
    with pytest.raises(Refused, match="nothing was billed"):
        bill(boss, SEPTEMBER)
    with pytest.raises(Refused, match="not begun"):
        bill(boss, date(2026, 12, 1), date(2027, 1, 10))


def test_nobody_declares_a_month_in_which_nobody_is_registered(boss):
    insurance.spell(works_for=boss, until=date(2026, 10, 31), state="ended")
    insurance.statement(boss)
    made = bill(boss)
    with pytest.raises(Refused, match="Nobody is registered"):
        actions.DeclareMonth.do(boss, made)
    made.refresh_from_db()
    assert (made.billed_by, made.due_amount) == ("before", D("2992.00"))


def test_the_page_says_by_what_it_is_billed(boss, client):
    insurance.spell(works_for=boss)
    before = insurance.statement(boss)
    made = bill(boss)
    signed_in(client, boss)
    page = client.get(made.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert before.get_absolute_url() in page and "2,992" in page and "article 62" in page
