"""The pure rules of plans: golden values, and what holds whatever the numbers."""

from __future__ import annotations

from decimal import Decimal

import pytest
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


def test_the_years_shown_are_those_until_the_whole_has_vested():
    found = {check.code: check for check in plans.checks(Terms(vesting=[0, 25, 50, 75, 100]), CAPS)}
    assert (found["vesting"].found, found["vesting"].limit, found["vesting"].is_kept) == (Decimal(4), Decimal(8), True)
    assert next(check for check in plans.checks(Terms(vesting=[100]), CAPS) if check.code == "vesting").found == 0
    late = next(check for check in plans.checks(Terms(vesting=[0] * 9 + [100]), CAPS) if check.code == "vesting")
    assert (late.found, late.is_kept) == (Decimal(9), False)
    empty = next(check for check in plans.checks(Terms(vesting=[]), CAPS) if check.code == "vesting")
    assert (empty.found, empty.is_kept) == (0, False)


def test_the_shares_found_are_told_with_their_limits():
    told = plans.checks(Terms(Decimal(1000), Decimal(70), Decimal(40), Decimal(50), Decimal(20)), CAPS)
    assert [(one.code, one.found, one.limit) for one in told[:3]] == [
        ("employer", Decimal("0.07"), Decimal("0.08")), ("total", Decimal("0.11"), Decimal("0.12")), ("multiple", Decimal("2.5"), Decimal(5)),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("table", "longest", "faults"),
    [
        ([], 8, ["incomplete"]), ([0, 50], 8, ["incomplete"]), ([101, 100], 8, ["range", "falling"]), ([-1, 100], 8, ["range"]), ([0, 60, 40, 100], 8, ["falling"]),
        ([0, 0, 100, 100], 3, []), ([0, 0, 100, 100], 2, ["late"]),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_table_is_named(table, longest, faults):
    assert plans.vesting_faults(table, longest) == faults


def test_what_has_vested_by_year_and_what_a_plan_costs():
    assert [plans.vested([0, 25, 100], years) for years in (-1, 0, 1, 2, 3)] == [0, 0, 25, 100, 100]
    assert plans.amount_of(Decimal(1000), Decimal("7.5")) == Decimal("75.00")
    assert (plans.to_fen(Decimal("0.005")), plans.to_fen(Decimal("0.0049"))) == (Decimal("0.01"), Decimal("0.00"))
    assert plans.on_leaving(Decimal("100.01"), Decimal(40), 50) == (Decimal("90.01"), Decimal("50.00"))
    cost = plans.cost(Decimal(120_000), 10, Decimal("0.08"), Decimal("0.04"))
    assert (cost.employer, cost.staff, cost.employer_share, cost.total_share, cost.monthly) == (Decimal(9600), Decimal(4800), Decimal("0.08"), Decimal("0.12"), Decimal(120))
    assert (plans.grown(Decimal(100), 2, Decimal(0)), plans.grown(Decimal(100), 1, Decimal("0.12"))) == (Decimal(2400), Decimal("1264.65"))
