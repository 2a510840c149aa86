"""Urgent, complex, longer; barred; split and handled together; asked by a link; asking for the same with others."""

from __future__ import annotations

import re
import time
from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.actions.actors import CLOCK
from governance.clocks.now import now, stopped_at
from governance.feedback import actions, following, handlers, links, rules
from governance.feedback.models import Answer, Matter, Supporter
from tests.factories import care
from tests.factories.feedback import World, answered, brought, knows
from tests.feedback.test_matters import periods

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return World()


def neighbour(name: str = "示例邻居"):
    return care.Acting(care.stakeholder("citizen", "citizen-person", name))


# How fast ------------------------------------------------------------------------------------------------------------


def test_an_emergency_by_telephone_is_dispatched_in_one_hour_and_answered_in_two(world):
    told = {"kind": "complaint", "category": "care", "subject": "院里停电", "text": "呼吸机靠电池，只剩一小时。", "named": "", "name": "", "email": "", "telephone": "", "may_publish": False}
    matter = actions.RegisterMatter.do(world.coordinator, channel="telephone", urgency="emergency", area=care.area(), **told)
    assert periods(matter) == {("HOT_DISPATCH_1", "running")}
    matter = actions.RouteMatter.do(CLOCK, matter)
    assert {("HOT_DISPATCH_1", "stopped"), ("HOT_FB_EMERG", "running")} <= periods(matter)
    assert matter.clocks.get(rule__code="HOT_FB_EMERG").due_at - now() < timedelta(hours=2, seconds=1)


def test_what_becomes_urgent_has_a_short_period_and_the_promised_day_stays(world):
    matter = world.accepted()
    promised = matter.clocks.get(rule__code="HOT_FB_ORD").due_at
    matter = actions.TreatAsUrgent.do(world.writer, matter, urgency="utility", reason="暖气停了")
    assert {("HOT_FB_ORD", "running"), ("HOT_FB_UTIL", "running")} <= periods(matter)
    assert matter.clocks.get(rule__code="HOT_FB_ORD").due_at == promised
    with pytest.raises(NotNow):
        actions.TreatAsUrgent.do(world.writer, matter, urgency="emergency", reason="再次")
    done = answered(matter, world.writer, world.checker)
    assert {("HOT_FB_ORD", "stopped"), ("HOT_FB_UTIL", "stopped")} <= periods(done)


def test_only_a_coordinator_makes_it_complex_and_fifteen_days_count_from_the_dispatch(world):
    matter = world.accepted()
    begun = matter.clocks.get(rule__code="HOT_FB_ORD").started_at
    with pytest.raises(NotResponsible):
        actions.TreatAsComplex.do(world.writer, matter, reason="涉及多个单位")
    with stopped_at(now() + timedelta(days=3)):
        matter = actions.TreatAsComplex.do(world.coordinator, matter, reason="涉及多个单位")
    longer = matter.clocks.get(rule__code="HOT_FB_COMPLEX")
    assert longer.started_at == begun
    assert timedelta(days=14) < longer.due_at - begun < timedelta(days=16)
    assert ("HOT_FB_ORD", "void") in periods(matter)
    with pytest.raises(Refused):
        actions.TreatAsComplex.do(world.coordinator, matter, reason="再次")


def test_more_time_is_asked_for_by_one_and_given_or_not_by_another(world):
    matter = actions.AskForExtension.do(world.writer, world.accepted(kind="petition"), reason="需要实地核实")
    with pytest.raises(NotResponsible):
        actions.ExtendHandling.do(world.writer, matter, reason="同意")
    matter = actions.DeclineExtension.do(world.checker, matter, reason="材料已经齐全")
    assert matter.clocks.get(rule__code="PET_HANDLE").due_at < now() + timedelta(days=70)
    with pytest.raises(NotNow):
        actions.ExtendHandling.do(world.checker, matter, reason="同意")


