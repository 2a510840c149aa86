"""Organisations: registered by somebody, approved by who holds that duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Assurance, Holds, Kind, Party, Refused, Starts
from governance.actions.records import new_reference
from governance.stakeholders import validators
from governance.stakeholders.inputs import AreaField, alike
from governance.stakeholders.models import Membership, Stakeholder
from governance.stakeholders.responsibilities import Administers, InPerson
from governance.stakeholders.vocabulary import Duty, MembershipState, Role, StakeholderKind, StakeholderState, Subkind

ORGANISATION = ~Q(kind=StakeholderKind.CITIZEN)
DETAILS = ("name", "name_en", "phone", "email", "address")
TYPES = [(kind.value, kind.label) for kind in Subkind if kind != Subkind.PERSON]


class RegisterOrganisation(Action):
    """Somebody registers the organisation they work for and becomes its first administrator; an office checks it."""

    called = "Register an organisation"
    makes = Stakeholder
    by = Kind(StakeholderKind.CITIZEN) & InPerson()
    end = StakeholderState.REGISTERED
    fields = ("name", "name_en", "uscc", "phone", "email", "address")
    inputs = {"subkind": forms.ChoiceField(label=gettext_lazy("Type"), choices=TYPES), "place": AreaField()}
    starts = Starts("stakeholders.answer-registration")
    assurance = Assurance.CONTACT

    def perform(self, record: None, *, subkind: str, place: Any, uscc: str = "", **data: Any) -> Stakeholder:
        kind = Subkind(subkind).kind
        if kind != StakeholderKind.SOCIAL and not uscc:
            raise Refused(_("Give the credit code: every enterprise and every government body has one."), field="uscc")
        try:
            read = validators.read_credit_code(uscc) if uscc else None
        except ValidationError as problem:
            raise Refused(problem.message, field="uscc") from problem
        if read and read.side and read.side != kind:
            raise Refused(_("A credit code that begins so does not belong to an organisation of this type."), field="subkind")
        organisation = Stakeholder(
            kind=kind, subkind=subkind, area=place, uscc=read.code if read else "", registered_by=self.actor.stakeholder,
            level=_level(kind, place), reference=new_reference(Stakeholder.reference_prefix), state=self.end, **data,
        )  # fmt: skip
        organisation.save(force_insert=True)
        Membership.objects.create(
            stakeholder=organisation, user=self.actor.user, person=self.actor.user.person, area=place, since=self.today,
            invited_email=self.actor.user.email, roles=[Role.ADMINISTRATOR, Role.OFFICER], state=MembershipState.ACTIVE,
        )  # fmt: skip
        return organisation


def _level(kind: str, place: Any) -> int | None:
    return place.level if kind == StakeholderKind.GOVERNMENT else None


class ApproveOrganisation(Action):
    """The office finds the registration right; from now on the organisation can act."""

    record = Stakeholder
    by = Holds(Duty.APPROVE_ORGANISATIONS) & ~Party("registered_by", gettext_lazy("whoever registered it")) & ~Party("pk", gettext_lazy("the one concerned"))
    start, end = {StakeholderState.REGISTERED}, StakeholderState.APPROVED
    provided = ORGANISATION
    stops = ("stakeholders.answer-registration",)
    tells = ("registered_by",)


class RejectOrganisation(Action):
    """The office finds that the registration cannot stand, and says why."""

    record = Stakeholder
    by = Holds(Duty.APPROVE_ORGANISATIONS) & ~Party("registered_by", gettext_lazy("whoever registered it")) & ~Party("pk", gettext_lazy("the one concerned"))
    start, end = {StakeholderState.REGISTERED}, StakeholderState.REJECTED
    provided = ORGANISATION
    reason = True
    stops = ("stakeholders.answer-registration",)
    tells = ("registered_by",)


class ChangeOrganisationDetails(Action):
    """An administrator corrects what is published about the organisation; a new name waits until the office has approved it."""

    record = Stakeholder
    by = Administers("pk")
    start = {StakeholderState.REGISTERED, StakeholderState.APPROVED}
    provided = ORGANISATION
    fields = DETAILS
    starts = Starts("stakeholders.answer-registration", where=("is_renaming", frozenset({True})))

    def perform(self, record: Stakeholder, *, name: str, name_en: str = "", **data: Any) -> None:
        for field, value in data.items():
            setattr(record, field, value)
        if (alike(name), name_en) == (alike(record.name), record.name_en):
            return
        if record.state == StakeholderState.REGISTERED:  # the office has still to look at all of it
            record.name, record.name_en = name, name_en
            return
        record.is_renaming = record.asked_name == ""  # one period runs; what is asked for may still change
        record.asked_name, record.asked_name_en = name, name_en


class _Name(Action):
    """The office decides on a new name."""

    place = 2
    start = {StakeholderState.APPROVED}
    provided = ORGANISATION & ~Q(asked_name="")
    stops = ("stakeholders.answer-registration",)
    tells = ("pk",)


class ApproveName(_Name):
    """The office has seen the document on the new name; from now on it is the organisation's name everywhere."""

    called = "Approve the new name"
    record = Stakeholder
    by = Holds(Duty.APPROVE_ORGANISATIONS) & ~Party("pk", gettext_lazy("the one concerned"))

    def perform(self, record: Stakeholder) -> None:
        record.name, record.name_en = record.asked_name, record.asked_name_en
        record.asked_name = record.asked_name_en = ""


class RefuseName(_Name):
    """The office finds that the new name cannot stand, and says why; the old one stays."""

    called = "Refuse the new name"
    record = Stakeholder
    by = Holds(Duty.APPROVE_ORGANISATIONS) & ~Party("pk", gettext_lazy("the one concerned"))
    reason = True

    def perform(self, record: Stakeholder) -> None:
        record.asked_name = record.asked_name_en = ""


class EndOrganisation(Action):
    """The office takes an organisation that has ended out of the register; nobody acts for it any more."""

    record = Stakeholder
    place = ASIDE
    by = Holds(Duty.APPROVE_ORGANISATIONS) & ~Party("pk", gettext_lazy("the one concerned"))
    start, end = {StakeholderState.APPROVED}, StakeholderState.ENDED
    provided = ORGANISATION
    reason = True
    tells = ("registered_by",)
