"""What people bring, from the first word to the second review; and what nobody can do on the way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.actions.actors import CLOCK
from governance.clocks.now import now, stopped_at, today
from governance.feedback import actions, handlers, simulation
from governance.feedback.models import Answer, Matter
from governance.feedback.vocabulary import Duty
from governance.stakeholders.actors import NOBODY, actor_for
from tests.factories import care, people
from tests.factories.feedback import PARTS, World, answered, brought, knows, office, officer, rule

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def periods(matter: Matter) -> set[tuple[str, str]]:
    return set(matter.clocks.values_list("rule__code", "state"))


def test_bringing_something_costs_three_statements(world):
    brought()
    area = care.area()
    with CaptureQueriesContext(connection) as captured:
        brought(area=area)
    asked = [q["sql"] for q in captured if "SAVEPOINT" not in q["sql"]]
    assert len(asked) <= 3, "\n".join(asked)


def test_it_goes_by_itself_to_whoever_holds_the_duty_and_the_periods_of_its_kind_run(world):
    complaint, petition = brought(), brought(kind="petition")
    assert periods(complaint) == {("HOT_DISPATCH_3", "running")}
    assert periods(petition) == {("PET_REGISTER", "running")}
    for matter in (complaint, petition):
        handlers.route({"record": matter.pk})
        matter.refresh_from_db()
        assert (matter.state, matter.office) == ("routed", world.office)
    assert ("HOT_FB_ORD", "running") in periods(complaint)
    assert ("PET_OBJECT", "running") in periods(petition)
    petition = actions.AcceptMatter.do(world.writer, petition)
    assert {("PET_HANDLE", "running"), ("PET_OBJECT", "stopped")} <= periods(petition)


def test_where_nobody_is_charged_it_waits_for_the_coordinator(world):
    world.office.mandates.all().delete()
    matter = brought()
    handlers.route({"record": matter.pk})
    matter.refresh_from_db()
    assert matter.state == "received"
    assert actions.AssignMatter.do(world.coordinator, matter, to=world.office, reason="职责清单").office == world.office


def test_a_rule_in_force_decides_and_says_so(world):
    examiner = officer(office("甲区监察办"), Duty.EXAMINE_REPORTS).stakeholder
    people.mandate(examiner, Duty.EXAMINE_REPORTS, "990101000000") if not examiner.mandates.exists() else None
    world.office.mandates.filter(duty=Duty.EXAMINE_REPORTS).delete()
    proposed = actions.ProposeRoutingRule.do(
        world.coordinator, place=1, name="收费问题", kinds=["complaint"], categories=[], words=["取暖费"], duty=Duty.EXAMINE_REPORTS, basis="示例", starts_on=None, ends_on=None,
        area=care.area("990100000000", "示例市"),
    )  # fmt: skip
    first = brought()
    tried = simulation.tried(proposed, world.coordinator, today())
    assert (tried.looked_at, tried.fitting, tried.moved) == (1, 1, [first])
    assert actions.RouteMatter.do(CLOCK, brought()).office == world.office
    actions.ActivateRoutingRule.do(world.coordinator, proposed)
    routed = actions.RouteMatter.do(CLOCK, first)
    assert (routed.rule, routed.office) == (proposed, examiner)
    actions.EndRoutingRule.do(world.coordinator, proposed, reason="试行结束")
    assert actions.RouteMatter.do(CLOCK, brought()).office == world.office


def test_nobody_handles_what_is_said_against_them(world):
    people.mandate(world.other, Duty.ANSWER_MATTERS, "990101000000")
    matter = world.routed(named=world.office.name)
    assert (matter.organisation, matter.office) == (world.office, world.other)
    with pytest.raises(Refused):
        actions.PassMatterOn.do(world.helper, matter, to=world.office, reason="请甲区办理")
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(office=world.office)


def test_the_accused_never_sees_a_report_whatever_duties_they_hold(world):
    for duty in Duty:
        people.mandate(world.other, duty, "990100000000")
    accused = actor_for(world.helper.user, world.helper.current)
    report = world.accepted(kind="report", named=world.other.name)
    assert not Matter.objects.visible_to(accused).filter(pk=report.pk).exists()
    assert Matter.objects.visible_to(world.writer).filter(pk=report.pk).exists()
    with pytest.raises(Refused):
        actions.AskCoHandler.do(world.writer, report, to=world.other, question="请说明")
    with pytest.raises(NotVisible):
        actions.OrderExplanation.do(accused, report, demand="x")
    asked = actions.AskCoHandler.do(world.writer, report, to=world.city, question="请核对")
    order = actions.OrderExplanation.do(world.coordinator, report, demand="说明进展")
    for record in (asked, order):
        assert not type(record).objects.visible_to(accused).filter(pk=record.pk).exists()


def test_an_office_objects_once_and_may_not_send_back_what_a_coordinator_has_decided(world):
    matter = actions.ObjectToRouting.do(world.writer, world.routed(), reason="属于医保局职责")
    ruled = actions.AssignMatter.do(world.coordinator, matter, to=world.office, reason="职责清单第 3 项")
    assert ruled.is_ruled
    with pytest.raises(NotNow):
        actions.ObjectToRouting.do(world.writer, ruled, reason="还是不属于")
    with pytest.raises(NotNow):
        actions.PassMatterOn.do(world.writer, ruled, to=world.other, reason="转办")
    assert actions.AcceptMatter.do(world.writer, ruled).state == "accepted"


def test_it_is_passed_on_twice_at_most_and_silence_for_five_working_days_is_acceptance(world):
    matter = actions.PassMatterOn.do(world.writer, world.routed(), to=world.other, reason="属于医保")
    with pytest.raises(NotVisible):
        actions.AcceptMatter.do(world.writer, matter)
    matter = actions.PassMatterOn.do(world.helper, matter, to=world.office, reason="属于民政")
    with pytest.raises(Refused):
        actions.PassMatterOn.do(world.writer, matter, to=world.other, reason="属于医保")
    assert actions.KeepMatter.do(CLOCK, matter).state == "accepted"


def test_of_another_kind_both_periods_stay_in_sight(world):
    matter = world.accepted(kind="question")
    before = matter.clocks.get(rule__code="HOT_FB_ORD").due_at
    matter = actions.RetypeMatter.do(world.writer, matter, kind="petition", reason="要求作出决定")
    assert {("HOT_FB_ORD", "running"), ("PET_HANDLE", "running")} <= periods(matter)
    assert matter.clocks.get(rule__code="HOT_FB_ORD").due_at == before
    with pytest.raises(NotNow):
        actions.ExtendHandling.do(world.checker, matter, reason="情况复杂")
    asked = actions.AskForExtension.do(world.writer, matter, reason="需要实地核实")
    with pytest.raises(NotResponsible):
        actions.ExtendHandling.do(world.writer, asked, reason="情况复杂")
    extended = actions.ExtendHandling.do(world.checker, asked, reason="情况复杂")
    assert extended.clocks.get(rule__code="PET_HANDLE").due_at > now() + timedelta(days=85)


def test_no_answer_before_the_co_handlers_have_spoken_or_their_silence_counts(world):
    matter = world.accepted()
    first = actions.AskCoHandler.do(world.writer, matter, to=world.other, question="请核对")
    second = actions.AskCoHandler.do(world.writer, matter, to=world.city, question="请核对")
    with pytest.raises(Refused):
        actions.DraftAnswer.do(world.writer, matter, **PARTS)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('governance.action', 'x', true)")
        cursor.execute("UPDATE feedback_matter SET state = 'drafted' WHERE id = %s", [matter.pk])
    with pytest.raises(Refused):
        actions.Contribute.do(world.helper, first, contribution="  ")
    assert actions.Contribute.do(world.helper, first, contribution="记录无误。").state == "contributed"
    with stopped_at(now() + timedelta(days=30)):
        actions.TakeSilenceAsAgreement.do(CLOCK, second)
        assert answered(matter, world.writer, world.checker).state == "answered"


def test_four_eyes_and_the_obligatory_parts(world):
    matter = world.accepted(kind="petition")
    with pytest.raises(Refused) as refused:
        actions.DraftAnswer.do(world.writer, matter, **PARTS | {"ground": ""})
    assert refused.value.field == "ground"
    with pytest.raises(Refused):
        actions.DraftAnswer.do(world.writer, matter, **PARTS | {"remedy": "退款"})
    actions.AddNote.do(world.writer, matter, text="内部：先打电话核实")
    actions.DraftAnswer.do(world.writer, matter, **PARTS)
    with pytest.raises(NotResponsible):
        actions.ApproveAnswer.do(world.writer, matter)
    actions.ReturnAnswer.do(world.checker, matter, reason="写明退款日期")
    answered(matter, world.writer, world.checker, remedy="退款", remedy_by=today())
    for wrong in ({"text": "别的话"}, {"approved_by": world.writer.user}):
        with pytest.raises(Exception, match=r"[Cc]annot|approves"), transaction.atomic():
            Answer.objects.filter(sent_at__isnull=False).update(**wrong)
    draft = Answer(matter=matter, text="x", author=world.writer.user, approved_by=world.writer.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        draft.save()


def test_not_solved_opens_it_again_and_somebody_else_answers(world):
    matter = world.answered()
    actions.RateAnswer.do(knows(matter), matter, solved=False, satisfaction=2, conduct=5, remark="")
    with pytest.raises(Refused):
        actions.RateAnswer.do(knows(matter), matter, solved=True, satisfaction=5, conduct=5, remark="")
    matter = actions.ReopenMatter.do(knows(matter), matter, reason="十月又多收了")
    with pytest.raises(Refused):
        actions.DraftAnswer.do(world.writer, matter, **PARTS)
    assert answered(matter, world.checker, world.writer).state == "answered"


def test_from_an_anonymous_petition_to_the_second_review(world):
    matter = world.answered(kind="petition")
    with pytest.raises(NotVisible):
        actions.AskForReview.do(NOBODY, matter, reason="不服")
    review = actions.AskForReview.do(knows(matter), matter, reason="没有回应退款问题")
    assert (review.before, review.office, periods(review)) == (matter, world.city, {("PET_REVIEW", "running")})
    with pytest.raises(Refused):
        actions.AskForReview.do(knows(matter), matter, reason="再来一次")
    review = answered(review, world.reviewer, world.second_reviewer)
    second = actions.AskForSecondReview.do(knows(review), review, reason="仍然不服")
    assert second.office == world.province
    actions.HoldHearing.do(world.last, second, reason="举行听证")
    assert periods(second) == {("PET_RECHECK", "paused")}
    actions.EndHearing.do(world.last, second)
    final = answered(second, world.last, world.last_checker)
    assert not {code for code, state in periods(final) if state == "running"}, "its answer is final"


def test_a_review_is_asked_for_within_thirty_days(world):
    matter = world.answered(kind="petition")
    with stopped_at(now() + timedelta(days=60)), pytest.raises(Refused):
        actions.AskForReview.do(knows(matter), matter, reason="不服")


def test_a_suggestion_becomes_a_public_promise_with_a_day(world):
    matter = world.answered(kind="suggestion", name="王小明")
    with pytest.raises(Refused):
        actions.Commit.do(world.writer, matter, text="按王小明的建议加装扶手", due_on=today() + timedelta(days=9))
    one, two = (actions.Commit.do(world.writer, matter, text=text, due_on=today() + timedelta(days=9)) for text in ("加装扶手", "加装路灯"))
    assert actions.FulfilCommitment.do(world.writer, one, evidence="验收单").state == "fulfilled"
    assert actions.GiveUpCommitment.do(world.writer, two, reason="没有预算").state == "given-up"


def test_a_supervisor_demands_an_explanation_and_says_how_it_ended(world):
    order = actions.OrderExplanation.do(world.coordinator, world.accepted(), demand="说明逾期原因")
    with pytest.raises(NotResponsible):
        actions.ConcludeSupervision.do(world.writer, order, outcome="没有问题")
    actions.Explain.do(world.writer, order, explanation="人手不足", rectification="已补办")
    assert actions.ConcludeSupervision.do(world.coordinator, order, outcome="已整改").state == "concluded"


def test_only_what_tells_of_nobody_is_published_and_only_by_consent(world):
    matter = world.answered(name="王小明", text="我是王小明，电话 13800000000，取暖费多收了。")
    public = actions.PublishMatter.initial(world.writer, matter) | {"public_subject": "取暖费"}
    assert "13800000000" not in public["public_text"]
    with pytest.raises(Refused) as refused:
        actions.PublishMatter.do(world.writer, matter, **public)
    assert refused.value.field == "public_text"
    matter = actions.PublishMatter.do(world.writer, matter, **public | {"public_text": "取暖费多收了"})
    assert Matter.objects.similar("取暖费") == [matter]
    actions.TakeOutOfRegister.do(world.coordinator, matter, ground="consent", why="当事人要求")
    assert not Matter.objects.similar("取暖费")
    with pytest.raises(NotNow):
        actions.PublishMatter.do(world.writer, world.answered(may_publish=False), **public)


def test_whoever_brought_it_takes_it_back(world):
    matter = world.accepted(people_actor := actor_for(people.user(), ""))
    assert actions.WithdrawMatter.do(people_actor, matter).state == "withdrawn"
    assert {state for _code, state in periods(matter)} <= {"void", "stopped"}


def test_an_officer_registers_a_telephone_call(world):
    matter = actions.RegisterMatter.do(
        world.coordinator, channel="telephone", kind="question", category="pension", area=care.area(), subject="养老金", text="什么时候到账？", named="", name="", email="",
        telephone="", may_publish=False,
    )  # fmt: skip
    assert (matter.author, matter.channel) == (None, "telephone")
    assert rule().name in str(rule())
