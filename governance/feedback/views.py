"""Pages: bringing something one question at a time, following it, handling it, the public register."""

from __future__ import annotations

import secrets
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions import Once, Refusal
from governance.clocks.now import today
from governance.feedback import actions, following, simulation
from governance.feedback.forms import STEPS, CodeForm
from governance.feedback.models import Attachment, Matter
from governance.feedback.words import words_of
from governance.receipts.views import KNOWN
from governance.stakeholders.models import Area
from governance.web.layouts import layout_for
from governance.web.views import ActionView, PageView, RecordListView, RecordView

DRAFT = "feedback_draft"
ORDER = list(STEPS)
INTERNAL = {"feedback.add-note", "feedback.draft-answer", "feedback.return-answer", "feedback.approve-answer", "feedback.publish-matter"}


class AsFollower:
    """Whoever has given a tracking code in this session may follow that matter."""

    @property
    def actor(self) -> Any:
        return following.actor_of(self.request)


class IntakeView(PageView):
    """One question on a page; what was typed is kept in the session until it is sent."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, step: str = "kind") -> HttpResponse:
        if step not in STEPS:
            raise Http404
        self.step = step
        self.draft = request.session.get(DRAFT) or {"key": secrets.token_urlsafe(16), "data": {}}
        behind = next((one for one in ORDER[: ORDER.index(step)] if one not in self.draft.get("done", [])), None)
        if behind:
            return HttpResponseRedirect(reverse("feedback:intake", args=[behind]))
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {name: value for name, value in request.GET.items() if name in {"kind", "named", "subject", "category", "area"}}
        self.draft["data"] |= asked
        request.session[DRAFT] = self.draft
        return self.show(self.form(initial=self.draft["data"]))

    def form(self, **options: Any) -> Any:
        """The form of this page."""
        if self.step == "files":
            options |= {"draft": self.draft["key"], "present": len(self.files())}
        return STEPS[self.step](**options)

    def files(self) -> list[Attachment]:
        """What was attached so far."""
        return list(Attachment.objects.of_draft(self.draft["key"]))

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.step == "files" and (gone := request.POST.get("remove", "")).isdigit():
            Attachment.objects.take_out(self.draft["key"], int(gone))
            return HttpResponseRedirect(request.path)
        form = self.form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        if self.step == "check":
            return self.send(form)
        self.keep(form)
        again = self.step == "files" and form.attachment is not None
        return HttpResponseRedirect(reverse("feedback:intake", args=[self.step if again else ORDER[ORDER.index(self.step) + 1]]))

    def keep(self, form: Any) -> None:
        """Into the draft; a place by its code."""
        if getattr(form, "attachment", None) is not None:
            form.attachment.save()
            self.draft["files"] = True
        data = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        self.draft["data"] |= {name: value.pk if isinstance(value, Area) else value for name, value in data.items()}
        self.draft["done"] = [*self.draft.get("done", []), self.step]
        self.request.session[DRAFT] = self.draft

    def send(self, form: Any) -> HttpResponse:
        """Once, however often the button is pressed."""
        data = dict(self.draft["data"])
        if not self.request.session.session_key:
            self.request.session.create()
        once = Once.of(f"session:{self.request.session.session_key}", self.draft["key"], data)
        try:
            data["area"] = Area.objects.get(pk=data["area"])
            made = actions.send_with_files(self.request.actor, self.draft["key"] if self.draft.get("files") else "", once=once, **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=refusal.status)
        session = self.request.session
        if made.last_event is not None:
            session["feedback_sent"] = str(made.last_event.pk)
            session[KNOWN] = [*session.get(KNOWN, []), str(made.last_event.pk)]
        following.remember(self.request, made)
        session.pop(DRAFT, None)
        return HttpResponseRedirect(reverse("feedback:sent", args=[made.pk]))

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The page with its form, the way back, and before sending what others have asked."""
        at, data = ORDER.index(self.step), self.draft["data"]
        context = {"form": form, "step": self.step, "number": at + 1, "count": len(ORDER), "layout": layout_for(self.request.actor)}
        context |= {"back": ORDER[at - 1] if at else "", "files": self.files() if self.step in {"files", "check"} else [], "data": {}, "similar": []}
        if self.step == "check":
            context["data"] = Matter(**{k: v for k, v in data.items() if k != "area"}, area=Area.objects.get(pk=data["area"]))
            context["similar"] = Matter.objects.similar(words_of(f"{data['subject']} {data['text']}"))
        return render(self.request, "feedback/intake.html", context, status=status)


