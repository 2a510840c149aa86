"""Pages for those who come by a link: to rate an answer, to answer an inquiry, to join; the call-back list; what supervisors found."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from governance.actions import Refusal
from governance.clocks.now import LOCAL, today
from governance.feedback import actions, following, links, rules
from governance.feedback.models import Matter, Supervision
from governance.feedback.views.desk import DeskView
from governance.feedback.vocabulary import Duty
from governance.web import keyset, reads
from governance.web.layouts import STAFF, layout_for
from governance.web.views import PageView


class LinkView(PageView):
    """Leads on, if the link is ours, has not run out and was not used."""

    def get(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            return HttpResponseRedirect(self.follow(token))
        except signing.BadSignature:
            return render(request, "feedback/link_over.html", {"layout": layout_for(self.actor)}, status=410)

    def follow(self, token: str) -> str:
        """Where it leads. Raises signing.BadSignature."""
        raise NotImplementedError


class RateView(LinkView):
    """To the answer, and what one thinks of it."""

    def follow(self, token: str) -> str:
        matter = links.rated(token)
        following.remember(self.request, matter)
        return matter.get_absolute_url()


class AskedView(LinkView):
    """To the questions."""

    def follow(self, token: str) -> str:
        inquiry = links.asked(token)
        following.invite(self.request, inquiry)
        return reverse("feedback:inquiry-act", args=[inquiry.pk, "answer-inquiry"])


class JoinView(PageView):
    """What others ask for, and the button by which one asks for the same."""

    http_method_names = ["get", "head", "options", "post"]

    def dispatch(self, request: HttpRequest, token: str) -> HttpResponse:
        try:
            self.matter, self.token = links.shared(token), token
        except signing.BadSignature:
            return render(request, "feedback/link_over.html", {"layout": layout_for(self.actor)}, status=410)
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show()

    def post(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        try:
            actions.SupportMatter.do(self.actor, invitation=self.token)
        except Refusal as refusal:
            return self.show(str(refusal), refusal.status)
        return HttpResponseRedirect(self.matter.get_absolute_url())

    def show(self, problem: str = "", status: int = 200) -> HttpResponse:
        """Its words, and how many have joined."""
        supporters = list(self.matter.supporters.joined())
        joined = any(one.stakeholder_id == self.actor.stakeholder_id for one in supporters)
        context = {"matter": self.matter, "count": len(supporters), "problem": problem, "joined": joined}
        return render(self.request, "feedback/join.html", context | {"layout": layout_for(self.actor)}, status=status)


class CallBackView(DeskView):
    """Who is asked by telephone what they think of their answer: drawn by lot, so that anybody can draw the same again."""

    http_method_names = ["get", "head", "options"]

    def get(self, request: HttpRequest) -> HttpResponse:
        first = self.month()
        beyond = (first + timedelta(days=32)).replace(day=1)
        start, end = (datetime.combine(day, time.min, LOCAL) for day in (first, beyond))
        seed = request.GET.get("seed", "").strip()[:40] or f"{first:%Y-%m}"
        receives = any(held.duty == Duty.RECEIVE_MATTERS for held in self.actor.duties)
        waiting = {one.reference: one for one in Matter.objects.visible_to(self.actor).to_call_back(start, end)} if receives else {}
        drawn = [waiting[reference] for reference in rules.drawn(waiting, seed)]
        reads.read(request, drawn, reads.LIST)
        context = {"first": first, "before": (first - timedelta(days=1)).replace(day=1), "after": beyond, "seed": seed, "drawn": drawn, "of": len(waiting)}
        return render(request, "feedback/callbacks.html", context | {"receives": receives, "layout": STAFF})

    def month(self) -> date:
        """The month asked for; else the last one, whose answers have had their time."""
        try:
            return date.fromisoformat(f"{self.request.GET.get('month', '')}-01")
        except ValueError:
            return (today().replace(day=1) - timedelta(days=1)).replace(day=1)


class SupervisedView(PageView):
    """What supervisors demanded of which office, and how it ended; without what was brought."""

    def get(self, request: HttpRequest) -> HttpResponse:
        rows = Supervision.objects.concluded()
        try:
            page = keyset.paged(rows, ("-created_at", "-id"), after=request.GET.get("after", ""), before=request.GET.get("before", ""), total=rows.count())
        except keyset.BadCursor:
            return HttpResponseRedirect(request.path)
        return render(request, "feedback/supervised.html", {"page": page, "title": _("What supervisors found"), "layout": layout_for(self.actor)})
