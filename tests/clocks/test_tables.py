"""What is packaged is in the tables."""

import csv
from pathlib import Path

import pytest

from governance.clocks import loading
from governance.clocks.calendars import national, rule
from governance.clocks.models import CalendarDay, CalendarYear, ClockRule, Regime

pytestmark = pytest.mark.django_db


def test_the_calendar_knows_make_up_days():
    assert set(CalendarYear.objects.values_list("year", flat=True)) == set(range(2004, 2027))
    assert CalendarDay.objects.filter(day__year=2026, is_working=False).count() == 33
    assert CalendarDay.objects.filter(day__year=2026, is_working=True).count() == 6
    assert len(national().years) == 23


SILENCE = {"organ decides": "agency_decides", "consent": "consent", "right lost": "right_lost", "not handled further": "abandoned", "no objection": "proceeds"}
ONLY_A_DRAFT = {"HOT_FB_ORD"}  # its source is the same draft text as its neighbours'


def test_every_row_of_the_table_of_periods_is_a_rule():
    """The table as it was drawn up from the laws, row by row: unit, length, extension, article, what silence means, mark."""
    with (Path(__file__).parent / "sla.csv").open(encoding="utf-8") as table:
        rows = {row["code"]: row for row in csv.DictReader(table)}
    wrong: list[tuple] = []
    rules = {one.code: one for one in ClockRule.objects.filter(code__in=rows).select_related("regime")}
    assert rules.keys() == rows.keys() and len(rows) == 60
    for code, row in rows.items():
        one, article = rules[code], row["basis"].rpartition(" ")[2]
        doubtful = "check" in row["basis"] or "draft" in row["basis"] or code in ONLY_A_DRAFT
        wanted = {
            "unit": row["clock"], "amount": int(row["amount"].replace("-", "")), "extension_amount": int(row["extend"] or 0),
            "article": article if article.isdigit() and one.regime.code != "HOT_BJ" else "", "verified": not doubtful,
            "lateness": SILENCE.get(row["silence_means"], one.lateness),
        }
        wrong += [(code, name, value, getattr(one, name)) for name, value in wanted.items() if getattr(one, name) != value]
        wrong += [(code, "times")] * (bool(one.extension_amount) != bool(one.extension_times))
        wrong += [(code, "condition")] * (bool(row["extend_condition"]) and not (one.extended_if or one.remark or one.paused_by))
    assert not wrong


def test_every_rule_of_the_table_is_there_with_its_mark():
    with (Path(loading.__file__).parent / "data" / "rules.csv").open(encoding="utf-8") as table:
        packaged = {row["code"]: row["verified"] == "1" for row in csv.DictReader(table)}
    assert len(packaged) >= 69
    assert dict(ClockRule.objects.values_list("code", "verified")) == packaged
    assert Regime.objects.count() == 20
    assert rule("GID_ANSWER").period.amount == 20
    assert not ClockRule.objects.get(code="GID_FEE_PAY").verified
    assert not ClockRule.objects.filter(is_example=True, verified=True).exists()