class SentView(AsFollower, PageView):
    """It has arrived: reference, tracking code, what happens next."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        matter = Matter.objects.visible_to(self.actor).for_display().filter(pk=pk).first()
        event = request.session.get("feedback_sent")
        if matter is None or not event:
            raise Http404
        context = {"matter": matter, "event": event, "code": following.code_of(event), "clock": matter.clocks.pressing().first(), "layout": layout_for(self.actor)}
        return render(request, "feedback/sent.html", context)


class FollowView(PageView):
    """What has become of it, by its code."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "feedback/follow.html", {"form": CodeForm(), "layout": layout_for(self.actor)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        matter = following.matter_of(form.cleaned_data["code"]) if form.is_valid() else None
        if matter is not None:
            following.remember(request, matter)
            return HttpResponseRedirect(matter.get_absolute_url())
        if form.is_valid():
            form.add_error("code", _("Nothing was sent with this code. Compare it with your receipt, letter by letter."))
        return render(request, "feedback/follow.html", {"form": form, "layout": layout_for(self.actor)}, status=422)


class MatterView(AsFollower, RecordView):
    """One matter: for whoever brought it, and for the offices that work on it."""

    model = Matter
    open_to_public = True

    def context(self, record: Matter) -> dict[str, Any]:
        actor = self.actor
        mine = record.pk in getattr(actor, "followed", ()) or (record.author_id is not None and record.author_id == actor.stakeholder_id)
        ours = actor.stakeholder_id is not None and not mine
        context = super().context(record)
        if not ours:
            context["events"] = [event for event in context["events"] if event.action not in INTERNAL]
        return context | {
            "matter": record, "is_mine": mine, "is_ours": ours, "sent": record.sent, "answer": record.answer if ours else None,
            "files": list(record.files.of_matter()), "notes": list(record.notes.all()) if ours else [], "tasks": list(record.tasks.all()) if ours else [],
            "clocks": [clock for clock in context["clocks"] if clock.is_open],
        }  # fmt: skip


class MatterListView(RecordListView):
    """What one has brought; for offices, what they handle, with the period that presses most."""

    model = Matter

    def rows(self) -> Any:
        rows = super().rows()
        if self.actor.kind == "citizen":
            return rows.of_author(self.actor.stakeholder_id)
        return rows if self.request.GET.get("whose") == "all" else rows.of_office(self.actor.stakeholder_id)

    def context(self, page: Any) -> dict[str, Any]:
        for row in page.rows:
            row.clock = next(iter(row.open_clocks), None)
        return super().context(page) | {"is_citizen": self.actor.kind == "citizen", "whose": self.request.GET.get("whose", "")}


class MatterActionView(AsFollower, ActionView):
    """An action on a matter, also by whoever has its code."""

    def after(self, changed: Any) -> str:
        if isinstance(changed, Matter) and changed.pk != getattr(self.record, "pk", None) and getattr(self.actor, "followed", ()):
            following.remember(self.request, changed)
        return changed.get_absolute_url()


class RegisterView(PageView):
    """The public register: what was asked and answered, by consent and without names."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = request.GET.get("q", "").strip()[:200]
        found = list(Matter.objects.register(words_of(asked) or asked if asked else "")[:50])
        return render(request, "feedback/register.html", {"rows": found, "q": asked, "layout": layout_for(self.actor)})


class PublicView(PageView):
    """One matter of the register."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        matter = Matter.objects.register().filter(pk=pk).first()
        if matter is None:
            raise Http404
        return render(request, "feedback/public.html", {"matter": matter, "layout": layout_for(self.actor)})


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
    """A task, a commitment or a supervision."""

    open_to_public = True
