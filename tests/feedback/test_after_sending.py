"""After something was sent: adding to it, being asked, who is meant by a name, who keeps away, what letters say, what is sealed."""

from __future__ import annotations

from datetime import timedelta
from io import BytesIO

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from governance.actions import NotResponsible, NotVisible, Refused
from governance.actions.actors import CLOCK
from governance.clocks.now import now, stopped_at, today
from governance.feedback import actions, handlers, rules
from governance.feedback.models import Commitment, Follow, Matter
from governance.feedback.querysets import accused_by, meant_by
from tests.factories import care, people
from tests.factories.feedback import World, answered, brought, knows, office, officer
from tests.feedback.test_matters import periods

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def world() -> World:
    return World()


def a_photo() -> SimpleUploadedFile:
    exif = Image.Exif()
    exif[0x010F] = "Example Camera"
    into = BytesIO()
    Image.new("RGB", (40, 20), "red").save(into, "JPEG", exif=exif)
    return SimpleUploadedFile("收据.jpg", into.getvalue(), "image/jpeg")


def test_whoever_brought_it_adds_words_and_a_photo_and_the_office_asks_back(client, world):
    author = people.user()
    matter = world.accepted(care.Acting(author.person))
    actions.AskAuthor.do(world.writer, matter, text="请把缴费收据拍照补上。")
    client.force_login(author, backend=BACKEND)
    page = client.get(matter.get_absolute_url()).text
    assert "请把缴费收据拍照补上。" in page and "办理单位有事问您" in page
    add = reverse("feedback:matter-act", args=[matter.pk, "add-to-matter"])
    assert client.post(add, {"text": "见照片。", "file": SimpleUploadedFile("a.exe", b"MZ\x90")}).status_code == 422
    client.post(add, {"text": "见照片。", "file": a_photo(), "once": "once"})
    client.post(add, {"text": "见照片。", "file": a_photo(), "once": "once"})
    assert not Image.open(BytesIO(matter.files.get().content)).getexif()
    assert "见照片。" in client.get(matter.get_absolute_url()).text
    with pytest.raises(NotVisible):
        actions.AddToMatter.do(care.Acting(people.user().person), matter, text="别人的话")
    done = answered(matter, world.writer, world.checker)
    assert client.get(f"{add}").status_code == 409 and done.supplements.count() == 2


def test_a_name_that_is_nearly_right_is_as_good_as_the_whole_name(world):
    home = care.stakeholder("enterprise", "enterprise-care", "示例松风养老服务中心")
    assert meant_by("松风养老服务中心") == home == meant_by(f"{home.name}三楼的护工")
    assert meant_by("养老") is None and meant_by("没有这个单位的名字") is None
    care.stakeholder("enterprise", "enterprise-care", "示例松风养老服务中心分院")
    assert meant_by("松风养老服务中心") is None, "two may be meant"


def test_whoever_may_be_meant_is_offered_neither_the_matter_nor_a_part_of_it(world):
    report = brought(kind="report", named=f"{world.other.name}的人")
    assert world.other.pk in accused_by(report)
    report = actions.AcceptMatter.do(world.writer, actions.AssignMatter.do(world.coordinator, report, to=world.office, reason="职责清单"))
    assert not actions.AskCoHandler.choices("to", world.writer, report).filter(pk=world.other.pk).exists()
    with pytest.raises(Refused):
        actions.AskCoHandler.do(world.writer, report, to=world.other, question="请核对")
    other = world.routed(named=f"{world.other.name}的人")
    with pytest.raises(Refused):
        actions.PassMatterOn.do(world.writer, other, to=world.other, reason="归他们管")
    found_out = actions.SayWhomItIsAbout.do(world.coordinator, other, organisation=world.other, reason="来电核实")
    assert found_out.organisation == world.other
    with pytest.raises(NotResponsible):
        actions.SayWhomItIsAbout.do(world.writer, other, organisation=world.other, reason="x")


