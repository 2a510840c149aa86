"""The page of a reservation, which always says what happens next and by when; and the list of one's own."""

from __future__ import annotations

from typing import Any

from governance.web.views import RecordListView, RecordView
from programs.care.filters import ReservationFilter
from programs.care.models import Reservation
from programs.care.views.provider import running
from programs.care.vocabulary import WAITING, ReservationState, Stage


class ReservationView(RecordView):
    """One reservation, for whoever asked, the home, and the offices responsible."""

    model = Reservation

    def context(self, record: Reservation) -> dict[str, Any]:
        stakeholder = self.actor.stakeholder_id
        return super().context(record) | {
            "reservation": record,
            "is_mine": stakeholder in {record.applicant_id, record.resident_id},
            "is_ours": (is_ours := stakeholder == record.home.provider_id),
            "elsewhere": _elsewhere(record) if is_ours and record.state in WAITING else "",
        }


def _elsewhere(record: Reservation) -> str:
    """Whether the same person lives in another home ("lives") or is kept a bed there ("kept"); where is not told."""
    states = Reservation.objects.same_person(record).states_elsewhere(record.home_id)
    lives_by_name = ReservationState.ADMITTED in states and record.resident_id is None
    return "lives" if lives_by_name else "kept" if states else ""


class ReservationListView(RecordListView):
    """What one has asked for; for homes and offices, what was asked of them. The newest first."""

    model = Reservation
    filterset_class = ReservationFilter
    columns = (
        ("reference", "reference"), ("home", "home.name"), ("bed", "bed.label"), ("state", "state"),
        ("arrives_on", "arrives_on"), ("leaves_on", "leaves_on"), ("moved_in_on", "moved_in_on"), ("moved_out_on", "moved_out_on"),
    )  # fmt: skip

    def rows(self) -> Any:
        return super().rows().with_clocks()

    def context(self, page: Any) -> dict[str, Any]:
        for row in page.rows:
            row.clock = running(row)
        asked = self.request.GET
        return super().context(page) | {
            "is_citizen": self.actor.kind == "citizen",
            "stages": Stage.choices,
            "stage": asked.get("stage", ""),
            "reference": asked.get("reference", "").strip(),
        }
