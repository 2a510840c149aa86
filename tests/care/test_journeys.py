"""Whole journeys in a browser: somebody finds a bed and lives in it; what happens when it goes another way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import pytest
from django.utils import translation
from django.utils.translation import gettext

from governance.actions.tasks import sweep
from governance.clocks.now import now, stopped_at, today
from programs.care.models import Home, Reservation
from programs.care.vocabulary import CareLevel, Duty
from tests.factories import care, people

pytestmark = pytest.mark.django_db(transaction=True)

WAYS = [("zh-CN", 1280), ("zh-CN", 390), ("en", 1280), ("en", 390)]


@dataclass
class World:
    """A home with three beds, somebody who works there, and somebody who looks for a place."""

    home: Home
    clerk: Any
    citizen: Any

    @property
    def asked(self) -> Reservation:
        """What the citizen asked for last."""
        return Reservation.objects.filter(applicant=self.citizen.person).latest("id")


@pytest.fixture
def world() -> World:
    runs = care.provider()
    home = care.home(runs, name="示例松风养老院", pinyin="shilisongfengyanglaoyuan slsfyly")
    care.beds(home, 3, room="101", level=CareLevel.SEVERE)
    care.reports(home, CareLevel.SEVERE, maximum=3, occupied=0, reserved=0, accepting=3, observer=runs.stakeholder)
    return World(home, people.member(runs.stakeholder), people.user())


def words(language: str, text: str) -> str:
    """A text of the interface as this reader sees it."""
    with translation.override("zh-hans" if language.startswith("zh") else "en"):
        return gettext(text)


def press(page: Any, text: str, *, exact: bool = False) -> None:
    """Click the first link or button with these words and wait for the page it leads to."""
    main = page.locator("main")
    with page.expect_navigation():
        main.get_by_role("link", name=text, exact=exact).or_(main.get_by_role("button", name=text, exact=exact)).first.click()


def act(page: Any, language: str, title: str, **inputs: str) -> None:
    """Open an action from its record, fill in, confirm."""
    press(page, words(language, title))
    for name, value in inputs.items():
        field = page.locator(f"[name={name}]").first
        field.select_option(value) if field.evaluate("e => e.tagName") == "SELECT" else field.fill(value)
    send(page)


def send(page: Any) -> None:
    """Send the form of the page and wait for the answer."""
    with page.expect_navigation():
        page.locator("main form button").last.click()


def sentence(page: Any) -> str:
    """What the page says happens next."""
    return page.locator(".next .sentence").inner_text()


@pytest.mark.parametrize(("language", "width"), WAYS)
def test_somebody_finds_a_bed_moves_in_moves_and_leaves(world: World, visit: Callable[..., Any], accessible: Any, language: str, width: int):
    page = visit(world.citizen, language=language, width=width)
    page.goto("/care/homes/?q=songfeng")
    accessible(page)
    press(page, "示例松风养老院", exact=True)
    accessible(page)
    press(page, words(language, "Ask for a place"))
    accessible(page)
    page.fill("[name=arrives_on]", (today() + timedelta(days=2)).isoformat())
    send(page)
    assert "示例松风养老院" in sentence(page)
    assert page.locator(".cal").is_visible()
    accessible(page)
    asked = world.asked

    desk = visit(world.clerk, language=language, width=width)
    desk.goto("/care/workspace/")
    accessible(desk)
    press(desk, words(language, "Answer"))
    accessible(desk)
    act(desk, language, "Confirm reservation")
    page.reload()
    assert asked.arrives_on.strftime("%-d") in sentence(page)
    act(desk, language, "Admit resident")
    other = world.home.beds.exclude(pk=asked.bed_id).first()
    act(desk, language, "Transfer resident", bed=str(other.pk), reason="调到朝南房间")
    act(desk, language, "Discharge resident", reason="康复后回家居住")
    stays = Reservation.objects.order_by("id").values_list("state", "bed")
    assert list(stays) == [("transferred", asked.bed_id), ("discharged", other.pk)]
    page.goto("/care/reservations/")
    accessible(page)
    assert page.locator("tbody tr").count() == 2


def tab_to(page: Any, element: Any) -> None:
    """Press Tab until the element has the focus."""
    for _step in range(120):
        if element.evaluate("e => e === document.activeElement"):
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no way to {element} by keyboard")


def type_day(page: Any, field: Any, day: date) -> None:
    """Type a date; in which order its parts are asked for is the browser's business."""
    for parts in (("%m", "%d", "%Y"), ("%d", "%m", "%Y"), ("%Y", "%m", "%d")):
        field.focus()
        for part in parts:
            page.keyboard.type(day.strftime(part))
            if part == "%Y" != parts[-1]:
                page.keyboard.press("ArrowRight")
        if field.input_value() == day.isoformat():
            return
    raise AssertionError(f"the browser took {field.input_value()} for {day}")


