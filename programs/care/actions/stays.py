"""What becomes of a reservation: the home answers, the person comes, stays, leaves; or time runs out."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.actions import CLOCK, Action, Clock, Refused, Starts
from programs.care import rules
from programs.care.actions.beds import THE_HOME
from programs.care.actions.requests import APPLICANT
from programs.care.models import Bed, Reservation
from programs.care.vocabulary import DeclineGround, Relation, ReservationState

BOTH = ("applicant", "home__provider")


class _BedChoice(forms.ModelChoiceField):
    """Beds to choose from, each with where it stands and for whom it is set up."""

    def __init__(self, with_home: bool = False) -> None:
        super().__init__(Bed.objects.none(), label=gettext_lazy("Bed"))
        self.with_home = with_home

    def label_from_instance(self, obj: Bed) -> str:
        parts = [obj.home.name] if self.with_home else []
        parts += [obj.label, f"{obj.room.unit.name} {obj.room.name}" if obj.room else "", str(obj.get_care_level_display())]
        return " · ".join(filter(None, parts))


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
    inputs = {"bed": _BedChoice()}
    tells = ("applicant",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        if record is None:
            return Bed.objects.none()
        beds = Bed.objects.filter(home=record.home_id).suiting(record.care_need)
        return beds.free_between(record.arrives_on, record.leaves_on).for_display().order_by("label", "id")

    def perform(self, record: Reservation, *, bed: Bed) -> None:
        if bed.home_id != record.home_id:
            raise Refused(_("This bed is in another home."), field="bed")
        if record.care_need is not None and not rules.suits(bed.care_level, record.care_need):
            raise Refused(_("This bed is not set up for the level of care that is needed."), field="bed")
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


def _day(label: Any) -> forms.DateField:
    return forms.DateField(
        label=label, required=False, help_text=gettext_lazy("Leave empty for today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip


class AdmitResident(Action):
    """The person moves in."""

    record = Reservation
    by = THE_HOME & ~APPLICANT
    start, end = {ReservationState.CONFIRMED}, ReservationState.ADMITTED
    inputs = {"moved_in_on": _day(gettext_lazy("Moved in on"))}
    stops = ("care.hold-lapses",)
    tells = ("applicant",)

    def perform(self, record: Reservation, *, moved_in_on: Any = None) -> None:
        moved_in_on = moved_in_on or self.today
        if moved_in_on > self.today:
            raise Refused(_("Enter this when the person has moved in; the day cannot be in the future."), field="moved_in_on")
        if record.leaves_on is not None and moved_in_on >= record.leaves_on:
            raise Refused(_("The stay that was asked for is already over on this day."), field="moved_in_on")
        if record.resident_id:
            for former in Reservation.objects.filter(resident=record.resident_id, state=ReservationState.ADMITTED):
                EndFormerStay.do(CLOCK, former)
        record.moved_in_on = moved_in_on
        record.arrives_on = min(record.arrives_on, moved_in_on)


class DischargeResident(Action):
    """The person moves out; the bed is free for others at once."""

    record = Reservation
    by = THE_HOME
    start, end = {ReservationState.ADMITTED}, ReservationState.DISCHARGED
    inputs = {"moved_out_on": _day(gettext_lazy("Moved out on"))}
    reason = True
    tells = ("applicant",)

    def perform(self, record: Reservation, *, moved_out_on: Any = None) -> None:
        moved_out_on = moved_out_on or self.today
        if moved_out_on > self.today:
            raise Refused(_("Enter this when the person has moved out; the day cannot be in the future."), field="moved_out_on")
        if record.moved_in_on and moved_out_on < record.moved_in_on:
            raise Refused(_("Nobody moves out before moving in."), field="moved_out_on")
        record.moved_out_on = moved_out_on


class TransferResident(Action):
    """The resident moves to another bed of the same provider: one stay ends and the next begins in one step."""

    record, makes = Reservation, Reservation
    by = THE_HOME
    start, end = {ReservationState.ADMITTED}, ReservationState.ADMITTED
    inputs = {"bed": _BedChoice(with_home=True)}
    reason = True
    tells = ("applicant",)
    select = ("home",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        from governance.clocks.now import today

        if record is None:
            return Bed.objects.none()
        beds = Bed.objects.filter(home__provider=record.home.provider_id).suiting(record.care_need)
        return beds.free_between(today(), record.leaves_on).for_display().order_by("home__name", "label", "id")

    def perform(self, record: Reservation, *, bed: Bed) -> Reservation:
        if bed.home.provider_id != record.home.provider_id:
            raise Refused(_("This bed belongs to another provider. The person asks there for a place."), field="bed")
        if record.care_need is not None and not rules.suits(bed.care_level, record.care_need):
            raise Refused(_("This bed is not set up for the level of care that is needed."), field="bed")
        EndFormerStay.do(CLOCK, record)
        kept = ("applicant", "resident", "resident_name", "care_need", "sex", "wish", "companion", "neighbour_wish")
        return Reservation(
            home_id=bed.home_id,
            area_id=bed.area_id,
            bed=bed,
            care_level=bed.care_level,
            relation=record.relation or Relation.SELF,
            arrives_on=self.today,
            leaves_on=record.leaves_on if record.leaves_on and record.leaves_on > self.today else None,
            moved_in_on=self.today,
            **{f.attname: getattr(record, f.attname) for f in map(Reservation._meta.get_field, kept)},
        )


class EndFormerStay(Action):
    """The stay ends because the resident now lives in another bed or another home."""

    record = Reservation
    by = Clock()
    start, end = {ReservationState.ADMITTED}, ReservationState.TRANSFERRED
    tells = BOTH

    def perform(self, record: Reservation, **data: Any) -> None:
        record.moved_out_on = self.today
