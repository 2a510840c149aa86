"""Mandates: granted and ended by who holds that duty, never to oneself."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Holds, Party, Refused
from governance.stakeholders.actions.organisations import ORGANISATION
from governance.stakeholders.inputs import AreaField, all_duties
from governance.stakeholders.models import Mandate, Stakeholder
from governance.stakeholders.vocabulary import Duty, MandateState, StakeholderState


class GrantMandate(Action):
    """A body that holds this duty charges another one with a duty in an area, on a legal basis, for a time."""

    record, makes = Stakeholder, Mandate
    by = Holds(Duty.GRANT_MANDATES) & ~Party("pk", gettext_lazy("the one concerned"))
    start, end = {StakeholderState.APPROVED}, MandateState.GRANTED
    provided = ORGANISATION
    inputs = {
        "duty": forms.ChoiceField(label=gettext_lazy("Duty"), choices=all_duties),
        "place": AreaField(label=gettext_lazy("Where")),
    }
    fields = ("legal_basis", "starts_on", "ends_on")
    tells = ("stakeholder",)

    def perform(self, record: Stakeholder, *, duty: str, place: Any, starts_on: date, ends_on: date | None = None, **data: Any) -> Mandate:
        if not any(held.duty == Duty.GRANT_MANDATES and held.start <= place.code < held.stop for held in self.actor.duties):
            raise Refused(_("You may grant mandates in your own area only."), field="place")
        if ends_on and ends_on < starts_on:
            raise Refused(_("The last day comes before the first."), field="ends_on")
        return Mandate(
            stakeholder=record, area=place, duty=duty, granted_by=self.actor.stakeholder, starts_on=starts_on, ends_on=ends_on, **data
        )


class EndMandate(Action):
    """The body that grants mandates ends one, and says why; what it allowed is not allowed from this moment."""

    record = Mandate
    place = ASIDE
    by = Holds(Duty.GRANT_MANDATES) & ~Party("stakeholder", gettext_lazy("the organisation"))
    start, end = {MandateState.GRANTED}, MandateState.ENDED
    reason = True
    tells = ("stakeholder",)

    def perform(self, record: Mandate) -> None:
        record.ends_on = max(record.starts_on, self.today)