def test_a_question_that_names_an_office_is_answered_by_it_and_a_record_put_right_by_whoever_keeps_it(world):
    assert actions.RouteMatter.do(CLOCK, brought(kind="question", named=world.office.name)).office == world.office
    assert actions.RouteMatter.do(CLOCK, brought(kind="correction", named=world.office.name)).office == world.office
    complaint = brought(named=world.office.name)
    with pytest.raises(Refused):
        actions.RouteMatter.do(CLOCK, complaint)


def test_relatives_keep_away_also_in_the_reviewing_and_the_helping_office(world):
    author, relative = people.user(), world.helper.user.person
    home = people.household(head=author.person) if hasattr(people, "household") else None
    if home is None:
        from governance.stakeholders.models import Household, HouseholdMember

        home = Household.objects.create(head=author.person, area=care.area())
        for person, relation in ((author.person, "self"), (relative, "child")):
            HouseholdMember.objects.create(household=home, person=person, name=person.name, relation=relation, since=today())
    matter = world.accepted(care.Acting(author.person))
    task = actions.AskCoHandler.do(world.writer, matter, to=world.other, question="请核对缴费记录。")
    with pytest.raises(NotVisible):
        actions.Contribute.do(world.helper, task, contribution="没有问题")
    assert actions.Contribute.do(officer(world.other), task, contribution="记录无误。").state == "contributed"
    done = answered(Matter.objects.get(pk=matter.pk), world.writer, world.checker)
    review = actions.AskForReview.do(care.Acting(author.person), done, reason="没有回应退款")
    assert relative.pk and world.helper.user_id in review.barred


@pytest.mark.parametrize(
    "text", ["王 小 明住三楼", "王·小明", "电话 138 0000 0000", "电话１３８０００００００１", "138-0000-0000", "证号 11010519491231 002X", "x@example.invalid"]
)
def test_what_tells_who_somebody_is_does_not_pass_wide_or_apart(text):
    assert rules.leaks(text, ["王小明"])
    assert not rules.leaks("每月 180 元，2026-11-27 起退还 1,380 元", ["王小明"])


def test_a_person_complained_about_is_not_named_in_public(world):
    matter = world.answered(named="护工张示范")
    told = {"public_subject": "护工态度", "public_answer": "已批评教育。"}
    with pytest.raises(Refused):
        actions.PublishMatter.do(world.writer, matter, public_text="护工张示范态度不好。", **told)
    assert actions.PublishMatter.do(world.writer, matter, public_text="护工态度不好。", **told).published_at


def test_the_answer_is_sealed_by_its_fingerprint(client, world):
    matter = world.answered()
    event = matter.events.get(action="feedback.send-answer")
    assert event.changes["answer_digest"] == matter.answer_digest == matter.answer.digest
    people.second_factor(world.writer.user)
    client.force_login(world.writer.user, backend=BACKEND)
    assert matter.answer_digest in client.get(matter.get_absolute_url()).text


def test_whoever_has_no_account_hears_what_they_must_know(world):
    matter = world.routed(kind="petition", email="li@example.invalid")
    actions.AcceptMatter.do(world.writer, matter)
    handlers.tell_without_account({"record": matter.pk})
    matter = actions.AskForExtension.do(world.writer, matter, reason="需要实地核实")
    actions.ExtendHandling.do(world.checker, matter, reason="情况复杂，王示例另有说明")
    handlers.tell_without_account({"record": matter.pk})
    assert [len(mail.outbox), *{one.to[0] for one in mail.outbox}] == [2, "li@example.invalid"]
    assert matter.reference in mail.outbox[1].body and "王示例" not in mail.outbox[1].body, "a letter tells nothing of the matter"
    done = actions.PublishMatter.do(
        world.writer, answered(matter, world.writer, world.checker), public_subject="退取暖费", public_text="多收取暖费。", public_answer="已退还。"
    )
    removal = actions.TakeOutOfRegister.do(world.coordinator, done, ground="wrong", why="标准已经作废。")
    handlers.tell_author_of_removal({"record": removal.pk})
    assert len(mail.outbox) == 3


