"""Who lives in a home without having asked here: entered by the home, with all the rules that hold for those who asked."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Refused
from governance.clocks.now import today
from programs.care import rules
from programs.care.actions.beds import BedChoice
from programs.care.actions.homes import PROVIDER
from programs.care.actions.staying import STAY_ENDS, settle_others
from programs.care.models import Bed, CapacityObservation, Home, Reservation
from programs.care.vocabulary import HomeState, Relation, ReservationState


class RegisterResident(Action):
    """The home enters somebody who lives there and did not ask for the place here: from which day, in which bed."""

    called = "Enter a resident"
    record, makes = Home, Reservation
    by = PROVIDER
    start, end = {HomeState.OPEN}, ReservationState.ADMITTED
    fields = ("resident_name", "resident_born_on", "sex", "care_need", "telephone", "leaves_on")
    inputs = {
        "moved_in_on": forms.DateField(
            label=gettext_lazy("Moved in on"), required=False, help_text=gettext_lazy("Leave empty for today."),
            widget=forms.DateInput(attrs={"type": "date"}),
        ),
        "bed": BedChoice(required=False, help_text=gettext_lazy("Only a home without a bed board leaves this empty.")),
    }  # fmt: skip
    starts = STAY_ENDS
    place = 8

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """Beds nobody lives in; whether the person fits the room is known when it is said who they are."""
        beds = Bed.objects.none() if record is None else Bed.objects.filter(home=record)
        return beds.vacant_on(today()).for_display().order_by("label", "id")

    def perform(self, record: Home, *, bed: Bed | None = None, moved_in_on: date | None = None, **data: Any) -> Reservation:
        moved_in_on, leaves_on = moved_in_on or self.today, data.get("leaves_on")
        self._possible(data, moved_in_on, leaves_on)
        if bed is None and Bed.objects.filter(home=record).kept().exists():
            raise Refused(_("Choose the bed in which the person lives."), field="bed")
        if bed is not None and bed.home_id != record.pk:
            raise Refused(_("This bed is in another home."), field="bed")
        need = data.get("care_need")
        level = bed.care_level if bed else CapacityObservation.objects.filter(home=record).level_for(need)
        stay = Reservation(
            home_id=record.pk, area_id=record.area_id, bed=bed, care_level=level, applicant=self.actor.stakeholder, relation=Relation.OTHER,
            arrives_on=moved_in_on, moved_in_on=moved_in_on, **data,
        )  # fmt: skip
        settle_others(stay, moved_in_on)
        return stay

    def _possible(self, data: dict[str, Any], moved_in_on: date, leaves_on: date | None) -> None:
        born_on = data.get("resident_born_on")
        if not (data.get("resident_name") or "").strip():
            raise Refused(_("Give the name of the person who moves in."), field="resident_name")
        if born_on is None:
            raise Refused(_("Give the birthday, as on the identity card."), field="resident_born_on")
        if not self.today - rules.LONGEST_LIFE <= born_on <= self.today:
            raise Refused(_("Nobody alive was born on this day."), field="resident_born_on")
        if moved_in_on > self.today:
            raise Refused(_("Enter this when the person has moved in; the day cannot be in the future."), field="moved_in_on")
        if moved_in_on < born_on:
            raise Refused(_("Nobody moves in before being born."), field="moved_in_on")
        if leaves_on is not None and not self.today < leaves_on <= self.today + rules.LONGEST_SHORT_STAY:
            raise Refused(_("The last day lies after today, at most a year ahead."), field="leaves_on")
