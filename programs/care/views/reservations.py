"""The page of a reservation, which always says what happens next and by when; and the list of one's own."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from programs.care.models import Reservation
from programs.care.views.provider import running
from programs.care.vocabulary import WAITING, ReservationState


class ReservationView(TemplateView):
    """One reservation, for whoever asked, the home, and the offices responsible."""

    template_name = "care/reservation_detail.html"

    @cached_property
    def reservation(self) -> Reservation:
        found = Reservation.objects.in_full(self.request.actor).with_clocks().filter(pk=self.kwargs["pk"]).first()
        if found is None:
            raise Http404
        return found

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        reservation, actor = self.reservation, self.request.actor
        return super().get_context_data(
            reservation=reservation,
            record=reservation,
            actions=reservation.available,
            clock=running(reservation),
            clocks=list(reservation.clocks.all()),
            events=list(reservation.events.for_display()),
            is_mine=actor.stakeholder_id in {reservation.applicant_id, reservation.resident_id},
            is_ours=actor.stakeholder_id == reservation.home.provider_id,
            **options,
        )


class ReservationsView(TemplateView):
    """What one has asked for and where one lives; the newest first."""

    template_name = "care/reservation_list.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        actor = self.request.actor
        mine = Reservation.objects.asked_by(actor.stakeholder_id).visible_to(actor) if actor.stakeholder_id else Reservation.objects.none()
        rows = list(mine.for_display().with_actions(actor).with_clocks().newest_first()[:100])
        for row in rows:
            row.clock = running(row)
        alive = [row for row in rows if row.state in {*WAITING, ReservationState.ADMITTED}]
        return super().get_context_data(alive=alive, past=[row for row in rows if row not in alive], **options)
