"""Asking for a place: for one bed, for any bed of a home, for a bed beside somebody; and taking the question back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Assurance, Holds, Kind, Party, Refused, Starts
from governance.stakeholders.vocabulary import StakeholderKind
from programs.care import rules
from programs.care.actions.beds import THE_HOME
from programs.care.actions.homes import PROVIDER
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.querysets import Guest
from programs.care.vocabulary import (
    BedState,
    Duty,
    HomeState,
    NeighbourWish,
    Relation,
    ReservationState,
)

APPLICANT = Party("applicant", gettext_lazy("the applicant"))
RESIDENT = Party("resident", gettext_lazy("the resident"))
SEEKERS = Kind(StakeholderKind.CITIZEN) | Holds(Duty.ALLOCATE_BEDS)
ANSWER = Starts("care.answer-reservation", then="care.lapse-reservation")

ASKED = (
    "arrives_on", "leaves_on", "relation", "resident_name", "resident_born_on", "care_need", "sex", "telephone", "wish",
)  # fmt: skip
# Somebody whose identity nobody has verified may be anybody, as often as they like: few beds are kept from others for them.
MOST_FOR_THE_UNKNOWN = 2


class _Asked(Action):
    """What all questions for a place have in common."""

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {"telephone": _telephone(actor)}

    def question(self, home: Home, bed: Bed | None, **data: Any) -> Reservation:
        """The reservation that is asked for, judged by everything that can be judged without the other beds."""
        arrives_on, leaves_on = data["arrives_on"], data.get("leaves_on")
        if arrives_on < self.today:
            raise Refused(_("The day of arriving is over. Choose today or a later day."), field="arrives_on")
        if leaves_on is not None and leaves_on <= arrives_on:
            raise Refused(_("The day of leaving must be after the day of arriving."), field="leaves_on")
        if not rules.is_bookable(arrives_on, leaves_on, today=self.today):
            raise Refused(
                _("A place can be asked for at most a year ahead, and a stay with an end lasts at most a year."),
                field="arrives_on",
            )
        self._known_enough(home)
        return Reservation(
            home_id=home.pk,
            area_id=home.area_id,
            bed=bed,
            care_level=bed.care_level if bed else None,
            applicant=self.actor.stakeholder,
            **data | self._for_whom(data) | {"telephone": self._to_ring(data)},
        )

    def _known_enough(self, home: Home) -> None:
        """For an account whose identity is not verified few beds are kept at a time, and one in each home."""
        if self.actor.assurance >= Assurance.IDENTITY or self.actor.kind != StakeholderKind.CITIZEN:
            return
        applicant = self.actor.stakeholder
        type(applicant).objects.select_for_update(no_key=True).get(pk=applicant.pk)  # two at the same moment are counted one by one
        homes = list(Reservation.objects.waiting().filter(applicant=applicant).values_list("home_id", flat=True))
        if home.pk in homes or len(homes) >= MOST_FOR_THE_UNKNOWN:
            raise Refused(
                _("Until your identity is verified, at most %(most)d beds are kept for you at a time, and one in each home. Your account page shows how it is verified; or withdraw a request first.")
                % {"most": MOST_FOR_THE_UNKNOWN}
            )

    def _to_ring(self, data: dict[str, Any]) -> str:
        """The number the home rings: what was told, else that of the account."""
        told = (data.get("telephone") or "").strip() or _telephone(self.actor)
        if not told and self.actor.kind == StakeholderKind.CITIZEN:
            raise Refused(_("Give a telephone number, so that the home can ring you before it answers."), field="telephone")
        return told

    def _for_whom(self, data: dict[str, Any]) -> dict[str, Any]:
        citizen = self.actor.kind == StakeholderKind.CITIZEN
        relation = data.get("relation") or (Relation.SELF if citizen else Relation.OTHER)
        name = (data.get("resident_name") or "").strip()
        if relation == Relation.SELF and citizen:
            return {"relation": relation, "resident": self.actor.stakeholder, "resident_name": "", "resident_born_on": None}
        if relation == Relation.SELF:
            raise Refused(_("An office asks for somebody: say for whom."), field="relation")
        if not name:
            raise Refused(_("Give the name of the person who moves in."), field="resident_name")
        born_on = data.get("resident_born_on")
        if born_on is None:
            raise Refused(_("Give the birthday of the person who moves in: with the name it tells people apart."), field="resident_born_on")
        if not self.today - rules.LONGEST_LIFE <= born_on <= self.today:
            raise Refused(_("Nobody alive was born on this day."), field="resident_born_on")
        return {"relation": relation, "resident": None, "resident_name": name}


def _telephone(actor: Any) -> str:
    """The telephone number of whoever asks: of the person they ask for, else their own; empty if none is known."""
    person = getattr(actor.user, "person", None)
    return getattr(actor.stakeholder, "phone", "") or getattr(person, "phone", "") or ""


class ReserveBed(_Asked):
    """Somebody asks for this bed for a stay; it is kept for them until the home answers."""

    called = "Reserve this bed"
    record, makes = Bed, Reservation
    by = SEEKERS & ~THE_HOME
    start, end = {BedState.OPEN}, ReservationState.REQUESTED
    fields = ASKED
    starts = ANSWER
    tells = ("home__provider",)
    select = ("home", "room")

    def perform(self, record: Bed, **data: Any) -> Reservation:
        if record.home.state != HomeState.OPEN:
            raise Refused(_("This home does not take anybody in at present."))
        return self.question(record.home, record, **data)


class AskForPlace(_Asked):
    """Somebody asks a home for a place; a suitable bed is kept for them until the home answers."""

    called = "Ask for a place"
    record, makes = Home, Reservation
    by = SEEKERS & ~PROVIDER
    start, end = {HomeState.OPEN}, ReservationState.REQUESTED
    fields = ASKED
    inputs = {
        "along": forms.BooleanField(
            label=gettext_lazy("Somebody moves in along: husband, wife, or a carer who stays"),
            required=False,
            help_text=gettext_lazy("We then keep a bed beside which another is free. You ask for that one next, on the page of this request."),
        ),
    }
    starts = ANSWER
    tells = ("home__provider",)

    def perform(self, record: Home, *, along: bool | None = None, **data: Any) -> Reservation:
        asked = self.question(record, None, **data)
        beds, guest = Bed.objects.filter(home=record), Guest.of(asked)
        suitable = beds.for_stays(asked.leaves_on).offered_to(guest)
        if along:
            bed = suitable.for_two(asked.arrives_on, asked.leaves_on).first()
        else:
            bed = suitable.for_one().best_fit_first().first()
        if bed is not None:
            asked.bed, asked.care_level = bed, bed.care_level
        elif along and beds.kept().exists():
            raise Refused(
                _("No two suitable beds in one room are free on these days. Try other days, or ask for one bed and then for a second one in the same unit."),
                field="along",
            )
        elif beds.kept().exists():
            raise Refused(_("No suitable bed is free on these days. Try other days, or another home."), field="arrives_on")
        else:  # a home without a bed board gives places, not beds
            asked.care_level = CapacityObservation.objects.filter(home=record).level_for(asked.care_need)
        return asked


class AskForNeighbouringBed(_Asked):
    """The applicant asks for a second bed near the first: for a husband, a wife, or a carer who stays along."""

    called = "Ask for a neighbouring bed"
    record, makes = Reservation, Reservation
    by = APPLICANT
    start = {ReservationState.REQUESTED, ReservationState.CONFIRMED, ReservationState.ADMITTED}
    end = ReservationState.REQUESTED
    fields = ("arrives_on", "leaves_on", "resident_name", "resident_born_on", "care_need", "sex", "telephone", "wish")
    inputs = {
        "relation": forms.ChoiceField(
            label=gettext_lazy("Who is it?"),
            choices=[(r.value, r.label) for r in Relation if r != Relation.SELF],
            initial=Relation.SPOUSE,
        ),
        "neighbour_wish": forms.ChoiceField(
            label=gettext_lazy("How near to each other?"),
            choices=[(w.value, w.label) for w in NeighbourWish if w != NeighbourWish.NONE],
            initial=NeighbourWish.SAME_ROOM,
        ),
    }
    starts = ANSWER
    tells = ("home__provider",)
    select = ("home", "bed__room__unit")

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return super().initial(actor, record) | {"arrives_on": record.arrives_on, "leaves_on": record.leaves_on}

    def perform(self, record: Reservation, **data: Any) -> Reservation:
        asked = self.question(record.home, None, **data)
        asked.companion, asked.care_level = record, record.care_level
        if record.bed is None:
            return asked
        if record.bed.room is None:
            raise Refused(_("The bed stands in no room of the home, so there is none beside it."))
        beds = Bed.objects.filter(home=record.home_id).near(record.bed.room, asked.neighbour_wish)
        bed = beds.offered_to(Guest.of(asked, companion=record.pk)).best_fit_first().first()
        if bed is None:
            raise Refused(_("No bed so near is free on these days. Ask for one in the same unit, or for other days."))
        asked.bed, asked.care_level = bed, bed.care_level
        return asked


class WithdrawReservation(Action):
    """The applicant takes the request back; the bed is free for others at once."""

    record = Reservation
    by = APPLICANT | RESIDENT
    start = {ReservationState.REQUESTED, ReservationState.CONFIRMED}
    end = ReservationState.WITHDRAWN
    voids = ("care.answer-reservation", "care.hold-lapses")
    tells = ("home__provider",)
