"""What may be done in the registry of basic insurance, by whom, and by when."""

from programs.insurance.actions.employers import (
    DeclareSpell,
    DrawUpStatement,
    EndSpell,
    FindArrears,
    ReconcileStatement,
    RefuseSpell,
    RegisterSpell,
    SettleStatement,
    WorkForMyself,
)
from programs.insurance.actions.importing import ImportContributions, ImportRoster
from programs.insurance.actions.people import (
    AskForTransfer,
    ClaimBenefit,
    CloseAccount,
    EnterAccount,
    GrantClaim,
    RefuseClaim,
    RefuseTransfer,
    RequestAccount,
    SendAccount,
    WithdrawClaim,
    WithdrawTransfer,
)

__all__ = [
    "AskForTransfer",
    "ClaimBenefit",
    "CloseAccount",
    "DeclareSpell",
    "DrawUpStatement",
    "EndSpell",
    "EnterAccount",
    "FindArrears",
    "GrantClaim",
    "ImportContributions",
    "ImportRoster",
    "ReconcileStatement",
    "RefuseClaim",
    "RefuseSpell",
    "RefuseTransfer",
    "RegisterSpell",
    "RequestAccount",
    "SendAccount",
    "SettleStatement",
    "WithdrawClaim",
    "WithdrawTransfer",
    "WorkForMyself",
]
