"""What may be done with plans, the accounts of their members, and what is paid out of them."""

from programs.annuities.actions.accounts import CloseAccount, EndEmployment, EnrolMember, NameKeeper
from programs.annuities.actions.importing import ImportAnnuityContributions, ImportAnnuityMembers, ImportAnnuityReturns
from programs.annuities.actions.payouts import AskForPayout, CompletePayout, GrantPayout, Pay, RefusePayout, TakePayoutBack
from programs.annuities.actions.plans import (
    AmendPlan,
    AnswerQuestions,
    ConfirmPlan,
    EndPlan,
    FilePlan,
    QuestionPlan,
    SupersedePlan,
    TakeEffect,
    WithdrawPlan,
)

__all__ = [
    "AmendPlan", "AnswerQuestions", "AskForPayout", "CloseAccount", "CompletePayout", "ConfirmPlan", "EndEmployment", "EndPlan", "EnrolMember", "FilePlan", "GrantPayout",
    "ImportAnnuityContributions", "ImportAnnuityMembers", "ImportAnnuityReturns", "NameKeeper", "Pay", "QuestionPlan", "RefusePayout", "SupersedePlan", "TakeEffect", "TakePayoutBack", "WithdrawPlan",
]  # fmt: skip
