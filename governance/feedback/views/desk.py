"""Pages of an office's desk: many matters at once, what is due when, handing everything over. Each matter goes through its action."""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from governance.actions import NotVisible, Refusal
from governance.clocks.calendars import national
from governance.clocks.now import LOCAL, local, today
from governance.feedback import actions
from governance.feedback.forms import FillForm, HandoverForm
from governance.feedback.models import Matter, Wording
from governance.feedback.querysets import colleagues
from governance.web import reads
from governance.web.layouts import STAFF
from governance.web.views import PageView

MOST_AT_ONCE = 50  # of a page; more in further rounds, with a bar that says how far it is


class DeskView(PageView):
    """For those who act for an organisation."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, *args: Any, **options: Any) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if self.actor.kind == "citizen":
            return HttpResponseRedirect(reverse("feedback:matter-list"))
        return super().dispatch(request, *args, **options)

    def chosen(self) -> list[int]:
        """The matters that were ticked."""
        asked = self.request.POST.getlist("ids") or self.request.GET.getlist("ids")
        return [int(pk) for pk in asked if pk.isdecimal() and len(pk) < 19][:MOST_AT_ONCE]

    def do_each(self, pks: list[int], one: Callable[[int], Any]) -> None:
        """One action each; what was refused is said with its reason, and the others are done."""
        done = 0
        for pk in pks:
            try:
                one(pk)
                done += 1
            except NotVisible:
                continue
            except Refusal as refusal:
                messages.warning(self.request, f"{Matter.objects.get(pk=pk)}: {refusal}")
        messages.success(self.request, ngettext("%(n)d matter was done.", "%(n)d matters were done.", done) % {"n": done})


class GiveView(DeskView):
    """The ticked matters go to a colleague."""

    http_method_names = ["post", "options"]

    def post(self, request: HttpRequest) -> HttpResponse:
        back = HttpResponseRedirect(f"{reverse('feedback:matter-list')}?{request.POST.get('query', '')[:500]}")
        to = next((one for one in colleagues(self.actor.stakeholder_id) if str(one.pk) == request.POST.get("to")), None)
        if request.POST.get("wording"):
            ids = "".join(f"&ids={pk}" for pk in self.chosen())
            return HttpResponseRedirect(f"{reverse('feedback:answer-many')}?wording={request.POST['wording'][:20]}{ids}")
        if to is None or not self.chosen():
            messages.warning(request, _("Tick some matters, and choose a colleague or a template."))
            return back
        self.do_each(self.chosen(), lambda pk: actions.GiveToColleague.do(self.actor, pk, to=to))
        return back


class AnswerManyView(DeskView):
    """The ticked matters get the same answer out of a template; somebody else approves each of them."""

    def wording(self) -> Any:
        """The template that was chosen."""
        asked = self.request.POST.get("wording") or self.request.GET.get("wording", "")
        return next((one for one in Wording.objects.in_use_by(self.actor.stakeholder_id) if str(one.pk) == asked), None)

    def matters(self) -> list[Matter]:
        """Those ticked that may be answered now."""
        return [one for one in Matter.objects.visible_to(self.actor).with_actions(self.actor).among(self.chosen()) if actions.DraftAnswer in one.available]

    def get(self, request: HttpRequest) -> HttpResponse:
        wording, matters = self.wording(), self.matters()
        if wording is None or not matters:
            messages.warning(request, _("Tick matters that are being handled, and choose a template."))
            return HttpResponseRedirect(reverse("feedback:matter-list"))
        return self.show(wording, matters, FillForm(blanks=wording.blanks))

    def post(self, request: HttpRequest) -> HttpResponse:
        wording, matters = self.wording(), self.matters()
        if wording is None:
            return HttpResponseRedirect(reverse("feedback:matter-list"))
        form = FillForm(request.POST, blanks=wording.blanks)
        if not form.is_valid():
            return self.show(wording, matters, form, 422)
        parts = wording.filled(form.cleaned_data)
        self.do_each([one.pk for one in matters], lambda pk: actions.DraftAnswer.do(self.actor, pk, **parts))
        return HttpResponseRedirect(f"{reverse('feedback:matter-list')}?state=drafted")

    def show(self, wording: Wording, matters: list[Matter], form: FillForm, status: int = 200) -> HttpResponse:
        """What is answered, with what, and what is still open."""
        reads.read(self.request, matters, reads.LIST)
        return render(self.request, "feedback/answer_many.html", {"wording": wording, "matters": matters, "form": form, "layout": STAFF}, status=status)


class HandoverView(DeskView):
    """Everything somebody works on goes to a colleague, matter by matter, with the reason in every one."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(HandoverForm(office=self.actor.stakeholder_id))

    def post(self, request: HttpRequest) -> HttpResponse:
        form = HandoverForm(request.POST, office=self.actor.stakeholder_id)
        if not form.is_valid():
            return self.show(form, status=422)
        told = form.cleaned_data
        waiting = Matter.objects.open_of_handler(self.actor.stakeholder_id, told["leaves"].pk)
        before = int(request.POST.get("all") or 0) or waiting.count() if request.POST.get("all", "0").isdecimal() else waiting.count()
        for matter in list(waiting[:MOST_AT_ONCE]):
            actions.GiveToColleague.do(self.actor, matter, to=told["to"], reason=told["reason"])
        left = waiting.count()
        if left:
            return self.show(form, done=before - left, whole=before)
        done = ngettext("%(n)d matter was handed over.", "%(n)d matters were handed over.", before) % {"n": before}
        messages.success(request, done if before else _("They work on nothing that is still open."))
        return HttpResponseRedirect(reverse("feedback:matter-list"))

    def show(self, form: HandoverForm, *, done: int = 0, whole: int = 0, status: int = 200) -> HttpResponse:
        """The form; between two rounds how far it is."""
        return render(self.request, "feedback/handover.html", {"form": form, "done": done, "whole": whole, "layout": STAFF}, status=status)


class CalendarView(DeskView):
    """A month: how much is due on every day, and what."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        first = self.month()
        beyond = (first + timedelta(days=32)).replace(day=1)
        start, end = (datetime.combine(day, time.min, LOCAL) for day in (first, beyond))
        due = list(Matter.objects.visible_to(self.actor).of_office(self.actor.stakeholder_id).due_in(start, end)[:1000])
        reads.read(request, due, reads.LIST)
        days: dict[date, list[Matter]] = {}
        for matter in due:
            days.setdefault(local(matter.due_at).date(), []).append(matter)
        working = national()
        weeks = [
            [{"day": day, "matters": days.get(day, []), "is_in": day.month == first.month, "is_today": day == today(), "is_off": not working.is_working(day)} for day in week]
            for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
        ]
        context = {"first": first, "before": (first - timedelta(days=1)).replace(day=1), "after": beyond, "weeks": weeks, "days": sorted(days.items())}
        return render(request, "feedback/calendar.html", context | {"count": len(due), "layout": STAFF})

    def month(self) -> date:
        """The first day of the month asked for; of this one where none is."""
        try:
            return date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            return today().replace(day=1)