# Barred (回避) -------------------------------------------------------------------------------------------------------


def test_whoever_brought_it_or_is_named_in_it_is_barred_when_it_comes_to_their_office(world):
    person = world.writer.user.person
    mine = world.routed(care.Acting(person))
    about_me = world.routed(named=f"{person.name}（科长）")
    for matter in (mine, about_me):
        assert world.writer.user_id in matter.barred
        with pytest.raises(NotVisible):
            actions.AcceptMatter.do(world.writer, matter)
        assert actions.AcceptMatter.do(world.checker, matter).state == "accepted"


def test_a_barred_person_sees_nothing_of_it_and_the_database_takes_no_answer_of_theirs(world):
    matter = actions.GiveToColleague.do(world.checker, world.accepted(), to=world.writer.user)
    matter = actions.BarFromMatter.do(world.writer, matter, who=world.writer.user, reason="院长是我的亲属")
    assert matter.handler is None
    assert not Matter.objects.visible_to(world.writer).filter(pk=matter.pk).exists()
    with pytest.raises(Refused):
        actions.GiveToColleague.do(world.checker, matter, to=world.writer.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=matter.pk).update(handler=world.writer.user)
    with pytest.raises(IntegrityError), transaction.atomic():
        Answer.objects.create(matter=matter, text="x", author=world.writer.user)
    with pytest.raises(Refused, match="left|没有"):
        actions.BarFromMatter.do(world.checker, matter, who=world.checker.user, reason="也有关系")


def test_an_office_that_may_be_meant_does_not_get_it(world):
    name = world.office.name
    matter = brought(named=f"{name[:2]}的{name[2:]}")
    assert matter.organisation is None
    assert rules.may_be("甲区民政局养老科", "甲区民政局")
    assert not rules.may_be("松风养老院", "甲区民政局")
    handlers.route({"record": matter.pk})
    matter.refresh_from_db()
    assert (matter.state, matter.office) == ("received", None)


# Split, together -----------------------------------------------------------------------------------------------------


def test_a_part_becomes_a_matter_of_its_own_that_the_same_code_leads_to(world, rf):
    matter = world.accepted()
    part = actions.SplitMatter.do(world.writer, matter, kind="petition", category="assistance", subject="申请低保", text="请求核定低保，收入已降低。")
    assert (part.origin, part.state, part.author_id, part.name) == (matter, "received", matter.author_id, matter.name)
    assert periods(part) == {("PET_REGISTER", "running")}
    request = rf.get("/")
    request.session = {}
    following.remember(request, matter)
    assert set(request.session[following.KEY]) == {matter.pk, part.pk}


def test_people_who_ask_for_the_same_are_answered_together_and_keep_their_rights(world):
    lead, other, taken_out = world.accepted(), world.accepted(email="li@example.invalid"), world.accepted()
    for one in (other, taken_out):
        actions.MergeMatter.do(world.writer, one, lead=lead, reason="同一家养老院的取暖费")
    with pytest.raises(Refused):
        actions.MergeMatter.do(world.writer, lead, lead=world.accepted(), reason="x")
    with pytest.raises(Refused):
        actions.MergeMatter.do(world.writer, world.accepted(kind="petition"), lead=lead, reason="x")
    actions.TakeApart.do(world.writer, taken_out)
    lead = answered(lead, world.writer, world.checker)
    handlers.answer_together({"record": lead.pk})
    other.refresh_from_db()
    taken_out.refresh_from_db()
    assert (other.state, taken_out.state) == ("answered", "accepted")
    assert other.answer.text == lead.answer.text
    assert {("HOT_FB_ORD", "stopped"), ("PET_REVIEW_REQ", "running")} <= periods(other)
    assert actions.AskForReview.do(knows(other), other, reason="不认可").office == world.city


