"""The desk of an office: who works on what, handing everything over, answers that are given often."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Kind, Party, Refused
from governance.feedback.models import Matter, Wording
from governance.feedback.models.matter import OFFICE
from governance.feedback.models.wording import PARTS, blanks_of
from governance.feedback.querysets import colleagues
from governance.feedback.vocabulary import MatterState, WordingState
from governance.stakeholders.models import User

OURS = Party("office", gettext_lazy("the office"))
ON_A_DESK = {MatterState.ROUTED, MatterState.OBJECTED, MatterState.ACCEPTED, MatterState.DRAFTED, MatterState.APPROVED}


class ColleagueField(forms.ModelChoiceField):
    """Somebody of the office, by name."""

    def label_from_instance(self, obj: User) -> str:
        return obj.get_full_name()


class GiveToColleague(Action):
    """Somebody of the office works on it from now on; when they leave, somebody else does."""

    place = ASIDE
    called = "Give to a colleague"
    record = Matter
    by = OFFICE
    start = ON_A_DESK
    inputs = {"to": ColleagueField(User.objects.none(), label=gettext_lazy("Who works on it?"))}

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return colleagues(actor.stakeholder_id)

    def perform(self, record: Matter, *, to: User, **data: Any) -> None:
        if not colleagues(record.office_id).filter(pk=to.pk).exists():
            raise Refused(_("They do not work for this office."), field="to")
        if to.pk in record.barred:
            raise Refused(_("They are barred from it: it concerns them."), field="to")
        if record.handler_id == to.pk:
            raise Refused(_("They work on it already."), field="to")
        record.handler = to


class AddWording(Action):
    """An answer the office gives often, kept with the places that must be filled in each time."""

    called = "Add a template"
    makes = Wording
    by = Kind("government", "social", "enterprise")
    end = WordingState.IN_USE
    fields = ("name", "kinds", "finding", "ground", "outcome", "text")

    def perform(self, record: None, **data: Any) -> Wording:
        for part in PARTS:
            try:
                blanks_of(data[part])
            except ValueError as problem:
                raise Refused(_("Put one word in braces where something is to be filled in, such as {日期}."), field=part) from problem
        return Wording(office=self.actor.stakeholder, area=self.actor.stakeholder.area, **data)


class RetireWording(Action):
    """The template is no longer offered; answers written with it stay as they are."""

    called = "No longer use it"
    record = Wording
    by = OURS
    start, end = {WordingState.IN_USE}, WordingState.RETIRED
