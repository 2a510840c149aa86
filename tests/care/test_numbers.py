"""What is free, told once: every page, file and interface says the same number for the same need, and the board is not contradicted."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from governance.actions import Refused
from programs.care import actions, rules
from programs.care.models import CapacityObservation, Home, Vacancy
from programs.care.vocabulary import CareLevel, Precision
from tests.factories import care, people

pytestmark = pytest.mark.django_db

NUMBERS = {  # of a home, by what its places are set up for: places, occupied, reserved, accepting
    CareLevel.INTACT: (40, 20, 1, 19),
    CareLevel.MODERATE: (30, 21, 2, 7),
    CareLevel.SEVERE: (20, 16, 0, 4),
    CareLevel.DEMENTIA: (9, 6, 0, 3),
}
SUITING = {0: 30, 1: 11, 2: 11, 3: 4, 4: None, 5: 3}  # free for somebody with this need, in places of this level and better ones


@pytest.fixture
def home(db: Any) -> Home:
    told = care.home()
    for level, (maximum, occupied, reserved, accepting) in NUMBERS.items():
        care.reports(told, level, maximum=maximum, occupied=occupied, reserved=reserved, accepting=accepting)
    return told


def rows_of(page: str) -> dict[str, list[str]]:
    """The rows of tables, by their heading: the words of every cell."""
    found = {}
    for row in re.findall(r"<tr[^>]*>(.*?)</tr>", page, re.DOTALL):
        head = re.search(r"<th[^>]*>(.*?)</th>", row, re.DOTALL)
        cells = [" ".join(re.sub(r"<[^>]+>", " ", cell).split()) for cell in re.findall(r"<td[^>]*>(.*?)</td>", row, re.DOTALL)]
        if head and cells:
            found[" ".join(re.sub(r"<[^>]+>", " ", head[1]).split())] = cells
    return found


@pytest.mark.parametrize("need", CareLevel)
def test_every_page_tells_the_same_number_for_a_need(client: Any, home: Home, need: CareLevel):
    told = SUITING[need]
    headers = {"accept-language": "en"}
    page = rows_of(client.get(f"/care/homes/{home.pk}/", headers=headers).text)
    compared = rows_of(client.get(f"/care/homes/compare/?home={home.pk}", headers=headers).text)
    answer = client.get(f"/api/care/homes/?level={need.value}").json()["results"]
    file = client.get(f"/care/homes.csv?level={need.value}")
    lines = list(csv.DictReader(io.StringIO(b"".join(file.streaming_content).decode("utf-8-sig"))))
    shown = client.get(f"/care/homes/?level={need.value}", headers=headers).text
    if told is None:
        assert (str(need.label) in page, answer, lines, home.name in shown) == (False, [], [], False)
        return
    assert page[str(need.label)][3] == str(told)
    assert compared[f"for: {need.label}"] == [str(told)]
    assert [row["accepting"] for row in answer] == [told]
    assert [row["accepting"] for row in lines] == [str(told)]
    assert re.search(rf"<dt>Accepting</dt>\s*<dd>\s*{told}\s*</dd>", shown)
    assert Vacancy.objects.get(home=home, need=need).accepting == told


def test_the_whole_house_is_the_same_number_everywhere(client: Any, home: Home):
    assert Vacancy.objects.get(home=home, need=rules.ANY_NEED).accepting == 33
    for address in (f"/care/homes/{home.pk}/", "/care/homes/"):
        assert re.search(r"<dt>Accepting</dt>\s*<dd>\s*33\s*</dd>", client.get(address, headers={"accept-language": "en"}).text)
    assert client.get("/api/care/homes/").json()["results"][0]["accepting"] == 33


# In one go --------------------------------------------------------------------------------------------------------------


def numbers(level: int, *told: int | None, **more: Any) -> dict[str, Any]:
    names = ("maximum", "occupied", "reserved", "accepting")
    return {f"{name}_{level}": number for name, number in zip(names, told, strict=True)} | {
        f"{name}_{level}": value for name, value in more.items()
    }


def test_all_levels_are_reported_in_one_go(home: Home):
    before = CapacityObservation.objects.count()
    told = numbers(0, 40, 19, 1, 20) | numbers(3, 20, 17, 0, 3) | numbers(4, 2, 0, 0, 2)
    actions.ReportNumbers.do(care.runs(home), home, **told)
    kept = {line.care_level: line.accepting for line in CapacityObservation.objects.filter(home=home).latest()}
    assert (CapacityObservation.objects.count() - before, kept) == (3, {0: 20, 2: 7, 3: 3, 4: 2, 5: 3})


def test_one_wrong_level_keeps_all_from_being_written(home: Home):
    before = CapacityObservation.objects.count()
    with pytest.raises(Refused) as refused:
        actions.ReportNumbers.do(care.runs(home), home, **numbers(0, 40, 19, 1, 20), **numbers(3, 20, 17, 0, 9))
    assert (refused.value.field, CapacityObservation.objects.count()) == ("maximum_3", before)


def test_numbers_of_nothing_are_no_report():
    home = care.home()
    with pytest.raises(Refused):
        actions.ReportNumbers.do(care.runs(home), home)
    actions.ReportNumbers.do(care.runs(home), home, precision_3=Precision.UNKNOWN)
    assert CapacityObservation.objects.get().precision == Precision.UNKNOWN


def test_the_page_sends_two_changed_levels_and_keeps_both(client: Any, home: Home, sign_in: Callable[..., Any]):
    sign_in(people.member(home.provider))
    page = client.get(f"/care/homes/{home.pk}/vacancies/").text
    sent = dict(re.findall(r'<input class="govuk-input"[^>]* name="([a-z]+_\d)"[^>]*? value="([^"]*)"', page))
    assert sent["accepting_0"] == "19"
    sent |= {"occupied_0": "19", "accepting_0": "20", "occupied_3": "１7", "accepting_3": "3", "next": f"/care/homes/{home.pk}/vacancies/"}
    answer = client.post(f"/care/homes/{home.pk}/report-numbers/", sent)
    assert answer.status_code == 302, answer.text[:3000]
    kept = {line.care_level: line.accepting for line in CapacityObservation.objects.filter(home=home).latest()}
    assert (kept[0], kept[3]) == (20, 3)
    sent |= {"accepting_3": "9"}
    refused = client.post(f"/care/homes/{home.pk}/report-numbers/", sent)
    assert (refused.status_code, 'value="9"' in refused.text, "govuk-error-message" in refused.text) == (422, True, True)


# Against the board ------------------------------------------------------------------------------------------------------


@pytest.fixture
def lived_in(db: Any) -> Home:
    """Three beds, two people living there."""
    home = care.home()
    for bed in care.beds(home, 3)[:2]:
        care.admitted(for_bed=bed)
    return home


@pytest.mark.parametrize("occupied", [0, 1])
def test_nobody_who_lives_there_is_left_out(lived_in: Home, occupied: int):
    for who, action in ((care.runs(lived_in), actions.ReportCapacity), (care.office(), actions.VerifyCapacity)):
        with pytest.raises(Refused) as refused:
            action.do(who, lived_in, care_level=3, maximum=3, occupied=occupied, reserved=0, accepting=3 - occupied)
        assert refused.value.field == "occupied"
    actions.ReportCapacity.do(care.runs(lived_in), lived_in, care_level=3, maximum=3, occupied=2, reserved=0, accepting=1)


@pytest.mark.parametrize(("maximum", "accepting"), [(4, 2), (10, 8)])
def test_more_than_there_are_beds_needs_a_reason(lived_in: Home, maximum: int, accepting: int):
    told = {"care_level": 3, "maximum": maximum, "occupied": 2, "reserved": 0, "accepting": accepting}
    with pytest.raises(Refused) as refused:
        actions.ReportCapacity.do(care.runs(lived_in), lived_in, **told)
    assert refused.value.field == "remark"
    actions.ReportCapacity.do(care.runs(lived_in), lived_in, **told, remark="新楼未登记床位")


def test_places_for_a_level_without_beds_need_a_reason(lived_in: Home):
    told = {"care_level": 1, "maximum": 1, "occupied": 0, "reserved": 0, "accepting": 1}
    with pytest.raises(Refused):
        actions.ReportCapacity.do(care.runs(lived_in), lived_in, **told)


def test_a_home_without_a_board_counts_those_who_live_there_all_the_same():
    home = care.home()
    care.reports(home, 2, maximum=5, occupied=0, reserved=0, accepting=5)
    asked = actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(0), care_need=1)
    actions.AdmitResident.do(care.runs(home), actions.ConfirmReservation.do(care.runs(home), asked))
    with pytest.raises(Refused) as refused:
        actions.ReportCapacity.do(care.runs(home), home, care_level=2, maximum=5, occupied=0, reserved=0, accepting=5)
    assert refused.value.field == "occupied"
    actions.ReportCapacity.do(care.runs(home), home, care_level=2, maximum=9, occupied=1, reserved=0, accepting=8)


def test_what_contradicts_the_board_is_not_confirmed_with_one_tap(lived_in: Home):
    care.reports(lived_in, 3, maximum=3, occupied=0, reserved=0, accepting=3)
    with pytest.raises(Refused, match="moved out"):
        actions.ConfirmNothingChanged.do(care.runs(lived_in), lived_in)
    care.reports(lived_in, 3, maximum=3, occupied=2, reserved=0, accepting=1)
    actions.ConfirmNothingChanged.do(care.runs(lived_in), lived_in)


# Buttons ----------------------------------------------------------------------------------------------------------------


def test_a_reader_sees_the_pages_of_the_home_without_buttons(client: Any, lived_in: Home, sign_in: Callable[..., Any]):
    care.reports(lived_in, 3, maximum=3, occupied=2, reserved=0, accepting=1, observed_at=care.now_minus(5))
    care.asks(for_bed=care.bed(lived_in))
    pages = ("/care/workspace/", f"/care/homes/{lived_in.pk}/vacancies/", f"/care/homes/{lived_in.pk}/board/")
    buttons = re.compile(r"confirm-nothing-changed|report-numbers/|add-beds|register-resident|register-home|take-bed-out|Answer<")
    sign_in(people.member(lived_in.provider, "reader"))
    for address in pages:
        answer = client.get(address, headers={"accept-language": "en"})
        assert (answer.status_code, sorted(set(buttons.findall(answer.text.partition("<main")[2])) - {"report-numbers/"})) == (200, []), address
    client.logout()
    sign_in(people.member(lived_in.provider))
    seen = {word for address in pages for word in buttons.findall(client.get(address, headers={"accept-language": "en"}).text)}
    assert seen == {
        "confirm-nothing-changed", "report-numbers/", "add-beds", "register-resident", "register-home", "take-bed-out", "Answer<",
    }  # fmt: skip


def test_rows_of_the_worklist_are_told_apart(client: Any, lived_in: Home, sign_in: Callable[..., Any]):
    born = {"resident_born_on": date(1941, 3, 8), "relation": "parent"}
    for name, need in (("示例甲", 1), ("示例乙", 3)):
        care.asks(for_bed=care.bed(lived_in), resident_name=name, care_need=need, **born)
    sign_in(people.member(lived_in.provider))
    page = client.get("/worklist/", headers={"accept-language": "en"}).text
    assert "示例甲 · Mild disability · " in page
    assert "示例乙 · Severe disability · " in page


def test_what_is_overdue_stands_on_the_homes_first_page(client: Any, sign_in: Callable[..., Any]):
    home = care.home()
    with care.days_ago(7):
        stay = care.admitted(for_bed=care.bed(home), leaves_on=care.in_days(5))
        awaited = care.confirmed(for_bed=care.bed(home), arrives_on=care.in_days(6))
    sign_in(people.member(home.provider))
    page = client.get("/care/workspace/", headers={"accept-language": "en"}).text
    first, _, rest = page.partition('id="awaited"')
    second, _, third = rest.partition('id="overstayed"')
    assert (awaited.reference in second, stay.reference in third, stay.reference in first + second) == (True, True, False)
    assert stay.reference in client.get("/worklist/").text
    for stage, record in (("overstayed", stay), ("awaited", awaited)):
        listed = client.get(f"/care/reservations/?stage={stage}").text
        assert [one.reference in listed for one in (stay, awaited)] == [record is stay, record is awaited]
    page = client.get(f"/care/reservations/{stay.pk}/", headers={"accept-language": "en"}).text
    assert "extend the stay" in page
