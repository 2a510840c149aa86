"""Publishing a calendar and counting anew from the command line."""

from __future__ import annotations

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils.translation import override

from governance import clocks
from governance.clocks.models import CalendarYear, Clock, ClockRule
from tests.clocks.test_recounting import YEAR_2027, at
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


HEADINGS = "code,regime,article,name,name_en,object,object_en,start_event,start_event_en,unit,amount,lateness,mark,effective_from\n"
SHORTER = "GID_ANSWER,GID,33,信息公开答复,Answer,公开申请,request,收到,receipt,workday,10,overdue,unverified,2027-03-01\n"  # invented, for the test


def test_a_law_that_changes_is_a_further_version_and_what_runs_keeps_its_own(tmp_path, client):
    reservation, path = care.asks(care.citizen(), care.beds(care.home(), 1)[0]), tmp_path / "rules.csv"
    for row in clocks.opened(reservation, "GID_ANSWER", at=at("2027-02-26")):
        row.save(force_insert=True)
    path.write_text(HEADINGS + SHORTER, encoding="utf-8")
    assert "1 versions, nothing wrong" in said("periods", str(path), "--check")
    assert ClockRule.objects.versions("GID_ANSWER").count() == 1
    assert "GID_ANSWER from 2027-03-01" in said("periods", str(path))
    old, new = ClockRule.objects.versions("GID_ANSWER").order_by("effective_from")
    assert (old.amount, old.effective_until, new.amount, new.verified) == (20, date(2027, 3, 1), 10, False)
    assert reservation.clocks.get(rule__code="GID_ANSWER").rule == old
    assert [clocks.opened(reservation, "GID_ANSWER", at=at(day))[0].rule for day in ("2027-02-28", "2027-03-01")] == [old, new]
    assert "2027" in client.get("/periods/GID_ANSWER/").content.decode()
    call_command("migrate", verbosity=0)  # loads what is packaged, and nothing over it
    assert ClockRule.objects.versions("GID_ANSWER").count() == 2
    assert "从 2027 年 3 月 1 日起" in client.get("/periods/GID_ANSWER/", headers={"accept-language": "zh-hans"}).content.decode()
    with override("en"), pytest.raises(CommandError, match="Line 2.*begins later"):
        said("periods", str(path))


@pytest.mark.parametrize(
    ("change", "why"),
    [
        (("workday", "fortnight"), "Line 2: unit"), ((",10,", ",ten,"), "number"), (("2027-03-01", "March"), "number"), ((",GID,", ",NOWHERE,"), "NOWHERE"),
        (("overdue", "shrug"), "lateness"), (("信息公开答复", ""), "name"), (("code,regime", "code,law"), "columns"), ((SHORTER, ""), "columns"),
    ],
)  # fmt: skip
def test_a_wrong_table_of_periods_enters_nothing(tmp_path, change, why):
    path = tmp_path / "rules.csv"
    path.write_text((HEADINGS + SHORTER).replace(*change), encoding="utf-8")
    with override("en"), pytest.raises(CommandError, match=why):
        said("periods", str(path))
    assert ClockRule.objects.versions("GID_ANSWER").count() == 1


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
