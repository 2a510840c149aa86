"""Asking for a place: for one bed, for any bed of a home, for a bed beside somebody; and taking the question back."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Kind, Party, Refused, Starts
from governance.stakeholders.vocabulary import StakeholderKind
from programs.care import rules
from programs.care.actions.beds import THE_HOME
from programs.care.actions.homes import PROVIDER
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.vocabulary import (
    BedState,
    CareLevel,
    Duty,
    HomeState,
    NeighbourWish,
    Relation,
    ReservationState,
    SexRule,
)

APPLICANT = Party("applicant", gettext_lazy("the applicant"))
RESIDENT = Party("resident", gettext_lazy("the resident"))
SEEKERS = Kind(StakeholderKind.CITIZEN) | Holds(Duty.ALLOCATE_BEDS)
ANSWER = Starts("care.answer-reservation", then="care.lapse-reservation")

ASKED = ("arrives_on", "leaves_on", "relation", "resident_name", "care_need", "sex", "wish")


class _Asked(Action):
    """What all questions for a place have in common."""

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
        return Reservation(
            home_id=home.pk,
            area_id=home.area_id,
            bed=bed,
            care_level=bed.care_level if bed else None,
            applicant=self.actor.stakeholder,
            **data | self._for_whom(data),
        )

    def _for_whom(self, data: dict[str, Any]) -> dict[str, Any]:
        citizen = self.actor.kind == StakeholderKind.CITIZEN
        relation = data.get("relation") or (Relation.SELF if citizen else Relation.OTHER)
        name = (data.get("resident_name") or "").strip()
        if relation == Relation.SELF and citizen:
            return {"relation": relation, "resident": self.actor.stakeholder, "resident_name": ""}
        if relation == Relation.SELF:
            raise Refused(_("An office asks for somebody: say for whom."), field="relation")
        if not name:
            raise Refused(_("Give the name of the person who moves in."), field="resident_name")
        return {"relation": relation, "resident": None, "resident_name": name}


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
        need = data.get("care_need")
        if need is not None and not rules.suits(record.care_level, need):
            raise Refused(
                _("This bed is set up for: %(level)s. Choose another bed.") % {"level": record.get_care_level_display()},
                field="care_need",
            )
        if record.room and not rules.may_share(record.room.sex_rule, data.get("sex") or ""):
            raise Refused(
                _("This room is kept for: %(rule)s. Choose another bed.") % {"rule": record.room.get_sex_rule_display()},
                field="sex",
            )
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
        beds, stay = Bed.objects.filter(home=record), (asked.arrives_on, asked.leaves_on)
        suitable = beds.suiting(asked.care_need).for_stays(asked.leaves_on)
        if along:
            bed = suitable.for_two(*stay).first()
        else:
            bed = suitable.in_rooms_for(asked.sex).free_between(*stay).best_fit_first().first()
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
    fields = ("arrives_on", "leaves_on", "resident_name", "care_need", "sex", "wish")
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
        return {"arrives_on": record.arrives_on, "leaves_on": record.leaves_on}

    def perform(self, record: Reservation, **data: Any) -> Reservation:
        asked = self.question(record.home, None, **data)
        asked.companion, asked.care_level = record, record.care_level
        if record.bed is None:
            return asked
        if record.bed.room is None:
            raise Refused(_("The bed stands in no room of the home, so there is none beside it."))
        beds = Bed.objects.filter(home=record.home_id).suiting(asked.care_need).near(record.bed.room, asked.neighbour_wish)
        bed = beds.free_between(asked.arrives_on, asked.leaves_on).best_fit_first().first()
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


__all__ = ["AskForNeighbouringBed", "AskForPlace", "CareLevel", "ReserveBed", "SexRule", "WithdrawReservation"]
