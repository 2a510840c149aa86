"""The search says the same as going through all homes by hand."""

import json
import random
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from urllib.parse import urlencode

import pytest
from django.http import QueryDict
from django.utils import timezone

from governance.clocks.now import now, stopped_at
from programs.care import rules
from programs.care.filters import SearchForm, plain_values, wanted_by
from programs.care.models import Home, PriceBand
from programs.care.querysets import answers, areas_to_choose, search
from programs.care.querysets.search import Cursor, Wanted
from programs.care.vocabulary import CareLevel, HomeState, Ownership, Precision, Service, Setting
from tests.factories import care

pytestmark = pytest.mark.django_db
HERE = (120.15, 30.25)


def wanted(**fields):
    return Wanted(now=timezone.localtime(now()), **fields)


def names(**fields):
    return [found.name for found in search.page(wanted(**fields))[0]]


@pytest.fixture
def world():
    """Forty homes of every shape, some silent, some without a price or a point."""
    chance = random.Random(7)
    areas = [care.area(code, name) for code, name in ((care.DISTRICT, "甲区"), (care.COUNTY, "乙县"), ("990101001000", "一街道"))]
    runs = care.provider()
    for number in range(40):
        low = chance.choice([None, Decimal(chance.randint(10, 60) * 100)])
        home = care.home(
            runs,
            name=f"示例{chance.choice(['松风', '柳岸', '长青'])}养老院{number}",
            area=chance.choice(areas),
            ownership=chance.choice(Ownership.values),
            setting=chance.choice(Setting.values),
            services=chance.sample(Service.values, chance.randint(0, 4)),
            price_from_amount=low,
            price_to_amount=low and low + chance.randint(0, 20) * 100,
            state=chance.choice([HomeState.OPEN] * 6 + [HomeState.SUSPENDED, HomeState.REGISTERED]),
            **chance.choice([{}, {"longitude": None, "latitude": None}])
            | chance.choice([{"longitude": 120 + chance.random() / 2, "latitude": 30 + chance.random() / 2}] * 4 + [{}]),
        )
        for level in chance.sample(CareLevel.values, chance.choice([0, 1, 1, 2, 3])):
            report(home, level, chance)
        for level in chance.sample(CareLevel.values, chance.choice([0, 0, 2, 4])):
            at = Decimal(chance.randint(15, 70) * 100)
            PriceBand.objects.create(home=home, care_level=level, from_amount=at, to_amount=at + 500)
    return list(Home.objects.prefetch_related("observations", "price_bands"))


def report(home, level, chance):
    at = now() - timedelta(hours=chance.randint(0, 200))
    precision = chance.choice([Precision.EXACT] * 4 + Precision.values)
    accepting = None if precision == Precision.UNKNOWN else chance.randint(0, 5)
    care.reports(home, level, maximum=20, occupied=None, accepting=accepting, precision=precision, observed_at=at)


def places(home, need):
    lines = [line for line in home.observations.all() if rules.suits(line.care_level, need)]
    return (rules.combine(line.places for line in lines), min(line.observed_at for line in lines)) if lines else (None, None)


def costs(home, need):
    """The price of this level of care, if the home names one, else that of the home."""
    band = next((band for band in home.price_bands.all() if band.care_level == need), None)
    return (band.from_amount, band.to_amount) if band else (home.price_from_amount, home.price_to_amount)


def fits(home, w):
    """What the search promises, said slowly."""
    low, high = costs(home, w.need)
    known, observed_at = places(home, w.need)
    fresh = rules.freshness(observed_at, now=w.now).replace("unknown", "stale")
    far = home.longitude is None or w.near is None or rules.distance_km(*w.near, home.longitude, home.latitude)
    return all([
        home.state == HomeState.OPEN,
        known or not home.observations.all(),
        w.area is None or w.area[0] <= home.area_id < w.area[1],
        w.within_km is None or w.near is None or (home.longitude is not None and far <= w.within_km),
        w.price_from is None or high is None or high >= w.price_from,
        w.price_to is None or low is None or low <= w.price_to,
        not w.ownerships or home.ownership in w.ownerships,
        not w.settings or home.setting in w.settings,
        set(w.services) <= set(home.services),
        not w.freshness or fresh in w.freshness,
        not w.free
        or ("now" in w.free and bool(known and known.accepting))
        or ("assessed" in w.free and bool(known and known.after_assessment)),
        all(word in f"{home.name} {home.pinyin} {home.address}".lower() for word in w.words),
    ])  # fmt: skip


