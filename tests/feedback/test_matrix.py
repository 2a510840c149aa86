"""Who gets what: every address of feedback, by page and by program, for every role, of one's own and of a foreign office."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.actions import registry
from governance.actions.actors import CLOCK
from governance.feedback import actions, links
from governance.feedback.models import Attachment, Inquiry, Matter, Supporter, Task
from governance.feedback.vocabulary import Duty
from tests.factories import care, people
from tests.factories.feedback import World, brought, office, officer

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "只有当事人知道的一句话"
ROLES = ("nobody", "stranger", "author", "supporter", "writer", "barred", "co-handler", "foreign", "accused", "reviewer", "coordinator", "supervisor")
# Who may read the words of the matter (a report of wrongdoing), and no one else, whatever the address.
READS = {"author", "supporter", "writer", "reviewer", "coordinator", "supervisor"}


class Case:
    """One report with everything that hangs on it, and somebody in every role."""

    def __init__(self) -> None:
        world = World()
        author, neighbour = people.user(), people.user()
        accused = officer(office("甲区养老服务中心"), *Duty, code="990100000000")
        accused_name = accused.stakeholder.name
        self.users: dict[str, Any] = {
            "nobody": None, "stranger": people.user(), "author": author, "supporter": neighbour, "writer": world.writer.user, "co-handler": world.helper.user,
            "foreign": officer(office("乙区民政局"), Duty.ANSWER_MATTERS, Duty.EXAMINE_REPORTS, code="990102000000").user, "accused": accused.user,
            "reviewer": world.reviewer.user, "coordinator": world.coordinator.user,
            "supervisor": officer(office("示例市督查室", area=care.area("990100000000")), Duty.SUPERVISE_MATTERS, code="990100000000").user,
        }  # fmt: skip
        barred = officer(world.office)
        self.users["barred"] = barred.user
        me = care.Acting(author.person)
        matter = brought(me, kind="report", subject=SECRET, text=f"{SECRET}：虚报床位。", named=accused_name)
        matter = actions.AcceptMatter.do(world.writer, actions.RouteMatter.do(CLOCK, actions.ShareMatter.do(me, matter)))
        actions.BarFromMatter.do(world.writer, matter, who=barred.user, reason="有利害关系")
        self.supporter = actions.SupportMatter.do(care.Acting(neighbour.person), invitation=links.invitation(matter))
        self.task = actions.AskCoHandler.do(world.writer, matter, to=world.other, question=f"{SECRET}，请核对")
        self.inquiry = actions.AskOutsider.do(world.writer, matter, name="供货商", email="x@example.invalid", questions=f"{SECRET}？")
        self.file = Attachment.objects.create(matter=matter, name="a.pdf", media_type="application/pdf", size=1, digest="x", content=SECRET.encode())
        actions.AddNote.do(world.writer, matter, text=f"{SECRET}：内部")
        self.matter = Matter.objects.get(pk=matter.pk)
        self.order = actions.OrderExplanation.do(world.coordinator, self.matter, demand=f"{SECRET}：说明")


def named(patterns: Any, prefix: str = "") -> Any:
    """Every address by its name, with what it wants."""
    for one in patterns:
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix)
        elif isinstance(one, URLPattern) and one.name:
            yield prefix + one.name, set(one.pattern.converters)


def addresses(case: Case) -> list[str]:
    """Every address of feedback that answers GET, with these records put in."""
    of = {"matter": case.matter.pk, "task": case.task.pk, "inquiry": case.inquiry.pk, "supporter": case.supporter.pk, "supervision": case.order.pk, "file": case.file.pk}
    ours = [(name, wants) for name, wants in named(get_resolver().url_patterns) if name.startswith(("feedback:", "api:feedback")) and wants <= {"pk"}]
    kind_of = {name: name.rsplit(":", 1)[-1].removeprefix("feedback-").removesuffix("-detail") for name, _wants in ours}
    found = {reverse(name, args=[of.get(kind_of[name], case.matter.pk)] if wants else []) for name, wants in ours}
    # An action of the interface answers GET with a refusal whoever asks: its page is what shows something.
    found = {address for address in found if not re.fullmatch(r"/api/.+/\d+/[a-z-]+/", address)}
    keys = {Matter: case.matter.pk, Task: case.task.pk, Inquiry: case.inquiry.pk, Supporter: case.supporter.pk}
    acts = {(model, action.slug) for model in keys for action in registry.actions_on(model)}
    return sorted(found | {reverse(f"feedback:{model._meta.model_name}-act", args=[keys[model], slug]) for model, slug in acts})


@pytest.mark.parametrize("role", ROLES)
def test_nobody_reads_a_report_who_may_not(client, role):
    case = Case()
    user = case.users[role]
    if user is not None:
        client.force_login(user, BACKEND)
        session = client.session
        if role not in {"stranger", "author", "supporter"}:
            people.second_factor(user)
            session["acting_for"] = f"m{user.memberships.first().pk}"
        session.save()
    told, asked = [], addresses(case)
    assert len(asked) > 60
    for address in asked:
        answer = client.get(address)
        assert answer.status_code < 500, address
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if SECRET in body.decode(errors="replace"):
            told.append(address)
    if role in READS:
        assert case.matter.get_absolute_url() in told
    elif role == "co-handler":  # sees what they were asked, and nothing else of it
        assert told
        assert all("task" in address for address in told), told
    else:
        assert not told
    # What is internal stays inside, also from whoever brought it.
    inside = client.get(case.matter.get_absolute_url()).content.decode()
    assert ("内部" in inside) == (role in READS - {"author", "supporter"})