def test_a_promise_runs_on_a_clock_until_it_is_kept(client, world):
    wish = world.answered(kind="suggestion")
    promise = actions.Commit.do(world.writer, wish, text="走廊加装扶手", due_on=today() + timedelta(days=5))
    clock = promise.clocks.get()
    assert (clock.rule.code, clock.due_at.astimezone().date() - today()) == ("feedback.fulfil-commitment", timedelta(days=5))
    with stopped_at(now() + timedelta(days=7)):
        assert "late" in client.get("/feedback/commitments/", headers={"Accept-Language": "en"}).text
        with pytest.raises(Refused):
            actions.FulfilCommitment.do(world.writer, promise, evidence="验收人 13800000000")
        done = actions.FulfilCommitment.do(world.writer, promise, evidence="验收照片见街道公示栏")
    assert periods(done) == {("feedback.fulfil-commitment", "stopped")}
    page = client.get(Commitment.objects.get().get_absolute_url()).text
    assert f"about=feedback.commitment:{promise.pk}" in page
    complaint = brought(about=f"feedback.commitment:{promise.pk}", named="")
    assert (complaint.thing, complaint.organisation) == (promise, world.office)


def test_another_kind_is_lawful_back_and_forth_and_no_promised_day_is_lost(world):
    matter = world.routed()
    promised = matter.clocks.get(rule__code="HOT_FB_ORD").due_at
    matter = actions.RetypeMatter.do(world.writer, matter, kind="petition", reason="请求作出决定")
    assert ("HOT_FB_ORD", "running") in periods(matter) and "PET_HANDLE" not in {code for code, _state in periods(matter)}
    matter = actions.AcceptMatter.do(world.writer, matter)
    assert {("HOT_FB_ORD", "running"), ("PET_HANDLE", "running")} <= periods(matter)
    matter = actions.RetypeMatter.do(world.writer, matter, kind="question", reason="只是询问")
    matter = actions.RetypeMatter.do(world.writer, matter, kind="petition", reason="确实请求决定")
    assert matter.clocks.get(rule__code="HOT_FB_ORD").due_at == promised
    assert matter.clocks.filter(rule__code="PET_HANDLE", state="running").count() == 1


def test_what_was_asked_before_is_followed_instead(client, world):
    published = actions.PublishMatter.do(world.writer, world.answered(), public_subject="取暖费怎么收", public_text="取暖费多收", public_answer="应当退还")
    steps = (("kind", {"kind": "complaint"}), ("about", {"category": "care", "area": "示例区"}), ("text", {"subject": "取暖费", "text": "取暖费每月多收一百八十元。"}), ("files", {}), ("contact", {}))
    reader = people.user()
    client.force_login(reader, backend=BACKEND)
    for step, told in steps:
        client.post(f"/feedback/new/{step}/", told)
    assert "应当退还" in client.get("/feedback/new/check/").text
    answer = client.post("/feedback/new/check/", {"instead": published.pk})
    assert answer.url == f"/feedback/register/{published.pk}/" and Follow.objects.get().stakeholder == reader.person
    assert Matter.objects.count() == 1
    feed = client.get(reverse("feedback:public-feed", args=[published.pk]))
    assert feed["Content-Type"].startswith("application/atom+xml") and "应当退还" in feed.text
    assert client.get(reverse("feedback:public-feed", args=[brought().pk])).status_code == 404