def test_when_the_lead_is_taken_back_the_others_go_on(world):
    lead, other = world.accepted(), world.accepted()
    actions.MergeMatter.do(world.writer, other, lead=lead, reason="相同")
    actions.WithdrawMatter.do(knows(lead), lead)
    handlers.take_apart({"record": lead.pk})
    other.refresh_from_db()
    assert (other.state, other.lead) == ("accepted", None)
    assert ("HOT_FB_ORD", "running") in periods(other)


# Links ---------------------------------------------------------------------------------------------------------------


def link_in(letter) -> str:
    return re.search(r"https?://[^/\s]+(/\S+)", letter.body)[1]


def test_without_an_account_a_letter_leads_to_the_answer_until_it_is_rated(client, world):
    matter = answered(world.accepted(email="li@example.invalid", name="李某"), world.writer, world.checker)
    handlers.tell_without_account({"record": matter.pk})
    (letter,) = mail.outbox
    assert letter.to == ["li@example.invalid"]
    assert "取暖费" not in letter.subject + letter.body
    address = link_in(letter)
    page = client.get(address, follow=True)
    assert page.status_code == 200
    assert "多收的取暖费应当退还" in page.content.decode()
    rate = f"/feedback/matters/{matter.pk}/rate-answer/"
    sent = client.post(rate, {"solved": "no", "satisfaction": "2", "conduct": "4", "remark": "", "once": "k1"}, follow=True)
    assert sent.status_code == 200
    assert matter.ratings.get().solved is False
    assert client.get(address).status_code == 410
    other = type(client)()
    assert other.get(address[:-3] + "xxx/").status_code == 410
    assert other.get(rate).status_code != 200


def test_a_link_to_rate_runs_out_after_thirty_days(client, world, monkeypatch):
    matter = answered(world.accepted(email="li@example.invalid"), world.writer, world.checker)
    address = links.to_rate(matter)
    at = time.time()
    monkeypatch.setattr("django.core.signing.time.time", lambda: at + 31 * 86400)
    assert client.get(address).status_code == 410


def test_an_outsider_answers_once_through_the_link_and_learns_nothing_else(client, world):
    matter = world.accepted(name="李某某")
    with pytest.raises(Refused):
        actions.AskOutsider.do(world.writer, matter, name="供暖公司", email="heating@example.invalid", questions="李某某说九月多收了取暖费，对吗？")
    inquiry = actions.AskOutsider.do(world.writer, matter, name="供暖公司", email="heating@example.invalid", questions="九月的单价是多少？")
    handlers.ask_outsider({"record": inquiry.pk})
    address = link_in(mail.outbox[0])
    page = client.get(address, follow=True)
    assert "九月的单价是多少？" in page.content.decode()
    assert client.get(matter.get_absolute_url()).status_code in {302, 404}
    there = f"/feedback/inquiries/{inquiry.pk}/answer-inquiry/"
    assert client.post(there, {"answer": " ", "once": "a"}).status_code == 422
    assert client.post(there, {"answer": "每平方米 24 元。", "once": "b"}).status_code == 302
    inquiry.refresh_from_db()
    assert (inquiry.state, inquiry.answer) == ("answered", "每平方米 24 元。")
    assert client.get(address).status_code == 410
    assert type(client)().get(there).status_code != 200


def test_an_unanswered_inquiry_expires_and_its_link_with_it(client, world):
    inquiry = actions.AskOutsider.do(world.writer, world.accepted(), name="供暖公司", email="heating@example.invalid", questions="九月的单价是多少？")
    address = links.to_answer(inquiry)
    assert actions.ExpireInquiry.do(CLOCK, inquiry).state == "expired"
    assert client.get(address).status_code == 410


