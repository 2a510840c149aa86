"""The arithmetic of care, without a database."""

import csv
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance import readings
from governance.stakeholders import areas
from governance.stakeholders.fields import pinyin
from programs.care import rules
from programs.care.rules import Places

TODAY = date(2026, 11, 23)
SHANGHAI = timezone(timedelta(hours=8))
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=SHANGHAI)


@pytest.mark.parametrize(
    ("arrives", "leaves", "bookable"),
    [
        (0, None, True),
        (365, None, True),
        (0, 1, True),
        (10, 375, True),
        (-1, None, False),
        (366, None, False),
        (5, 5, False),
        (5, 4, False),
        (10, 376, False),
    ],
)
def test_a_stay_begins_soon_and_ends_after_it_begins(arrives, leaves, bookable):
    end = None if leaves is None else TODAY + timedelta(days=leaves)
    assert rules.is_bookable(TODAY + timedelta(days=arrives), end, today=TODAY) is bookable


def test_a_better_equipped_place_serves_less_need_but_dementia_stays_apart():
    assert [level for level in range(6) if rules.suits(level, 2)] == [2, 3, 4]
    assert rules.levels_for(5) == (5,)
    assert rules.levels_for(rules.ANY_NEED) == (0, 1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("observed", "expected"),
    [
        (NOW, "fresh"),
        (NOW.replace(hour=0, minute=0), "fresh"),
        (NOW.replace(hour=0, minute=0) - timedelta(seconds=1), "aging"),
        (NOW.replace(hour=0, minute=0) - timedelta(days=3), "aging"),
        (NOW.replace(hour=0, minute=0) - timedelta(days=3, seconds=1), "stale"),
        (None, "unknown"),
    ],
)
def test_freshness_goes_by_days(observed, expected):
    assert rules.freshness(observed, now=NOW) == expected


def test_numbers_add_up_and_the_unknown_contradicts_nothing():
    assert rules.adds_up(10, 6, 1, 3)
    assert not rules.adds_up(10, 6, 1, 2)
    assert rules.adds_up(10, None, 1, 2)
    assert rules.exceeds(10, 9, 2, None)
    assert not rules.exceeds(None, 9, 2, None)


def test_what_is_combined_with_the_unknown_is_never_nought():
    known = Places(10, 6, 1, 3, "exact")
    unknown = Places(8, None, None, None, "unknown")
    both = rules.combine([known, unknown])
    assert both == Places(18, None, None, 3, "at-least")
    assert rules.combine([unknown]) == Places(8, None, None, None, "unknown")


def test_what_is_given_after_an_assessment_is_counted_apart():
    assessed = Places(8, 4, 0, 4, "assessment-first")
    assert rules.combine([assessed]) == Places(8, 4, 0, None, "assessment-first", 4)
    assert rules.combine([assessed, Places(10, 6, 1, 3, "exact")]) == Places(18, 10, 1, 3, "at-least", 4)


@given(st.lists(st.builds(Places, *[st.integers(0, 50)] * 4, st.sampled_from(["exact", "at-least", "estimate"])), min_size=1))
def test_sums_of_known_numbers_are_sums(parts):
    whole = rules.combine(parts)
    assert whole.accepting == sum(p.accepting for p in parts)
    assert whole.maximum == sum(p.maximum for p in parts)
    assert (whole.precision == "exact") is all(p.precision == "exact" for p in parts)


def test_distances_on_the_ground():
    # Beijing to Shanghai city centres, about 1,067 km by any geodesic calculator on a sphere
    assert rules.distance_km(116.40739, 39.90421, 121.4737, 31.23037) == pytest.approx(1067, abs=2)
    # one degree of longitude at 60° north is half of one at the equator
    assert rules.distance_km(0, 60, 1, 60) == pytest.approx(rules.distance_km(0, 0, 1, 0) / 2, rel=1e-3)
    assert rules.distance_km(179.9, 0, -179.9, 0) == pytest.approx(22.24, abs=0.01)


degrees = st.tuples(st.floats(-180, 180), st.floats(-90, 90))


@given(degrees, degrees)
def test_the_chord_through_the_earth_gives_the_same_distance(one, other):
    a, b = rules.on_sphere(*one), rules.on_sphere(*other)
    chord = sum((x - y) ** 2 for x, y in zip(a, b, strict=True)) ** 0.5
    assert rules.arc_km(chord) == pytest.approx(rules.distance_km(*one, *other), abs=0.02, rel=1e-6)


@given(st.floats(0, 20_000))
def test_chord_and_arc_are_inverse(km):
    assert rules.arc_km(rules.chord(km)) == pytest.approx(km, rel=1e-6, abs=1e-6)


def test_names_are_found_by_pinyin_and_by_initials():
    key = rules.pinyin_key("示例松风养老院")
    assert key == "shilisongfengyanglaoyuan slsfyly"
    assert rules.pinyin_key("Sunny Home 2") == "sunnyhome2"


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("301-1, 301-2", ["301-1", "301-2"]),
        ("A1..A3", ["A1", "A2", "A3"]),
        ("301-08..10", ["301-08", "301-09", "301-10"]),
        ("一床、二床", ["一床", "二床"]),
        ("1, 1", None),
        ("", None),
        ("1..500", None),
        ("5..3", None),
        ("x" * 31, None),
    ],
)
def test_bed_numbers_are_read_from_a_line(text, labels):
    assert rules.bed_labels(text) == labels


PLACES = {
    "单县": "shanxian", "大城": "daicheng", "六合": "luhe", "洪洞": "hongtong", "浚县": "xunxian", "乐陵": "laoling", "涡阳": "guoyang",
    "长垣": "changyuan", "繁峙": "fanshi", "筠连": "junlian", "覃塘": "qintang", "闵行": "minhang", "长治": "changzhi", "成都": "chengdu",
    "重庆": "chongqing", "六安": "luan", "乐清": "yueqing", "蚌埠": "bengbu", "铅山": "yanshan", "厦门": "xiamen",
}  # fmt: skip


@pytest.mark.parametrize(("place", "typed"), PLACES.items())
def test_place_names_are_typed_as_people_read_them(place, typed):
    assert rules.pinyin_key(f"示例{place}敬老院").startswith(f"shili{typed}jinglaoyuan ")


def test_the_packaged_areas_are_read_so_too():
    with (Path(areas.__file__).parent / "data" / "areas.csv").open(encoding="utf-8") as table:
        known = {row["name"]: row["pinyin"] for row in csv.DictReader(table)}
    for place, read in readings.PLACES.items():
        names = [name for name in known if (name.startswith(place) and len(name) > len(place)) or name == place]
        assert names and any(known[name].startswith(read) for name in names), place
        whole = next(name for name in names if known[name].startswith(read))
        assert pinyin(whole) == known[whole]
