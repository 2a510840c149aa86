"""What is packaged is in the tables."""

import csv
from datetime import date, datetime, time
from pathlib import Path

import pytest

from governance.clocks import loading
from governance.clocks.calendars import NotInForce, national, rule
from governance.clocks.models import CalendarDay, CalendarYear, ClockRule, Regime
from governance.clocks.now import LOCAL
from governance.clocks.rules import due

pytestmark = pytest.mark.django_db


def test_the_calendar_knows_make_up_days():
    assert set(CalendarYear.objects.values_list("year", flat=True)) == set(range(2004, 2027))
    assert CalendarDay.objects.filter(day__year=2026, is_working=False).count() == 33
    assert CalendarDay.objects.filter(day__year=2026, is_working=True).count() == 6
    assert len(national().years) == 23


SILENCE = {"organ decides": "agency_decides", "consent": "consent", "right lost": "right_lost", "not handled further": "abandoned", "no objection": "proceeds"}
ONLY_A_DRAFT = {"HOT_FB_ORD"}  # its source is the same draft text as its neighbours'
ONLY_QUOTED = {  # seen in newspapers or on other pages, not in the text of the standard or document
    "HOT_ANSWER", "HOT_SMS", "HOT_MAIL", "HOT_DISPATCH_1", "HOT_DISPATCH_2", "HOT_DISPATCH_3", "HOT_FB_COMPLEX", "SA_PRICE",
}  # fmt: skip


def test_every_row_of_the_table_of_periods_is_a_rule():
    """The table as it was drawn up from the laws, row by row: unit, length, extension, article, what silence means, mark."""
    with (Path(__file__).parent / "sla.csv").open(encoding="utf-8") as table:
        rows = {row["code"]: row for row in csv.DictReader(table)}
    wrong: list[tuple] = []
    found = ClockRule.objects.filter(code__in=rows).exclude(area__startswith="99").select_related("regime")
    rules = {one.code: one for one in found}
    assert rules.keys() == rows.keys() and len(rows) == 63
    for code, row in rows.items():
        one, article = rules[code], row["basis"].rpartition(" ")[2]
        doubtful = "check" in row["basis"] or "draft" in row["basis"] or code in ONLY_A_DRAFT
        wanted = {
            "unit": row["clock"], "amount": int(row["amount"].replace("-", "")), "extension_amount": int(row["extend"] or 0),
            "article": article if article.isdigit() and one.regime.code != "HOT_BJ" else "",
            "mark": "unverified" if doubtful else "quoted" if code in ONLY_QUOTED else "verified",
            "lateness": SILENCE.get(row["silence_means"], one.lateness),
        }
        wrong += [(code, name, value, getattr(one, name)) for name, value in wanted.items() if getattr(one, name) != value]
        wrong += [(code, "times")] * (bool(one.extension_amount) != bool(one.extension_times))
        wrong += [(code, "condition")] * (bool(row["extend_condition"]) and not (one.extended_if or one.remark or one.paused_by))
    assert not wrong


def test_every_rule_of_the_table_is_there_with_its_mark():
    with (Path(loading.__file__).parent / "data" / "rules.csv").open(encoding="utf-8") as table:
        packaged = {(row["code"], row["area"]): row["mark"] for row in csv.DictReader(table)}
    assert len(packaged) >= 84
    assert {(code, area): mark for code, area, mark in ClockRule.objects.values_list("code", "area", "mark")} == packaged
    with (Path(loading.__file__).parent / "data" / "regimes.csv").open(encoding="utf-8") as table:
        assert Regime.objects.count() == len(list(csv.DictReader(table))) >= 21
    assert rule("GID_ANSWER").period.amount == 20
    assert not ClockRule.objects.get(code="GID_FEE_PAY").verified
    assert set(ClockRule.objects.filter(is_example=True).values_list("mark", flat=True)) == {"unverified"}


@pytest.mark.parametrize(
    ("received", "last"), [("2026-09-30", "2026-10-13"), ("2026-04-29", "2026-05-09"), ("2026-11-20", "2026-11-27")]
)
def test_five_days_of_reconsideration_are_working_days(received, last):
    """Administrative Reconsideration Law Art. 88 para. 2: three, five, seven and ten days are working days."""
    started = datetime.combine(date.fromisoformat(received), time(10), LOCAL)
    assert due(rule("REC_EXAMINE").period, started, national()).at.date().isoformat() == last


def test_every_three_five_seven_and_ten_days_of_reconsideration_are_working_days():
    short = ClockRule.objects.filter(regime__code="REC", amount__in=[3, 5, 7, 10])
    assert [one.unit for one in short] == ["workday"]
    assert {one.effective_from for one in ClockRule.objects.filter(regime__code="REC")} == {date(2024, 1, 1)}


def test_a_local_standard_holds_in_its_area_only():
    day, codes = date(2026, 11, 30), ("HOT_DISPATCH_1", "HOT_DISPATCH_3", "HOT_FB_ORD", "HOT_FB_COMPLEX")
    for code in codes:
        assert rule(code, day, "110105000000").regime.code.startswith("HOT_BJ")
        assert rule(code, day, "990101001001").is_example
        assert rule(code, day, "330100000000") is None
        assert rule(code, day) is None
    assert rule("PET_HANDLE", day, "330100000000").regime.code == "PET"


def test_before_its_first_day_a_rule_is_not_in_force():
    assert rule("REC_EXAMINE", date(2024, 1, 1)).amount == 5
    with pytest.raises(NotInForce):
        rule("REC_EXAMINE", date(2023, 12, 31))
    with pytest.raises(KeyError):
        rule("NO_SUCH_RULE")