def test_who_is_called_back_is_drawn_by_lot_and_the_same_seed_draws_the_same(client, world):
    for number in range(12):
        answered(world.accepted(telephone=f"1380000{number:04d}"), world.writer, world.checker)
    answered(world.accepted(), world.writer, world.checker)  # left no number
    references = list(Matter.objects.exclude(telephone="").values_list("reference", flat=True))
    assert len(rules.drawn(references, "a")) == 5
    assert rules.drawn(references, "a") == rules.drawn(reversed(references), "a") != rules.drawn(references, "b")
    matter = Matter.objects.get(reference=rules.drawn(references, "a")[0])
    with pytest.raises(NotResponsible):
        actions.RecordCallBack.do(world.writer, matter, solved=True, satisfaction=5, conduct=5, remark="")
    actions.RecordCallBack.do(world.coordinator, matter, solved=True, satisfaction=4, conduct=5, remark="")
    assert matter.ratings.get().by_call
    with pytest.raises(Refused):
        actions.RateAnswer.do(knows(matter), matter, solved=False, satisfaction=1, conduct=1, remark="")


# Together with others ------------------------------------------------------------------------------------------------


def test_others_join_see_the_answer_and_may_say_that_it_is_not_solved(world):
    matter = world.accepted()
    with pytest.raises(Refused):
        actions.SupportMatter.do(neighbour(), invitation=links.invitation(matter))
    matter = actions.ShareMatter.do(knows(matter), matter)
    who, stranger = neighbour(), neighbour("示例路人")
    actions.SupportMatter.do(who, invitation=links.invitation(matter))
    with pytest.raises(Refused):
        actions.SupportMatter.do(who, invitation=links.invitation(matter))
    assert Matter.objects.visible_to(who).filter(pk=matter.pk).exists()
    assert not Matter.objects.visible_to(stranger).filter(pk=matter.pk).exists()
    matter = answered(matter, world.writer, world.checker)
    with pytest.raises(NotResponsible):
        actions.AskForReview.do(who, matter, reason="不认可")
    assert actions.ReopenMatter.do(who, matter, reason="还在多收").round == 2
    actions.LeaveMatter.do(who, matter.supporters.get())
    assert not Matter.objects.visible_to(who).filter(pk=matter.pk).exists()


def test_at_most_five_speak_for_all_and_they_may_ask_for_a_review(world):
    matter = world.accepted()
    matter = actions.ShareMatter.do(knows(matter), matter)
    neighbours = [neighbour(f"示例邻居{number}") for number in range(5)]
    joined = [actions.SupportMatter.do(who, invitation=links.invitation(matter)) for who in neighbours]
    for one in joined[:4]:
        actions.NameRepresentative.do(knows(matter), one)
    with pytest.raises(Refused):
        actions.NameRepresentative.do(knows(matter), joined[4])
    with pytest.raises(IntegrityError), transaction.atomic():
        Supporter.objects.filter(pk=joined[4].pk).update(represents=True)
    for who in neighbours:
        who.__dict__.pop("supported", None)
    matter = answered(matter, world.writer, world.checker)
    assert actions.AskForReview.do(neighbours[0], matter, reason="不认可").stage == "review"


def test_the_page_to_join(client, world):
    matter = world.accepted()
    address = f"/feedback/join/{links.invitation(matter)}/"
    assert client.get(address).status_code == 410
    actions.ShareMatter.do(knows(matter), matter)
    assert matter.text in client.get(address).content.decode()
    assert "/account" in client.post(address)["Location"]


def test_what_supervisors_found_is_public_and_names_nobody(client, world):
    matter = world.accepted(name="李某某")
    order = actions.OrderExplanation.do(world.coordinator, matter, demand="说明为什么逾期")
    order = actions.Explain.do(world.writer, order, explanation="人手不足", rectification="已增派一人")
    with pytest.raises(Refused):
        actions.ConcludeSupervision.do(world.coordinator, order, outcome="李某某的诉求已答复")
    actions.ConcludeSupervision.do(world.coordinator, order, outcome="逾期属实，已整改。")
    page = client.get("/feedback/supervised/").content.decode()
    assert "逾期属实，已整改。" in page
    assert matter.subject not in page

