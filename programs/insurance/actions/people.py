"""The account of a person: its transfers from area to area, step by step, and its end."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Holds, Party, Refused, Starts
from governance.clocks.now import today
from governance.stakeholders.models import Area
from programs.insurance.models import Base, Contribution, Correction, Insured, Transfer
from programs.insurance.vocabulary import OPEN_CLAIM, OPEN_TRANSFER, Duty, InsuredState, TransferState

PERSON = Party("person", gettext_lazy("the insured person"))
WHOSE = Party("insured__person", gettext_lazy("the insured person"))
STEP = Starts("SI_TRANSFER")


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
        """Counties there are today: accounts are kept there."""
        return Area.objects.filter(level=4).valid_on(today()).order_by("code") if name == "area" else None

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
        record.months, record.amount, record.drawn_on = paid.months_by_branch().get("pension", 0), paid.credited(), self.today


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
    start, end = set(OPEN_TRANSFER), TransferState.REFUSED
    reason = True
    stops = ("SI_TRANSFER",)
    tells = ("insured__person",)


class WithdrawTransfer(Action):
    """Whoever asked for the transfer takes that back."""

    record = Transfer
    by = WHOSE
    start, end = {TransferState.ASKED, TransferState.REQUESTED}, TransferState.WITHDRAWN
    voids = ("SI_TRANSFER",)


class CloseAccount(Action):
    """The account ends as of a day, as by death or by leaving the country for good; nothing of it may be open or reach beyond."""

    called = "Close the account"
    record = Insured
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {InsuredState.INSURED}, InsuredState.CLOSED
    reason = True
    fields = ("closed_on",)
    place = ASIDE
    tells = ("person",)

    def perform(self, record: Insured, **data: Any) -> None:
        closed_on = data.get("closed_on")
        if closed_on is None or not record.born_on(self.today) <= closed_on <= self.today:
            raise Refused(_("Say which day was the last: not before birth, and not a day to come."), field="closed_on")
        if is_open := list(_open(record, closed_on)):
            raise Refused(_("First end, decide or correct what is open or reaches beyond that day: %(what)s.") % {"what": ", ".join(is_open)})
        record.closed_on = closed_on


def _open(record: Insured, closed_on: date) -> Iterator[str]:
    """What still runs with an account, or goes beyond its last day, by reference."""
    yield from record.spells.filter(Q(state__in=["declared", "registered"]) | Q(state="ended", until__gt=closed_on)).values_list("reference", flat=True)
    yield from Base.objects.filter(spell__insured=record, state="declared").values_list("reference", flat=True)
    yield from record.claims.filter(state__in=OPEN_CLAIM).values_list("reference", flat=True)
    yield from record.transfers.filter(state__in=OPEN_TRANSFER).values_list("reference", flat=True)
    yield from Correction.objects.filter(insured=record, state="asked").values_list("reference", flat=True)
    for month in Contribution.objects.of(record).filter(month__gt=closed_on).order_by("month").values_list("month", flat=True).distinct():
        yield _("contributions for %(month)s") % {"month": f"{month:%Y-%m}"}
