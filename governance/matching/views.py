"""Pages of matching: the queue, one question, and how likeness is judged."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from governance.matching import reading
from governance.matching.filters import PairFilter
from governance.matching.models import Pair
from governance.matching.vocabulary import State
from governance.web.layouts import layout_for
from governance.web.views import PageView, RecordListView, RecordView


class PairListView(RecordListView):
    """The queue: what waits first, the most alike on top."""

    model, title, filterset_class = Pair, _("The same person?"), PairFilter
    orders = {"alike": ("-score", "-id"), "newest": ("-created_at", "-id")}

    def context(self, page: Any) -> dict[str, Any]:
        chosen = {name: self.request.GET.get(name, "") for name in ("state", "held")}
        return super().context(page) | chosen | {"states": State.choices[1:]}


class PairView(RecordView):
    """One question: both sides beside each other, masked until somebody says why they need more."""

    model = Pair

    def context(self, record: Pair) -> dict[str, Any]:
        found = super().context(record)
        in_full = reading.is_open_to(self.actor, found["events"])
        return found | {"sides": reading.sides(record, in_full=in_full), "in_full": in_full, "is_mine": self.actor.stakeholder_id in (record.person_id, record.twin_id)}


class HowView(PageView):
    """By which rules likeness is judged, how well they do, and how often a block was lifted: for everybody."""

    def get(self, request: HttpRequest) -> HttpResponse:
        return render(request, "matching/how.html", reading.how() | {"layout": layout_for(self.actor)})
