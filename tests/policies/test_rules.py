"""The rules of the third tier: golden values, and what holds for all numbers."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from programs.policies.rules import disclosure, group, saving, share
from programs.policies.vocabulary import ProductKind
from tests.factories import policies

D = Decimal
CEILING, WITHDRAWAL = D(12000), D("0.03")
money = some.decimals(0, 1_000_000, places=2)
rates = some.decimals(0, "0.45", places=2)


@pytest.mark.parametrize(("bracket", "relief"), [("0.10", 1200), ("0.03", 360), ("0", 0)])
def test_twelve_thousand_a_year_for_ten_years(bracket, relief):
    found = saving.personal_pension(D(12000), 10, D("0.03"), D(bracket), ceiling=CEILING, withdrawal=WITHDRAWAL)
    assert (found.balance, found.withdrawal_tax, found.relief) == (D("141693.55"), D("4250.81"), D(relief))
    assert (found.gain < 0) == (bracket != "0.10"), "below and at the lowest bracket it costs tax in the end"


@given(money, some.integers(1, 45), rates, rates)
def test_a_personal_pension_never_counts_more_than_the_ceiling(payment, years, rate, bracket):
    found = saving.personal_pension(payment, years, rate, bracket, ceiling=CEILING, withdrawal=WITHDRAWAL)
    assert found.counted <= CEILING and found.counted + found.above == payment
    assert found.balance >= found.counted * years and found.paid_out <= found.balance
    more = saving.personal_pension(payment, years + 1, rate, bracket, ceiling=CEILING, withdrawal=WITHDRAWAL)
    assert more.balance >= found.balance


def test_the_pilot_deducts_the_lower_of_both_and_taxes_seven_and_a_half_per_cent():
    rules = {"share": D("0.06"), "amount": D(1000), "exempt": D("0.25"), "rate": D("0.10")}
    low = saving.tax_deferred(D(900), D(10000), D("0.10"), **rules)
    assert (low.cap, low.counted, low.relief, low.effective_rate) == (D("600.00"), D("600.00"), D("720.00"), D("0.0750"))
    assert saving.tax_deferred(D(900), D(30000), D("0.10"), **rules).cap == 1000


@given(money, rates)
def test_health_relief_stays_within_the_deduction(premium, bracket):
    counted, relief = saving.health_relief(premium, bracket, deduction=D(2400))
    assert counted == min(premium, 2400) and 0 <= relief <= D(2400) * bracket
    assert saving.health_relief(D(3000), D("0.10"), deduction=D(2400)) == (2400, D("240.00"))


@given(money, money, some.integers(1, 300), money)
def test_no_split_spends_more_than_the_budget_or_the_caps(budget, payroll, staff, premium):
    found = group.splits(budget, payroll, staff, premium, cap=D("0.08"))
    for one in found:
        assert one.to_group + one.to_annuity + one.unused == budget and one.unused >= 0
        assert one.to_annuity <= saving.to_fen(payroll * D("0.08")) and one.to_group <= premium * staff
    assert [one.to_group for one in found] == sorted(one.to_group for one in found)
    assert [one.to_annuity for one in found] == sorted((one.to_annuity for one in found), reverse=True)


def test_group_cover_can_take_the_whole_budget():
    found = group.splits(D(40000), D(1_000_000), 10, D(5000), cap=D("0.08"))
    assert [(one.to_group, one.to_annuity) for one in found] == [(0, 40000), (10000, 30000), (20000, 20000), (30000, 10000), (40000, 0)]
    assert [one.crowded_out for one in found] == [False, False, False, False, True]


@pytest.mark.parametrize("kind", ProductKind.values)
def test_every_kind_discloses_something_and_nothing_may_be_left_out(kind):
    whole = policies.disclosed(kind)
    assert disclosure.problems(kind, whole) == {}
    for field in disclosure.fields_of(kind):
        without = {name: value for name, value in whole.items() if name != field.name}
        assert disclosure.problems(kind, without) == ({} if field.optional else {field.name: "missing"})
    assert disclosure.problems(kind, whole | {"ranking": "1"}) == {"ranking": "unknown"}
    assert disclosure.problems(kind, whole | {"solvency": "javascript:x"}) == {"solvency": "wrong"}
    assert disclosure.kept(kind, whole)["complaints"] == "1.2"


@pytest.mark.parametrize(("value", "problem"), [("60", None), (60, None), ("60.5", "wrong"), ("x", "wrong"), ("NaN", "wrong"), ("20", "wrong"), ("", "missing")])
def test_numbers_stay_within_their_bounds(value, problem):
    assert disclosure.problems("pension-annuity", policies.disclosed("pension-annuity", payout_age=value)).get("payout_age") == problem


def test_nought_is_a_value_and_not_a_gap():
    assert disclosure.kept("medical", policies.disclosed("medical", deductible=0))["deductible"] == "0"


@pytest.mark.parametrize(
    ("kind", "term", "renewal", "suits"),
    [("medical", 1, 3, True), ("medical", 1, 2, False), ("medical", 3, 0, True), ("care", 5, 0, True), ("care", 4, 9, False), ("disease", None, 0, True), ("accident", 10, 0, False)],
)  # fmt: skip
def test_which_health_products_the_tax_law_prefers(kind, term, renewal, suits):
    assert disclosure.suits_tax_preference(kind, term, renewal, medical=3, others=5) is suits


def test_a_share_of_nothing_is_not_known():
    assert share.Share("x", 0, 0, D(0), D(0), None, True).percent is None
    assert share.Share("x", 3, 1, D(1), D(3), None, True).percent == D("33.3")
    assert [share.yearly(D(1200), how, None) for how in ("monthly", "yearly", "single")] == [14400, 1200, 120]


@pytest.mark.parametrize(("all_of_them", "long", "shown"), [(4, 4, False), (5, 5, True), (5, 0, True), (9, 4, False), (9, 5, False), (10, 5, True)])
def test_no_sum_of_fewer_than_five_can_be_read_or_worked_out(all_of_them, long, shown):
    assert share.Share("x", all_of_them, long, D(1), D(3), None, True).is_shown is shown


def test_a_premium_of_one_year_whatever_way_it_is_paid():
    assert [share.yearly(D(1200), how, 4) for how in ("monthly", "yearly", "single")] == [14400, 1200, 300]


def test_what_cannot_be_placed_is_unused_and_each_has_a_part():
    one, *_rest, last = group.splits(D(100_000), D(500_000), 8, D(5000), cap=D("0.08"))
    assert (one.to_group, one.to_annuity, one.unused, one.each_annuity) == (0, D(40_000), D(60_000), D("5000.00"))
    assert (last.to_group, last.to_annuity, last.unused, last.each_group, last.crowded_out) == (D(40_000), 0, D(60_000), D("5000.00"), True)
    assert not group.splits(D(0), D(500_000), 8, D(5000), cap=D("0.08"))[4].crowded_out, "of nothing, nothing is crowded out"


def test_bars_lie_in_their_rows_and_begin_where_the_other_ends():
    rows = group.drawn([(D(0), D(1000)), (D(250), D(750)), (D(500), D(500)), (D(750), D(250)), (D(1000), D(0))], D(1000))
    assert [(row.percent, row.y) for row in rows] == [(0, 0), (25, 44), (50, 88), (75, 132), (100, 176)]
    assert (rows[0].group, rows[0].annuity, rows[0].annuity_x) == (0, 890.0, 110)
    assert (rows[1].group, rows[1].annuity, rows[1].annuity_x) == (222.5, 667.5, 332.5)
    assert (rows[4].group, rows[4].annuity, rows[4].annuity_x) == (890.0, 0, 1000.0)
    assert group.drawn([(D(0), D(0))] * 5, D(0)) == []
    assert [row.annuity for row in group.drawn([(D(0), D("0.01"))] * 5, D("0.01"))] == [890.0] * 5, "one fen has its bars"
    assert [row.annuity for row in group.drawn([(D(0), D(1))] * 5, D(1))] == [890.0] * 5


def test_money_grows_from_the_beginning_of_each_year_and_relief_is_summed():
    assert saving.grown(D(100), 2, D("0.1")) == D("231")
    found = saving.personal_pension(D(13_000), 2, D("0.1"), D("0.2"), ceiling=CEILING, withdrawal=WITHDRAWAL)
    assert (found.counted, found.above, found.relief, found.relief_in_all) == (D(12_000), D(1000), D("2400.00"), D("4800.00"))
    assert (found.balance, found.withdrawal_tax, found.paid_out, found.gain) == (D("27720.00"), D("831.60"), D("26888.40"), D("3968.40"))


@pytest.mark.parametrize(("address", "problem"), [("https://x.example/" + "a" * 582, None), ("https://x.example/" + "a" * 583, "wrong"), ("ftp://x.example/", "wrong"), (" ", None)])
def test_an_address_is_one_and_short(address, problem):
    assert disclosure.problems("medical", policies.disclosed("medical", solvency=address)).get("solvency") == problem


def test_values_are_kept_in_plain_notation_and_compared_as_shown():
    kept = disclosure.kept("medical", policies.disclosed("medical", deductible="1E+4", complaints=" 1.2 "))
    assert kept["deductible"] == "10000" and kept["complaints"].strip() == "1.2"
    assert disclosure.differs(["1", "2"]) and not disclosure.differs(["1", "1"])
    assert disclosure.problems("medical", "x") == {"": "wrong"}


@pytest.mark.django_db
def test_only_a_rate_that_exists_is_named(client):
    """At three per cent it costs tax in the end; the next rate there is, is ten, and not four."""
    asked = {"payment": "12000", "years": "10", "rate": "3", "bracket": "3"}
    said = client.get("/api/policies/personal-pension/", asked, headers={"accept-language": "en"}).json()["would_change"]
    assert "10 %" in said and "4 %" not in said and "not verified" in said, "the table of rates was not read"
    assert tuple(D(n) / 100 for n in (0, 3, 10, 20, 25, 30, 35, 45)) == saving.BRACKETS
