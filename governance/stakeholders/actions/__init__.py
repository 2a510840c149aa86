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
    ChangeHead,
    CloseHousehold,
    ConfirmHousehold,
    DeclareHousehold,
    LeaveHousehold,
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
    ApproveName,
    ApproveOrganisation,
    ChangeOrganisationDetails,
    EndOrganisation,
    RefuseName,
    RegisterOrganisation,
    RejectOrganisation,
)

__all__ = [
    "AcceptDelegation",
    "AcceptInvitation",
    "AddToHousehold",
    "ApproveName",
    "ApproveOrganisation",
    "ChangeHead",
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
    "LeaveHousehold",
    "LeaveOrganisation",
    "LetSomebodyAct",
    "RefuseName",
    "RegisterOrganisation",
    "RejectOrganisation",
    "RemoveMember",
    "ReturnDelegation",
    "RevokeDelegation",
    "TakeFromHousehold",
    "VerifyIdentity",
    "WithdrawInvitation",
]
