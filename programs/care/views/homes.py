"""The page of a home: what it is, what it has free, what it costs, who watches over it; and what it said on any day."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from governance.clocks.now import now, today
from governance.web.views import ActionView, PageView
from programs.care import rules
from programs.care.filters import asked_day
from programs.care.models import CapacityObservation, Home
from programs.care.querysets import responsible_for
from programs.care.views.search import Side
from programs.care.vocabulary import BedCategory, CareLevel, Duty, HomeState, PriceItem

FILED = {HomeState.REGISTERED, HomeState.INSPECTED}
LINES = 100


class HomePage(PageView):
    """A page about one home, for whoever may see the home; with ``for_provider`` for those only who run it."""

    template_name = ""
    for_provider = False

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        if self.for_provider and (redirect := self.needs_account()):
            return redirect
        home = Home.objects.in_full(self.actor).filter(pk=pk).first()
        if home is None or (self.for_provider and home.provider_id != self.actor.stakeholder_id):
            raise Http404
        return render(request, self.template_name, {"home": home, "record": home, "may": home.may, **self.context(home)})

    def context(self, home: Home) -> dict[str, Any]:
        """What the template gets beside the home."""
        raise NotImplementedError


class HomeView(HomePage):
    """A home, for everybody."""

    template_name = "care/home_detail.html"

    def context(self, home: Home) -> dict[str, Any]:
        on = asked_day(self.request.GET.get("on"))
        lines = CapacityObservation.objects.of_home(home).for_display().as_of(on).by_level()
        may_ask = any(action.slug == "ask-for-place" for action in home.available)
        return {
            **now_free(lines),
            "needs": needs(lines),
            "on": on,
            "is_past": on < today(),
            "today": today(),
            "side": Side(home, timezone.localtime(now())),
            "bands": (bands := list(home.price_bands.all())),
            "tells_care": any(band.care_amount is not None for band in bands),
            "beds": [(BedCategory(kind["category"]).label, kind["number"]) for kind in home.kinds_of_beds],
            "beds_total": sum(kind["number"] for kind in home.kinds_of_beds),
            "price_items": [PriceItem(item).label for item in home.price_includes],
            "responsible": responsible_for([Duty.SUPERVISE_HOMES, Duty.APPROVE_HOMES], home.area_id, today()),
            "actions": home.available,
            "answers_by": home.clocks.open().for_display().first() if home.state in FILED and home.available else None,
            "others": [action for action in home.available if action.slug != "ask-for-place"],
            "may_ask": may_ask or (self.actor.stakeholder_id is None and home.state == HomeState.OPEN),
            "runs_it": home.provider_id == self.actor.stakeholder_id,
        }


def now_free(lines: list[CapacityObservation]) -> dict[str, Any]:
    """The four numbers over all levels, and how fresh they are: what the part of the template needs."""
    at = timezone.localtime(now())
    observed_at = min((line.observed_at for line in lines), default=None)
    return {
        "whole": rules.combine(line.places for line in lines) if lines else rules.Places(None, None, None, None, "unknown"),
        "observed_at": observed_at,
        "days_ago": (at.date() - timezone.localtime(observed_at).date()).days if observed_at else 0,
        "freshness": rules.freshness(observed_at, now=at),
        "remark": "; ".join(dict.fromkeys(line.remark for line in lines if line.remark)),
    }


@dataclass(frozen=True)
class Need:
    """What a home has for somebody who needs this much care: in places of this level and in better equipped ones."""

    label: Any
    places: rules.Places
    observed_at: datetime
    remark: str


def needs(lines: list[CapacityObservation]) -> list[Need]:
    """By need, as the search, the comparison, the file and the interface for programs tell it."""
    found = []
    for level, label in CareLevel.choices:
        suiting = [line for line in lines if rules.suits(line.care_level, level)]
        if suiting:
            remark = "; ".join(dict.fromkeys(line.remark for line in suiting if line.remark))
            places = rules.combine(line.places for line in suiting)
            found.append(Need(label, places, min(line.observed_at for line in suiting), remark))
    return found


class CapacityView(HomePage):
    """Everything the home has ever said about its places, newest first."""

    template_name = "care/home_capacity.html"

    def context(self, home: Home) -> dict[str, Any]:
        before = self.request.GET.get("before", "")
        line = int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None
        lines = list(CapacityObservation.objects.of_home(home).for_display().before(line)[: LINES + 1])
        return {"lines": lines[:LINES], "older": lines[LINES - 1].pk if len(lines) > LINES else None, "newest": line is not None}


class HomeActionView(ActionView):
    """Actions on a home; what is done from a page of the workspace leads back to it."""

    def after(self, changed: Any) -> str:
        back = self.request.POST.get("next", "")
        return back if url_has_allowed_host_and_scheme(back, allowed_hosts=None) else super().after(changed)
