"""What insured people ask for, and the steps of the offices: transfers between areas, claims."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Holds, Party, Refused, Starts
from governance.stakeholders.models import Area
from programs.insurance.models import Claim, Insured, Transfer
from programs.insurance.vocabulary import ClaimKind, ClaimState, Duty, InsuredState, TransferState

PERSON = Party("person", gettext_lazy("the insured person"))
WHOSE = Party("insured__person", gettext_lazy("the insured person"))
STEP = Starts("SI_TRANSFER")
PERIODS = {
    ClaimKind.PENSION: "SI_PENSION", ClaimKind.MEDICAL: "SI_MEDICAL", ClaimKind.MATERNITY: "SI_MATERNITY",
    ClaimKind.UNEMPLOYMENT: "SI_UNEMP", ClaimKind.INJURY: "SI_INJURY_DEC", ClaimKind.ABILITY: "SI_ABILITY",
}  # fmt: skip


class AskForTransfer(Action):
    """Somebody has moved and wants the account to follow; the new place examines that first."""

    called = "Take the account along to another place"
    record = Insured
    makes, end = Transfer, TransferState.ASKED
    by = PERSON
    start = {"insured"}
    fields = ("area",)
    starts = STEP

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """Counties: accounts are kept there."""
        return Area.objects.filter(level=4).order_by("code") if name == "area" else None

    def perform(self, record: Insured, **data: Any) -> Transfer:
        if data["area"].pk == record.area_id:
            raise Refused(_("The account is kept there already."), field="area")
        return Transfer(insured=record, old_area_id=record.area_id, area=data["area"])


class RequestAccount(Action):
    """First step: the new place has examined the request and asks the old place for the account."""

    called = "Ask the old place for the account"
    record = Transfer
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {TransferState.ASKED}, TransferState.REQUESTED
    restarts = ("SI_TRANSFER",)
    tells = ("insured__person",)


class SendAccount(Action):
    """Second step: the old place draws up what the account holds and hands it over."""

    called = "Hand the account over"
    record = Transfer
    by = Holds(Duty.KEEP_ACCOUNTS, "old_area")
    start, end = {TransferState.REQUESTED}, TransferState.INFORMED
    restarts = ("SI_TRANSFER",)
    select = ("insured",)
    tells = ("insured__person",)

    def perform(self, record: Transfer, **data: Any) -> None:
        paid = record.insured.contributions.all()
        record.months, record.amount = paid.months_by_branch().get("pension", 0), paid.credited()


class EnterAccount(Action):
    """Third step: the new place enters the account; from now on it is kept there."""

    called = "Enter the account"
    record = Transfer
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {TransferState.INFORMED}, TransferState.DONE
    stops = ("SI_TRANSFER",)
    tells = ("insured__person",)

    def perform(self, record: Transfer, **data: Any) -> None:
        Insured.objects.filter(pk=record.insured_id).update(area_id=record.area_id)


class RefuseTransfer(Action):
    """The account stays where it is, and the new place says why."""

    called = "Do not transfer"
    record = Transfer
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {TransferState.ASKED, TransferState.INFORMED}, TransferState.REFUSED
    reason = True
    stops = ("SI_TRANSFER",)
    tells = ("insured__person",)


class WithdrawTransfer(Action):
    """Whoever asked for the transfer takes that back."""

    record = Transfer
    by = WHOSE
    start, end = {TransferState.ASKED, TransferState.REQUESTED}, TransferState.WITHDRAWN
    voids = ("SI_TRANSFER",)


class ClaimBenefit(Action):
    """Somebody asks for a benefit of basic insurance; by law it is decided within a period that begins now."""

    called = "Claim a benefit"
    record = Insured
    makes, end = Claim, ClaimState.RECEIVED
    by = PERSON
    start = {"insured"}
    fields = ("kind", "words")
    place = 1
    starts = tuple(Starts(rule, where=("kind", frozenset({str(kind)}))) for kind, rule in PERIODS.items())

    def perform(self, record: Insured, **data: Any) -> Claim:
        return Claim(insured=record, area_id=record.area_id, months=record.contributions.all().months_by_branch().get("pension", 0), **data)


class GrantClaim(Action):
    """The office grants the benefit."""

    called = "Grant"
    record = Claim
    by = Holds(Duty.DECIDE_CLAIMS)
    start, end = {ClaimState.RECEIVED}, ClaimState.GRANTED
    fields = ("monthly_amount",)
    stops = tuple(PERIODS.values())
    tells = ("insured__person",)


class RefuseClaim(Action):
    """The office refuses the benefit, and says why and what can be done about it."""

    called = "Refuse"
    record = Claim
    by = Holds(Duty.DECIDE_CLAIMS)
    start, end = {ClaimState.RECEIVED}, ClaimState.REFUSED
    reason = True
    stops = tuple(PERIODS.values())
    tells = ("insured__person",)


class WithdrawClaim(Action):
    """Whoever claimed the benefit takes that back."""

    record = Claim
    by = WHOSE
    start, end = {ClaimState.RECEIVED}, ClaimState.WITHDRAWN
    voids = tuple(PERIODS.values())


class CloseAccount(Action):
    """The account ends, as by death or by leaving the country for good; nobody may still be registered as working with it."""

    called = "Close the account"
    record = Insured
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {InsuredState.INSURED}, InsuredState.CLOSED
    reason = True
    place = ASIDE
    tells = ("person",)

    def perform(self, record: Insured, **data: Any) -> None:
        if record.spells.filter(state__in=["declared", "registered"]).exists():
            raise Refused(_("A spell of work still runs. Enter its end first."))
