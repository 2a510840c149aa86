"""Pages: bringing something one question at a time, and following it by its code."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions import Once, Refusal
from governance.feedback import actions, following, moderation, things
from governance.feedback.forms import STEPS, CodeForm
from governance.feedback.models import Attachment, Draft, Follow, Matter
from governance.feedback.views.matters import AsFollower
from governance.feedback.words import words_of
from governance.receipts.views import KNOWN
from governance.stakeholders.models import Area
from governance.web.layouts import layout_for
from governance.web.views import PageView

DRAFT, SUM = "feedback_draft", "feedback_sum"
ORDER = list(STEPS)
LONGEST_NUMBER = 19  # digits of a key


class IntakeView(PageView):
    """One question on a page; what was typed is kept in the session until it is sent."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, step: str = "kind") -> HttpResponse:
        if step not in STEPS:
            raise Http404
        self.step = step
        if request.GET.get("anew"):
            self.forget(request)
        self.draft = request.session.get(DRAFT) or Draft.objects.kept(request.user.pk) or {"key": secrets.token_urlsafe(16), "data": {}}
        behind = next((one for one in ORDER[: ORDER.index(step)] if one not in self.draft.get("done", [])), None)
        if behind:
            return HttpResponseRedirect(reverse("feedback:intake", args=[behind]))
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = {name: value for name, value in request.GET.items() if name in {"kind", "named", "subject", "category", "area"}}
        if thing := things.found(request.actor, request.GET.get("about", "")):
            asked = things.suggested(thing) | {"about": things.named(thing)} | asked
        self.draft["data"] |= asked
        request.session[DRAFT] = self.draft
        return self.show(self.form(initial=self.draft["data"]))

    def form(self, **options: Any) -> Any:
        """The form of this page."""
        if self.step == "files":
            options |= {"draft": self.draft["key"], "present": len(self.files())}
        if self.step == "check" and moderation.is_many(self.request):
            options["sum"] = self.request.session.setdefault(SUM, moderation.question())
        return STEPS[self.step](**options)

    def files(self) -> list[Attachment]:
        """What was attached so far."""
        return list(Attachment.objects.of_draft(self.draft["key"]))

    def post(self, request: HttpRequest) -> HttpResponse:
        if self.step == "files" and (gone := request.POST.get("remove", "")).isdigit():
            Attachment.objects.take_out(self.draft["key"], int(gone))
            return HttpResponseRedirect(request.path)
        if self.step == "check" and (instead := request.POST.get("instead", "")).isdecimal() and len(instead) < LONGEST_NUMBER:
            return self.follow_instead(int(instead))
        form = self.form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            return self.show(form, status=422)
        if self.step == "check":
            return self.send(form)
        self.keep(form)
        again = self.step == "files" and form.attachment is not None
        return HttpResponseRedirect(reverse("feedback:intake", args=[self.step if again else ORDER[ORDER.index(self.step) + 1]]))

    def follow_instead(self, pk: int) -> HttpResponse:
        """Somebody has asked it before: nothing is sent, and whoever has an account hears what becomes of that one."""
        found = Matter.objects.register().filter(pk=pk).first()
        if found is None:
            raise Http404
        self.forget(self.request)
        if self.actor.stakeholder_id is not None:
            Follow.objects.begin(found, self.actor.stakeholder_id)
            messages.success(self.request, _("Yours was not sent. You will be told what becomes of this one."))
        else:
            messages.success(self.request, _("Yours was not sent. Without an account, the Atom feed below tells you what becomes of this one."))
        return HttpResponseRedirect(reverse("feedback:public", args=[pk]))

    def keep(self, form: Any) -> None:
        """Into the draft; a place by its code."""
        if getattr(form, "attachment", None) is not None:
            form.attachment.save()
            self.draft["files"] = True
        data = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        self.draft["data"] |= {name: value.pk if isinstance(value, Area) else value for name, value in data.items()}
        self.draft["done"] = [*self.draft.get("done", []), self.step]
        self.request.session[DRAFT] = self.draft
        Draft.objects.keep(self.request.user.pk, self.draft)

    def forget(self, request: HttpRequest) -> None:
        """It was sent, or is not wanted any more."""
        request.session.pop(DRAFT, None)
        request.session.pop(SUM, None)
        Draft.objects.drop(request.user.pk)

    def send(self, form: Any) -> HttpResponse:
        """Once, however often the button is pressed."""
        data = dict(self.draft["data"])
        if not self.request.session.session_key:
            self.request.session.create()
        once = Once.of(f"session:{self.request.session.session_key}", self.draft["key"], data)
        try:
            data["area"] = Area.objects.get(pk=data["area"])
            if reason := form.cleaned_data.get("why_many"):
                because = _("Sent with many others, because: %(reason)s") % {"reason": reason}
                data["text"] = f"{data['text']}\n\n{because}"
            made = actions.send_with_files(self.request.actor, self.draft["key"] if self.draft.get("files") else "", once=once, **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=refusal.status)
        session = self.request.session
        if made.last_event is not None:
            session["feedback_sent"] = str(made.last_event.pk)
            session[KNOWN] = [*session.get(KNOWN, []), str(made.last_event.pk)]
        following.remember(self.request, made)
        self.forget(self.request)
        moderation.count(self.request)
        return HttpResponseRedirect(reverse("feedback:sent", args=[made.pk]))

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The page with its form, the way back, and before sending what others have asked."""
        at, data = ORDER.index(self.step), self.draft["data"]
        context = {"form": form, "step": self.step, "number": at + 1, "count": len(ORDER), "layout": layout_for(self.request.actor)}
        context |= {"back": ORDER[at - 1] if at else "", "files": self.files() if self.step in {"files", "check"} else [], "data": {}, "similar": []}
        context["thing"] = things.found(self.request.actor, data.get("about", ""))
        if self.step == "check":
            context["data"] = Matter(**{k: v for k, v in data.items() if k not in {"area", "about"}}, area=Area.objects.get(pk=data["area"]))
            context["similar"] = Matter.objects.similar(words_of(f"{data['subject']} {data['text']}"))
        return render(self.request, "feedback/intake.html", context, status=status)


class SentView(AsFollower, PageView):
    """It has arrived: reference, tracking code, what happens next."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        matter = Matter.objects.visible_to(self.actor).for_display().filter(pk=pk).first()
        event = request.session.get("feedback_sent")
        if matter is None or not event or not matter.events.filter(pk=event).exists():
            raise Http404
        context = {"matter": matter, "event": event, "code": following.code_of(event), "for_another": matter.registered_by_id == self.actor.user_id is not None, "clock": matter.clocks.pressing().first(), "layout": layout_for(self.actor)}
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
            following.with_receipt(request, matter)
            return HttpResponseRedirect(matter.get_absolute_url())
        if form.is_valid():
            form.add_error("code", _("Nothing was sent with this code. Compare it with your receipt, letter by letter."))
        return render(request, "feedback/follow.html", {"form": form, "layout": layout_for(self.actor)}, status=422)
