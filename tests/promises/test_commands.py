"""Publishing a calendar and counting anew from the command line."""

from __future__ import annotations

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from governance.clocks.models import CalendarYear, Clock
from tests.clocks.test_recounting import YEAR_2027
from tests.factories import care

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "2027.csv"
    path.write_bytes(YEAR_2027)
    return path


def said(*words: str, **options) -> str:
    out = StringIO()
    call_command(*words, stdout=out, **options)
    return out.getvalue()


def test_a_year_is_checked_published_and_counted_by(file):
    care.asks(care.citizen(), care.beds(care.home(), 1)[0])
    assert "12 days, nothing wrong" in said("calendar", "2027", str(file), "--check")
    assert not CalendarYear.objects.filter(year=2027).exists()
    text = said("calendar", "2027", str(file), "--source", "测试", "--published-on", "2026-11-04")
    assert "edition 1" in text
    assert "1 open dates counted anew" in text
    assert "edition 2" in said("calendar", "2027", str(file), "--source", "测试，更正")


def test_closures_of_an_area_need_no_whole_year(tmp_path):
    care.area(care.CITY, "示例市")
    path = tmp_path / "closures.csv"
    path.write_text("日期,类型,名称\n2026-09-16,停,防台风停工\n", encoding="utf-8")
    assert "1 days" in said("calendar", "2026", str(path), "--area", care.CITY, "--source", "示例市停工通告")
    with pytest.raises(CommandError, match="no area"):
        said("calendar", "2026", str(path), "--area", "119999999999", "--source", "x")


def test_a_wrong_file_publishes_nothing(file, tmp_path):
    file.write_bytes(YEAR_2027.replace(b"2027-10-01", b"10/1"))
    with pytest.raises(CommandError, match="Nothing was published"):
        said("calendar", "2027", str(file), "--source", "x")
    with pytest.raises(CommandError, match="cannot be read"):
        said("calendar", "2027", str(tmp_path / "nothing.csv"), "--source", "x")
    file.write_bytes(YEAR_2027)
    with pytest.raises(CommandError, match="--source"):
        said("calendar", "2027", str(file))
    assert not CalendarYear.objects.filter(year=2027).exists()


def test_counting_anew_ends_with_an_error_when_a_date_was_changed_by_hand():
    made = care.asks(care.citizen(), care.beds(care.home(), 1)[0])
    assert "1 open dates" in said("recount")
    clock = made.clocks.get()
    Clock.objects.filter(pk=clock.pk).update(due_at=clock.due_at + timedelta(days=1))
    with pytest.raises(CommandError, match=str(clock.pk)):
        said("recount")
