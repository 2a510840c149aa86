"""Every rule has a row that breaks it; a row that breaks none passes."""

import pytest

from governance.clocks.now import today
from governance.imports import SHEETS
from governance.imports.faults import row_sentence
from governance.stakeholders.models import Area
from programs.care import actions
from programs.care.models import Home
from tests.factories import care, imports

pytestmark = pytest.mark.django_db
ELSEWHERE = "990200000000"
HOME_RULES = [
    ("name", "required", {"name": ""}),
    ("setting", "required", {"setting": ""}),
    ("address", "control-characters", {"address": "松风路\x07示例"}),
    ("name", "too-long", {"name": "长" * 121}),
    ("filing_number", "wrong-characters", {"filing_number": "示备/1;"}),
    ("telephone", "wrong-characters", {"telephone": "电话不详"}),
    ("star_rating", "not-a-number", {"star_rating": "五"}),
    ("star_rating", "not-a-number", {"star_rating": "3.5"}),
    ("star_rating", "out-of-range", {"star_rating": "6"}),
    ("price_from", "out-of-range", {"price_from": "-1"}),
    ("price_to", "not-a-number", {"price_to": "12.345"}),
    ("longitude", "out-of-range", {"longitude": "181", "latitude": "1"}),
    ("longitude", "half-a-point", {"longitude": "120.5"}),
    ("stars_valid_until", "not-a-date", {"star_rating": "3", "stars_valid_until": "2026-02-30"}),
    ("stars_valid_until", "not-a-date", {"star_rating": "3", "stars_valid_until": "明年"}),
    ("stars_valid_until", "rating-missing", {"stars_valid_until": "2027-01-05"}),
    ("ownership", "not-listed", {"ownership": "国有"}),
    ("services", "not-listed", {"services": "medical, dancing"}),
    ("price_to", "price-runs-down", {"price_from": "3000", "price_to": "2000"}),
    ("area", "unknown-area", {"area": "990199000000"}),
    ("area", "unknown-area", {"area": care.CITY}),
    ("area", "outside-area", {"area": "990201000000"}),
    ("provider_code", "unknown-provider", {"provider_code": "52990000DEM0000147"}),
    ("name", "formula", {"name": "=A1"}),
]
BED_RULES = [
    ("label", "required", {"label": ""}),
    ("category", "required", {"category": ""}),
    ("care_level", "not-listed", {"care_level": "7"}),
    ("home", "unknown-home", {"home": "示备-9999"}),
    ("room", "half-a-room", {"unit": "一层"}),
    ("kept_for", "not-listed", {"kept_for": "children"}),
]


@pytest.fixture
def office():
    imports.runs_homes()
    care.area(ELSEWHERE, "别市")
    care.area("990201000000", "别区")
    return imports.keeps_register()


@pytest.mark.parametrize(("column", "code", "change"), HOME_RULES)
def test_a_home_that_breaks_a_rule_is_listed_by_line(office, column, code, change):
    good, bad = imports.homes(2)
    batch = imports.hand_in(office, imports.file_of([good | {name: good.get(name, "") for name in change}, bad | change]))
    lines = {(line, c, k) for line, c, k in imports.problems(batch) if line == 3}
    assert (3, column, code) in lines
    assert (batch.state, Home.objects.count()) == ("refused", 0)


@pytest.mark.parametrize(("column", "code", "change"), BED_RULES)
def test_a_bed_that_breaks_a_rule_is_listed_by_line(office, column, code, change):
    care.home(filing_number="示备-0001")
    batch = imports.hand_in(office, imports.file_of(imports.beds(1, **change)), actions.ImportBedsOfArea)
    assert imports.problems(batch) == {(2, column, code)}


def test_a_number_twice_in_the_file_is_listed_on_both_lines(office):
    batch = imports.hand_in(office, imports.file_of(imports.homes(2, filing_number="示备-0001")))
    assert imports.problems(batch) == {(2, "filing_number", "twice"), (3, "filing_number", "twice")}
    assert batch.bad_count == 2


def test_an_area_that_has_ended_is_unknown(office):
    Area.objects.filter(pk=care.DISTRICT).update(valid_until=today().replace(year=2020))
    assert imports.problems(imports.hand_in(office, imports.file_of(imports.homes(1)))) == {(2, "area", "unknown-area")}


def test_homes_of_others_are_not_touched(office):
    provider = imports.runs_homes(uscc="52990000DEM000099X")
    care.home(provider, filing_number="示备-0001")
    care.home(filing_number="示备-0002", area=Area.objects.get(pk="990201000000"))
    care.home(filing_number="示备-0003", state="registered")
    found = imports.problems(imports.hand_in(office, imports.file_of(imports.homes(3))))
    assert {(2, "provider_code", "other-provider"), (3, "filing_number", "home-elsewhere"), (4, "filing_number", "filing-undecided")} <= found


def test_a_closed_home_leaves_its_number_to_another(office):
    care.home(filing_number="示备-0001", state="closed")
    assert imports.hand_in(office, imports.file_of(imports.homes(1))).new_count == 1


def test_beds_go_into_homes_one_may_reach(office):
    far = care.home(filing_number="示备-0001", area=Area.objects.get(pk="990201000000"))
    care.home(filing_number="示备-0002", state="returned")
    rows = imports.beds(1) + imports.beds(1, home="示备-0002")
    batch = imports.hand_in(office, imports.file_of(rows), actions.ImportBedsOfArea)
    assert imports.problems(batch) == {(2, "home", "home-not-yours"), (3, "home", "home-returned")}
    assert imports.hand_in(care.Acting(far.provider), imports.file_of(imports.beds(1)), actions.ImportBeds).state == "ready"
    assert imports.problems(imports.hand_in(care.provider(), imports.file_of(imports.beds(1)), actions.ImportBeds)) == {(2, "home", "home-not-yours")}


def test_a_room_is_kept_for_one_kind_of_people(office):
    home = care.home(filing_number="示备-0001")
    care.beds(home, room="102", unit="一层", sex_rule="men")
    rows = [
        *imports.beds(2, unit="一层", room="101", kept_for="women"),
        imports.BED | {"label": "9", "unit": "一层", "room": "101", "kept_for": "men"},
        imports.BED | {"label": "10", "unit": "一层", "room": "102", "kept_for": "women"},
    ]
    found = imports.problems(imports.hand_in(office, imports.file_of(rows), actions.ImportBedsOfArea))
    assert found == {(n, "kept_for", "room-kept-twice") for n in (2, 3, 4)} | {(5, "kept_for", "room-kept-otherwise")}


def test_every_rule_has_a_sentence():
    for sheet in SHEETS.values():
        codes = {rule.code for rule in sheet.rules} | {check.code for column in sheet.columns for check in column.checks()}
        assert not [code for code in codes if row_sentence(sheet, code) == code]


def test_every_rule_is_broken_in_some_test():
    broken = {code for _column, code, _change in HOME_RULES + BED_RULES}
    elsewhere = {"lived-in", "twice", "other-provider", "home-elsewhere", "filing-undecided", "home-not-yours", "home-returned", "room-kept-twice", "room-kept-otherwise"}
    assert {rule.code for sheet in (SHEETS["homes"], SHEETS["beds"]) for rule in sheet.rules} <= broken | elsewhere
