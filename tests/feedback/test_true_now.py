"""What the public and people read is what is true now: reopened matters, merged answers, feeds, days of receipt, confirmations."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from xml.etree import ElementTree

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from governance.actions import NotNow, NotResponsible, Refused
from governance.actions.actors import CLOCK
from governance.clocks.now import LOCAL, local, now, stopped_at, today
from governance.feedback import actions, handlers, rules
from governance.feedback.models import Answer, Edition, Matter
from governance.feedback.vocabulary import Duty
from tests.factories import care, people
from tests.factories.feedback import PARTS, World, answered, brought, knows, officer
from tests.feedback.test_matters import periods
from tests.feedback.test_pages import walk
from tests.feedback.test_register import PUBLIC
from tests.feedback.test_together import neighbour

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
EN = {"Accept-Language": "en"}
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world() -> World:
    return World()


# The register --------------------------------------------------------------------------------------------------------


@pytest.fixture
def published(world) -> Matter:
    return actions.PublishMatter.do(world.writer, world.answered(), **PUBLIC)


def register(client, matter):
    page = client.get(f"/feedback/register/{matter.pk}/", headers=EN).text
    feed = ElementTree.fromstring(client.get(f"/feedback/register/{matter.pk}/matter.atom", headers=EN).content)
    (told,) = client.get("/open311/v2/requests.json", {"service_request_id": matter.reference}, headers=EN).json()
    return page, [entry.find(f"{ATOM}title").text for entry in feed.iter(f"{ATOM}entry")], told


def test_what_is_reopened_says_so_wherever_it_is_read_and_the_new_answer_takes_the_place_of_the_old(client, world, published):
    page, titles, told = register(client, published)
    assert "opened again" not in page and told["status"] == "closed"
    again = actions.ReopenMatter.do(knows(published), published, reason="十月又多收了")
    page, titles, told = register(client, again)
    assert "It was opened again on" in page and "The answer below is the earlier one" in page and "多收的已退还" in page
    assert any("Opened again" in title for title in titles)
    assert told["status"] == "open" and "多收的已退还" not in told["status_notes"]
    with pytest.raises(NotNow):
        actions.PublishMatter.do(world.checker, again, **PUBLIC)
    with stopped_at(now() + timedelta(hours=1)):
        again = answered(again, world.checker, world.writer, text="更正：逐层加装，费用全退。")
        page, _titles, told = register(client, again)
        assert "It was answered anew on" in page and "多收的已退还" not in told["status_notes"]
        offered = actions.PublishMatter.initial(world.checker, again)
        assert offered["public_answer"] == "更正：逐层加装，费用全退。" and offered["public_subject"] == PUBLIC["public_subject"]
        renewed = actions.PublishMatter.do(world.checker, again, **offered)
        page, titles, told = register(client, renewed)
    assert "更正：逐层加装" in page and "Superseded" in page and page.index("更正：逐层加装") < page.index("多收的已退还")
    assert "opened again" not in page and told["status_notes"] == "更正：逐层加装，费用全退。"
    with pytest.raises(NotNow):
        actions.PublishMatter.do(world.checker, renewed, **PUBLIC)
    with pytest.raises(Exception, match="[Cc]annot"), transaction.atomic():
        Edition.objects.update(text="nothing was ever said")


def test_a_review_of_a_published_answer_stands_beside_it(client, world):
    matter = actions.PublishMatter.do(world.writer, world.answered(kind="petition"), **PUBLIC)
    review = actions.AskForReview.do(knows(matter), matter, reason="没有回应退款问题")
    assert "reviews this answer" in client.get(f"/feedback/register/{matter.pk}/", headers=EN).text
    answered(review, world.reviewer, world.second_reviewer, outcome="supported", text="里面写着谁也不该公开的话")
    page = client.get(f"/feedback/register/{matter.pk}/", headers=EN).text
    assert "has reviewed this answer on" in page and "Supported" in page and "谁也不该公开" not in page


NASTY = "一、<B区>每月 300 元；\n二、收入<3000 且 >2000 的减半。\n三、见 <a href=x>附件</a> & 其他"


def test_feeds_are_well_formed_and_hold_the_text_as_it_was_written(client, world):
    matter = actions.PublishMatter.do(world.writer, world.answered(), **PUBLIC | {"public_answer": NASTY + "\x0b带身份证。\ufffe"})
    assert "\x0b" not in matter.public_answer and "\ufffe" not in matter.public_answer, "nothing of that kind is kept"
    Matter.objects.filter(pk=matter.pk).update(public_answer=NASTY + "\x0b带身份证。\ufffe", public_subject="取暖费\x0c怎么收")  # from before that was so
    for address in ("/feedback/register/register.atom", f"/feedback/register/{matter.pk}/matter.atom"):
        answer = client.get(address)
        feed = ElementTree.fromstring(answer.content)
        summary = feed.find(f"{ATOM}entry/{ATOM}summary")
        assert summary.get("type") == "html" and "<a " not in summary.text and "&lt;B区&gt;" in summary.text
        assert summary.text.count("<br>") == 2, "lines stay lines"
        assert all(entry.find(f"{ATOM}author") is not None or feed.find(f"{ATOM}author") is not None for entry in feed.iter(f"{ATOM}entry"))
        assert all(re.match(r"[a-z][a-z0-9+.-]*:\S+$", one.text) for one in feed.iter(f"{ATOM}id"))
    assert client.get(f"/feedback/register/{matter.pk}/").status_code == 200
    ElementTree.fromstring(client.get("/open311/v2/requests.xml").content)


def test_one_character_and_wide_letters_are_found(client, world):
    actions.PublishMatter.do(world.writer, world.answered(), **PUBLIC | {"public_text": "押金没有退，收据是 pdf。"})
    for sought in ("押", "金", "押金", "ｐｄｆ", "PDF"):
        assert PUBLIC["public_subject"] in client.get("/feedback/register/", {"q": sought}).text, sought
    assert PUBLIC["public_subject"] not in client.get("/feedback/register/", {"q": "床"}).text


# Answers that others read --------------------------------------------------------------------------------------------


def together(world) -> Matter:
    lead = world.accepted(name="王小明", telephone="13800000000")
    other = world.accepted(email="other@example.invalid", subject="合并乙")
    actions.MergeMatter.do(world.writer, other, lead=lead, reason="同一件事")
    return lead


@pytest.mark.parametrize("leak", ["王小明您好：应当退还。", "请联系 +86 138 0000 0000。", "王 小 明：应当退还。"])
def test_an_answer_to_several_tells_nothing_of_one_of_them(world, leak):
    lead = together(world)
    for part in ("text", "finding", "remedy"):
        parts = PARTS | {part: leak} | ({"remedy_by": today()} if part == "remedy" else {})
        with pytest.raises(Refused, match="合并乙") as refused:
            actions.DraftAnswer.do(world.writer, lead, **parts)
        assert refused.value.field == part
    assert not Answer.objects.exists()
    alone = world.accepted(name="王小明")
    assert actions.DraftAnswer.do(world.writer, alone, **PARTS | {"text": "王小明您好：应当退还。"}).state == "drafted"


def test_whoever_writes_checks_and_sends_sees_who_else_reads_it(client, world):
    lead = together(world)
    for who in (world.writer, world.checker):
        people.second_factor(who.user)
    for actor, slug in ((world.writer, "draft-answer"), (world.checker, "approve-answer"), (world.writer, "send-answer")):
        client.force_login(actor.user, backend=BACKEND)
        page = client.get(reverse("feedback:matter-act", args=[lead.pk, slug]), headers=EN).text
        assert "Others read this answer too" in page and "合并乙" in page, slug
        if slug == "draft-answer":
            actions.DraftAnswer.do(world.writer, lead, **PARTS)
        elif slug == "approve-answer":
            actions.ApproveAnswer.do(world.checker, lead)
    actions.SendAnswer.do(world.writer, lead)
    handlers.answer_together({"record": lead.pk})
    assert Matter.objects.get(subject="合并乙").answer.text == PARTS["text"]


def test_an_answer_that_others_may_still_join_is_for_all_of_them(world):
    matter = actions.ShareMatter.do(knows(world.accepted(name="王小明")), Matter.objects.last())
    with pytest.raises(Refused):
        actions.DraftAnswer.do(world.writer, matter, **PARTS | {"text": "王小明您好：应当退还。"})


def test_what_is_added_after_the_approval_is_read_before_it_is_sent(client, world):
    matter = world.accepted(email="li@example.invalid")
    actions.AddToMatter.do(knows(matter), matter, text="补充：收据在附件。")
    actions.DraftAnswer.do(world.writer, matter, **PARTS)
    actions.ApproveAnswer.do(world.checker, matter)
    with stopped_at(now() + timedelta(minutes=5)):
        actions.AddToMatter.do(knows(matter), matter, text="更正：我说的是另一家养老院。")
        with pytest.raises(Refused, match="added") as refused:
            actions.SendAnswer.do(world.writer, matter)
        assert refused.value.field == "has_read"
        people.second_factor(world.writer.user)
        client.force_login(world.writer.user, backend=BACKEND)
        page = client.get(reverse("feedback:matter-act", args=[matter.pk, "send-answer"]), headers=EN).text
        assert "另一家养老院" in page and "收据在附件" not in page.partition("Added since the answer was approved")[2].partition("</form>")[0]
        assert actions.ReturnAnswer.do(world.writer, matter, reason="对象不同").state == "accepted"
        answered_again = actions.DraftAnswer.do(world.writer, matter, **PARTS)
        actions.ApproveAnswer.do(world.checker, answered_again)
        assert actions.SendAnswer.do(world.writer, matter).state == "answered"


def test_the_author_of_an_answer_is_not_offered_to_approve_it(world):
    matter = actions.DraftAnswer.do(world.writer, world.accepted(), **PARTS)
    offered = {who: [one.slug for one in actions.ApproveAnswer.available(who, matter)] for who in (world.writer, world.checker)}
    assert "approve-answer" not in offered[world.writer] and "approve-answer" in offered[world.checker]
    back = actions.ReturnAnswer.do(world.checker, matter, reason="写明日期")
    actions.DraftAnswer.do(world.checker, back, **PARTS)
    assert actions.ApproveAnswer.do(world.writer, back).state == "approved", "the first draft bars nobody from checking the second"


# Days ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("day", [date(9999, 12, 31), date(3026, 12, 31), date(2000, 1, 1), date(1, 1, 1)])
def test_nothing_is_promised_for_a_day_that_nobody_lives_to_see_or_that_has_been(world, day):
    wish = world.answered(kind="suggestion")
    with pytest.raises(Refused) as refused:
        actions.Commit.do(world.writer, wish, text="加装扶手", due_on=day)
    assert refused.value.field == "due_on"
    with pytest.raises(Refused) as refused:
        actions.DraftAnswer.do(world.writer, world.accepted(), **PARTS | {"remedy": "退款", "remedy_by": day})
    assert refused.value.field == "remedy_by"
    if day.year in {1, 9999}:
        with pytest.raises(IntegrityError), transaction.atomic():
            Answer.objects.create(matter=wish, round=5, text="x", author=world.writer.user, remedy="x", remedy_by=day)


def registered(world, **told) -> Matter:
    fields = {"kind": "petition", "category": "care", "subject": "来信", "text": "九月起每月多收一百八十元。", "named": "", "name": "王", "email": "", "telephone": "", "may_publish": False}
    return actions.RegisterMatter.do(world.coordinator, channel="letter", area=care.area(), **fields | told)


def test_what_came_by_letter_counts_from_the_day_of_receipt(world):
    ten_days_ago = today() - timedelta(days=10)
    late, now_ = registered(world, received_on=ten_days_ago), registered(world, received_on=today())
    due = {one.pk: local(one.clocks.get(rule__code="PET_REGISTER").due_at).date() for one in (late, now_)}
    assert due[now_.pk] - due[late.pk] >= timedelta(days=8), "15 days from the receipt, unless a holiday lies between"
    for wrong in (today() + timedelta(days=1), today() - timedelta(days=400)):
        with pytest.raises(Refused) as refused:
            registered(world, received_on=wrong)
        assert refused.value.field == "received_on"
    with pytest.raises(IntegrityError), transaction.atomic():
        Matter.objects.filter(pk=late.pk).update(received_on=date(2200, 1, 1))
    call = actions.RouteMatter.do(CLOCK, registered(world, kind="complaint", received_on=ten_days_ago))
    assert local(call.clocks.get(rule__code="HOT_DISPATCH_3").started_at).date() == ten_days_ago


def test_the_thirty_days_for_a_review_run_from_the_day_of_delivery(world):
    """Regulation on Petition Work, Arts. 35, 36: from receiving the written answer."""
    matter = registered(world)
    actions.AcceptMatter.do(world.writer, actions.RouteMatter.do(CLOCK, matter))
    sent = answered(matter, world.writer, world.checker)
    assert "PET_REVIEW_REQ" not in {code for code, _state in periods(sent)}, "nobody has received it yet"
    with stopped_at(now() + timedelta(days=40)):
        for wrong in (local(sent.sent[0].sent_at).date() - timedelta(days=1), today() + timedelta(days=1)):
            with pytest.raises(Refused) as refused:
                actions.RecordDelivery.do(world.writer, sent, delivered_on=wrong)
            assert refused.value.field == "delivered_on"
        delivered = actions.RecordDelivery.do(world.writer, sent, delivered_on=today() - timedelta(days=5))
        clock = delivered.clocks.get(rule__code="PET_REVIEW_REQ", state="running")
        assert local(clock.due_at).date() - (today() - timedelta(days=5)) >= timedelta(days=30)
        assert actions.AskForReview.do(knows(delivered), delivered, reason="不服").office == world.city
    other = registered(world)
    actions.AcceptMatter.do(world.writer, actions.RouteMatter.do(CLOCK, other))
    answered(other, world.writer, world.checker)
    with stopped_at(now() + timedelta(days=100)):
        assert actions.AskForReview.do(knows(other), other, reason="至今没有收到答复").state == "accepted", "no right is lost before"


def test_whoever_is_told_at_once_has_thirty_days_from_then(world):
    for told in ({"email": "li@example.invalid"}, {}):
        matter = world.answered(kind="petition", **told)
        assert ("PET_REVIEW_REQ", "running") in periods(matter)
    with stopped_at(now() + timedelta(days=60)), pytest.raises(Refused):
        actions.AskForReview.do(knows(matter), matter, reason="不服")


# Of which kind, about what -------------------------------------------------------------------------------------------


def test_putting_ones_record_right_is_no_petition(world):
    matter = brought(kind="correction")
    assert periods(matter) == {("PIPL_CORRECT", "running")}
    matter = actions.AcceptMatter.do(world.writer, actions.RouteMatter.do(CLOCK, matter))
    assert not {code for code, _state in periods(matter)} & {"PET_REGISTER", "PET_HANDLE", "PET_OBJECT"}
    done = answered(matter, world.writer, world.checker)
    assert ("PIPL_CORRECT", "stopped") in periods(done) and "PET_REVIEW_REQ" not in {code for code, _state in periods(done)}
    with pytest.raises(NotNow):
        actions.AskForReview.do(knows(done), done, reason="不服")


def test_what_belongs_to_another_procedure_is_told_so_with_the_rule(world):
    matter = world.accepted(kind="complaint")
    with pytest.raises(Refused) as refused:
        actions.DraftAnswer.do(world.writer, matter, **PARTS | {"outcome": "another-way", "ground": ""})
    assert refused.value.field == "ground"
    assert rules.missing_parts("question", {"outcome": "another-way"}) == ["ground"]
    told = answered(matter, world.writer, world.checker, outcome="another-way", ground="《信访工作条例》第三十一条第一项", text="请依法向人民法院提起诉讼。")
    assert told.answer.get_outcome_display() == "Belongs to another procedure"


def test_what_is_about_something_else_goes_to_whoever_is_responsible_and_the_promised_day_stays(world):
    pensions = officer(care.stakeholder("government", "government-authority", "甲区社保局"))
    matter = world.accepted(kind="petition")
    before = {clock.rule.code: clock.due_at for clock in matter.clocks.open()}
    people.mandate(pensions.stakeholder, Duty.EXAMINE_REPORTS, "990101000000")
    rule = actions.ProposeRoutingRule.do(
        world.coordinator, place=1, name="养老金", kinds=[], categories=["pension"], words=[], duty=Duty.EXAMINE_REPORTS, basis="示例", starts_on=None, ends_on=None,
        area=care.area("990100000000", "示例市"),
    )  # fmt: skip
    actions.ActivateRoutingRule.do(world.coordinator, rule)
    world.office.mandates.filter(duty=Duty.EXAMINE_REPORTS).delete()
    with pytest.raises(Refused):
        actions.RedirectMatter.do(world.writer, matter, category="care", area=matter.area, reason="没有变化")
    with pytest.raises(NotResponsible):
        actions.RedirectMatter.do(knows(matter), matter, category="pension", area=matter.area, reason="x")
    moved = actions.RedirectMatter.do(world.writer, matter, category="pension", area=matter.area, reason="说的是养老金")
    moved = actions.RouteMatter.do(CLOCK, moved)
    assert (moved.state, moved.category, moved.office, moved.rule) == ("routed", "pension", pensions.stakeholder, rule)
    moved = actions.AcceptMatter.do(pensions, moved)
    after = {clock.rule.code: clock.due_at for clock in moved.clocks.open()}
    assert after == before and moved.clocks.filter(rule__code="PET_HANDLE").count() == 1
    complaint = world.accepted()
    promised = complaint.clocks.get(rule__code="HOT_FB_ORD").due_at
    complaint = actions.RouteMatter.do(CLOCK, actions.RedirectMatter.do(world.writer, complaint, category="medical", area=complaint.area, reason="说的是医保"))
    assert [clock.due_at for clock in complaint.clocks.filter(rule__code="HOT_FB_ORD")] == [promised]


def test_matters_on_which_co_handlers_work_are_not_merged_and_nobody_joins_their_own(world):
    lead, other = world.accepted(), world.accepted()
    actions.AskCoHandler.do(world.writer, other, to=world.other, question="请核对")
    with pytest.raises(Refused, match="Co-handlers"):
        actions.MergeMatter.do(world.writer, other, lead=lead, reason="同一件事")
    author = neighbour()
    mine = actions.ShareMatter.do(author, world.accepted(author))
    from governance.feedback import links

    with pytest.raises(Refused, match="yourself"):
        actions.SupportMatter.do(author, invitation=links.invitation(mine))


# What one is told ----------------------------------------------------------------------------------------------------


def test_the_confirmation_says_what_is_true_now_and_whose_promise_it_is(client, world):
    sent = walk(client)
    page = client.get(sent.url, headers=EN).text
    assert "It is passed to the office responsible" in page
    matter = Matter.objects.get()
    handlers.route({"record": matter.pk})
    page = client.get(sent.url, headers=EN).text
    assert f"It has been passed to {world.office.label}" in page and "You are answered by" in page
    due = matter.clocks.get(rule__code="HOT_FB_ORD").due_at
    lead = page.partition('class="lead"')[2].partition("</p>")[0]
    assert f"{local(due).day}" in lead
    petition = walk(client, kind={"kind": "petition"})
    handlers.route({"record": Matter.objects.last().pk})
    page = client.get(petition.url, headers=EN).text
    assert "60 days from then at the latest" in page


def test_an_offices_own_period_is_never_the_citizens_promise(client, world):
    author = people.user()
    matter = world.routed(care.Acting(author.person))
    client.force_login(author, backend=BACKEND)
    page = client.get(matter.get_absolute_url(), headers=EN)
    assert page.context["clock"].rule.code == "HOT_FB_ORD"
    assert "feedback.object-to-routing" not in {clock.rule.code for clock in page.context["clocks"]}
    assert "You are answered by" in page.text and "why it is not responsible" not in page.text
    row = client.get("/feedback/matters/").context["page"].rows[0]
    assert row.clock.rule.code == "HOT_FB_ORD"
    assert datetime.combine(today(), time.min, LOCAL) < row.clock.due_at