def any_wish(chance):
    some = lambda values, most: tuple(chance.sample(values, chance.randint(0, most)))  # noqa: E731
    price = chance.choice([None, Decimal(2500), Decimal(4000)])
    return wanted(
        area=chance.choice([None, ("990101000000", "990102000000"), ("990121000000", "990122000000")]),
        need=chance.choice(rules.NEEDS),
        price_from=chance.choice([None, Decimal(2000)]),
        price_to=price,
        ownerships=some(Ownership.values, 2),
        settings=some(Setting.values, 1),
        services=some(Service.values, 1),
        freshness=some(list(search.FRESH), 2),
        free=some(list(search.FREE), 2),
        near=chance.choice([None, HERE]),
        within_km=chance.choice([None, 10.0, 30.0]),
        words=chance.choice([(), ("松风",), ("liu'an".replace("'", ""),), ("示例", "养老")]),
        sort=chance.choice(search.SORTS),
        limit=chance.choice([3, 7, 50]),
    )


def test_the_search_finds_what_going_through_all_homes_finds(world):
    chance = random.Random(11)
    for _ in range(120):
        w = any_wish(chance)
        expected = {home.pk for home in world if fits(home, w)}
        found, cursor = [], None
        while True:
            page, cursor = search.page(replace(w, after=cursor))
            found += page
            assert len(page) <= w.limit
            if cursor is None:
                break
            assert cursor.shown == len(found)
            cursor = Cursor.read(str(cursor))
        assert [f.id for f in found] == list(dict.fromkeys(f.id for f in found)), "a home came twice"
        assert {f.id for f in found} == expected, w
        assert search.total(w) == len(expected)
        assert in_order(found, w)
        prices = {home.pk: costs(home, w.need) for home in world}
        assert all((f.price_from, f.price_to) == prices[f.id] for f in found)


def in_order(found, w):
    sort = "accepting" if w.sort == "nearest" and w.near is None else w.sort
    key = {
        "nearest": lambda f: (f.distance_km is None, f.distance_km or 0, f.id),
        "accepting": lambda f: (f.accepting is None, -(f.accepting or 0), f.id),
        "price": lambda f: (f.price_from is None, f.price_from or 0, f.id),
        "confirmed": lambda f: (f.observed_at is None, -(f.observed_at.timestamp() if f.observed_at else 0), f.id),
    }[sort]
    return found == sorted(found, key=key)


def test_the_numbers_beside_the_filters_are_what_choosing_them_would_leave(world):
    chance = random.Random(5)
    for _ in range(40):
        w = any_wish(chance)
        counted = search.counted(w)
        would = lambda w=w, **other: len([h for h in world if fits(h, replace(w, **other))])  # noqa: E731
        assert counted.total == would()
        for ownership in Ownership.values:
            assert counted.ownerships.get(ownership, 0) == would(ownerships=(ownership,))
        for setting in Setting.values:
            assert counted.settings.get(setting, 0) == would(settings=(setting,))
        for service in Service.values:
            assert counted.services.get(service, 0) == would(services=(*w.services, service))
        for fresh in search.FRESH:
            assert counted.freshness.get(fresh, 0) == would(freshness=(fresh,))
        for free in search.FREE:
            assert counted.free[free] == would(free=(free,))
        for need in rules.NEEDS:
            assert counted.needs.get(str(need), 0) == would(need=need), need


def test_the_sums(world):
    counted = search.counted(wanted())
    open_homes = [home for home in world if home.state == HomeState.OPEN]
    known = [places(home, rules.ANY_NEED) for home in open_homes]
    fresh = [rules.freshness(at, now=wanted().now) for _places, at in known]
    assert counted.accepting == sum(p.accepting or 0 for p, _at in known if p)
    assert (counted.fresh, counted.doubtful) == (fresh.count("fresh"), fresh.count("stale") + fresh.count("unknown"))


