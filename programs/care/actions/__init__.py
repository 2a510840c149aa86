"""What may be done with homes, places, beds and reservations, by whom, and by when."""

from programs.care.actions.beds import AddBeds, ChangeBed, RemoveBed, ReturnBed, TakeBedOut
from programs.care.actions.capacity import (
    ConfirmNothingChanged,
    RemindOfCapacity,
    ReportCapacity,
    ReportNumbers,
    VerifyCapacity,
)
from programs.care.actions.filing import ExtendAnswer, FinishInspection, InspectHome
from programs.care.actions.homes import (
    AcceptFiling,
    ChangeHomeDetails,
    ChangePrices,
    CloseHome,
    EnterRating,
    RegisterHome,
    ReopenHome,
    ResubmitHome,
    ReturnFiling,
    SuspendHome,
)
from programs.care.actions.importing import (
    ImportBeds,
    ImportBedsOfArea,
    ImportHomes,
)
from programs.care.actions.requests import AskForNeighbouringBed, AskForPlace, ReserveBed, WithdrawReservation
from programs.care.actions.residents import RegisterResident
from programs.care.actions.staying import (
    DischargeResident,
    EndFormerStay,
    EndMootRequest,
    ExtendStay,
    RecordDeath,
    ShortenStay,
    TransferResident,
)
from programs.care.actions.stays import (
    AdmitResident,
    ChooseBed,
    ConfirmReservation,
    DeclineReservation,
    LapseHold,
    LapseReservation,
)

__all__ = [
    "AcceptFiling",
    "AddBeds",
    "AdmitResident",
    "AskForNeighbouringBed",
    "AskForPlace",
    "ChangeBed",
    "ChangeHomeDetails",
    "ChangePrices",
    "ChooseBed",
    "CloseHome",
    "ConfirmNothingChanged",
    "ConfirmReservation",
    "DeclineReservation",
    "DischargeResident",
    "EndFormerStay",
    "EndMootRequest",
    "EnterRating",
    "ExtendAnswer",
    "ExtendStay",
    "FinishInspection",
    "ImportBeds",
    "ImportBedsOfArea",
    "ImportHomes",
    "InspectHome",
    "LapseHold",
    "LapseReservation",
    "RecordDeath",
    "RegisterHome",
    "RegisterResident",
    "RemindOfCapacity",
    "RemoveBed",
    "ReopenHome",
    "ReportCapacity",
    "ReportNumbers",
    "ReserveBed",
    "ResubmitHome",
    "ReturnBed",
    "ReturnFiling",
    "ShortenStay",
    "SuspendHome",
    "TakeBedOut",
    "TransferResident",
    "VerifyCapacity",
    "WithdrawReservation",
]
