"""What is done with the catalogue: programs and values are proposed by one person and put in force by another."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Refused
from governance.catalogue import rules
from governance.catalogue.models import Parameter, Program
from governance.catalogue.querysets import areas_held
from governance.catalogue.responsibilities import HoldsSomewhere, held_in
from governance.catalogue.schemas import problems_of_schema, problems_of_values
from governance.catalogue.vocabulary import Duty, Mark, ParameterState, Payer, Pillar2005, ProgramState, Protection
from governance.stakeholders.responsibilities import Own

KEEPER = Holds(Duty.KEEP_CATALOGUE)
OTHER_KEEPER = KEEPER & ~Own("proposed_by")
DESCRIBED = ("name", "name_en", "purpose", "purpose_en", "tier", "pillar_1994", "branch", "pooling", "maturity", "basis", "basis_en", "since", "note", "note_en")  # fmt: skip
OWN = ("fields_schema", "details")


def _ticks(label: Any, choices: Any, *, required: bool = True) -> forms.Field:
    return forms.MultipleChoiceField(label=label, choices=choices, required=required, widget=forms.CheckboxSelectMultiple)


class _Described(Action):
    """What proposing and changing a program have in common."""

    inputs = {
        "pillars_2005": _ticks(gettext_lazy("Pillars (World Bank 2005)"), Pillar2005.choices, required=False),
        "protection": _ticks(gettext_lazy("Kind of protection"), Protection.choices),
        "payers": _ticks(gettext_lazy("Who pays"), Payer.choices, required=False),
    }

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return areas_held(actor, Duty.KEEP_CATALOGUE) if name == "area" else None

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        names = ("pillars_2005", "protection", "payers") if record is not None else ()
        return super().initial(actor, record) | {name: getattr(record, name) for name in names}

    @staticmethod
    def checked(data: dict[str, Any]) -> dict[str, Any]:
        """The same with its own fields checked against the schema it brings."""
        schema, details = data.get("fields_schema") or {}, data.get("details") or {}
        if problem := problems_of_schema(schema):
            raise Refused(problem, field="fields_schema")
        if problem := problems_of_values(schema, details):
            raise Refused(problem, field="details")
        pillars = [int(one) for one in data.get("pillars_2005") or []]
        return data | {"fields_schema": schema, "details": details, "pillars_2005": pillars}


class ProposeProgram(_Described):
    """A program is described for the catalogue; somebody else puts it in."""

    makes = Program
    by = HoldsSomewhere(Duty.KEEP_CATALOGUE)
    end = ProgramState.PROPOSED
    fields = ("code", "area", *DESCRIBED, *OWN)

    def perform(self, record: None, **data: Any) -> Program:
        if not held_in(self.actor, Duty.KEEP_CATALOGUE, data["area"].pk):
            raise Refused(_("You keep the catalogue for other areas."), field="area")
        return Program(proposed_by_id=self.actor.user_id, **self.checked(data))


class PublishProgram(Action):
    """A second person has looked at the description and puts it into the catalogue."""

    record = Program
    by = OTHER_KEEPER
    start, end = {ProgramState.PROPOSED}, ProgramState.PUBLISHED


class WithdrawProgram(Action):
    """The description does not become part of the catalogue."""

    record = Program
    by = KEEPER
    start, end = {ProgramState.PROPOSED}, ProgramState.WITHDRAWN
    reason = True


class ChangeProgram(_Described):
    """The description is corrected, or the program has come further."""

    record = Program
    by = KEEPER
    start = {ProgramState.PROPOSED, ProgramState.PUBLISHED}
    fields = (*DESCRIBED, *OWN)
    reason = True

    def perform(self, record: Program, **data: Any) -> None:
        super().perform(record, **self.checked(data))


class EndProgram(Action):
    """The program has ended; its history stays."""

    record = Program
    by = KEEPER
    start, end = {ProgramState.PUBLISHED}, ProgramState.ENDED
    reason = True


class ProposeParameter(Action):
    """A value is proposed with its source; it changes nothing before somebody else activates it."""

    called = "Propose a value"
    record, makes = Program, Parameter
    by = HoldsSomewhere(Duty.KEEP_CATALOGUE)
    start, end = {ProgramState.PROPOSED, ProgramState.PUBLISHED}, ParameterState.PROPOSED
    fields = ("key", "area", "name", "name_en", "value", "unit", "effective_from", "effective_until", "source", "source_en", "note", "note_en")

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return areas_held(actor, Duty.KEEP_CATALOGUE) if name == "area" else None

    def perform(self, record: Program, **data: Any) -> Parameter:
        if not held_in(self.actor, Duty.KEEP_CATALOGUE, data["area"].pk):
            raise Refused(_("You keep the catalogue for other areas."), field="area")
        value = data.pop("value")
        value = str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value
        if not rules.fits(value, data["unit"]):
            raise Refused(_("This is no value in that unit: write a number, words in quotation marks, or a table as a JSON object."), field="value")
        mark = Mark.EXAMPLE if data["area"].is_synthetic else Mark.UNVERIFIED
        return Parameter(program=record, value=value, mark=mark, proposed_by_id=self.actor.user_id, **data)


class ActivateParameter(Action):
    """A second person has seen what would change, and puts the value in force from its first day."""

    called = "Activate this value"
    record = Parameter
    by = OTHER_KEEPER
    start, end = {ParameterState.PROPOSED}, ParameterState.ACTIVATED

    def perform(self, record: Parameter, **data: Any) -> None:
        before = Parameter.objects.in_force_on(record.effective_from).versions_of(record).first()
        if before is None:
            return
        if before.effective_from == record.effective_from or before.effective_until is not None:
            raise Refused(_("Another value is in force on that day, and its last day is fixed. Choose another first day."))
        EndParameter.do(self.actor, before, effective_until=record.effective_from, reason=_("Followed by %(reference)s") % {"reference": record.reference})


class WithdrawParameter(Action):
    """The proposed value is not needed."""

    called = "Withdraw this value"
    record = Parameter
    by = KEEPER
    start, end = {ParameterState.PROPOSED}, ParameterState.WITHDRAWN
    reason = True


class EndParameter(Action):
    """The value ends; what was worked out with it stays as it was."""

    called = "End this value"
    record = Parameter
    by = KEEPER
    start = {ParameterState.ACTIVATED}
    fields = ("effective_until",)
    reason = True

    def perform(self, record: Parameter, *, effective_until: Any) -> None:
        if effective_until is None:
            raise Refused(_("Name the first day on which it holds no longer."), field="effective_until")
        record.effective_until = effective_until


class VerifyParameter(Action):
    """Somebody other than the proposer has read the value in the text of the source and says where."""

    called = "Confirm the source"
    record = Parameter
    by = OTHER_KEEPER
    start = {ParameterState.PROPOSED, ParameterState.ACTIVATED}
    fields = ("source", "source_en")
    reason = True

    def perform(self, record: Parameter, **data: Any) -> None:
        if record.mark == Mark.EXAMPLE:
            raise Refused(_("An example is no law, whatever its source."))
        super().perform(record, **data)
        record.mark, record.verified_on = Mark.VERIFIED, self.today
