"""Pages: bringing something one question at a time, and following it by its code."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions import Once, Refusal
from governance.feedback import actions, drafting, following, moderation, periods, things
from governance.feedback.forms import STEPS, CodeForm
from governance.feedback.models import Attachment, Follow, Matter
from governance.feedback.views.matters import AsFollower
from governance.feedback.words import words_of
from governance.receipts import codes
from governance.receipts.views import KNOWN
from governance.stakeholders.models import Area
from governance.web.layouts import layout_for
from governance.web.views import PageView

SUM = "feedback_sum"
ORDER = list(STEPS)
PAGE_OF = {name: step for step, form in STEPS.items() for name in form.base_fields}
LONGEST_NUMBER = 19  # digits of a key
LONGEST_TEXT = Matter._meta.get_field("text").max_length


def number_in(text: str) -> int | None:
    """A key that somebody sent, None if it cannot be one."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < LONGEST_NUMBER else None


class IntakeView(PageView):
    """One question on a page; what was typed is kept until it is sent, each window's by itself."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, step: str = "kind") -> HttpResponse:
        if step not in STEPS:
            raise Http404
        self.step, key = step, (request.POST.get("draft") or request.GET.get("draft", ""))[:64]
        known = drafting.found(request, key) if key else self.begun(request)
        self.is_lost = bool(key) and known is None and request.method == "POST" and step != ORDER[0]
        if known is None and (sent := self.sent_before(key)) is not None:
            return HttpResponseRedirect(reverse("feedback:sent", args=[sent]))
        self.draft = known or drafting.new()
        behind = self.missing(before=step)
        if behind and not self.is_lost:
            return HttpResponseRedirect(self.address(behind))
        return super().dispatch(request)

    def begun(self, request: HttpRequest) -> dict[str, Any] | None:
        """The draft one goes on with; none where one begins anew, or comes by a link that is about something."""
        draft = drafting.current(request)
        if draft is None or request.method == "POST" or self.step != ORDER[0]:
            return draft
        if request.GET.get("anew"):
            drafting.drop(request, draft)
            return None
        about = request.GET.get("about", "")
        # A link from elsewhere must not change what somebody is writing: it begins another draft.
        is_another = bool(drafting.hints(request.GET)) or bool(about and about != draft["about"])
        return None if is_another and (draft["done"] or draft["hints"]) else draft

    def sent_before(self, key: str) -> int | None:
        """The matter that came of it, if it was sent already and is sent once more."""
        is_again = bool(key) or (self.request.method == "POST" and self.step == "check")
        return drafting.what_became_of(self.request, key) if is_again else None

    def missing(self, *, before: str) -> str | None:
        """The first page that was not filled in yet."""
        return next((one for one in ORDER[: ORDER.index(before)] if one not in self.draft["done"]), None)

    def address(self, step: str) -> str:
        """Of a page of this draft."""
        there = reverse("feedback:intake", args=[step])
        return f"{there}?{urlencode({'draft': self.draft['key']})}" if self.draft["done"] else there

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = drafting.hints(request.GET)
        if self.step == ORDER[0]:
            thing = things.found(request.actor, request.GET.get("about", ""))
            if thing is not None:
                self.draft["about"] = things.named(thing)
                self.draft["hints"] |= things.suggested(thing)
            self.draft["hints"] |= asked
            if thing is not None or asked:
                drafting.keep(request, self.draft)
        return self.show(self.form(initial=self.draft["hints"] | self.draft["data"] | asked))

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
        if self.step == "files" and (gone := number_in(request.POST.get("remove", ""))) is not None:
            Attachment.objects.take_out(self.draft["key"], gone)
            return HttpResponseRedirect(self.address(self.step))
        if self.step == "check" and (instead := number_in(request.POST.get("instead", ""))) is not None:
            return self.follow_instead(instead)
        form = self.form(data=request.POST, files=request.FILES)
        if not form.is_valid():
            if self.step == "files" and form.attachments and not self.is_lost:
                self.attach(form.attachments)  # those that are right stay
            return self.show(form, status=422)
        if self.is_lost:
            return self.saved(form)
        if self.step == "check":
            return self.send(form)
        self.keep(form)
        again = self.step == "files" and form.attachments
        return HttpResponseRedirect(self.address(self.step if again else ORDER[ORDER.index(self.step) + 1]))

    def attach(self, attachments: list[Attachment]) -> None:
        """To the draft."""
        for attachment in attachments:
            attachment.save()
        self.draft["files"] = True
        drafting.keep(self.request, self.draft)

    def saved(self, form: Any) -> HttpResponse:
        """The page was open longer than its session: what was typed begins a new draft, and nothing is lost but files."""
        if self.step not in {"check", "files"}:
            self.keep(form)
            self.draft["done"] = []
            drafting.keep(self.request, self.draft)
        words = _("This page was open for a long time, so we ask for the rest once more. What you typed here is kept.")
        if self.step in {"check", "files"}:
            words = _("This page was open for a long time, and what you typed before is gone from here. Nothing has been sent.")
        messages.warning(self.request, words)
        return HttpResponseRedirect(reverse("feedback:intake", args=[ORDER[0]]))

    def follow_instead(self, pk: int) -> HttpResponse:
        """Somebody has asked it before: nothing is sent, and whoever has an account hears what becomes of that one."""
        found = Matter.objects.register().filter(pk=pk).first()
        if found is None:
            raise Http404
        self.forget()
        if self.actor.stakeholder_id is not None:
            Follow.objects.begin(found, self.actor.stakeholder_id)
            messages.success(self.request, _("Yours was not sent. You will be told what becomes of this one."))
        else:
            messages.success(self.request, _("Yours was not sent. Without an account, the Atom feed below tells you what becomes of this one."))
        return HttpResponseRedirect(reverse("feedback:public", args=[pk]))

    def keep(self, form: Any) -> None:
        """Into the draft; a place by its code."""
        if self.step == "files" and form.attachments:
            self.attach(form.attachments)
        data = {name: value for name, value in form.cleaned_data.items() if name != "file"}
        self.draft["data"] |= {name: value.pk if isinstance(value, Area) else value for name, value in data.items()}
        self.draft["done"] = [*(one for one in self.draft["done"] if one != self.step), self.step]
        drafting.keep(self.request, self.draft)
        if getattr(form, "hidden_numbers", 0):
            messages.warning(self.request, _("An identity number stood in what you wrote. All but its last characters is hidden now: nobody needs it to answer you."))

    def forget(self) -> None:
        """It is not wanted any more."""
        drafting.drop(self.request, self.draft)
        self.request.session.pop(SUM, None)

    def whole(self) -> Any:
        """Everything that was written, bound to the form of the action: what the pages took is judged once more as a whole."""
        told = {name: value for name, value in self.draft["data"].items() if name in PAGE_OF and value not in ("", None, False)}
        return actions.SubmitMatter.form(self.actor, None, data=told | {"about": self.draft["about"]})

    def send(self, form: Any) -> HttpResponse:
        """Once, however often the button is pressed."""
        whole = self.whole()
        if not whole.is_valid():
            for name, problems in whole.errors.items():
                form.add_error(None, f"{whole.fields[name].label if name in whole.fields else ''} {' '.join(problems)}".strip())
            return self.show(form, status=422)
        data = dict(whole.cleaned_data)
        if reason := form.cleaned_data.get("why_many"):
            because = _("Sent with many others, because: %(reason)s") % {"reason": reason}
            data["text"] = f"{data['text']}\n\n{because}"[:LONGEST_TEXT]
        if not self.request.session.session_key:
            self.request.session.create()
        content = {name: str(value) for name, value in data.items()}
        once = Once.of(f"session:{self.request.session.session_key}", self.draft["key"], content)
        try:
            made = actions.send_with_files(self.request.actor, self.draft["key"] if self.draft["files"] else "", once=once, **data)
        except Refusal as refusal:
            form.add_error(None, str(refusal))
            return self.show(form, status=refusal.status)
        self.remember(made)
        return HttpResponseRedirect(reverse("feedback:sent", args=[made.pk]))

    def remember(self, made: Matter) -> None:
        """That it was sent: for the page with the code, for following it, and for whoever sends it again."""
        session = self.request.session
        event = made.last_event or made.events.filter(action=actions.SubmitMatter.key).first()
        session["feedback_sent"] = str(event.pk)
        session[KNOWN] = [*(one for one in session.get(KNOWN, []) if one != str(event.pk)), str(event.pk)]
        following.remember(self.request, made)
        drafting.was_sent(self.request, self.draft, made.pk)
        session.pop(SUM, None)
        if made.last_event is not None:  # a repeated request counts once
            moderation.count(self.request)

    def show(self, form: Any, status: int = 200) -> HttpResponse:
        """The page with its form, the way back, and before sending what others have asked."""
        at, data = ORDER.index(self.step), self.draft["data"]
        context = {"form": form, "step": self.step, "number": at + 1, "count": len(ORDER), "layout": layout_for(self.request.actor)}
        context |= {"back": ORDER[at - 1] if at else "", "files": self.files() if self.step in {"files", "check"} else [], "data": {}, "similar": []}
        context |= {"thing": things.found(self.request.actor, self.draft["about"]), "draft": self.draft["key"]}
        if self.step == "check":
            told = {name: value for name, value in data.items() if name in PAGE_OF and name != "area"}
            area = Area.objects.filter(pk=str(data.get("area", ""))).first()
            context["data"] = Matter(**told, area=area)
            context["place"] = area.label if area else ""
            context["similar"] = Matter.objects.similar(words_of(f"{data.get('subject', '')} {data.get('text', '')}"))
        return render(self.request, "feedback/intake.html", context, status=status)


class SentView(AsFollower, PageView):
    """It has arrived: reference, tracking code, what happens next."""

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        matter = Matter.objects.visible_to(self.actor).for_display().filter(pk=pk).first()
        event = request.session.get("feedback_sent")
        if matter is None or not event or not matter.events.filter(pk=event).exists():
            raise Http404
        context = {"matter": matter, "event": event, "code": following.code_of(event), "for_another": matter.registered_by_id == self.actor.user_id is not None, "layout": layout_for(self.actor)}
        running = [clock for clock in matter.clocks.pressing() if clock.rule.is_promised]
        context |= {"promise": next((one for one in running if one.rule.code in periods.ANSWERING), None), "clock": next(iter(running), None)}
        return render(request, "feedback/sent.html", context)


class FollowView(PageView):
    """What has become of it, by its code."""

    http_method_names = ["get", "head", "options", "post"]

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "feedback/follow.html", {"form": CodeForm(), "layout": layout_for(self.actor)})

    def post(self, request: HttpRequest) -> HttpResponse:
        form = CodeForm(request.POST)
        try:
            matter = following.matter_of(form.cleaned_data["code"]) if form.is_valid() else None
        except codes.Misheard:
            form.add_error("code", _("One letter or figure of this code is wrong: its last two letters do not fit the others. Compare them one by one, or have them read out again."))
            matter = None
        if matter is not None:
            following.remember(request, matter)
            following.with_receipt(request, matter)
            return HttpResponseRedirect(matter.get_absolute_url())
        if form.is_valid():
            form.add_error("code", _("Nothing was sent with this code. Compare it with your receipt, letter by letter."))
        return render(request, "feedback/follow.html", {"form": form, "layout": layout_for(self.actor)}, status=422)
