"""Who gets what: every address of feedback, by page and by program, for every role, of one's own and of a foreign office."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from governance.actions import Event, registry
from governance.actions.actors import CLOCK
from governance.feedback import actions, links
from governance.feedback.models import Attachment, Inquiry, Matter, Supervision, Supporter, Task
from governance.feedback.vocabulary import Duty
from tests.factories import care, people
from tests.factories.feedback import World, brought, office, officer

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
SECRET = "只有当事人知道的一句话"
ROLES = ("nobody", "stranger", "author", "supporter", "writer", "barred", "co-handler", "foreign", "accused", "reviewer", "coordinator", "supervisor")
# Who may read the words of the matter (a report of wrongdoing), and no one else, whatever the address.
OURS = ("feedback:", "api:feedback", "open311:")
OUTSIDERS = ("nobody", "foreign", "barred", "accused")
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


def named(patterns: Any, prefix: str = "", wanted: frozenset[str] = frozenset()) -> Any:
    """Every address by its name, with what it wants."""
    for one in patterns:
        wants = wanted | set(one.pattern.converters)
        if isinstance(one, URLResolver):
            yield from named(one.url_patterns, f"{prefix}{one.namespace}:" if one.namespace else prefix, wants)
        elif isinstance(one, URLPattern) and one.name:
            yield prefix + one.name, wants


def addresses(case: Case, *, everywhere: bool = False) -> list[str]:
    """Every address of feedback that answers GET, with these records put in; ``everywhere`` also the lists and searches of all others."""
    of = {"matter": case.matter.pk, "task": case.task.pk, "inquiry": case.inquiry.pk, "supporter": case.supporter.pk, "supervision": case.order.pk, "file": case.file.pk}
    words = {"step": "text", "token": "x", "slug": "submit-matter", "code": "report-care", "number": case.matter.reference, "format": "json"}
    found = set()
    for name, wants in named(get_resolver().url_patterns):
        ours = name.startswith(OURS)
        if not ours and not (everywhere and ":" in name and not wants):
            continue
        kind = name.rsplit(":", 1)[-1].removeprefix("feedback-").removesuffix("-detail")
        values = {one: of.get(kind, case.matter.pk) if one == "pk" else words.get(one) for one in wants}
        if name.rsplit(":", 1)[-1].endswith("-act"):
            continue  # each by its name, below
        assert None not in values.values(), f"{name}: say above what is put in for {wants}"
        found.add(reverse(name, kwargs=values))
    # An action of the interface answers GET with a refusal whoever asks: its page is what shows something.
    found = {address for address in found if not re.fullmatch(r"/api/.+/\d+/[a-z-]+/", address)}
    return sorted(found | {f"{address}?q=虚报床位" for address in found if "search" in address} | {page for page, _interface in acts(case)})


def acts(case: Case) -> list[tuple[str, str]]:
    """The page and the address for programs of every action on these records."""
    records = {Matter: case.matter, Task: case.task, Inquiry: case.inquiry, Supporter: case.supporter, Supervision: case.order}
    pairs = [(record, action.slug) for model, record in records.items() for action in registry.actions_on(model) if not action.by_clock_only()]
    return [
        (reverse(f"feedback:{record._meta.model_name}-act", args=[record.pk, slug]), reverse(f"api:feedback-do-{slug}", args=[record.pk]))
        for record, slug in pairs
    ]


def enter(client: Any, case: Case, role: str) -> None:
    """From now on the client is somebody in this role."""
    client.logout()
    user = case.users[role]
    if user is None:
        return
    client.force_login(user, BACKEND)
    session = client.session
    if role not in {"stranger", "author", "supporter"}:
        people.second_factor(user)
        session["acting_for"] = f"m{user.memberships.first().pk}"
    session.save()


def test_nobody_reads_a_report_who_may_not(client):
    case = Case()
    ours, whole = addresses(case), addresses(case, everywhere=True)
    assert len(ours) > 100 and len(whole) > len(ours) + 60
    for role in ROLES:
        enter(client, case, role)
        told = []
        asked = [case.matter.get_absolute_url()] if role in READS else whole if role == "accused" else ours
        for address in asked:
            answer = client.get(address)
            assert answer.status_code < 500, (role, address)
            body = b"".join(answer.streaming_content) if answer.streaming else answer.content
            if SECRET in body.decode(errors="replace"):
                told.append(address)
        if role in READS:
            assert case.matter.get_absolute_url() in told, role
        elif role == "co-handler":  # sees what they were asked, and nothing else of it
            assert told
            assert all("task" in address or "worklist" in address for address in told), told
        else:
            assert not told, (role, told)
        # What is internal stays inside, also from whoever brought it.
        inside = client.get(case.matter.get_absolute_url()).content.decode()
        assert ("内部" in inside) == (role in READS - {"author", "supporter"}), role


def test_nobody_acts_on_a_report_who_may_not(client):
    case = Case()
    asked = acts(case)
    assert len(asked) > 45
    told = {
        "reason": "x", "text": "十个字以上的一段话。", "to": case.users["stranger"].pk, "kind": "complaint", "solved": "yes", "satisfaction": 5, "conduct": 5, "answer": "x",
        "contribution": "x", "outcome": "x", "explanation": "x", "rectification": "x", "demand": "x", "question": "x",
    }  # fmt: skip
    before = Event.objects.count()
    for role in OUTSIDERS:
        enter(client, case, role)
        for page, interface in asked:
            answers = {client.post(page, told).status_code}
            if role == "foreign":
                answers.add(client.post(interface, told, content_type="application/json").status_code)
            assert answers <= {302, 401, 403, 404, 409, 422}, (role, page, answers)
    assert Event.objects.count() == before


def test_the_interface_for_other_systems_tells_nothing_of_it(client):
    case = Case()
    for form in ("json", "xml"):
        for address in (reverse("open311:requests", args=[form]), reverse("open311:updates", args=[form])):
            assert case.matter.reference not in client.get(address).content.decode()
        assert client.get(reverse("open311:request", args=[case.matter.reference, form])).status_code == 404
