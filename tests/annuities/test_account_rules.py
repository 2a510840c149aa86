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
