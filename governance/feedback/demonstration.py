"""Invented matters in the example city, in every state, made by the actions themselves."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from django.db import transaction

from governance.actions import CLOCK
from governance.clocks.now import now, stopped_at, today
from governance.feedback import actions, links
from governance.feedback.following import Follower
from governance.feedback.models import Matter, RoutingRule
from governance.feedback.vocabulary import Duty
from governance.stakeholders import demonstration as people
from governance.stakeholders.actors import NOBODY, Assured
from governance.stakeholders.models import Area, Mandate, Stakeholder, User

BASIS = "示例市事项办理职责清单（示例）"
PARTS = {"finding": "查阅了缴费记录和公示的收费项目。", "ground": "示例市养老机构收费公示办法（示例）第六条", "outcome": "supported", "remedy": "", "remedy_by": None}
SHOWN = (0, 7, 14)  # of the many, in the register
LAST = "希望养老院走廊加装扶手"


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return Matter.objects.filter(subject=LAST).exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """Duties, two rules of routing, and matters in every state."""
    say("Asking, complaining, answering …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    make_mandates(bodies)
    make_rules()
    bring, accept, answer, writer = make_matters(bodies)
    tell_of_many(bring, accept, answer, bodies, writer)
    take_out(bring, accept, answer, writer, Assured(bodies["city"], User.objects.get(username="city")))
    ask_with_others(bring, accept, answer, writer, Assured(bodies["government"], User.objects.get(username="government")))


def make_mandates(bodies: dict[str, Stakeholder]) -> None:
    """Districts answer, the city reviews, its government reviews once more and supervises, its party organ receives."""
    counties = dict(zip(("district", "district-b", "county-c", "county-d", "city-e"), people.COUNTIES, strict=True))
    granted = [(key, duty, code.ljust(12, "0")) for key, code in counties.items() for duty in (Duty.ANSWER_MATTERS, Duty.EXAMINE_REPORTS)]
    granted += [("city", duty, people.CITY) for duty in (Duty.REVIEW_MATTERS, Duty.RECEIVE_MATTERS, Duty.ANSWER_MATTERS)]
    granted += [("government", duty, people.CITY) for duty in (Duty.REVIEW_MATTERS, Duty.SUPERVISE_MATTERS)]
    Mandate.objects.bulk_create([people.mandate(bodies[key], duty, area, BASIS, bodies["government"]) for key, duty, area in granted])


def make_rules() -> None:
    """One in force, one proposed."""
    city = Area.objects.get(pk=people.CITY)
    common = {"area": city, "basis": BASIS}
    RoutingRule.objects.create(place=10, name="举报由承担核查职责的单位办理", kinds=["report"], duty=Duty.EXAMINE_REPORTS, state="activated", **common)
    RoutingRule.objects.create(place=20, name="涉及欺骗老人的投诉按举报核查", kinds=["complaint"], words=["骗"], duty=Duty.EXAMINE_REPORTS, **common)


def make_matters(bodies: dict[str, Stakeholder]) -> tuple[Any, Any, Any, Any]:
    """Matters with a story."""
    users = {user.username: user for user in User.objects.filter(is_synthetic=True).select_related("person")}
    citizen = Assured(users["citizen"].person, users["citizen"])
    writer = Assured(bodies["district"], users["district"])
    checker = Assured(bodies["district"], people.colleague("district-2", bodies["district"], "周核示", "Zhou Heshi"))
    place = Area.objects.get(pk="990101001000")

    def bring(kind: str, subject: str, text: str, days: float, who: Any = NOBODY, **fields: Any) -> Matter:
        defaults = {"category": "care", "area": place, "named": "", "name": "", "email": "", "telephone": "", "may_publish": True}
        with stopped_at(now() - timedelta(days=days)):
            made = actions.SubmitMatter.do(who, kind=kind, subject=subject, text=text, **defaults | fields)
        with stopped_at(now() - timedelta(days=days) + timedelta(hours=2)):
            return actions.RouteMatter.do(CLOCK, made)

    def accept(matter: Matter, days: float, by: Any = writer) -> Matter:
        with stopped_at(now() - timedelta(days=days)):
            return actions.AcceptMatter.do(by, matter)

    def answer(matter: Matter, text: str, days: float, by: tuple[Any, Any] = (writer, checker), **parts: Any) -> Matter:
        with stopped_at(now() - timedelta(days=days)):
            actions.DraftAnswer.do(by[0], matter, **PARTS | {"text": text} | parts)
            actions.ApproveAnswer.do(by[1], matter)
            return actions.SendAnswer.do(by[0], matter)

    bring("question", "高龄津贴什么时候发", "请问八十岁以上老人的津贴每月几号发放？", 0.2, citizen, category="assistance")
    accept(bring("complaint", "示例松风养老院加收取暖费", "母亲在那里日间照料，九月起每月多收一百八十元取暖费，事先没有告知。", 6.5, citizen, named="示例松风养老服务中心"), 6)
    joint = accept(bring("petition", "请求补发母亲的高龄津贴", "母亲 2026 年 5 月满八十周岁，应当享受的高龄津贴至今没有到账，请求补发。", 20, citizen, category="assistance"), 18)
    actions.AskCoHandler.do(writer, joint, to=bodies["medical"], question="请核对老人的参保地和登记的出生日期。")
    fee = accept(bring("question", "短期托养需要押金吗", "想让母亲短期住两周，需要交押金吗？", 9), 8.5)
    fee = answer(fee, "短期托养不超过三十天的，不收押金。", 7)
    asked = "短期托养要不要交押金"
    actions.PublishMatter.do(writer, fee, public_subject=asked, public_text="短期住两周，需要交押金吗？", public_answer="短期托养不超过三十天的，不收押金。")
    done = answer(accept(bring("petition", "要求退还餐费", "母亲日间照料期间住院五天，没有用餐，要求退还餐费。", 15, citizen), 14), "餐费按协议按月收取，不予退还。", 3, outcome="not-supported")
    actions.AskForReview.do(citizen, done, reason="协议里写明住院期间停收餐费。")
    wish = answer(accept(bring("suggestion", LAST, "走廊太长，老人走一半没地方扶。", 9, citizen), 8), "建议采纳，将统一加装。", 2, remedy="", remedy_by=None)
    actions.Commit.do(writer, wish, text="五周内为辖区养老院走廊加装扶手", due_on=today() + timedelta(days=34))
    return bring, accept, answer, writer


def tell_of_many(bring: Any, accept: Any, answer: Any, bodies: dict[str, Stakeholder], writer: Any) -> None:
    """Enough answered questions of two districts and four months for shares to be shown, with what people said of most of them."""
    asked = (
        ("care", "探视时间怎么安排", "周末探视需要预约吗？", "周末九点到十七点可以探视，不需要预约。"),
        ("pension", "资格认证怎么办", "父亲行动不便，领取资格认证怎么办？", "可以在手机上办理，也可以由社区上门。"),
        ("assistance", "临时救助去哪里申请", "家里遇到急事，临时救助去哪里申请？", "向居住地的街道申请，急难情况先行救助。"),
    )
    checker = Assured(bodies["district"], User.objects.get(username="district-2"))
    other = Assured(bodies["district-b"], User.objects.get(username="district-b"))
    second = Assured(bodies["district-b"], people.colleague("district-b-2", bodies["district-b"], "吴复示", "Wu Fushi"))
    places = ((Area.objects.get(pk="990101001000"), writer, checker), (Area.objects.get(pk="990102000000"), other, second))
    for number in range(26):
        category, subject, text, said = asked[number % len(asked)]
        place, begins, checks = places[number % 5 == 2 or number % 5 == 4]
        came = 112 - number * 4
        took = 11 if number % 9 == 5 else 2 + number % 5
        done = answer(accept(bring("question", subject, text, came, category=category, area=place), came - 1, begins), said, max(came - took, 1), (begins, checks))
        if number % 3:
            solved = number % 4 != 1
            actions.RateAnswer.do(Follower(NOBODY, [done.pk]), done, solved=solved, satisfaction=5 if solved else 2, conduct=4, remark="")
        if number in SHOWN:
            actions.PublishMatter.do(begins, done, public_subject=subject, public_text=text, public_answer=said)


def take_out(bring: Any, accept: Any, answer: Any, writer: Any, desk: Any) -> None:
    """A template; and one that was published and taken out again."""
    actions.AddWording.do(
        writer, name="窗口办理时间", kinds=["question"], finding="", ground="", outcome="explained", text="请于{日期}前，带{材料}到{地点}办理，当天办结。"
    )
    old = answer(accept(bring("question", "助餐点几点开门", "社区助餐点周末几点开门？", 19), 18), "周末十点到十三点。", 17)
    actions.PublishMatter.do(writer, old, public_subject="助餐点周末几点开门", public_text="社区助餐点周末几点开门？", public_answer="周末十点到十三点。")
    actions.TakeOutOfRegister.do(desk, old, ground="wrong", why="开放时间已经调整，答复不再适用。")


def ask_with_others(bring: Any, accept: Any, answer: Any, writer: Any, supervisor: Any) -> None:
    """An emergency; something that a neighbour asks for too; an outsider who was asked; an order of a supervisor and its outcome."""
    daughter = User.objects.select_related("person").get(username="daughter")
    urgent = accept(bring("complaint", "示例养护院五楼停暖", "五楼从昨夜起没有暖气，住着八位卧床老人。", 0.1, name="王示例", telephone="13800000000"), 0.05)
    actions.TreatAsUrgent.do(writer, urgent, urgency="utility", reason="停暖，住有卧床老人")
    shared = accept(bring("petition", "请求在小区开设助餐点", "小区六十岁以上的有三百多人，最近的助餐点要走四十分钟。", 5, name="赵示例"), 4)
    author = Follower(NOBODY, [shared.pk])
    shared = actions.ShareMatter.do(author, shared)
    joined = actions.SupportMatter.do(Assured(daughter.person, daughter), invitation=links.invitation(shared))
    actions.NameRepresentative.do(author, joined)
    actions.AskOutsider.do(writer, shared, name="示例物业公司", email="property@example.invalid", questions="小区有没有可以用作助餐点的房屋？面积多大？")
    late = answer(accept(bring("complaint", "申请材料交了没有回音", "护理补贴的材料交了一个月，没有人联系。", 40, category="assistance", telephone="13800000001"), 39), "材料已补录，下月发放。", 25)
    order = actions.OrderExplanation.do(supervisor, late, demand="说明为什么一个月没有联系申请人，并检查同期其他申请。")
    order = actions.Explain.do(writer, order, explanation="窗口转交时漏登。", rectification="已补录三件，窗口改为当场登记。")
    actions.ConcludeSupervision.do(supervisor, order, outcome="漏登属实。已补录同期三件申请，窗口改为当场登记。")


def sign_ins() -> Iterator[str]:
    """What there is to try."""
    yield ""
    yield "Ask or complain without an account at /feedback/new/; “district” answers, “city” reviews and decides who is responsible, “government” supervises."
