"""Behind the counter of a home: its homes, the bed board, the numbers, the applications."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from governance.clocks.now import now
from governance.web import reads
from governance.web.views import PageView
from programs.care import rules
from programs.care.actions import ImportBeds, RegisterHome, ReportNumbers
from programs.care.models import Bed, Home, Reservation
from programs.care.views.homes import HomePage
from programs.care.vocabulary import BedState, ReservationState

MOST_APPLICATIONS = 200


class WorkspaceView(PageView):
    """Everything a provider has to do: what waits for an answer, who comes, which numbers are old."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        if self.actor.kind == "citizen":
            raise Http404
        at = timezone.localtime(now())
        homes = list(Home.objects.of_actor(self.actor))
        for home in homes:
            home.free = home.now_free[0] if home.now_free else None
            home.freshness = rules.freshness(home.free.observed_at if home.free else None, now=at)
        reservations = list(Reservation.objects.to_look_after(self.actor)[:MOST_APPLICATIONS])
        for reservation in reservations:
            reservation.clock = running(reservation)
        asked = [r for r in reservations if r.state == ReservationState.REQUESTED]
        asked.sort(key=lambda r: r.clock.due_at if r.clock else at)
        expected = [r for r in reservations if r.state == ReservationState.CONFIRMED]
        groups = {
            "asked": asked,
            "awaited": [r for r in expected if r.arrives_on < at.date()],
            "coming": [r for r in expected if r.arrives_on >= at.date()],
            "overstayed": [r for r in reservations if r.state == ReservationState.ADMITTED],
        }
        reads.read(request, reservations, reads.LIST)
        may = {
            "may_add_home": RegisterHome.possible_at_all(self.actor),
            "may_import": ImportBeds.possible_at_all(self.actor),
        }
        return render(request, "care/workspace.html", {"homes": homes, **groups, **may})


def running(record: Any) -> Any:
    """The clock that presses most on a record, out of those already read; None if none runs."""
    return next(iter(record.open_clocks), None)


@dataclass
class Place:
    """A bed on the board and who holds it."""

    bed: Bed
    now: Any = None
    later: list[Any] = field(default_factory=list)

    @property
    def kind(self) -> str:
        """Lived in, kept, out of use, or free."""
        if self.now is not None:
            return "occupied" if self.now.state == ReservationState.ADMITTED else "reserved"
        return "out" if self.bed.state == BedState.OUT_OF_USE else "free"


def place_of(bed: Bed) -> Place:
    """Whoever lives in the bed comes first, then whoever comes next."""
    held = sorted(bed.held_by, key=lambda r: (r.state != ReservationState.ADMITTED, r.arrives_on, r.pk))
    return Place(bed, held[0] if held else None, held[1:])


class BoardView(HomePage):
    """All beds of a home by unit and room."""

    template_name = "care/home_board.html"
    for_provider = True

    def context(self, home: Home) -> dict[str, Any]:
        places = [place_of(bed) for bed in Bed.objects.with_actions(self.actor).board(home)]
        reads.read(self.request, [held for place in places for held in (place.now, *place.later)], reads.LIST)
        units = [
            (unit, [(room, list(beds)) for room, beds in groupby(in_unit, key=lambda p: p.bed.room)])
            for unit, in_unit in groupby(places, key=lambda p: p.bed.room.unit if p.bed.room else None)
        ]
        sums = {kind: sum(place.kind == kind for place in places) for kind in ("occupied", "reserved", "free", "out")}
        free_only = self.request.GET.get("show") == "free"
        if free_only:
            units = [(unit, [(room, left) for room, rows in rooms if (left := [p for p in rows if p.kind == "free"])]) for unit, rooms in units]
        return {"units": [row for row in units if row[1]], "sums": sums, "total": len(places), "free_only": free_only}


class VacanciesView(HomePage):
    """The home's numbers, level by level, to be put right in one go or confirmed with one tap."""

    template_name = "care/home_vacancies.html"
    for_provider = True

    def context(self, home: Home) -> dict[str, Any]:
        form = ReportNumbers.form(self.actor, home)
        oldest = min((level.line.observed_at for level in form.levels if level.line), default=None)
        return {
            "form": form,
            "once": secrets.token_urlsafe(16),
            "oldest": oldest,
            "freshness": rules.freshness(oldest, now=timezone.localtime(now())),
        }
