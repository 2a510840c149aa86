"""What may be done with a determination, by whom, and by when. The rule works it out; a person answers for it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Assurance, Holds, Kind, Party, Refused, Starts
from governance.determinations import deciding, rulebook
from governance.determinations.models import Determination
from governance.determinations.vocabulary import Duty, State
from governance.matching.models import Pair

PERIOD = "determinations.determine"
PERSON = Party("person", gettext_lazy("whom it is for"))
OFFICER = Holds(Duty.DETERMINE) & ~PERSON  # nobody decides for themselves


class FactsField(forms.JSONField):
    """The facts, as the form of the question names them."""

    def prepare_value(self, value: Any) -> Any:
        return value if isinstance(value, str) else super().prepare_value(value)

    def clean(self, value: Any) -> Any:
        facts = super().clean(value)
        if not isinstance(facts, dict) or not all(isinstance(one, str | int | float) for one in facts.values()):
            raise forms.ValidationError(_("The facts are a list of names with one value each."))
        return facts


def _facts(**options: Any) -> FactsField:
    return FactsField(label=gettext_lazy("Facts"), widget=forms.HiddenInput, **options)


class AskForDetermination(Action):
    """Somebody asks the office to determine what a calculator has shown: with the same facts, by the rules of today."""

    called = "Have it determined"
    makes = Determination
    by = Kind("citizen")
    end = State.ASKED
    seals = ("fingerprint",)  # of facts, versions and result: from here on nobody can change them unnoticed
    inputs = {
        "rule": forms.ChoiceField(label=gettext_lazy("By which rule"), choices=lambda: [(one.rule, one.title) for one in rulebook.open_questions()], widget=forms.HiddenInput),
        "facts": _facts(),
    }
    starts = Starts(PERIOD)
    assurance = Assurance.IDENTITY

    def perform(self, record: None, *, rule: str, facts: dict[str, Any], **data: Any) -> Determination:
        made = Determination(person=self.actor.stakeholder, area=self.actor.stakeholder.area, rule=rule)
        deciding.worked_out(made, facts, self.today)
        return made


class _Determines(Action):
    """By an officer who answers for it."""

    record = Determination
    start = {State.ASKED}
    stops = (PERIOD,)
    tells = ("person",)

    def perform(self, record: Determination, **data: Any) -> None:
        if self.actor.user_id is None:
            raise Refused(_("A person decides, not a program."))
        if self.actor.user.person_id == record.person_id:
            raise Refused(_("This is about you. Somebody else decides it."))
        record.decided_by_id, record.ground = self.actor.user_id, self.reason_given


class GiveDetermination(_Determines):
    """The conditions are met: an officer confirms what the rule gives."""

    place = 1
    called = "Confirm what the rule gives"
    by = OFFICER
    end = State.GIVEN
    provided = Q(outcome="yes")

    def perform(self, record: Determination, **data: Any) -> None:
        if held := Pair.objects.holding().about_person(record.person_id).first():
            raise Refused(_("Held: whether this person is registered twice is not settled (%(reference)s). Whoever decides that, or two officers together, can let it pass.") % {"reference": held.reference})
        super().perform(record, **data)


class RefuseDetermination(_Determines):
    """The conditions are not met: an officer has looked at it, says why, and what can be done against it."""

    place = 1
    called = "Determine that the conditions are not met"
    by = OFFICER
    end = State.REFUSED
    provided = Q(outcome="no")
    reason = True


class AskForFacts(Action):
    """A fact is missing: the rule cannot tell, which is not a no."""

    place = 2
    called = "Ask for what is missing"
    record = Determination
    by = OFFICER
    start, end = {State.ASKED}, State.INCOMPLETE
    reason = True
    stops = (PERIOD,)
    tells = ("person",)


class AddFacts(Action):
    """Whoever asked corrects or adds facts; the period begins anew."""

    place = 1
    called = "Correct or add facts"
    record = Determination
    by = PERSON
    start, end = {State.ASKED, State.INCOMPLETE}, State.ASKED
    inputs = {"facts": _facts()}
    voids = (PERIOD,)
    starts = Starts(PERIOD)

    def perform(self, record: Determination, *, facts: dict[str, Any], **data: Any) -> None:
        deciding.worked_out(record, facts, self.today)


class WithdrawRequest(Action):
    """Whoever asked takes it back; nothing is determined."""

    place = 8
    called = "Take the request back"
    record = Determination
    by = PERSON
    start, end = {State.ASKED, State.INCOMPLETE}, State.WITHDRAWN
    voids = (PERIOD,)
