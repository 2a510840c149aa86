"""Behind the counter of a home: its homes, the bed board, the numbers, the applications."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.views.generic import TemplateView

from governance.clocks.now import now
from programs.care import rules
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.views.homes import HomeMixin
from programs.care.vocabulary import BedState, CareLevel, Precision, ReservationState


class WorkspaceView(TemplateView):
    """Everything a provider has to do: what waits for an answer, who comes, which numbers are old."""

    template_name = "care/workspace.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        actor = self.request.actor
        homes = list(Home.objects.of_actor(actor)) if actor.stakeholder_id else []
        if not homes:
            raise Http404
        at = timezone.localtime(now())
        for home in homes:
            home.free = home.now_free[0] if home.now_free else None
            home.freshness = rules.freshness(home.free.observed_at if home.free else None, now=at)
        waiting = Reservation.objects.of_homes_of(actor.stakeholder_id).waiting()
        reservations = list(waiting.for_display().with_actions(actor).with_clocks().soonest_first()[:200])
        for reservation in reservations:
            reservation.clock = running(reservation)
        asked = [r for r in reservations if r.state == ReservationState.REQUESTED]
        asked.sort(key=lambda r: r.clock.due_at if r.clock else at)
        coming = [r for r in reservations if r.state == ReservationState.CONFIRMED]
        return super().get_context_data(homes=homes, asked=asked, coming=coming, **options)


def running(record: Any) -> Any:
    """The clock that presses most on a record, out of those already read; None if none runs."""
    return min((clock for clock in record.clocks.all() if clock.is_open), key=lambda clock: clock.due_at, default=None)


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


class BoardView(HomeMixin, TemplateView):
    """All beds of a home by unit and room."""

    template_name = "care/home_board.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        self.require_provider()
        places = [place_of(bed) for bed in Bed.objects.with_actions(self.request.actor).board(self.home)]
        units = [
            (unit, [(room, list(beds)) for room, beds in groupby(in_unit, key=lambda p: p.bed.room)])
            for unit, in_unit in groupby(places, key=lambda p: p.bed.room.unit if p.bed.room else None)
        ]
        sums = {kind: sum(place.kind == kind for place in places) for kind in ("occupied", "reserved", "free", "out")}
        return super().get_context_data(units=units, sums=sums, total=len(places), **options)


class VacanciesView(HomeMixin, TemplateView):
    """The home's numbers, level by level, to be put right in one go or confirmed with one tap."""

    template_name = "care/home_vacancies.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        self.require_provider()
        at = timezone.localtime(now())
        lines = {line.care_level: line for line in CapacityObservation.objects.filter(home=self.home).latest()}
        board = {row["care_level"]: row for row in Bed.objects.counted(self.home)}
        rows = [
            {
                "level": level,
                "label": label,
                "line": lines.get(level),
                "board": board.get(level),
                "freshness": rules.freshness(lines[level].observed_at if level in lines else None, now=at),
                "differs": _differs(lines.get(level), board.get(level)),
            }
            for level, label in CareLevel.choices
        ]
        return super().get_context_data(
            rows=[row for row in rows if row["line"] or row["board"]],
            others=[row for row in rows if not (row["line"] or row["board"])],
            precisions=Precision.choices,
            oldest=min((line.observed_at for line in lines.values()), default=None),
            freshness=rules.freshness(min((line.observed_at for line in lines.values()), default=None), now=at),
            **options,
        )


def _differs(line: Any, board: Any) -> bool:
    """Whether the numbers told to the public are not those of the bed board."""
    names = ("maximum", "occupied", "reserved", "accepting")
    return bool(line and board and any(getattr(line, n) is not None and getattr(line, n) != board[n] for n in names))
