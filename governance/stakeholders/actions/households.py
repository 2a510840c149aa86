"""Households: declared by one of the people in it, confirmed by an office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Assurance, Holds, Kind, Party, Refused
from governance.actions.records import new_reference
from governance.stakeholders.inputs import AreaField
from governance.stakeholders.models import Household, HouseholdMember
from governance.stakeholders.vocabulary import Duty, HouseholdState, Relation, StakeholderKind
from governance.text import WordsField

OTHERS = [(value, label) for value, label in Relation.choices if value != Relation.SELF]
KEPT = {HouseholdState.DECLARED, HouseholdState.CONFIRMED}


class DeclareHousehold(Action):
    """You declare with whom you live and reckon together; begin with yourself and add the others after."""

    called = "Declare my household"
    makes = Household
    by = Kind(StakeholderKind.CITIZEN)
    end = HouseholdState.DECLARED
    fields = ("address",)
    inputs = {"place": AreaField(), "since": forms.DateField(label=gettext_lazy("Since when you live there"))}
    assurance = Assurance.CONTACT

    def perform(self, record: None, *, place: Any, since: date, address: str = "") -> Household:
        _not_later(since, self.today, "since")
        head = self.actor.stakeholder
        household = Household(
            head=head, area=place, address=address, reference=new_reference(Household.reference_prefix), state=self.end
        )
        household.save(force_insert=True)
        HouseholdMember.objects.create(household=household, person=head, name=head.name, relation=Relation.SELF, since=since)
        return household


class AddToHousehold(Action):
    """Somebody has come to the household."""

    called = "Add somebody to the household"
    record = Household
    by = Party("head", gettext_lazy("the head of the household"))
    start, end = KEPT, HouseholdState.DECLARED
    inputs = {
        "name": WordsField(label=gettext_lazy("Name"), max_length=100),
        "relation": forms.ChoiceField(label=gettext_lazy("Relation to you"), choices=OTHERS),
        "born_on": forms.DateField(label=gettext_lazy("Born on"), required=False),
        "since": forms.DateField(label=gettext_lazy("Lives there since")),
    }

    def perform(self, record: Household, *, since: date, born_on: date | None = None, **data: Any) -> None:
        _not_later(since, self.today, "since")
        if born_on and born_on > since:
            raise Refused(_("Nobody lives anywhere before being born."), field="born_on")
        HouseholdMember.objects.create(household=record, since=since, born_on=born_on, **data)


class TakeFromHousehold(Action):
    """Somebody has left the household."""

    called = "Take somebody from the household"
    record = Household
    by = Party("head", gettext_lazy("the head of the household"))
    start, end = KEPT, HouseholdState.DECLARED
    inputs = {
        "member": forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=HouseholdMember.objects.none()),
        "until": forms.DateField(label=gettext_lazy("Last day there")),
    }

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return HouseholdMember.objects.still_in(record)

    def perform(self, record: Household, *, member: HouseholdMember, until: date) -> None:
        _not_later(until, self.today, "until")
        if until < member.since:
            raise Refused(_("The last day comes before the first."), field="until")
        member.until = until
        member.save(update_fields=["until"])


class ConfirmHousehold(Action):
    """The office that keeps the register has checked the declaration."""

    record = Household
    by = Holds(Duty.KEEP_HOUSEHOLDS) & ~Party("head", gettext_lazy("the head of the household"))
    start, end = {HouseholdState.DECLARED}, HouseholdState.CONFIRMED
    tells = ("head",)


class CloseHousehold(Action):
    """The household is no more, or was declared by mistake."""

    record = Household
    place = ASIDE
    by = Party("head", gettext_lazy("the head of the household"))
    start, end = KEPT, HouseholdState.CLOSED


def _not_later(day: date, today: date, field: str) -> None:
    if day > today:
        raise Refused(_("This day is still to come."), field=field)
