"""Organisations: registered by somebody, approved by who holds that duty."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Assurance, Holds, Kind, Party, Refused, Starts
from governance.actions.records import new_reference
from governance.stakeholders import validators
from governance.stakeholders.inputs import AreaField
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
        read = validators.read_credit_code(uscc) if uscc else None
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
    """An administrator corrects what is published about the organisation."""

    record = Stakeholder
    by = Administers("pk")
    start = {StakeholderState.REGISTERED, StakeholderState.APPROVED}
    provided = ORGANISATION
    fields = DETAILS


class EndOrganisation(Action):
    """The office takes an organisation that has ended out of the register; nobody acts for it any more."""

    record = Stakeholder
    place = ASIDE
    by = Holds(Duty.APPROVE_ORGANISATIONS) & ~Party("pk", gettext_lazy("the one concerned"))
    start, end = {StakeholderState.APPROVED}, StakeholderState.ENDED
    provided = ORGANISATION
    reason = True
    tells = ("registered_by",)
