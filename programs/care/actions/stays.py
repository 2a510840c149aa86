"""What becomes of a request: the home answers, keeps a bed, the person moves in; or time runs out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.actions import Action, Clock, Refused, Starts
from governance.clocks.now import local
from programs.care.actions.beds import THE_HOME, BedChoice
from programs.care.actions.requests import APPLICANT
from programs.care.actions.staying import BOTH, STAY_ENDS, day_field, settle_others
from programs.care.models import Bed, Reservation
from programs.care.querysets import Guest
from programs.care.vocabulary import DeclineGround, ReservationState


class ConfirmReservation(Action):
    """The home promises that the bed will be ready."""

    record = Reservation
    by = THE_HOME & ~APPLICANT
    start, end = {ReservationState.REQUESTED}, ReservationState.CONFIRMED
    stops = ("care.answer-reservation",)
    starts = Starts("care.hold-lapses", then="care.lapse-hold", since="arrives_on", ahead=True)
    tells = ("applicant",)


class DeclineReservation(Action):
    """The home cannot take the person and says why; the bed is free for others at once."""

    record = Reservation
    by = THE_HOME & ~APPLICANT
    start, end = {ReservationState.REQUESTED}, ReservationState.DECLINED
    inputs = {"decline_ground": forms.ChoiceField(label=pgettext_lazy("of declining", "Ground"), choices=DeclineGround.choices)}
    reason = True
    stops = ("care.answer-reservation",)
    tells = ("applicant",)


class ChooseBed(Action):
    """The home keeps another of its beds for the person than the one kept so far."""

    called = "Choose another bed"
    record = Reservation
    by = THE_HOME
    start = {ReservationState.REQUESTED, ReservationState.CONFIRMED}
    inputs = {"bed": BedChoice()}
    tells = ("applicant",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        if record is None:
            return Bed.objects.none()
        beds = Bed.objects.filter(home=record.home_id).offered_to(Guest.of(record))
        return beds.for_display().order_by("label", "id")

    def perform(self, record: Reservation, *, bed: Bed) -> None:
        if bed.home_id != record.home_id:
            raise Refused(_("This bed is in another home."), field="bed")
        if not Bed.objects.filter(pk=bed.pk).free_between(record.arrives_on, record.leaves_on).exists():
            raise Refused(_("This bed is not free on these days."), field="bed")
        record.bed, record.care_level = bed, bed.care_level


class LapseReservation(Action):
    """The home has not answered in time; the request ends and the bed is free for others."""

    record = Reservation
    by = Clock()
    start, end = {ReservationState.REQUESTED}, ReservationState.LAPSED
    tells = BOTH


class LapseHold(Action):
    """Nobody came by the last day the bed was kept; the bed is free for others."""

    record = Reservation
    by = Clock()
    start, end = {ReservationState.CONFIRMED}, ReservationState.LAPSED
    tells = BOTH


class AdmitResident(Action):
    """The person moves in. Requests for the same person that this makes needless end, and those concerned are told."""

    record = Reservation
    by = THE_HOME & ~APPLICANT
    start, end = {ReservationState.CONFIRMED}, ReservationState.ADMITTED
    inputs = {
        "moved_in_on": day_field(gettext_lazy("Moved in on")),
        "resident_born_on": day_field(
            gettext_lazy("Born on"), gettext_lazy("As on the identity card. Needed only if it was not told when the place was asked for.")
        ),
    }
    stops = ("care.hold-lapses",)
    starts = STAY_ENDS
    tells = ("applicant",)

    def perform(self, record: Reservation, *, moved_in_on: Any = None, resident_born_on: Any = None) -> None:
        moved_in_on = moved_in_on or self.today
        if moved_in_on > self.today:
            raise Refused(_("Enter this when the person has moved in; the day cannot be in the future."), field="moved_in_on")
        if moved_in_on < local(record.created_at).date():
            raise Refused(_("Nobody moves in before the place was asked for."), field="moved_in_on")
        if record.leaves_on is not None and moved_in_on >= record.leaves_on:
            raise Refused(_("The stay that was asked for is already over on this day."), field="moved_in_on")
        record.resident_born_on = record.resident_born_on or _birthday(record) or resident_born_on
        if record.resident_id is None and record.resident_born_on is None:
            raise Refused(_("Give the birthday, as on the identity card."), field="resident_born_on")
        record.moved_in_on = moved_in_on
        record.arrives_on = min(record.arrives_on, moved_in_on)
        settle_others(record, moved_in_on)


def _birthday(record: Reservation) -> Any:
    """The birthday that the number of a registered person tells, if it is known."""
    document = getattr(record.resident, "identity", None) if record.resident_id else None
    return document.born_on(local(record.created_at).date()) if document else None
