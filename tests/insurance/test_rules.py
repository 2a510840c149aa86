"""Rules of basic insurance: the published examples, and what must hold for everybody."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.catalogue import loading
from programs.insurance.rules import arrears, contributions, interest, pension, projection, retirement, working
from programs.insurance.rules.retirement import Minimum, Month, Schedule

PACKAGED = [row for _number, row in loading._rows("parameters") if row["program"] == "employee-pension"]


def latest(key: str):
    """The packaged value that is in force now."""
    return next(row["value"] for row in PACKAGED if row["key"] == key and "effective_until" not in row)


GROUPS = {name: Schedule.of(latest(f"retirement-age.{name}")) for name in ("men", "women-55", "women-50")}
MINIMUM = Minimum.of(latest("minimum-months"))
DIVISORS = pension.divisors_of(latest("divisor-months"))
ACCRUAL = Decimal(latest("pension.accrual"))
GOLDEN = [
    ("men", "1964-12", 0, (60, 0), "2024-12"), ("men", "1965-01", 1, (60, 1), "2025-02"), ("men", "1965-04", 1, (60, 1), "2025-05"),
    ("men", "1965-05", 2, (60, 2), "2025-07"), ("men", "1970-01", 16, (61, 4), "2031-05"), ("men", "1972-09", 24, (62, 0), "2034-09"),
    ("men", "1976-08", 35, (62, 11), "2039-07"), ("men", "1976-09", 36, (63, 0), "2039-09"),
    ("women-55", "1970-01", 1, (55, 1), "2025-02"), ("women-55", "1971-04", 4, (55, 4), "2026-08"), ("women-55", "1975-06", 17, (56, 5), "2031-11"),
    ("women-55", "1981-08", 35, (57, 11), "2039-07"), ("women-55", "1981-09", 36, (58, 0), "2039-09"),
    ("women-50", "1975-01", 1, (50, 1), "2025-02"), ("women-50", "1975-03", 2, (50, 2), "2025-05"), ("women-50", "1980-06", 33, (52, 9), "2033-03"),
    ("women-50", "1984-10", 59, (54, 11), "2039-09"), ("women-50", "1984-11", 60, (55, 0), "2039-11"),
]  # fmt: skip
births = st.integers(1950 * 12, 2010 * 12).map(Month)
groups = st.sampled_from(list(GROUPS))


@pytest.mark.parametrize(("group", "born", "delay", "age", "retires"), GOLDEN)
def test_retirement_ages(group, born, delay, age, retires):
    schedule = GROUPS[group]
    assert retirement.delay(Month.of(born), schedule) == delay
    assert divmod(retirement.statutory_age(Month.of(born), schedule), 12) == age
    assert str(retirement.statutory_month(Month.of(born), schedule)) == retires


@given(births, groups)
def test_who_is_born_later_never_retires_earlier(born, group):
    schedule = GROUPS[group]
    here, next_month = (retirement.statutory_age(month, schedule) for month in (born, born.plus(1)))
    assert schedule.original_age <= here <= next_month <= here + 1 <= schedule.original_age + schedule.longest_delay + 1
    found = retirement.window(born, schedule, earlier_by=36, later_by=36)
    assert born.plus(schedule.original_age) <= found.earliest <= found.statutory < found.latest
    assert found.statutory.number - found.earliest.number <= 36


def test_the_whole_schedule_is_what_each_birth_gives():
    """The annexes as printed: 36, 36 and 60 steps, without a gap, each with the age of every birth in it."""
    assert {name: len(retirement.steps(schedule)) for name, schedule in GROUPS.items()} == {"men": 36, "women-55": 36, "women-50": 60}
    for schedule in GROUPS.values():
        found = retirement.steps(schedule)
        assert all(one.last.plus(1) == following.first for one, following in pairwise(found)) and found[-1].last is None
        for one in found:
            for born in (one.first, one.last or one.first.plus(100)):
                assert (retirement.delay(born, schedule), retirement.statutory_age(born, schedule)) == (one.delay, one.age)
            assert one.retires[0] == retirement.statutory_month(one.first, schedule)
    assert retirement.steps(Schedule(720)) == []


def test_the_packaged_tables_are_those_of_the_texts():
    """Divisor months, work injury rates and lump sums, duration of unemployment benefit: whole."""
    months = ["233", "230", "226", "223", "220", "216", "212", "207", "204", "199", "195", "190", "185", "180", "175", "170", "164", "158", "152", "145", "139", "132", "125", "117", "109", "101", "93", "84", "75", "65", "56"]
    assert latest("divisor-months") == dict(zip(map(str, range(40, 71)), months, strict=True))
    others = {(row["program"], row["key"]): row["value"] for _number, row in loading._rows("parameters")}
    assert list(others["work-injury", "rates"].values()) == ["0.002", "0.004", "0.007", "0.009", "0.011", "0.013", "0.016", "0.019"]
    assert list(others["work-injury", "floating"].values()) == ["0.50", "0.80", "1.20", "1.50"]
    assert list(others["work-injury", "lump-sum-months"].values()) == ["27", "25", "23", "21", "18", "16", "13", "11", "9", "7"]
    assert list(others["unemployment", "benefit-months"].values()) == ["12", "18", "24"]


@pytest.mark.parametrize(("year", "months"), [(2025, 180), (2029, 180), (2030, 186), (2031, 192), (2038, 234), (2039, 240), (2060, 240)])
def test_least_time_of_contributions(year, months):
    assert retirement.minimum_months(year, MINIMUM) == months


def test_what_is_not_known_is_not_nought():
    assert [retirement.is_enough(paid, 180) for paid in (None, 179, 180)] == [None, False, True]


@pytest.mark.parametrize(("age", "months"), [((60, 0), "139"), ((60, 1), "138.4"), ((50, 1), "194.6"), ((47, 0), "207"), ((70, 0), "56")])
def test_divisors(age, months):
    assert pension.divisor(age[0] * 12 + age[1], DIVISORS) == Decimal(months)


@given(st.integers(40 * 12, 70 * 12 - 1))
def test_who_is_older_divides_by_less(age):
    assert pension.divisor(age, DIVISORS) >= pension.divisor(age + 1, DIVISORS)
    assert pension.divisor(age, DIVISORS, monthly=False) >= pension.divisor(age, DIVISORS)


@pytest.mark.parametrize("age", [39 * 12 + 11, 70 * 12 + 1])
def test_outside_the_table_there_is_no_divisor(age):
    with pytest.raises(pension.NoDivisor):
        pension.divisor(age, DIVISORS)


PENSIONS = [
    ("8000", "0.8", 300, "120000", 720, "1800.00", "863.31", "2663.31"), ("8000", "0.6", 180, "52000", 721, "960.00", "375.72", "1335.72"),
    ("12049", "0.8", 360, "236000", 756, "3253.23", "2017.09", "5270.32"), ("8000", "3.0", 420, "900000", 696, "5600.00", "5921.05", "11521.05"),
]  # fmt: skip


@pytest.mark.parametrize(("wage", "index", "months", "balance", "age", "basic", "account", "total"), PENSIONS)
def test_pensions_of_employees(wage, index, months, balance, age, basic, account, total):
    found = pension.employee_pension(
        wage=Decimal(wage), index=Decimal(index), months=months, balance=Decimal(balance), age=age, accrual=ACCRUAL, divisors=DIVISORS
    )
    assert (found.basic, found.account, found.total) == tuple(map(Decimal, (basic, account, total)))
    if total == "2663.31":
        assert found.share_of(Decimal(8000)) == Decimal("0.3329")


money = st.decimals(0, 1_000_000, places=2)


@given(money, st.decimals("0.6", "3", places=2), st.integers(0, 600), money, st.integers(480, 840))
def test_paying_longer_or_more_never_brings_less(wage, index, months, balance, age):
    def worked_out(**more):
        asked = {"wage": wage, "index": index, "months": months, "balance": balance, "age": age, "accrual": ACCRUAL, "divisors": DIVISORS} | more
        return pension.employee_pension(**asked).total

    assert worked_out() <= min(worked_out(months=months + 1), worked_out(balance=balance + 1), worked_out(index=index + 1))


def test_time_before_accounts_by_the_form_of_beijing():
    """8,000 × 10 years × 1 % + 8,000 × 0.8 × 6 years × 1 %: 800 + 384."""
    rates = {"deemed_rate": Decimal("0.01"), "index_rate": Decimal("0.01")}
    found = pension.transitional_pension(Decimal(8000), Decimal("0.8"), deemed=120, early=72, **rates)
    assert found == Decimal("1184.00")
    assert pension.transitional_pension(Decimal(8000), Decimal("0.8"), deemed=0, early=0, **rates) == 0


def test_a_year_without_a_rate_bears_nothing_and_is_named():
    credited = {2020: Decimal(1000), 2021: Decimal(1000), 2023: Decimal("0.50")}
    found = interest.with_interest(credited, {2020: Decimal("0.06"), 2021: Decimal("0.05"), 2023: Decimal("0.1")}, until=2024)
    assert (found.interest, found.without_rate) == (Decimal("255.00"), (2022,)), "2021: 5 % of 1,000; 2023: 10 % of 2,050"
    assert found.balance == Decimal("2255.50")
    assert interest.with_interest(credited, {}, until=2022).without_rate == (2021,), "in its first year nothing was there yet"
    assert interest.with_interest({}, {}, until=2024).balance == 0


@pytest.mark.parametrize(("since", "may"), [("2000-07-01", False), ("2000-07-02", True), ("2084-07-01", True), ("2084-07-02", False), ("1970-01-01", False)])
def test_between_which_birthdays_work_begins(since, may):
    assert working.may_begin(date(1984, 7, 2), date.fromisoformat(since)) is may


def test_the_birthday_itself_counts():
    assert not working.may_begin(date(2008, 2, 29), date(2024, 2, 28)) and working.may_begin(date(2008, 2, 29), date(2024, 2, 29))
    assert not working.may_begin(date(2010, 3, 1), date(2026, 2, 28)) and working.may_begin(date(2010, 3, 1), date(2026, 3, 1))


def test_pension_of_residents():
    found = pension.residents_pension(basic=Decimal(163), balance=Decimal(30000), divisor_months=Decimal(139))
    assert (found.account, found.total) == (Decimal("215.83"), Decimal("378.83"))


def test_combined_rate():
    rates = {"pension": ("0.16", "0.08"), "medical": ("0.08", "0.02"), "unemployment": ("0.005", "0.005"), "injury": ("0.004", "0")}
    found = contributions.combined({name: (Decimal(e), Decimal(p)) for name, (e, p) in rates.items()})
    assert (found.employer, found.person, found.total) == (Decimal("0.249"), Decimal("0.105"), Decimal("0.354"))


def test_late_fee_and_base():
    fee = Decimal(latest("late-fee"))
    assert arrears.late_fee(Decimal(10000), date(2026, 1, 1), date(2026, 1, 31), fee) == Decimal("150.00")
    assert arrears.late_fee(Decimal(10000), date(2026, 1, 31), date(2026, 1, 1), fee) == 0
    asked = {"floor": Decimal("0.6"), "ceiling": Decimal(3)}
    found = [contributions.base(Decimal(wage), Decimal(8000), **asked) for wage in (3000, 9000, 40000)]
    assert found == [Decimal(4800), Decimal(9000), Decimal(24000)] and all(one <= two for one, two in pairwise(found))


def test_whoever_pays_on_has_more_months_and_more_in_the_account():
    """180 months and 12 more on the whole wage of 8,000: 16 years of one per cent; 10,000 and 12 times 640 by 139."""
    paying = projection.Paying(months=180, balance=Decimal(10_000), wage=Decimal(8000), index=Decimal(1), account_rate=Decimal("0.08"))
    terms = projection.Terms(accrual=Decimal("0.01"), divisors={60: Decimal(139)}, monthly=True)
    come = [projection.projected(paying, n, age=60 * 12, terms=terms) for n in (0, 12)]
    assert [(one.basic, one.account) for one in come] == [
        (Decimal("1200.00"), Decimal("71.94")), (Decimal("1280.00"), Decimal("127.19")),
    ]  # fmt: skip
