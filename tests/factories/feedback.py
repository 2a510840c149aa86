"""Matters and offices that answer them, for tests."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from governance.clocks.now import today
from governance.feedback import actions, following
from governance.feedback.models import Commitment, Inquiry, Matter, Removal, RoutingRule, Supervision, Supporter, Task, Wording
from governance.feedback.vocabulary import Duty
from governance.stakeholders.actors import NOBODY, Actor, actor_for
from tests.factories import care, people

DISTRICT = "990101000000"


def officer(office: Any, *duties: str, code: str = DISTRICT) -> Actor:
    """Somebody who acts for an office; the duties are given to the office."""
    for duty in duties:
        if not office.mandates.filter(duty=str(duty.value)).exists():
            people.mandate(office, duty, code)
    user = people.member(office, "officer", with_second_factor=False)
    membership = user.memberships.first() if hasattr(user, "memberships") else None
    return actor_for(user, f"m{membership.pk}" if membership else None)


def office(name: str = "示例区民政局", **fields: Any) -> Any:
    return care.stakeholder("government", "government-authority", name, **fields)


def brought(who: Any = NOBODY, **fields: Any) -> Matter:
    """Something that somebody brings."""
    defaults = {
        "kind": "complaint", "category": "care", "subject": "松风养老院多收取暖费", "text": "九月起每月多收一百八十元取暖费，事先没有告知。",
        "named": "", "name": "", "email": "", "telephone": "", "may_publish": True,
    }  # fmt: skip
    fields.setdefault("area", None)
    fields["area"] = fields["area"] or care.area()
    return actions.SubmitMatter.do(who, **defaults | fields)


class World:
    """A district that answers, the city that reviews, receives and supervises, and the province that reviews again."""

    def __init__(self) -> None:
        city, province = "990100000000", "990000000000"
        care.area(city, "示例市")
        care.area(province, "示例省")
        self.office = office("甲区民政局")
        self.writer = officer(self.office, Duty.ANSWER_MATTERS, Duty.EXAMINE_REPORTS)
        self.checker = officer(self.office)
        self.other = office("甲区医保局")
        self.helper = officer(self.other)
        self.city = office("示例市民政局", area=care.area(city))
        self.reviewer = officer(self.city, Duty.REVIEW_MATTERS, code=city)
        self.second_reviewer = officer(self.city, code=city)
        self.province = office("示例省民政厅", area=care.area(province))
        self.last = officer(self.province, Duty.REVIEW_MATTERS, code=province)
        self.last_checker = officer(self.province, code=province)
        self.desk = office("示例市热线")
        self.coordinator = officer(self.desk, Duty.RECEIVE_MATTERS, Duty.SUPERVISE_MATTERS, code=city)

    def routed(self, who: Any = NOBODY, **fields: Any) -> Matter:
        return actions.RouteMatter.do(self.coordinator, brought(who, **fields))

    def accepted(self, who: Any = NOBODY, **fields: Any) -> Matter:
        return actions.AcceptMatter.do(self.writer, self.routed(who, **fields))

    def answered(self, matter: Matter | None = None, writer: Any = None, checker: Any = None, **fields: Any) -> Matter:
        return answered(matter or self.accepted(**fields), writer or self.writer, checker or self.checker)


PARTS = {
    "finding": "查明：九月起每月多收 180 元。", "ground": "示例收费办法第三条", "outcome": "supported", "text": "多收的取暖费应当退还。", "remedy": "", "remedy_by": None,
}  # fmt: skip


def answered(matter: Matter, writer: Any, checker: Any, **parts: Any) -> Matter:
    """Written by one, approved by another, sent."""
    actions.DraftAnswer.do(writer, matter, **PARTS | parts)
    actions.ApproveAnswer.do(checker, matter)
    return actions.SendAnswer.do(writer, matter)


def knows(matter: Matter) -> following.Follower:
    """Somebody without an account who has the tracking code."""
    return following.Follower(NOBODY, [matter.pk])


def task() -> Task:
    """A co-handler was asked."""
    matter = brought()
    Matter.objects.filter(pk=matter.pk).update(office=office())
    return Task.objects.create(matter=matter, area=matter.area, office=office("甲区医保局"), question="请核对缴费记录。")


def rule(**fields: Any) -> RoutingRule:
    defaults = {"place": 1, "name": "示例分派规则", "area": care.area("990100000000", "示例市"), "basis": "示例"}
    return RoutingRule.objects.create(**defaults | fields)


def supervision() -> Supervision:
    matter = brought()
    return Supervision.objects.create(matter=matter, area=matter.area, office=office(), demand="说明为什么没有按期答复。")


def commitment() -> Commitment:
    matter = brought(kind="suggestion")
    return Commitment.objects.create(matter=matter, area=matter.area, office=office(), text="在电梯口加装扶手", due_on=today() + timedelta(days=30))


def removal() -> Removal:
    matter = brought()
    return Removal.objects.create(matter=matter, area=matter.area, office=office(), ground="wrong", why="收费标准已经调整，内容过时。")


def inquiry() -> Inquiry:
    """Somebody was asked by a link."""
    matter = brought()
    Matter.objects.filter(pk=matter.pk).update(office=office())
    return Inquiry.objects.create(matter=matter, area=matter.area, name="供暖公司", email="heating@example.invalid", questions="九月的单价是多少？")


def supporter() -> Supporter:
    """Somebody asks for the same."""
    matter = brought()
    return Supporter.objects.create(matter=matter, area=matter.area, stakeholder=care.stakeholder("citizen", "citizen-person", "示例邻居"))


def wording(of: Any = None, **fields: Any) -> Wording:
    of = of or office()
    return Wording.objects.create(office=of, area=of.area, **{"name": "缴费时间", "text": "请于{日期}前到{地点}办理。", "kinds": ["question"]} | fields)
