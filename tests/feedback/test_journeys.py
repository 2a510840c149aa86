"""In a real browser: an anonymous petition to the second review, two offices together, a supervisor."""

from __future__ import annotations

import pytest

from governance.actions import CLOCK
from governance.feedback import actions
from governance.feedback.models import Matter
from tests.factories import care, people
from tests.factories.feedback import World, answered, wording

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "main form button.govuk-button"


@pytest.fixture
def world() -> World:
    return World()


def onward(page) -> None:
    """Press the main button of the page and wait for the page it leads to."""
    with page.expect_navigation():
        page.click(MAIN)


def press(page, title: str) -> None:
    link = page.get_by_role("link", name=title, exact=True)
    if not link.count():
        page.get_by_text("What else can be done").click()
    with page.expect_navigation():
        link.first.click()


def test_from_an_anonymous_petition_to_the_second_review(visit, world, accessible):
    page = visit(language="en", width=390)
    page.goto("/feedback/new/")
    page.check("input[value=petition]")
    onward(page)
    page.check("input[value=care]")
    page.fill("[name=area]", "示例区")
    onward(page)
    page.fill("[name=subject]", "要求退还取暖费")
    page.fill("[name=text]", "九月起每月多收一百八十元取暖费，请求退还。")
    for _ in range(4):  # text, files, contact, check
        page.click(MAIN)
    code = page.text_content("#code").strip()
    matter = Matter.objects.get()
    assert page.url.endswith(f"/feedback/sent/{matter.pk}/")
    accessible(page)
    actions.AcceptMatter.do(world.writer, actions.RouteMatter.do(CLOCK, matter))
    answered(matter, world.writer, world.checker)

    later = visit(language="en")
    later.goto("/feedback/follow/")
    later.fill("[name=code]", code.lower())
    later.click(MAIN)
    assert later.get_by_text("多收的取暖费应当退还。").count() == 1
    accessible(later)
    press(later, "Say what you think of the answer")
    later.check("input[name=solved][value=no]")
    later.check("input[name=satisfaction][value='2']")
    later.check("input[name=conduct][value='5']")
    later.click(MAIN)
    for title, stage, (writer, checker) in (
        ("Ask for a review", "review", (world.reviewer, world.second_reviewer)),
        ("Ask for a second review", "recheck", (world.last, world.last_checker)),
    ):
        press(later, title)
        later.click(MAIN)  # without a reason: said at the field
        assert later.locator("#id_reason_error").count() == 1
        later.fill("[name=reason]", "没有回应退款问题")
        later.click(MAIN)
        review = Matter.objects.get(stage=stage)
        assert later.url.endswith(review.get_absolute_url())
        answered(review, writer, checker)
        later.reload()
    assert later.get_by_text("This answer is final").count() == 1
    accessible(later)


def test_two_offices_answer_together_with_four_eyes(visit, world, accessible):
    matter = world.routed()
    writer = visit(people.member(world.office, "officer"), language="en")
    writer.goto("/worklist/")
    assert writer.get_by_text(matter.subject).count() >= 1
    writer.goto(matter.get_absolute_url())
    press(writer, "Accept matter")
    writer.click(MAIN)
    press(writer, "Ask another office for its part")
    writer.select_option("[name=to]", label=str(world.other))
    writer.fill("[name=question]", "请核对缴费记录。")
    writer.click(MAIN)
    task = matter.tasks.get()

    writer.goto(f"{matter.get_absolute_url()}draft-answer/")
    for name, text in {"finding": "每月多收 180 元", "text": "应当退还。"}.items():
        writer.fill(f"[name={name}]", text)
    writer.check("input[name=outcome][value=supported]")
    writer.check("input[name=unbiased]")
    assert writer.text_content("#letter-text") == "应当退还。", "the letter follows what is typed"
    writer.click(MAIN)
    assert writer.get_by_text("Co-handlers have not answered yet").count() >= 1
    accessible(writer)

    helper = visit(people.member(world.other, "officer"), language="en")
    helper.goto(f"{task.get_absolute_url()}contribute/")
    helper.fill("[name=contribution]", "记录无误。")
    helper.click(MAIN)
    writer.click(MAIN)
    writer.goto(f"{matter.get_absolute_url()}approve-answer/")
    assert writer.get_by_text("not whoever wrote it").count() >= 1 and writer.locator(MAIN).count() == 0, "it is not even offered"

    checker = visit(people.member(world.office, "officer"), language="en")
    checker.goto(matter.get_absolute_url())
    accessible(checker)
    press(checker, "Approve the answer")
    assert checker.get_by_text("应当退还。").count() == 1
    accessible(checker)
    checker.click(MAIN)
    press(checker, "Send the answer")
    checker.click(MAIN)
    matter.refresh_from_db()
    assert matter.state == "answered"
    for address in ("matters/", "figures/", "rules/", "commitments/"):
        checker.goto(f"/feedback/{address}")
        accessible(checker)


