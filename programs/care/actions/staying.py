"""While somebody lives in a home: longer, shorter, in another bed; until they move out or die. Once it is over, other requests too."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, CLOCK, Action, Clock, Refused, Starts
from governance.clocks.now import today
from programs.care import rules
from programs.care.actions.beds import THE_HOME, BedChoice
from programs.care.models import Bed, Reservation
from programs.care.querysets import Guest
from programs.care.vocabulary import Relation, ReservationState

BOTH = ("applicant", "home__provider")
# From the day on which a stay was planned to end it stands on the home's worklist until somebody says what has become of it.
STAY_ENDS = Starts("care.stay-ends", since="leaves_on", where=("has_end", frozenset({True})))
ENDING = ("care.stay-ends",)


def day_field(label: Any, help_text: Any = "") -> forms.DateField:
    """A day that may be left out."""
    return forms.DateField(
        label=label, required=False, help_text=help_text or gettext_lazy("Leave empty for today."),
        widget=forms.DateInput(attrs={"type": "date"}),
    )  # fmt: skip


def settle_others(stay: Reservation, moved_in_on: date) -> None:
    """Nobody is housed twice: a former stay of the same account ends, and so do the requests that this stay makes needless.

    A stay with an end leaves alone what begins after it. What is known by name and birthday only is never discharged by another
    home: there the table refuses, and the home in which the person lives enters the moving out.
    """
    others = Reservation.objects.same_person(stay)
    if stay.resident_id:
        for former in others.filter(resident=stay.resident_id, state=ReservationState.ADMITTED):
            EndFormerStay.do(CLOCK, former, moved_out_on=moved_in_on)
    for request in others.waiting().meeting(moved_in_on, stay.leaves_on).order_by("home_id", "id"):
        EndMootRequest.do(CLOCK, request)


class ExtendStay(Action):
    """The home and the resident have agreed that the stay lasts longer than was planned."""

    record = Reservation
    by = THE_HOME
    start = {ReservationState.ADMITTED}
    provided = Q(leaves_on__isnull=False)
    inputs = {
        "leaves_on": day_field(gettext_lazy("New last day"), gettext_lazy("Leave empty for a stay until further notice.")),
    }
    reason = True
    place = ASIDE
    stops, starts = ENDING, STAY_ENDS
    tells = ("applicant",)

    def perform(self, record: Reservation, *, leaves_on: date | None = None) -> None:
        if leaves_on is not None and leaves_on <= max(record.leaves_on, self.today):
            raise Refused(_("The new last day must be later than the one planned so far, and later than today."), field="leaves_on")
        if leaves_on is not None and leaves_on > self.today + rules.LONGEST_SHORT_STAY:
            raise Refused(_("A stay with an end is planned for at most a year ahead."), field="leaves_on")
        record.leaves_on = leaves_on


class ShortenStay(Action):
    """The home and the resident have agreed on a day on which the stay ends, or on an earlier one."""

    called = "Set an earlier last day"
    record = Reservation
    by = THE_HOME
    start = {ReservationState.ADMITTED}
    inputs = {
        "leaves_on": forms.DateField(label=gettext_lazy("New last day"), widget=forms.DateInput(attrs={"type": "date"})),
    }
    reason = True
    place = ASIDE
    stops, starts = ENDING, STAY_ENDS
    tells = ("applicant",)

    def perform(self, record: Reservation, *, leaves_on: date) -> None:
        if record.leaves_on is not None and leaves_on >= record.leaves_on:
            raise Refused(_("The new last day must be earlier than the one planned so far."), field="leaves_on")
        if leaves_on <= self.today:
            raise Refused(_("The new last day must be after today. If the person has left, enter that they moved out."), field="leaves_on")
        if leaves_on > self.today + rules.LONGEST_SHORT_STAY:
            raise Refused(_("A stay with an end is planned for at most a year ahead."), field="leaves_on")
        record.leaves_on = leaves_on


class DischargeResident(Action):
    """The person moves out; the bed is free for others at once."""

    record = Reservation
    by = THE_HOME
    start, end = {ReservationState.ADMITTED}, ReservationState.DISCHARGED
    inputs = {"moved_out_on": day_field(gettext_lazy("Moved out on"))}
    reason = True
    place = ASIDE
    stops = ENDING
    tells = ("applicant",)

    def perform(self, record: Reservation, *, moved_out_on: Any = None) -> None:
        record.moved_out_on = _last_day(record, moved_out_on or self.today, self.today, "moved_out_on")


class RecordDeath(Action):
    """The resident has died. The stay ends on that day, the bed is free, and what was asked for the person elsewhere ends."""

    called = "Enter a death"
    record = Reservation
    by = THE_HOME
    start, end = {ReservationState.ADMITTED}, ReservationState.DECEASED
    inputs = {"died_on": day_field(gettext_lazy("Died on"))}
    place = ASIDE
    stops = ENDING
    tells = ("applicant",)

    def perform(self, record: Reservation, *, died_on: Any = None) -> None:
        record.moved_out_on = _last_day(record, died_on or self.today, self.today, "died_on")
        for request in Reservation.objects.same_person(record).waiting().order_by("home_id", "id"):
            EndMootRequest.do(CLOCK, request)


def _last_day(record: Reservation, day: date, today: date, field: str) -> date:
    if day > today:
        raise Refused(_("Enter this afterwards; the day cannot be in the future."), field=field)
    if record.moved_in_on and day < record.moved_in_on:
        raise Refused(_("Nobody moves out before moving in."), field=field)
    return day


class TransferResident(Action):
    """The resident moves to another bed of the same provider: one stay ends and the next begins in one step."""

    record, makes = Reservation, Reservation
    by = THE_HOME
    start, end = {ReservationState.ADMITTED}, ReservationState.ADMITTED
    inputs = {
        "bed": BedChoice(with_home=True),
        "leaves_on": day_field(gettext_lazy("Last day of the stay"), gettext_lazy("Leave empty to keep what was planned.")),
    }
    reason = True
    place = ASIDE
    starts = STAY_ENDS
    tells = ("applicant",)
    select = ("home",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        if record is None:
            return Bed.objects.none()
        beds = Bed.objects.filter(home__provider=record.home.provider_id)
        return beds.offered_to(_moving(record, record.leaves_on)).for_display().own_first(record.home_id)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {"leaves_on": record.leaves_on}

    def perform(self, record: Reservation, *, bed: Bed, leaves_on: date | None = None) -> Reservation:
        if bed.home.provider_id != record.home.provider_id:
            raise Refused(_("This bed belongs to another provider. The person asks there for a place."), field="bed")
        leaves_on = leaves_on or record.leaves_on
        if leaves_on is not None and not self.today < leaves_on <= self.today + rules.LONGEST_SHORT_STAY:
            raise Refused(_("The stay was planned to be over. Say until when it goes on: a day after today, within a year."), field="leaves_on")
        if not Bed.objects.filter(pk=bed.pk).free_between(self.today, leaves_on).exists():
            raise Refused(_("This bed is not free on these days."), field="bed")
        EndFormerStay.do(CLOCK, record, moved_out_on=self.today)
        kept = (
            "applicant", "resident", "resident_name", "resident_born_on", "telephone", "care_need", "sex", "wish", "neighbour_wish",
        )  # fmt: skip
        return Reservation(
            home_id=bed.home_id,
            area_id=bed.area_id,
            bed=bed,
            care_level=bed.care_level,
            relation=record.relation or Relation.SELF,
            arrives_on=self.today,
            leaves_on=leaves_on,
            moved_in_on=self.today,
            companion_id=_companion(record),
            **{f.attname: getattr(record, f.attname) for f in map(Reservation._meta.get_field, kept)},
        )


def _companion(record: Reservation) -> int | None:
    """To whom the resident belongs: whoever they were asked for with, or whoever came along with them."""
    return record.companion_id or record.companions.holding().values_list("pk", flat=True).first()


def _moving(record: Reservation, leaves_on: date | None) -> Guest:
    planned = leaves_on if leaves_on and leaves_on > today() else None
    return Guest.of(record, arrives_on=today(), leaves_on=planned, companion=_companion(record), lives=True)


class EndFormerStay(Action):
    """The stay ends because the resident now lives in another bed or another home."""

    record = Reservation
    by = Clock()
    start, end = {ReservationState.ADMITTED}, ReservationState.TRANSFERRED
    voids = ENDING
    tells = BOTH

    def perform(self, record: Reservation, *, moved_out_on: date | None = None) -> None:
        record.moved_out_on = max(moved_out_on or self.today, record.moved_in_on or self.today)


class EndMootRequest(Action):
    """The request is no longer needed: the person has moved in elsewhere, or has died. The bed is free for others."""

    record = Reservation
    by = Clock()
    start, end = {ReservationState.REQUESTED, ReservationState.CONFIRMED}, ReservationState.MOOT
    voids = ("care.answer-reservation", "care.hold-lapses")
    tells = BOTH
