"""What may be done with plans, the accounts of their members, and what is paid out of them."""

from programs.annuities.actions.accounts import CloseAccount, ConfirmFunding, EnrolMember
from programs.annuities.actions.collectives import (
    CloseCollective,
    JoinCollective,
    OfferCollective,
    OpenCollective,
    RefuseCollective,
    RegisterOccupational,
)
from programs.annuities.actions.importing import ImportAnnuityContributions, ImportAnnuityMembers, ImportAnnuityReturns
from programs.annuities.actions.leaving import (
    DoNotObject,
    EndEmployment,
    EnterThatMemberWasTold,
    ForfeitUnvested,
    GiveWhole,
    ObjectToForfeiture,
    SettleObjection,
)
from programs.annuities.actions.parties import NameParties, ReportAssets, ReportReturn, TakeReportBack
from programs.annuities.actions.payouts import (
    AskForPayout,
    CompletePayout,
    EnterHeir,
    GrantPayout,
    Pay,
    RefusePayout,
    ReleasePayout,
    TakePayoutBack,
)
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
    "AmendPlan", "AnswerQuestions", "AskForPayout", "CloseAccount", "CloseCollective", "CompletePayout", "ConfirmFunding", "ConfirmPlan", "DoNotObject", "EndEmployment", "EndPlan", "EnrolMember", "EnterHeir", "EnterThatMemberWasTold",
    "FilePlan", "ForfeitUnvested", "GiveWhole", "GrantPayout", "ImportAnnuityContributions", "ImportAnnuityMembers", "ImportAnnuityReturns", "JoinCollective", "NameParties", "ObjectToForfeiture", "OfferCollective", "OpenCollective", "Pay",
    "QuestionPlan", "RefuseCollective", "RefusePayout", "RegisterOccupational", "ReleasePayout", "ReportAssets", "ReportReturn", "SettleObjection", "SupersedePlan", "TakeEffect", "TakePayoutBack", "TakeReportBack", "WithdrawPlan",
]  # fmt: skip
