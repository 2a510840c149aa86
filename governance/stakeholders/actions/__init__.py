"""What may be done with organisations, memberships, mandates, delegations, identities and households."""

from governance.stakeholders.actions.delegations import (
    AcceptDelegation,
    DeclineDelegation,
    LetSomebodyAct,
    ReturnDelegation,
    RevokeDelegation,
)
from governance.stakeholders.actions.households import (
    AddToHousehold,
    CloseHousehold,
    ConfirmHousehold,
    DeclareHousehold,
    TakeFromHousehold,
)
from governance.stakeholders.actions.identity import VerifyIdentity
from governance.stakeholders.actions.mandates import EndMandate, GrantMandate
from governance.stakeholders.actions.memberships import (
    AcceptInvitation,
    ChangeRoles,
    DeclineInvitation,
    InviteMember,
    LeaveOrganisation,
    RemoveMember,
    WithdrawInvitation,
)
from governance.stakeholders.actions.organisations import (
    ApproveOrganisation,
    ChangeOrganisationDetails,
    EndOrganisation,
    RegisterOrganisation,
    RejectOrganisation,
)

__all__ = [
    "AcceptDelegation",
    "AcceptInvitation",
    "AddToHousehold",
    "ApproveOrganisation",
    "ChangeOrganisationDetails",
    "ChangeRoles",
    "CloseHousehold",
    "ConfirmHousehold",
    "DeclareHousehold",
    "DeclineDelegation",
    "DeclineInvitation",
    "EndMandate",
    "EndOrganisation",
    "GrantMandate",
    "InviteMember",
    "LeaveOrganisation",
    "LetSomebodyAct",
    "RegisterOrganisation",
    "RejectOrganisation",
    "RemoveMember",
    "ReturnDelegation",
    "RevokeDelegation",
    "TakeFromHousehold",
    "VerifyIdentity",
    "WithdrawInvitation",
]