def test_a_page_is_one_statement(world, django_assert_num_queries):
    with django_assert_num_queries(1):
        search.page(wanted(near=HERE, sort="nearest"))
    with django_assert_num_queries(1):
        search.counted(wanted(near=HERE))


def test_distances_are_those_on_the_ground():
    home = care.home(longitude=120.25, latitude=30.35)
    (found,), _cursor = search.page(wanted(near=HERE, sort="nearest"))
    assert found.distance_km == pytest.approx(rules.distance_km(*HERE, home.longitude, home.latitude), rel=1e-9)


def test_the_nearest_comes_first_also_far_north():
    # In degrees the first is nearer; on the ground the second is.
    care.home(name="南北", longitude=120.0, latitude=70.6)
    care.home(name="东西", longitude=121.0, latitude=70.0)
    assert names(near=(120.0, 70.0), sort="nearest") == ["东西", "南北"]


@pytest.mark.parametrize("query", ["松风", "songfeng", "SongFeng", "slsf", "松风 养老", "示例 12"])
def test_names_are_found_in_chinese_and_pinyin(query):
    care.home(name="示例松风养老院", address="松风路示例 12 号")
    care.home(name="示例柳岸护理院", address="柳岸街 3 号")
    assert names(words=tuple(rules.search_words(query))) == ["示例松风养老院"]


@pytest.mark.parametrize("query", ["%", "_", "\\", "'", "100%"])
def test_signs_mean_themselves(query):
    care.home()
    assert names(words=(query,)) == []


def test_a_silent_home_is_shown_as_not_known_never_as_full():
    care.home()
    (found,), _cursor = search.page(wanted(need=2))
    assert (found.accepting, found.precision, found.observed_at) == (None, "unknown", None)


@pytest.mark.parametrize("text", ["", "x", "e30", "W10", "WzEsMiwzXQ", "WzEsbnVsbCwiYSJd", "!!!", "WzEsbnVsbCw5OTk5OTk5OTk5OTk5OTk5OTk5OTldx"])
def test_a_spoilt_cursor_is_no_cursor(text):
    assert Cursor.read(text) is None


def test_areas_to_choose_are_those_with_homes_where_there_is_a_choice(db):
    named = {code: care.area(code, name) for code, name in (
        ("000000000000", "全国"), ("990000000000", "示例省"), ("990100000000", "示例市"), ("990200000000", "另一市"),
        (care.DISTRICT, "甲区"), (care.COUNTY, "乙县"), ("990181000000", "空县"), ("990101001000", "一街道"),
    )}  # fmt: skip

    def some(*asked):
        return [area.code for area in areas_to_choose(*asked) if area.has_homes]

    assert some("") == ["000000000000"]
    care.home(area=named[care.DISTRICT])
    care.home(area=named["990101001000"])
    around = ["000000000000", "990000000000", "990100000000", care.DISTRICT]
    assert some("") == [*around, "990101001000"]
    care.home(area=named[care.COUNTY])
    assert some("") == [*around, care.COUNTY]
    assert some(care.COUNTY) == ["000000000000", "990000000000", "990100000000", care.COUNTY]
    assert "990200000000" not in some("", "990200000000")
    care.area("500000000000", "重庆市")
    care.home(area=care.area("510000000000", "四川省"))
    assert some("") == ["000000000000", "510000000000", "990000000000"], "a code that ends in noughts is no longer than its level"
    assert "990181000000" not in [area.code for area in areas_to_choose("")]
    assert "990181000000" in [area.code for area in areas_to_choose("990100000000")]


