"""The pure rules of plans: golden values, and what holds whatever the numbers."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from programs.annuities.rules import plans
from programs.annuities.rules.plans import Caps, Terms

CAPS = Caps(Decimal("0.08"), Decimal("0.12"), Decimal(5), 8)
money = st.decimals(min_value=0, max_value=10**9, places=2)
tables = st.lists(st.integers(0, 100), min_size=1, max_size=12)


def kept(**terms) -> dict[str, bool | None]:
    return {check.code: check.is_kept for check in plans.checks(Terms(**terms), CAPS)}


def test_seven_and_four_per_cent_keep_within_the_caps_and_eight_and_four_and_a_half_do_not():
    payroll = Decimal(10_000_000)
    assert kept(payroll=payroll, employer=Decimal(700_000), staff=Decimal(400_000)) == {"employer": True, "total": True, "multiple": None, "vesting": None}
    assert kept(payroll=payroll, employer=Decimal(800_000), staff=Decimal(450_000))["total"] is False
    assert kept(payroll=payroll, employer=Decimal(800_000))["employer"] is True
    assert kept(payroll=payroll, employer=Decimal("800000.01"))["employer"] is False


def test_what_was_not_said_is_not_known_and_never_kept():
    assert set(kept().values()) == {None}
    assert kept(payroll=Decimal(0), employer=Decimal(1))["employer"] is None


def test_one_person_gets_five_times_the_average_at_most():
    assert kept(highest=Decimal(50_000), average=Decimal(10_000))["multiple"] is True
    assert kept(highest=Decimal("50000.01"), average=Decimal(10_000))["multiple"] is False


def test_the_deductible_part_of_one_s_own_contribution():
    assert plans.deductible(Decimal(40_000), Decimal(12_000), part=Decimal("0.04"), multiple=Decimal(3)) == Decimal("1440.00")
    assert plans.deductible(Decimal(8_000), Decimal(12_000), part=Decimal("0.04"), multiple=Decimal(3)) == Decimal("320.00")


@given(tables)
def test_a_table_without_faults_rises_to_a_hundred_within_eight_years(table):
    if not plans.vesting_faults(table, 8):
        shares = [plans.vested(table, years) for years in range(-1, 15)]
        assert shares == sorted(shares)
        assert shares[9] == 100
    assert plans.vesting_faults([100], 8) == []
    assert "late" in plans.vesting_faults([0] * 9 + [100], 8)


@given(money, money, st.integers(0, 100))
def test_nothing_is_lost_when_somebody_leaves(employer, own, percent):
    takes, back = plans.on_leaving(employer, own, percent)
    assert takes + back == employer + own
    assert own <= takes <= employer + own


@given(st.decimals(min_value=1, max_value=10**5, places=2), st.integers(1, 50), st.decimals(min_value=0, max_value=Decimal("0.2"), places=3))
def test_more_return_is_never_less_and_no_return_is_the_sum(monthly, years, rate):
    assert plans.grown(monthly, years, Decimal(0)) == monthly * years * 12
    assert plans.grown(monthly, years, rate) >= monthly * years * 12
