"""Pages: a matter, what may be done with it, and what belongs to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.http import content_disposition_header
from django.utils.translation import gettext_lazy as _

from governance.access.models import Access
from governance.clocks.now import now, today
from governance.feedback import following, links, periods, simulation
from governance.feedback.files import name_of
from governance.feedback.forms import DeskForm
from governance.feedback.models import Attachment, Matter, Wording
from governance.feedback.querysets import colleagues
from governance.feedback.vocabulary import BEFORE_THE_ANSWER, OF_THE_AUTHOR, Duty
from governance.receipts import reading as receipts
from governance.receipts.views import KNOWN
from governance.web.errors import code_again
from governance.web.views import ActionView, PageView, RecordListView, RecordView

INTERNAL = {
    "feedback.add-note", "feedback.draft-answer", "feedback.return-answer", "feedback.approve-answer", "feedback.publish-matter", "feedback.give-to-colleague",
    "feedback.bar-from-matter", "feedback.ask-for-extension", "feedback.decline-extension",
}  # fmt: skip


# The piles of a desk: what the office does, then what it waits for.
PILES = (
    ("open", _("Everything open")), ("late", _("Late")), ("today", _("Due today")), ("mine", _("Mine")), ("nobody", _("Nobody’s yet")),
    ("begin", _("To be taken up")), ("send", _("To be sent")), ("check", _("Waiting for a check")), ("others", _("Waiting for co-handlers")),
    ("objected", _("Waiting for a coordinator")),
)  # fmt: skip
DONE_BY_US = 7
SEEN = 3  # of those who looked


class AsFollower:
    """Whoever has given a tracking code in this session may follow that matter."""

    @property
    def actor(self) -> Any:
        return following.actor_of(self.request)


class MatterView(AsFollower, RecordView):
    """One matter: for whoever brought it, and for the offices that work on it."""

    model = Matter
    open_to_public = True

    def context(self, record: Matter) -> dict[str, Any]:
        actor, context = self.actor, super().context(record)
        brought = record.pk in getattr(actor, "followed", ()) or (record.author_id is not None and record.author_id == actor.stakeholder_id)
        mine = brought or record.pk in getattr(actor, "supported", {})
        ours = actor.stakeholder_id is not None and not mine
        events = context["events"]
        if not ours:
            context["events"] = [event for event in events if event.action not in INTERNAL]
        supplements = list(record.supplements.all())
        running = [clock for clock in context["clocks"] if clock.is_open]
        for_office = [clock for clock in running if clock.rule.code not in OF_THE_AUTHOR]
        # To whoever brought it nothing is a promise that runs among offices, such as the period of objecting to the routing.
        promised = [clock for clock in running if clock.rule.is_promised]
        answering = [clock for clock in promised if clock.rule.code in periods.ANSWERING]
        context["clock"] = next(iter((answering or promised) if mine else for_office), None)
        return context | {
            "matter": record, "is_mine": mine, "is_ours": ours, "sent": record.sent, "answer": record.answer if ours else None,
            "files": list(record.files.of_matter()), "thing": self.thing(record), "notes": list(record.notes.all()) if ours else [], "tasks": list(record.tasks.all()) if ours else [],
            "clocks": promised if mine else running, "ended": [clock for clock in context["clocks"] if not clock.is_open], "supplements": supplements,
            "receipt": receipts.receipt_for(actor, events[-1].pk, self.request.session.get(KNOWN, [])) if brought and events else None,
            "seen": list(Access.objects.about_record(record)[:SEEN]) if brought and record.author_id else [],
            "untold": record.untold if ours else [],
            "asked_last": bool(supplements) and not supplements[-1].is_from_author,
            "is_before": record.state in BEFORE_THE_ANSWER,
            "supporters": list(record.supporters.joined()) if record.is_shared else [], "has_brought": brought,
            "invitation": links.invitation(record) if brought and record.is_shared else "",
        }  # fmt: skip

    def thing(self, record: Matter) -> Any:
        """The record it is about, for whoever may see that."""
        model = record.thing_type.model_class() if record.thing_type_id else None
        return model.objects.visible_to(self.actor).filter(pk=record.thing_id).first() if model else None


class MatterListView(RecordListView):
    """What one has brought; for offices, what they handle, with the period that presses most."""

    model = Matter
    orders = {"newest": ("-created_at", "-id"), "due": ("due_at", "id"), "oldest": ("created_at", "id")}

    def rows(self) -> Any:
        rows = super().rows().by_due_date()
        self.whose = "all" if self.request.GET.get("whose") == "all" else ""
        if self.actor.kind == "citizen":
            return rows.of_author(self.actor.stakeholder_id)
        self.desk = rows if self.whose else rows.of_office(self.actor.stakeholder_id)
        self.form = DeskForm(self.request.GET, office=self.actor.stakeholder_id)
        return self.desk.on_desk(**self.form.looking_for(), at=now()).in_queue(self.queue(), self.actor.user_id, now())

    def queue(self) -> str:
        """The pile that was chosen; whoever looks for something looks in all of them."""
        asked = self.request.GET.get("queue", "")
        return asked or ("" if any(self.form.looking_for().values()) else "open")

    def order(self) -> tuple[str, ...]:
        usual = "newest" if self.actor.kind == "citizen" else "due"
        return self.orders.get(self.request.GET.get("sort", ""), self.orders[usual])

    def context(self, page: Any) -> dict[str, Any]:
        is_citizen = self.actor.kind == "citizen"
        for row in page.rows:
            row.clock = next((one for one in row.open_clocks if (one.rule.is_promised if is_citizen else one.rule.code not in OF_THE_AUTHOR)), None)
        context = super().context(page) | {"is_citizen": is_citizen, "whose": self.whose}
        if is_citizen:
            return context
        wordings = () if self.whose else Wording.objects.in_use_by(self.actor.stakeholder_id)
        counts, queue = self.desk.piled(self.actor.user_id, now()), self.queue()
        piles = [{"code": code, "name": name, "count": counts[code], "is_here": code == queue} for code, name in PILES]
        may_register = any(held.duty == Duty.RECEIVE_MATTERS for held in self.actor.duties)
        context |= {"form": self.form, "queue": queue, "piles": piles[:DONE_BY_US], "waiting": piles[DONE_BY_US:], "counts": counts, "may_register": may_register}
        return context | {"colleagues": [] if self.whose else colleagues(self.actor.stakeholder_id), "wordings": wordings}


class MatterActionView(AsFollower, ActionView):
    """An action on a matter, also by whoever has its code."""

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.action.open_to_anyone() and self.record is None and self.actor.user_id is None:
            return code_again(request)
        return super().post(request)

    def after(self, changed: Any) -> str:
        if isinstance(changed, Matter) and changed.pk != getattr(self.record, "pk", None) and getattr(self.actor, "followed", ()):
            following.remember(self.request, changed)
        if self.action.slug == "bar-from-matter" and not Matter.objects.visible_to(self.actor).filter(pk=changed.pk).exists():
            return reverse("feedback:matter-list")  # whoever bars themselves does not see it any more
        return changed.get_absolute_url()


class FoundingView(ActionView):
    """What starts from nothing. Who registers what somebody brings gets the paper with the tracking code for them."""

    def after(self, changed: Any) -> str:
        if self.action.slug == "register-matter" and changed.last_event is not None:
            self.request.session["feedback_sent"] = str(changed.last_event.pk)
            self.request.session[KNOWN] = [*self.request.session.get(KNOWN, []), str(changed.last_event.pk)]
            return reverse("feedback:sent", args=[changed.pk])
        return changed.get_absolute_url()


class FileView(AsFollower, PageView):
    """An attachment, as a download that nothing runs."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = Attachment.objects.readable_by(self.actor).filter(pk=pk).first()
        if file is None:
            raise Http404
        answer = HttpResponse(bytes(file.content), content_type="application/octet-stream", headers={"Content-Security-Policy": "sandbox"})
        answer["Content-Disposition"] = content_disposition_header(True, name_of(file.name, file.media_type))
        return answer


class RuleView(RecordView):
    """A rule of routing, and which of last month's matters it would have moved."""

    open_to_public = True
    template_name = "feedback/routingrule_detail.html"

    def context(self, record: Any) -> dict[str, Any]:
        may_try = any(held.duty.startswith("feedback.receive") for held in self.actor.duties)
        tried = simulation.tried(record, self.actor, today()) if may_try else None
        return super().context(record) | {"tried": tried}


class RuleListView(RecordListView):
    """The rules of routing, in the order in which they are tried."""

    open_to_public = True
    template_name = "feedback/routingrule_list.html"

    def rows(self) -> Any:
        return super().rows().in_order()

    orders = {"place": ("state", "place", "id")}

    def context(self, page: Any) -> dict[str, Any]:
        may = any(held.duty == Duty.RECEIVE_MATTERS for held in self.actor.duties)
        return super().context(page) | {"may_propose": may}


class OtherView(AsFollower, RecordView):
    """A task, a commitment, a supervision, an inquiry or a supporter."""

    open_to_public = True


class OtherActionView(AsFollower, ActionView):
    """An action on one of them."""