def test_what_programs_get_is_what_the_pages_show(world):
    """The database writes the lines as JSON, one way or the other; the page reads columns. Both say the same, in the same order."""
    chance = random.Random(13)
    for _ in range(60):
        w = any_wish(chance)
        after = None
        while True:
            page, following = search.page(replace(w, after=after))
            one = answers_of(replace(w, after=after))
            assert one == answers_of(replace(w, after=after), total=one[1])
            assert (one[1], one[2] and (one[2].shown, one[2].home_id)) == (search.total(w), following and (following.shown, following.home_id))
            assert [line["id"] for line in one[0]] == [found.id for found in page]
            for line, found in zip(one[0], page, strict=True):
                assert list(line) == list(answers.FIELDS)
                assert line["distance_km"] == (None if found.distance_km is None else pytest.approx(found.distance_km, rel=1e-12))
                assert line["freshness"] == rules.freshness(found.observed_at, now=w.now)
                assert (line["observed_at"] and datetime.fromisoformat(line["observed_at"])) == found.observed_at
                assert line["price_from_amount"] == (None if found.price_from is None else f"{found.price_from:.2f}")
                same = ("name", "reference", "services", "maximum", "occupied", "reserved", "accepting", "after_assessment", "precision", "is_synthetic")
                assert {name: line[name] for name in same} == {name: getattr(found, name) for name in same}
                assert line["url"] == f"/care/homes/{found.id}/"
            if following is None:
                break
            after = Cursor.read(str(one[2]))


def answers_of(w, **known):
    lines, total, after = answers.answer(w, url="/care/homes/", href="/api/care/homes/", **known)
    return json.loads(f"[{lines}]"), total, after


def test_plain_values_are_read_as_the_form_reads_them():
    """Nearly all questions are read without a form; whatever is odd is left to it."""
    chance = random.Random(3)
    odd = ["", " ", "x", "-1", "1e5", "١", "１２", "990101000000", "000000000000", "120.15,30.25", "181,0", "-179.9999,-89.5", "180,90", "100000000000000000000,1",
           "松风", "song feng", "%", "\x00", "a\nb", "0", "2", "5", "6", "10", "10.0", "2500", "2500.5", "2500.555", "999999", "1000000", "NaN", "inf", "public", "now", "nearest"]  # fmt: skip
    plain = 0
    for _ in range(1200):
        names = chance.sample(list(SearchForm.base_fields), chance.randint(0, 3))
        query = QueryDict(urlencode([(name, chance.choice(odd)) for name in names for _ in range(chance.choice([1, 1, 1, 2]))]))
        form = SearchForm(query)
        if (values := plain_values(query)) is not None:
            plain += 1
            assert form.is_valid(), (query, form.errors)
            w = wanted_by(values, now=timezone.localtime(now()))
            assert w == form.wanted(now=w.now), query
    assert plain > 400


def test_the_next_who_asks_the_same_gets_the_same_for_some_seconds(client, settings, django_assert_num_queries):
    care.reports(home := care.home(), 2, maximum=9, occupied=5, reserved=0, accepting=4)
    address = "/api/care/homes/?level=2&sort=accepting"
    settings.SEARCH_KEPT_SECONDS = 5
    with stopped_at(now() + timedelta(days=1)) as moment:
        before = client.get(address)
        assert [line["accepting"] for line in before.json()["results"]] == [4]
        care.reports(home, 2, maximum=9, occupied=6, reserved=0, accepting=3)
        with django_assert_num_queries(0):
            kept = client.get(address)
        assert (kept.content, kept["ETag"]) == (before.content, before["ETag"])
        assert client.get(address, headers={"If-None-Match": kept["ETag"]}).status_code == 304
        assert client.get(address, headers={"Cookie": "sessionid=mine"}).json()["results"][0]["accepting"] == 3, "whoever is signed in sees what is"
    with stopped_at(moment + timedelta(seconds=5)):
        assert client.get(address).json()["results"][0]["accepting"] == 3


@pytest.mark.parametrize(("headers", "status"), [({"Accept": "text/html"}, 406), ({"Authorization": "Bearer gz_no"}, 401)])
def test_the_short_way_refuses_what_the_long_way_refuses(client, headers, status):
    answer = client.get("/api/care/homes/?level=2", headers=headers)
    assert (answer.status_code, answer["Content-Type"]) == (status, "application/problem+json")
