"""An office's desk: looking for matters, giving many to a colleague, answering many out of a template, handing over, what is due when."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from governance.actions import NotResponsible, NotVisible, Refused
from governance.clocks.models import Clock
from governance.clocks.now import today
from governance.feedback import actions
from governance.feedback.models import Matter, Wording
from governance.feedback.models.wording import blanks_of
from governance.promises.concerned import handlers
from governance.web.worklist import with_records, worklist
from tests.factories import people
from tests.factories.feedback import PARTS, World, knows, office, wording

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
LIST = "/feedback/matters/"


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def desk(client, world):
    people.second_factor(world.writer.user)
    client.force_login(world.writer.user, backend=BACKEND)
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_one_finds_by_reference_words_state_handler_and_day(desk, world):
    first, second = world.accepted(subject="取暖费多收"), world.routed(subject="餐费", text="食堂涨价，事先没有告知任何人。")
    actions.GiveToColleague.do(world.writer, first, to=world.checker.user)

    def found(**asked):
        page = desk.get(LIST, asked).content.decode()
        return {one.subject for one in (first, second) if one.reference in page}

    assert found() == {"取暖费多收", "餐费"}
    assert found(q=second.reference.lower()) == {"餐费"} == found(state="routed") == found(handler="nobody")
    assert found(q="取暖") == {"取暖费多收"} == found(handler=world.checker.user.pk)
    assert found(due="late") == set() and found(kind="petition") == set()
    assert found(sort="due", due="nonsense", handler="x") == {"取暖费多收", "餐费"}


def test_many_go_to_a_colleague_and_what_is_refused_is_said(desk, world):
    matters = [world.accepted() for _ in range(3)]
    done = world.answered()
    answer = desk.post(reverse("feedback:give"), {"ids": [one.pk for one in [*matters, done]], "to": world.checker.user.pk}, follow=True)
    assert set(Matter.objects.filter(handler=world.checker.user)) == set(matters)
    assert done.reference in answer.content.decode() and "3 matters were done" in answer.content.decode()
    assert matters[0].events.filter(action="feedback.give-to-colleague").count() == 1


def test_nothing_goes_to_somebody_of_another_office(desk, world):
    matter = world.accepted()
    desk.post(reverse("feedback:give"), {"ids": [matter.pk], "to": world.helper.user.pk})
    with pytest.raises(Refused):
        actions.GiveToColleague.do(world.writer, matter, to=world.helper.user)
    matter.refresh_from_db()
    assert matter.handler is None


def test_many_are_answered_out_of_a_template_and_each_is_approved_by_another(desk, world):
    template = wording(world.office)
    matters = [world.accepted(kind="question") for _ in range(2)]
    chosen = {"ids": [one.pk for one in matters], "wording": template.pk}
    page = desk.post(reverse("feedback:give"), chosen, follow=True).content.decode()
    assert "日期" in page and "地点" in page
    missing = desk.post(reverse("feedback:answer-many"), chosen | {"日期": "12 月 1 日"})
    assert missing.status_code == 422 and not Matter.objects.filter(state="drafted").exists()
    desk.post(reverse("feedback:answer-many"), chosen | {"日期": "12 月 1 日", "地点": "街道大厅"})
    for matter in Matter.objects.filter(pk__in=chosen["ids"]):
        assert (matter.state, matter.answer.text) == ("drafted", "请于12 月 1 日前到街道大厅办理。")
        with pytest.raises(NotResponsible):
            actions.ApproveAnswer.do(world.writer, matter)
        actions.ApproveAnswer.do(world.checker, matter)


def test_another_offices_template_and_matters_are_out_of_reach(desk, world):
    theirs = wording(office("别的局"))
    matter = world.accepted()
    answer = desk.get(reverse("feedback:answer-many"), {"ids": matter.pk, "wording": theirs.pk})
    assert answer.status_code == 302
    with pytest.raises(NotVisible):
        actions.RetireWording.do(world.writer, theirs)


def test_a_template_with_loose_braces_is_refused(desk, world):
    for text in ("请于{前", "请于{}前", "{0.__class__}", "{日期!r}", "{a b}"):
        answer = desk.post("/feedback/do/add-wording/", {"name": "示例", "text": text})
        assert answer.status_code == 422, text
    desk.post("/feedback/do/add-wording/", {"name": "示例", "text": "请于{日期}前办理。", "kinds": "question"})
    assert Wording.objects.get().blanks == ["日期"]
    assert actions.RetireWording.do(world.writer, Wording.objects.get()).state == "retired"


@given(st.text(max_size=60))
def test_whatever_is_taken_as_a_template_can_be_filled(text):
    try:
        blanks = blanks_of(text)
    except ValueError:
        return
    assert text.format(**dict.fromkeys(blanks, "x")) is not None


def test_everything_is_handed_over_in_rounds_with_the_reason(desk, world, monkeypatch):
    monkeypatch.setattr("governance.feedback.views.desk.MOST_AT_ONCE", 2)
    matters = [actions.GiveToColleague.do(world.writer, world.accepted(), to=world.writer.user) for _ in range(3)]
    told = {"leaves": world.writer.user.pk, "to": world.checker.user.pk, "reason": "调离岗位"}
    page = desk.post(reverse("feedback:handover"), told).content.decode()
    assert "2 of 3 handed over" in page
    page = desk.post(reverse("feedback:handover"), told | {"all": "3"}, follow=True).content.decode()
    assert "3 matters were handed over" in page
    assert Matter.objects.filter(handler=world.checker.user).count() == 3
    assert {one.events.filter(action="feedback.give-to-colleague").first().reason for one in matters} == {"调离岗位"}
    assert desk.post(reverse("feedback:handover"), told | {"to": told["leaves"]}).status_code == 422


def test_the_calendar_shows_what_is_due_on_which_day(desk, world):
    matter = world.accepted()
    due = matter.clocks.pressing().first().due_at
    page = desk.get(reverse("feedback:calendar"), {"month": f"{due:%Y-%m}"}).content.decode()
    assert matter.reference in page
    assert matter.reference not in desk.get(reverse("feedback:calendar"), {"month": "2020-01"}).content.decode()
    assert f"{today():%Y-%m}" in desk.get(reverse("feedback:calendar"), {"month": "soon"}).content.decode()


def test_of_two_periods_that_end_at_the_same_instant_the_one_declared_first_names_the_row(world):
    """Seven days and five working days end together in every week without a holiday."""
    routed = [world.routed() for _ in range(8)]
    for matter in routed:
        Clock.objects.filter(record_id=matter.pk, closed_at=None).update(due_at=matter.created_at + timedelta(days=7))
    clocks, _shown = worklist(world.writer)
    assert sorted(clock.record_id for clock in clocks) == sorted(matter.pk for matter in routed)
    assert {clock.rule.code for clock in clocks} == {"feedback.object-to-routing"}


def test_whoever_does_the_next_step_has_it_on_the_worklist_and_is_reminded(world):
    """Not only the last step counts: a matter that nobody has begun to answer is due all the same."""
    matter = world.routed()

    def next_step(actor):
        _all, shown = worklist(actor)
        return [(work.record.pk, work.clock.rule.code, work.action.slug) for work in with_records(shown, actor)]

    def reminded():
        clock = matter.clocks.get(rule__code="HOT_FB_ORD", closed_at=None)
        return set(handlers(clock, Matter.objects.get(pk=matter.pk)))

    steps = (
        ("accept-matter", lambda: actions.AcceptMatter.do(world.writer, matter)),
        ("draft-answer", lambda: actions.DraftAnswer.do(world.writer, matter, **PARTS)),
        ("approve-answer", lambda: actions.ApproveAnswer.do(world.checker, matter)),
        ("send-answer", lambda: actions.SendAnswer.do(world.checker, matter)),
    )
    for slug, do in steps:
        # One row a matter, however many periods run on it; the period of objecting ends first.
        code = "feedback.object-to-routing" if slug == "accept-matter" else "HOT_FB_ORD"
        who, other = (world.checker, world.writer) if slug == "approve-answer" else (world.writer, world.checker)
        assert next_step(who) == [(matter.pk, code, slug)] and reminded() == {world.office.pk}
        assert slug != "approve-answer" or next_step(other) == [], "whoever wrote it is not offered to approve it"
        do()
    assert next_step(world.writer) == []


def test_the_desk_is_for_offices(client, world):
    for name in ("feedback:handover", "feedback:calendar", "feedback:answer-many"):
        assert client.get(reverse(name)).status_code == 302
    client.force_login(people.user(), backend=BACKEND)
    assert client.get(reverse("feedback:handover"))["Location"] == LIST
    matter = world.accepted()
    with pytest.raises(NotResponsible):
        actions.GiveToColleague.do(knows(matter), matter, to=world.writer.user)
