"""The pure rules of accounts: what belongs to a member, when, and what may be drawn."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from programs.annuities.rules import accounts
from programs.annuities.rules.accounts import Balance
from programs.annuities.vocabulary import Cause, Occasion, Way

TABLE = [0, 25, 50, 75, 100]
money = st.decimals(min_value=0, max_value=10**8, places=2)


@pytest.mark.parametrize(
    ("first", "last", "years"),
    [(date(2020, 3, 1), date(2024, 2, 29), 3), (date(2020, 3, 1), date(2024, 3, 1), 4), (date(2020, 2, 29), date(2021, 2, 28), 0), (date(2020, 2, 29), date(2021, 3, 1), 1), (date(2024, 1, 1), date(2023, 1, 1), 0)],
)  # fmt: skip
def test_only_completed_years_count(first, last, years):
    assert accounts.full_years(first, last) == years


def test_the_table_counts_only_for_whoever_changes_the_job():
    asked = (TABLE, date(2024, 1, 1), date(2026, 6, 1))
    assert accounts.percent_at_end(Cause.CHANGES, *asked) == 50
    assert {accounts.percent_at_end(cause, *asked) for cause in Cause if cause != Cause.CHANGES} == {100}


def test_the_next_step_skips_years_in_which_nothing_changes():
    assert accounts.next_step([0, 0, 40, 40, 100], date(2024, 2, 29), date(2026, 3, 1)) == (date(2028, 2, 29), 100)
    assert accounts.next_step([0, 0, 40], date(2024, 2, 29), date(2024, 3, 1)) == (date(2026, 3, 1), 40)
    assert accounts.next_step(TABLE, date(2000, 1, 1), date(2026, 1, 1)) is None


def test_each_occasion_has_a_way_and_each_way_an_occasion():
    assert all(any(accounts.suits(occasion, way) for way in Way) for occasion in Occasion)
    assert all(any(accounts.suits(occasion, way) for occasion in Occasion) for way in Way)
    assert not accounts.suits("new-plan", "once")


def test_an_occupational_annuity_is_eight_and_four_per_cent():
    assert accounts.notional(Decimal(10_000), unit=Decimal("0.08"), person=Decimal("0.04")) == (Decimal("800.00"), Decimal("400.00"))


@given(money, money, st.integers(0, 100))
def test_nothing_is_lost_between_vested_and_unvested(employer, own, percent):
    balance = Balance(employer, own, percent)
    assert balance.members + balance.unvested == balance.total
    assert 0 <= balance.vested <= employer + Decimal("0.01")


@given(money, money, st.data())
def test_payments_take_out_what_was_paid_and_never_more_than_there_is(employer, own, data):
    balance = Balance(employer, own)
    if balance.total:
        amount = data.draw(st.decimals(min_value=Decimal("0.01"), max_value=balance.total, places=2))
        of_employer, of_own = accounts.taken(balance, amount)
        assert of_employer + of_own == amount
        assert 0 <= of_employer <= employer
        assert 0 <= of_own <= own
    for wrong in (balance.total + 1, Decimal(0), Decimal(-1)):
        with pytest.raises(ValueError, match="more than there is"):
            accounts.taken(balance, wrong)


@given(st.lists(st.tuples(st.integers(2000, 2030), st.sampled_from(["contribution", "returns", "carried-in"]), money, money)))
def test_the_last_year_s_total_is_everything(entries):
    found = accounts.by_year(entries)
    assert [one.year for one in found] == sorted({one[0] for one in entries})
    assert (found[-1].total if found else 0) == sum(one[2] + one[3] for one in entries)


def test_year_by_year_each_kind_stands_in_its_own_column():
    """Contributions are no returns, and what went out is taken off."""
    entries = [
        (2024, "contribution", Decimal(1000), Decimal(400)), (2024, "returns", Decimal(30), Decimal(12)), (2024, "carried-in", Decimal(0), Decimal(50)),
        (2025, "returns", Decimal(-7), Decimal(-3)), (2025, "paid", Decimal(-200), Decimal(-80)), (2025, "forfeited", Decimal(-100), Decimal(0)),
        (2027, "carried-out", Decimal(-723), Decimal(-379)),
    ]  # fmt: skip
    assert accounts.by_year(entries) == [
        accounts.Year(2024, Decimal(1000), Decimal(450), Decimal(42), Decimal(0), Decimal(1492)),
        accounts.Year(2025, Decimal(0), Decimal(0), Decimal(-10), Decimal(380), Decimal(1102)),
        accounts.Year(2027, Decimal(0), Decimal(0), Decimal(0), Decimal(1102), Decimal(0)),
    ]


@pytest.mark.parametrize(
    ("table", "day", "step"),
    [
        (TABLE, date(2020, 3, 1), (date(2021, 3, 1), 25)), (TABLE, date(2021, 2, 28), (date(2021, 3, 1), 25)), (TABLE, date(2021, 3, 1), (date(2022, 3, 1), 50)),
        (TABLE, date(2023, 12, 31), (date(2024, 3, 1), 100)), (TABLE, date(2024, 3, 1), None), ([0, 0, 0, 100], date(2020, 3, 1), (date(2023, 3, 1), 100)),
        ([100], date(2020, 3, 1), None),
    ],
)  # fmt: skip
def test_the_next_step_of_vesting_is_the_next_year_in_which_more_belongs_to_the_member(table, day, step):
    assert accounts.next_step(table, date(2020, 3, 1), day) == step


def test_after_a_leap_day_the_year_is_full_on_the_first_of_march():
    assert accounts.next_step([0, 100], date(2024, 2, 29), date(2024, 3, 1)) == (date(2025, 3, 1), 100)
    assert accounts.next_step([0, 0, 0, 0, 100], date(2024, 2, 29), date(2024, 3, 1)) == (date(2028, 2, 29), 100)


def test_what_is_held_is_in_no_part_and_heirs_get_what_there_was():
    balance = Balance(Decimal("750.00"), Decimal(400), held=Decimal(250))
    assert (balance.total, balance.members, balance.unvested, balance.held) == (Decimal(1150), Decimal(1150), 0, Decimal(250))
    assert accounts.due_to_heir(Decimal("100.01"), Decimal(0), Decimal(0), Decimal(50)) == Decimal("50.01")
    assert accounts.due_to_heir(Decimal(50), Decimal("50.01"), Decimal(0), Decimal(50)) == Decimal(50)
    assert accounts.due_to_heir(Decimal(50), Decimal(50), Decimal(50), Decimal(50)) == 0
    assert accounts.due_to_heir(Decimal(50), Decimal(50), Decimal(60), Decimal(50)) == 0
    assert accounts.worth(Decimal(1000), Decimal(400), 75) == (Decimal(1150), Decimal(1400))
    assert accounts.taken(Balance(Decimal(300), Decimal(100)), Decimal(40)) == (Decimal(30), Decimal(10))


@pytest.mark.parametrize("way", ["monthly", "instalments", "once", "product"])
def test_retirement_and_the_loss_of_all_ability_to_work_have_the_same_four_ways(way):
    assert accounts.suits("retirement", way) and accounts.suits("incapacity", way)
    assert accounts.suits("abroad", way) is (way == "once")
