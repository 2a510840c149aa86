"""Pages: a matter, what may be done with it, and what belongs to it."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from governance.clocks.now import now, today
from governance.feedback import following, links, simulation
from governance.feedback.forms import DeskForm
from governance.feedback.models import Attachment, Matter, Wording
from governance.feedback.querysets import colleagues
from governance.web.views import ActionView, PageView, RecordListView, RecordView

INTERNAL = {
    "feedback.add-note", "feedback.draft-answer", "feedback.return-answer", "feedback.approve-answer", "feedback.publish-matter", "feedback.give-to-colleague",
    "feedback.bar-from-matter", "feedback.ask-for-extension", "feedback.decline-extension",
}  # fmt: skip


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
        if not ours:
            context["events"] = [event for event in context["events"] if event.action not in INTERNAL]
        return context | {
            "matter": record, "is_mine": mine, "is_ours": ours, "sent": record.sent, "answer": record.answer if ours else None,
            "files": list(record.files.of_matter()), "thing": self.thing(record), "notes": list(record.notes.all()) if ours else [], "tasks": list(record.tasks.all()) if ours else [],
            "clocks": [clock for clock in context["clocks"] if clock.is_open],
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
        if self.actor.kind == "citizen":
            return rows.of_author(self.actor.stakeholder_id)
        rows = rows if self.request.GET.get("whose") == "all" else rows.of_office(self.actor.stakeholder_id)
        self.form = DeskForm(self.request.GET, office=self.actor.stakeholder_id)
        return rows.on_desk(**self.form.looking_for(), at=now())

    def context(self, page: Any) -> dict[str, Any]:
        for row in page.rows:
            row.clock = next(iter(row.open_clocks), None)
        is_citizen, whose = self.actor.kind == "citizen", self.request.GET.get("whose", "")
        context = super().context(page) | {"is_citizen": is_citizen, "whose": whose}
        if is_citizen:
            return context
        wordings = () if whose else Wording.objects.in_use_by(self.actor.stakeholder_id)
        return context | {"form": self.form, "colleagues": [] if whose else colleagues(self.actor.stakeholder_id), "wordings": wordings}


class MatterActionView(AsFollower, ActionView):
    """An action on a matter, also by whoever has its code."""

    def after(self, changed: Any) -> str:
        if isinstance(changed, Matter) and changed.pk != getattr(self.record, "pk", None) and getattr(self.actor, "followed", ()):
            following.remember(self.request, changed)
        if self.action.slug == "bar-from-matter" and not Matter.objects.visible_to(self.actor).filter(pk=changed.pk).exists():
            return reverse("feedback:matter-list")  # whoever bars themselves does not see it any more
        return changed.get_absolute_url()


class FileView(AsFollower, PageView):
    """An attachment, as a download that nothing runs."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        file = Attachment.objects.readable_by(self.actor).filter(pk=pk).first()
        if file is None:
            raise Http404
        answer = HttpResponse(bytes(file.content), content_type="application/octet-stream", headers={"Content-Security-Policy": "sandbox"})
        answer["Content-Disposition"] = f'attachment; filename="{file.pk}.{file.media_type.rsplit("/", 1)[-1]}"'
        return answer


class RuleView(RecordView):
    """A rule of routing, and which of last month's matters it would have moved."""

    open_to_public = True
    template_name = "feedback/routingrule_detail.html"

    def context(self, record: Any) -> dict[str, Any]:
        may_try = any(held.duty.startswith("feedback.receive") for held in self.actor.duties)
        tried = simulation.tried(record, self.actor, today()) if may_try else None
        return super().context(record) | {"tried": tried}


class OtherView(AsFollower, RecordView):
    """A task, a commitment, a supervision, an inquiry or a supporter."""

    open_to_public = True


class OtherActionView(AsFollower, ActionView):
    """An action on one of them."""
