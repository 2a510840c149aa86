"""Households: declared by one of the people in it, confirmed by an office."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance import text
from governance.actions import ASIDE, Action, Assurance, Holds, Kind, Party, Refused
from governance.actions.records import new_reference
from governance.stakeholders import rules
from governance.stakeholders.inputs import AreaField, alike
from governance.stakeholders.models import Household, HouseholdMember, Stakeholder
from governance.stakeholders.responsibilities import LivesIn
from governance.stakeholders.vocabulary import Duty, HouseholdState, Relation, StakeholderKind
from governance.text import WordsField

OTHERS = [(value, label) for value, label in Relation.choices if value != Relation.SELF]
HEAD = Party("head", gettext_lazy("the head of the household"))
KEPT = {HouseholdState.DECLARED, HouseholdState.CONFIRMED}


class DeclareHousehold(Action):
    """You declare with whom you live and reckon together; begin with yourself and add the others after."""

    called = "Declare my household"
    makes = Household
    by = Kind(StakeholderKind.CITIZEN)
    end = HouseholdState.DECLARED
    fields = ("address",)
    inputs = {"place": AreaField(), "since": text.DateField(label=gettext_lazy("Since when you live there"))}
    assurance = Assurance.CONTACT

    def perform(self, record: None, *, place: Any, since: date, address: str = "") -> Household:
        _not_later(since, self.today, "since")
        head = self.actor.stakeholder
        household = Household(
            head=head, area=place, address=address, reference=new_reference(Household.reference_prefix), state=self.end
        )
        household.save(force_insert=True)
        HouseholdMember(household=household, person=head, name=head.name, relation=Relation.SELF, since=since).save(force_insert=True)
        return household


class AddToHousehold(Action):
    """Somebody has come to the household."""

    called = "Add somebody to the household"
    record = Household
    by = HEAD
    start, end = KEPT, HouseholdState.DECLARED
    inputs = {
        "name": WordsField(label=gettext_lazy("Name"), max_length=100),
        "relation": forms.ChoiceField(label=gettext_lazy("Relation to you"), choices=OTHERS),
        "born_on": text.DateField(label=gettext_lazy("Born on"), required=False),
        "since": text.DateField(label=gettext_lazy("Lives there since")),
        "reference": text.CodeField(
            label=gettext_lazy("Their own reference"), required=False, max_length=40,
            help_text=gettext_lazy("It stands on their account page. With it they are linked: they read this household, and may head it or leave it."),
        ),
    }  # fmt: skip

    def perform(self, record: Household, *, since: date, born_on: date | None = None, reference: str = "", **data: Any) -> None:
        _not_later(since, self.today, "since")
        if born_on and born_on > since:
            raise Refused(_("Nobody lives anywhere before being born."), field="born_on")
        person = self.linked(reference, data["name"]) if reference else None
        HouseholdMember(household=record, since=since, born_on=born_on, person=person, **data).save(force_insert=True)

    @staticmethod
    def linked(reference: str, name: str) -> Stakeholder:
        """The person of that reference, if it is also their name: neither alone tells whether there is such a person."""
        found = Stakeholder.objects.citizens().filter(reference=reference.upper()).first()
        if found is None or alike(found.name) != alike(name):
            raise Refused(_("Nobody of this name has this reference. Compare both with their account page."), field="reference")
        return found


class TakeFromHousehold(Action):
    """Somebody has left the household."""

    called = "Take somebody from the household"
    record = Household
    by = HEAD
    start, end = KEPT, HouseholdState.DECLARED
    inputs = {
        "member": forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=HouseholdMember.objects.none()),
        "until": text.DateField(label=gettext_lazy("Last day there")),
    }

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        rows = HouseholdMember.objects.still_in(record)
        return rows.exclude(person=record.head_id) if record else rows.none()  # the head leaves by making somebody else the head

    def perform(self, record: Household, *, member: HouseholdMember, until: date) -> None:
        _not_later(until, self.today, "until")
        if member.person_id == record.head_id:
            raise Refused(_("Make somebody else the head first, or close the household."), field="member")
        _leaves(member, until)


class ChangeHead(Action):
    """Somebody else of the household is its head from now on, and may add, take out and close."""

    called = "Make somebody else the head"
    record = Household
    by = HEAD
    start, end = KEPT, HouseholdState.DECLARED
    inputs = {"member": forms.ModelChoiceField(label=gettext_lazy("Who"), queryset=HouseholdMember.objects.none())}
    tells = ("head",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        rows = HouseholdMember.objects.still_in(record)
        return rows.exclude(person=None).exclude(person=record.head_id) if record else rows.none()

    def perform(self, record: Household, *, member: HouseholdMember) -> None:
        if member.household_id != record.pk or member.person_id is None or member.until is not None:
            raise Refused(_("Only somebody who lives there and is linked by their reference can be the head."), field="member")
        for one in HouseholdMember.objects.still_in(record):
            one.relation = rules.relation_to(member.relation, one.relation) if one.pk != member.pk else Relation.SELF
            one.save(update_fields=["relation"])
        record.head_id = member.person_id


class LeaveHousehold(Action):
    """You live there no longer."""

    record = Household
    place = ASIDE
    by = LivesIn() & ~HEAD
    start, end = KEPT, HouseholdState.DECLARED
    inputs = {"until": text.DateField(label=gettext_lazy("Last day there"))}
    tells = ("head",)

    def perform(self, record: Household, *, until: date) -> None:
        _not_later(until, self.today, "until")
        _leaves(HouseholdMember.objects.still_in(record).get(person=self.actor.stakeholder_id), until)


class ConfirmHousehold(Action):
    """The office that keeps the register has checked the declaration."""

    record = Household
    by = Holds(Duty.KEEP_HOUSEHOLDS) & ~HEAD
    start, end = {HouseholdState.DECLARED}, HouseholdState.CONFIRMED
    tells = ("head",)


class CloseHousehold(Action):
    """The household is no more, or was declared by mistake; today is the last day of all who are in it."""

    record = Household
    place = ASIDE
    by = HEAD
    start, end = KEPT, HouseholdState.CLOSED


def _leaves(member: HouseholdMember, until: date) -> None:
    if until < member.since:
        raise Refused(_("The last day comes before the first."), field="until")
    member.until = until
    member.save(update_fields=["until"])


def _not_later(day: date, today: date, field: str) -> None:
    if day > today:
        raise Refused(_("This day is still to come."), field=field)
