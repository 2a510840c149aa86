"""What may be done with products and policies, by whom, and by when."""

from programs.policies.actions.importing import ImportPolicies
from programs.policies.actions.policies import (
    CorrectHolder,
    EndPolicy,
    GiveToHolder,
    LapsePolicy,
    LookForHolder,
    RegisterPolicy,
    RevivePolicy,
    TakeFromHolder,
    UpdatePolicy,
)
from programs.policies.actions.products import (
    AnswerQuestions,
    FileNewVersion,
    FileProduct,
    PassProduct,
    QuestionProduct,
    RefuseProduct,
    ReplaceVersion,
    StartSale,
    StopSale,
    WithdrawProduct,
)

__all__ = [
    "AnswerQuestions",
    "CorrectHolder",
    "EndPolicy",
    "FileNewVersion",
    "FileProduct",
    "GiveToHolder",
    "ImportPolicies",
    "LapsePolicy",
    "LookForHolder",
    "PassProduct",
    "QuestionProduct",
    "RefuseProduct",
    "RegisterPolicy",
    "ReplaceVersion",
    "RevivePolicy",
    "StartSale",
    "StopSale",
    "TakeFromHolder",
    "UpdatePolicy",
    "WithdrawProduct",
]
