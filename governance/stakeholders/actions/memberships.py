"""Members of an organisation: invited, with roles, until they leave."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Refused
from governance.stakeholders.actions.organisations import ORGANISATION
from governance.stakeholders.models import Membership, Stakeholder
from governance.stakeholders.responsibilities import Addressed, Administers, Own
from governance.stakeholders.vocabulary import MembershipState, Role, StakeholderState
from governance.text import EmailField

ROLES = forms.MultipleChoiceField(
    label=gettext_lazy("Roles"), choices=Role.choices, widget=forms.CheckboxSelectMultiple, initial=[Role.OFFICER],
    help_text=gettext_lazy("A reader may look, an officer may act, an administrator may invite and remove members."),
)  # fmt: skip


class InviteMember(Action):
    """An administrator invites somebody by their e-mail address to act for the organisation."""

    called = "Invite a member"
    record, makes = Stakeholder, Membership
    by = Administers("pk")
    start, end = {StakeholderState.REGISTERED, StakeholderState.APPROVED}, MembershipState.INVITED
    provided = ORGANISATION
    inputs = {"email": EmailField(label=gettext_lazy("Their e-mail address"), max_length=254), "roles": ROLES}

    def perform(self, record: Stakeholder, *, email: str, roles: list[str]) -> Membership:
        if Membership.objects.active().filter(stakeholder=record, user__email__iexact=email).exists():
            raise Refused(_("This person is already a member."), field="email")
        return Membership(stakeholder=record, area_id=record.area_id, invited_email=email, roles=roles)


class AcceptInvitation(Action):
    """The person who was invited accepts, and may act for the organisation from now on."""

    record = Membership
    by = Addressed("invited_email")
    start, end = {MembershipState.INVITED}, MembershipState.ACTIVE
    tells = ("stakeholder",)

    def perform(self, record: Membership) -> None:
        record.user, record.person, record.since = self.actor.user, self.actor.user.person, self.today


class DeclineInvitation(Action):
    """The person who was invited does not want to act for the organisation."""

    record = Membership
    by = Addressed("invited_email")
    start, end = {MembershipState.INVITED}, MembershipState.DECLINED
    tells = ("stakeholder",)


class WithdrawInvitation(Action):
    """An administrator takes an invitation back."""

    record = Membership
    place = ASIDE
    by = Administers("stakeholder")
    start, end = {MembershipState.INVITED}, MembershipState.REMOVED


class ChangeRoles(Action):
    """An administrator changes what a member may do for the organisation."""

    record = Membership
    by = Administers("stakeholder")
    start = {MembershipState.ACTIVE}
    inputs = {"roles": ROLES}
    tells = ("person",)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {"roles": record.roles}

    def perform(self, record: Membership, *, roles: list[str]) -> None:
        if Role.ADMINISTRATOR not in roles:
            _somebody_stays(record, "roles")
        record.roles = roles


class LeaveOrganisation(Action):
    """A member leaves and does not act for the organisation any more."""

    record = Membership
    place = ASIDE
    by = Own("user")
    start, end = {MembershipState.ACTIVE}, MembershipState.LEFT
    tells = ("stakeholder",)

    def perform(self, record: Membership) -> None:
        _somebody_stays(record)
        record.until = self.today


class RemoveMember(Action):
    """An administrator ends a membership, and says why."""

    record = Membership
    place = ASIDE
    by = Administers("stakeholder") & ~Own("user")
    start, end = {MembershipState.ACTIVE}, MembershipState.REMOVED
    reason = True
    tells = ("person",)

    def perform(self, record: Membership) -> None:
        record.until = self.today


def _somebody_stays(membership: Membership, field: str | None = None) -> None:
    if not Membership.objects.administrators_of(membership.stakeholder_id).exclude(pk=membership.pk).exists():
        raise Refused(_("This is the only administrator. Make somebody else one first."), field=field)
