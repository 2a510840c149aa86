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


def test_every_rule_of_the_table_is_there_with_its_mark():
    with (Path(loading.__file__).parent / "data" / "rules.csv").open(encoding="utf-8") as table:
        packaged = {row["code"]: row["verified"] == "1" for row in csv.DictReader(table)}
    assert len(packaged) >= 69
    assert dict(ClockRule.objects.values_list("code", "verified")) == packaged
    assert Regime.objects.count() == 20
    assert rule("GID_ANSWER").period.amount == 20
    assert not ClockRule.objects.get(code="GID_FEE_PAY").verified
    assert not ClockRule.objects.filter(is_example=True, verified=True).exists()