def test_a_supervisor_demands_an_explanation(visit, world, accessible):
    matter = world.accepted()
    page = visit(people.member(world.desk, "officer"), language="en")
    page.goto(matter.get_absolute_url())
    press(page, "Demand an explanation")
    page.fill("[name=demand]", "说明为什么没有按期答复。")
    onward(page)
    accessible(page)
    order = matter.supervisions.get()
    actions.Explain.do(world.writer, order, explanation="人手不足", rectification="已补办")
    page.reload()
    press(page, "Conclude supervision")
    page.fill("[name=outcome]", "已整改")
    onward(page)
    order.refresh_from_db()
    assert order.state == "concluded"


def test_neighbours_ask_for_the_same_and_one_says_it_is_not_solved(visit, world, accessible):
    author = people.user()
    matter = world.accepted(care.Acting(author.person))
    page = visit(author, language="en", width=390)
    page.goto(matter.get_absolute_url())
    with page.expect_navigation():
        page.get_by_role("link", name="Let others join who ask for the same").click()
    onward(page)
    address = page.input_value("#join")
    accessible(page)

    neighbour = visit(people.user(), language="en", width=390)
    neighbour.goto(address)
    accessible(neighbour)
    onward(neighbour)
    assert neighbour.url.endswith(matter.get_absolute_url())
    answered(matter, world.writer, world.checker)
    neighbour.reload()
    assert neighbour.get_by_text("多收的取暖费应当退还。").count() == 1
    press(neighbour, "It is not solved: open it again")
    neighbour.fill("[name=reason]", "还在多收")
    onward(neighbour)
    accessible(neighbour)
    matter.refresh_from_db()
    assert (matter.state, matter.round) == ("accepted", 2)


def test_many_answered_out_of_a_template_with_the_keyboard_alone(visit, world, accessible):
    matters = [world.accepted(kind="question") for _ in range(2)]
    wording(world.office)
    page = visit(people.member(world.office, "officer"), language="en")
    page.goto("/feedback/matters/")
    page.focus("[data-all]")
    page.keyboard.press("Space")
    page.focus("#wording")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    accessible(page)
    page.focus("input[name=日期]")
    page.keyboard.type("12 月 1 日")
    page.keyboard.press("Tab")
    page.keyboard.type("一号窗口")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    accessible(page)
    for matter in matters:
        matter.refresh_from_db()
        assert matter.state == "drafted"
        assert matter.answer.text == "请于12 月 1 日前到一号窗口办理。"


@pytest.mark.parametrize(("language", "width"), [("en", 390), ("en", 1280), ("zh-CN", 390), ("zh-CN", 1280)])
def test_how_much_is_left_is_said_while_typing(visit, world, accessible, language, width):
    page = visit(language=language, width=width)
    page.goto("/feedback/new/")
    page.check("input[value=petition]")
    onward(page)
    page.check("input[value=care]")
    page.fill("[name=area]", "示例区")
    onward(page)
    status = page.locator(".govuk-character-count__status")
    assert "5,000" in status.text_content()
    page.fill("[name=text]", ("一" * 79 + "\n") * 50)
    words = {"en": ("1,000 characters remaining", "1 character too many"), "zh-CN": ("还可以写 1,000 个字", "多了 1 个字")}[language]
    assert words[0] in status.text_content()
    accessible(page)
    page.fill("[name=text]", "一" * 5001)
    assert words[1] in status.text_content()
    accessible(page)
