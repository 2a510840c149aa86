"""Delegations: a citizen lets another person act for them, and ends it at any time."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Assurance, Kind, Party, Refused
from governance.clocks.now import today
from governance.stakeholders.inputs import all_scopes
from governance.stakeholders.models import Delegation
from governance.stakeholders.responsibilities import Addressed, InPerson
from governance.stakeholders.vocabulary import DelegationState, StakeholderKind
from governance.text import EmailField, form_field

IN_PERSON = InPerson()


class LetSomebodyAct(Action):
    """You let another person act for you here, in what you choose and for as long as you choose."""

    called = "Let somebody act for me"
    makes = Delegation
    by = Kind(StakeholderKind.CITIZEN) & IN_PERSON
    end = DelegationState.OFFERED
    inputs = {
        "email": EmailField(
            label=gettext_lazy("Their e-mail address"), max_length=254, help_text=gettext_lazy("They accept with an account that has this address.")
        ),
        "scopes": forms.MultipleChoiceField(
            label=gettext_lazy("In what"), choices=all_scopes, widget=forms.CheckboxSelectMultiple,
            help_text=gettext_lazy("They read and do only what you choose here."),
        ),
        "starts_on": form_field(Delegation._meta.get_field("starts_on")),
        "ends_on": form_field(Delegation._meta.get_field("ends_on")),
    }  # fmt: skip
    assurance = Assurance.CONTACT

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {"starts_on": today()}

    def perform(self, record: None, *, email: str, scopes: list[str], starts_on: date, ends_on: date | None = None) -> Delegation:
        person = self.actor.stakeholder
        if email.lower() == self.actor.user.email.lower():
            raise Refused(_("You act for yourself anyway."), field="email")
        if ends_on and ends_on < max(starts_on, self.today):
            raise Refused(_("The last day comes before the first, or has passed."), field="ends_on")
        return Delegation(principal=person, area_id=person.area_id, delegate_email=email, scopes=scopes, starts_on=starts_on, ends_on=ends_on)


class AcceptDelegation(Action):
    """The person who was asked agrees to act for another."""

    record = Delegation
    by = Addressed("delegate_email") & IN_PERSON & ~Party("principal", gettext_lazy("the person represented"))
    start, end = {DelegationState.OFFERED}, DelegationState.ACCEPTED
    tells = ("principal",)

    def perform(self, record: Delegation) -> None:
        record.delegate = self.actor.stakeholder


class DeclineDelegation(Action):
    """The person who was asked does not want to act for another."""

    record = Delegation
    by = Addressed("delegate_email") & IN_PERSON & ~Party("principal", gettext_lazy("the person represented"))
    start, end = {DelegationState.OFFERED}, DelegationState.DECLINED
    tells = ("principal",)


class RevokeDelegation(Action):
    """You end it; from this moment nobody acts for you by it."""

    record = Delegation
    place = ASIDE
    by = Party("principal", gettext_lazy("the person represented")) & IN_PERSON
    start, end = {DelegationState.OFFERED, DelegationState.ACCEPTED}, DelegationState.REVOKED
    tells = ("delegate",)

    def perform(self, record: Delegation) -> None:
        record.ends_on = max(record.starts_on, self.today)


class ReturnDelegation(Action):
    """The person who acts for another gives it back."""

    record = Delegation
    place = ASIDE
    by = Party("delegate", gettext_lazy("the representative")) & IN_PERSON
    start, end = {DelegationState.ACCEPTED}, DelegationState.RETURNED
    tells = ("principal",)

    def perform(self, record: Delegation) -> None:
        record.ends_on = max(record.starts_on, self.today)