def test_the_clerk_gets_the_paper_with_the_code_for_whoever_called(client, world):
    people.second_factor(world.coordinator.user)
    client.force_login(world.coordinator.user, backend=BACKEND)
    told = {"kind": "complaint", "category": "care", "subject": "院里停电", "text": "呼吸机靠电池，只剩一小时。", "area": "示例区", "channel": "telephone", "urgency": "emergency"}
    page = client.post("/feedback/do/register-matter/", told, follow=True)
    matter = Matter.objects.get()
    assert page.context["code"] and page.context["code"] in page.text and (matter.author, matter.channel) == (None, "telephone")
    client.session.flush()
    client.logout()
    followed = client.post("/feedback/follow/", {"code": page.context["code"]}, follow=True)
    assert "院里停电" in followed.text


def test_a_desk_by_piles(client, world):
    late, fresh = world.accepted(), world.routed()
    with stopped_at(now() + timedelta(days=20)):
        done = answered(world.accepted(), world.writer, world.checker)
        drafted = actions.DraftAnswer.do(world.writer, world.accepted(), finding="查明", ground="", outcome="explained", text="已说明。", remedy="", remedy_by=None)
        people.second_factor(world.writer.user)
        client.force_login(world.writer.user, backend=BACKEND)

        def shown(query):
            page = client.get(f"/feedback/matters/{query}")
            return page, {row.pk for row in page.context["page"].rows}

        page, rows = shown("")
        assert rows == {late.pk, fresh.pk, drafted.pk} and page.context["counts"]["late"] == 2
        assert next(iter(page.context["page"].rows)).pk in {late.pk, fresh.pk}, "what is due first comes first"
        assert shown("?queue=late")[1] == {late.pk, fresh.pk} and shown("?queue=check")[1] == {drafted.pk}
        assert shown("?queue=begin")[1] == {fresh.pk} and done.pk in shown("?queue=all")[1]
        assert shown(f"?q={done.reference}")[1] == {done.pk}
        assert next(row for row in shown("?queue=all")[0].context["page"].rows if row.pk == done.pk).clock is None, "the author's period presses no office"


def test_the_one_who_checks_reads_what_goes_out(client, world):
    matter = world.accepted(named="")
    people.second_factor(world.writer.user)
    client.force_login(world.writer.user, backend=BACKEND)
    address = reverse("feedback:matter-act", args=[matter.pk, "draft-answer"])
    page = client.get(address)
    assert matter.text in page.text and str(world.checker.user.get_full_name()) in page.text
    missing = client.post(address, {"text": "应当退还。"})
    assert missing.status_code == 422 and {"finding", "outcome", "unbiased"} == set(missing.context["form"].errors)
    client.post(address, {"text": "多收的应当退还。", "finding": "每月多收 180 元", "outcome": "supported", "unbiased": "on"})
    people.second_factor(world.checker.user)
    client.force_login(world.checker.user, backend=BACKEND)
    for slug in ("approve-answer", "return-answer"):
        page = client.get(reverse("feedback:matter-act", args=[matter.pk, slug])).text
        assert "多收的应当退还。" in page and matter.text in page
    actions.ApproveAnswer.do(world.checker, matter)
    assert "多收的应当退还。" in client.get(reverse("feedback:matter-act", args=[matter.pk, "send-answer"])).text
    actions.SendAnswer.do(world.checker, matter)
    assert matter.text in client.get(reverse("feedback:matter-act", args=[matter.pk, "publish-matter"])).text


def test_figures_are_drawn_month_by_month_with_gaps():
    assert rules.line([None, 50, None, 100, 0], width=40, height=10)["path"] == "M10.0 5.0 M30.0 0.0 L40.0 10.0"


def test_rules_are_listed_in_their_order_for_everybody(client, world):
    for place, name in ((20, "后"), (10, "先")):
        actions.ProposeRoutingRule.do(
            world.coordinator, place=place, name=name, kinds=["complaint"], categories=[], words=["取暖费"], duty="feedback.answer-matters", basis="示例", starts_on=None, ends_on=None, area=care.area("990100000000", "示例市")
        )  # fmt: skip
    page = client.get("/feedback/rules/").text
    assert page.index(">先<") < page.index(">后<") and "取暖费" in page
    assert office() is not None and knows(brought()).followed
