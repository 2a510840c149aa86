"""What is done with beds: they are set up, taken out, brought back, removed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Party, Refused
from governance.actions.records import new_reference
from governance.text import CodeField
from programs.care import rules
from programs.care.actions.homes import PROVIDER
from programs.care.models import Bed, Home, Reservation, Room, Unit
from programs.care.vocabulary import BedCategory, BedState, CareLevel, HomeState, SexRule

THE_HOME = Party("home__provider", gettext_lazy("the home"))


class BedChoice(forms.ModelChoiceField):
    """Beds to choose from, each with where it stands and for whom it is set up."""

    def __init__(self, with_home: bool = False, **options: Any) -> None:
        super().__init__(Bed.objects.none(), **{"label": gettext_lazy("Bed")} | options)
        self.with_home = with_home

    def label_from_instance(self, obj: Bed) -> str:
        room = f"{obj.room.unit.name} {obj.room.name}" if obj.room else ""
        kept_for = str(obj.room.get_sex_rule_display()) if obj.room and obj.room.sex_rule != SexRule.ANY else ""
        parts = [obj.label, room, kept_for, str(obj.get_care_level_display())]
        return " · ".join(filter(None, [obj.home.name if self.with_home else "", *parts]))


class AddBeds(Action):
    """The provider sets up beds in a room. A room that exists is kept for whom it was kept, if nothing else is said."""

    record = Home
    by = PROVIDER
    start = {HomeState.REGISTERED, HomeState.OPEN, HomeState.SUSPENDED}
    inputs = {
        "unit": CodeField(
            label=gettext_lazy("Unit"), max_length=60, help_text=gettext_lazy("A floor, a wing or a house.")
        ),
        "room": CodeField(label=gettext_lazy("Room"), max_length=30),
        "sex_rule": forms.ChoiceField(
            label=gettext_lazy("The room is kept for"),
            choices=[("", gettext_lazy("As it is; if the room is new: anyone")), *SexRule.choices],
            required=False,
        ),
        "labels": CodeField(
            label=gettext_lazy("Bed numbers"),
            max_length=500,
            help_text=gettext_lazy("Separated by commas; “301-1..301-4” stands for four beds."),
        ),
        "category": forms.ChoiceField(
            label=gettext_lazy("Category"), choices=BedCategory.choices, required=False, initial=BedCategory.GENERAL
        ),
        "care_level": forms.TypedChoiceField(
            label=gettext_lazy("Up to which level of care"), choices=CareLevel.choices, coerce=int
        ),
    }

    def perform(self, record: Home, **data: Any) -> None:
        labels = rules.bed_labels(data["labels"])
        if labels is None:
            raise Refused(
                _("Write bed numbers separated by commas, at most %(most)d at a time.") % {"most": rules.MOST_BEDS_AT_ONCE},
                field="labels",
            )
        unit, __ = Unit.objects.get_or_create(home=record, name=data["unit"].strip())
        rule = data.get("sex_rule")
        defaults = {"sex_rule": rule or SexRule.ANY}
        room, __ = Room.objects.get_or_create(unit=unit, name=data["room"].strip(), defaults=defaults)
        if rule and room.sex_rule != rule:
            room.sex_rule = rule
            room.save(update_fields=["sex_rule"])
        Bed.objects.bulk_create(
            Bed(
                reference=new_reference(Bed.reference_prefix),
                home=record,
                area_id=record.area_id,
                room=room,
                label=label,
                category=data.get("category") or BedCategory.GENERAL,
                care_level=data["care_level"],
            )
            for label in labels
        )


class ChangeBed(Action):
    """The home corrects what the register says of a bed in which nobody lives: what it is for, and up to which level of care."""

    called = "Correct the bed"
    record = Bed
    by = THE_HOME
    start = {BedState.OPEN, BedState.OUT_OF_USE}
    fields = ("category", "care_level")

    def perform(self, record: Bed, **data: Any) -> None:
        _require_empty(record)
        super().perform(record, **data)


class TakeBedOut(Action):
    """The home cannot use the bed for a while."""

    called = "Take the bed out of use"
    record = Bed
    by = THE_HOME
    start, end = {BedState.OPEN}, BedState.OUT_OF_USE
    reason = True

    def perform(self, record: Bed, **data: Any) -> None:
        _require_empty(record)


class ReturnBed(Action):
    """The bed can be used again."""

    called = "Bring the bed back into use"
    record = Bed
    by = THE_HOME
    start, end = {BedState.OUT_OF_USE}, BedState.OPEN


class RemoveBed(Action):
    """The bed is gone for good; its number may be given to another."""

    record = Bed
    by = THE_HOME
    start, end = {BedState.OPEN, BedState.OUT_OF_USE}, BedState.REMOVED
    reason = True

    def perform(self, record: Bed, **data: Any) -> None:
        _require_empty(record)


def _require_empty(bed: Bed) -> None:
    if Reservation.objects.holding().filter(bed=bed).exists():
        raise Refused(_("Somebody lives in this bed or has been promised it. Give them another bed first."))
