"""Statements, arrears and the late fee."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.actions import NotNow, NotVisible
from programs.insurance import actions
from programs.insurance.models import Contribution, Spell
from programs.insurance.rules import arrears
from tests.factories import insurance

D = Decimal
RATE = D("0.0005")


def test_late_fee_runs_from_the_day_after_at_five_in_ten_thousand():
    assert arrears.late_fee(D(10000), date(2026, 10, 25), date(2026, 10, 25), RATE) == 0
    assert arrears.late_fee(D(10000), date(2026, 10, 25), date(2026, 10, 26), RATE) == D("5.00")
    assert arrears.late_fee(D(10000), date(2026, 10, 25), date(2026, 11, 24), RATE) == D("150.00")


@given(st.decimals(0, 10**9, places=2), st.integers(0, 4000), st.integers(0, 400))
def test_a_later_day_never_costs_less(amount, days, more):
    due = date(2026, 1, 1)
    assert arrears.late_fee(amount, due, due + timedelta(days=days), RATE) <= arrears.late_fee(amount, due, due + timedelta(days=days + more), RATE)


def test_nothing_is_guessed_for_a_branch_without_a_rate():
    found = arrears.owed([(D(8000), ["pension", "unemployment"]), (D("8000.03"), ["pension"])], {"pension": D("0.24")})
    assert (found.amount, found.heads, found.unknown) == (D("3840.01"), 2, {"unemployment"})


@pytest.mark.django_db
def test_a_statement_is_drawn_reconciled_and_found_in_arrears(monkeypatch):
    employer, office = insurance.employer(), insurance.agency()
    first, second = insurance.spell(works_for=employer), insurance.spell(works_for=employer)
    monkeypatch.setattr("programs.insurance.actions.employers.rates_on", lambda month: {"pension": D("0.24"), "medical": D("0.10")})
    made = insurance.statement(employer)
    assert (made.head_count, made.due_amount, made.paid_amount, made.missing_count) == (2, D(5440), 0, 2)
    Contribution.objects.create(insured=first.insured, payer=employer.stakeholder, month=date(2026, 10, 1), branch="pension", base=8000, employer_part=1280, person_part=640)
    actions.ReconcileStatement.do(employer, made)
    made.refresh_from_db()
    assert (made.paid_amount, made.missing_count, made.open_amount) == (1920, 1, 3520)
    assert [spell.pk for spell in Spell.objects.of_employer(made.employer_id).in_month(made.month).unpaid_among(Contribution.objects.of_payer(made.employer_id, made.month))] == [second.pk]
    with pytest.raises(NotNow):
        actions.SettleStatement.do(office, made)
    assert actions.FindArrears.do(office, made).state == "arrears"
    with pytest.raises(NotVisible):
        actions.ReconcileStatement.do(insurance.employer(), made)
    for spell, branch, parts in ((second, "pension", (1280, 640)), (first, "medical", (640, 160)), (second, "medical", (640, 160))):
        Contribution.objects.create(insured=spell.insured, payer=employer.stakeholder, month=date(2026, 10, 1), branch=branch, base=8000, employer_part=parts[0], person_part=parts[1])
    actions.ReconcileStatement.do(office, made)
    assert actions.SettleStatement.do(office, made).state == "settled"