def test_the_keyboard_is_enough(world: World, visit: Callable[..., Any]):
    page = visit(world.citizen)
    page.goto("/care/homes/")
    tab_to(page, page.locator("#q"))
    page.keyboard.type("songfeng")
    page.keyboard.press("Enter")
    page.wait_for_url("**q=songfeng**")
    tab_to(page, page.get_by_role("link", name="示例松风养老院", exact=True))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/care/homes/{world.home.pk}/")
    tab_to(page, page.get_by_role("link", name="预订床位"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/ask-for-place/")
    tab_to(page, page.locator("[name=arrives_on]"))
    day = today() + timedelta(days=2)
    type_day(page, page.locator("[name=arrives_on]"), day)
    tab_to(page, page.locator("main form button").last)
    page.keyboard.press("Enter")
    page.wait_for_url("**/care/reservations/**")
    assert world.asked.arrives_on == day


def test_what_cannot_be_is_said_beside_the_field_and_nothing_is_lost(world: World, visit: Callable[..., Any], accessible: Any):
    page = visit(world.citizen)
    page.goto(f"/care/homes/{world.home.pk}/ask-for-place/")
    for arrives, leaves, said in ((-1, None, "入住日期已经过了"), (5, 2, "离开日期")):
        page.fill("[name=arrives_on]", (today() + timedelta(days=arrives)).isoformat())
        page.fill("[name=leaves_on]", (today() + timedelta(days=leaves)).isoformat() if leaves else "")
        page.fill("[name=wish]", "怕冷，想住朝南的房间")
        send(page)
        assert said in page.locator(".govuk-error-summary").inner_text()
        assert said in page.locator(".govuk-error-message").first.inner_text()
        assert page.locator("[name=wish]").input_value() == "怕冷，想住朝南的房间"
        accessible(page)
    assert not Reservation.objects.exists()


@pytest.mark.parametrize(("language", "width"), [("zh-CN", 390), ("en", 1280)])
def test_the_home_says_no_and_why(world: World, visit: Callable[..., Any], language: str, width: int):
    asked = care.asks(care.Acting(world.citizen.person), world.home.beds.first())
    desk = visit(world.clerk, language=language, width=width)
    desk.goto(asked.get_absolute_url())
    act(desk, language, "Decline reservation", decline_ground="assessment")
    assert desk.locator(".govuk-error-summary").is_visible()
    desk.fill("[name=reason]", "请先到社区做能力评估")
    send(desk)
    page = visit(world.citizen, language=language, width=width)
    page.goto(asked.get_absolute_url())
    assert "请先到社区做能力评估" in page.locator("main").inner_text()
    press(page, words(language, "Homes that have a place now"))
    assert "/care/homes/" in page.url


def test_a_request_nobody_answers_ends_and_says_so(world: World, visit: Callable[..., Any], accessible: Any):
    with stopped_at(now() - timedelta(days=15)):
        asked = care.asks(care.Acting(world.citizen.person), world.home.beds.first())
    sweep()
    page = visit(world.citizen)
    page.goto(asked.get_absolute_url())
    assert "期限已过" in sentence(page)
    accessible(page)


def test_somebody_changes_their_mind(world: World, visit: Callable[..., Any]):
    asked = care.asks(care.Acting(world.citizen.person), world.home.beds.first())
    page = visit(world.citizen, width=390)
    page.goto(asked.get_absolute_url())
    act(page, "zh-CN", "Withdraw reservation")
    assert world.asked.state == "withdrawn"
    assert "取消" in sentence(page)


def test_couples_ask_for_the_bed_beside(world: World, visit: Callable[..., Any], accessible: Any):
    asked = care.asks(care.Acting(world.citizen.person), world.home.beds.first())
    page = visit(world.citizen)
    page.goto(asked.get_absolute_url())
    act(page, "zh-CN", "Ask for a neighbouring bed", relation="spouse", resident_name="示例老伴", resident_born_on="1941-03-08", neighbour_wish="same-room")
    accessible(page)
    assert (world.asked.companion, world.asked.bed.room) == (asked, asked.bed.room)


def test_without_script_a_bed_is_found_and_asked_for(world: World, visit: Callable[..., Any]):
    page = visit(world.citizen, width=390, javascript=False)
    page.goto("/care/homes/")
    page.fill("#q", "松风")
    press(page, "应用筛选")
    press(page, "示例松风养老院", exact=True)
    press(page, "预订床位")
    page.fill("[name=arrives_on]", (today() + timedelta(days=2)).isoformat())
    send(page)
    assert world.asked.state == "requested"


def test_one_tap_confirms_that_nothing_changed(world: World, visit: Callable[..., Any], accessible: Any):
    desk = visit(world.clerk, width=390)
    desk.goto(f"/care/homes/{world.home.pk}/vacancies/")
    accessible(desk)
    with desk.expect_navigation():
        press(desk, "没有变化")
    assert desk.url.endswith("/vacancies/")
    assert world.home.observations.first().confirmed_unchanged


def test_numbers_that_do_not_add_up_come_back_with_what_was_typed(world: World, visit: Callable[..., Any]):
    desk = visit(world.clerk)
    desk.goto(f"/care/homes/{world.home.pk}/vacancies/")
    desk.fill("[name=occupied_3]", "1")
    desk.fill("[name=accepting_3]", "1")
    press(desk, "报送全部数字")
    assert "加起来" in desk.locator(".govuk-error-summary").inner_text()
    assert desk.locator("[name=occupied_3]").input_value() == "1"
    desk.fill("[name=remark_3]", "1 张维修")
    send(desk)
    assert world.home.observations.first().remark == "1 张维修"


def test_beds_are_set_up_and_seen_on_the_board(world: World, visit: Callable[..., Any], accessible: Any):
    desk = visit(world.clerk)
    desk.goto(f"/care/homes/{world.home.pk}/board/")
    accessible(desk)
    act(desk, "zh-CN", "Add beds", unit="二层", room="201", labels="201-1..201-2", care_level="2")
    desk.goto(f"/care/homes/{world.home.pk}/board/")
    assert "201-2" in desk.locator("main").inner_text()


def test_what_was_known_on_a_past_day(world: World, visit: Callable[..., Any]):
    page = visit()
    page.goto(f"/care/homes/{world.home.pk}/?on={(today() - timedelta(days=9)).isoformat()}")
    assert words("zh-CN", "The home had not reported anything by then.") in page.locator("main").inner_text()


def test_a_home_is_filed_and_accepted(world: World, visit: Callable[..., Any], accessible: Any):
    body = care.stakeholder("government", "government-authority", "示例市民政局")
    people.mandate(body, Duty.APPROVE_HOMES)
    desk, office = visit(world.clerk), visit(people.member(body), width=390)
    desk.goto("/care/workspace/")
    press(desk, "登记另一家机构")
    accessible(desk)
    desk.fill("[name=name]", "示例新建护理院")
    desk.fill("[name=address]", "云台路示例 8 号")
    desk.select_option("[name=area]", care.DISTRICT)
    desk.select_option("[name=ownership]", "for-profit")
    send(desk)
    home = Home.objects.latest("id")
    assert home.state == "registered"

    office.goto("/worklist/")
    accessible(office)
    press(office, "受理备案")
    office.fill("[name=filing_number]", "示例民养备〔2026〕009号")
    send(office)
    home.refresh_from_db()
    assert (home.state, home.filing_number) == ("open", "示例民养备〔2026〕009号")
