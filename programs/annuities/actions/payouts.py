"""What may be done to draw money from an account: asked, decided within its time, paid or carried over."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Assurance, Party, Refused, Starts
from programs.annuities.models import Account, Entry, Payout
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import AccountState, EntryKind, PayoutState, Way

ANSWERS = "annuities.answer-payout"
MEMBER = Party("account__member", gettext_lazy("the member"))
KEEPER = Party("account__plan__keeper", gettext_lazy("the keeper of the accounts")) & ~MEMBER


class AskForPayout(Action):
    """The member asks for money out of the account, or to carry it over to the plan of a new employer."""

    place = 1
    called = "Ask for a payout"
    record, makes = Account, Payout
    by = Party("member", gettext_lazy("the member"))
    start, end = {AccountState.LEFT}, PayoutState.ASKED
    fields = ("occasion", "way", "into")
    assurance = Assurance.IDENTITY
    starts = Starts(ANSWERS)
    select = ("plan",)
    tells = ("account__plan__keeper",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """The member's accounts in other plans."""
        return Account.objects.beside(record) if record is not None else Account.objects.none()

    def perform(self, record: Account, *, occasion: str, way: str, into: Account | None = None) -> Payout:
        if record.plan.keeper_id is None:
            raise Refused(_("Nobody keeps the accounts of this plan here. Ask the employer or the account manager directly."))
        if not accounts.suits(occasion, way):
            raise Refused(_("On this occasion the money is not paid in this way."), field="way")
        if (way == Way.CARRIED) != (into is not None):
            raise Refused(_("Choose the account in the new plan when it is carried over, and only then."), field="into")
        if into is not None and not Account.objects.beside(record).filter(pk=into.pk).exists():
            raise Refused(_("This is not an account of yours that is paid into."), field="into")
        return Payout(account=record, area_id=record.area_id, occasion=occasion, way=way, into=into)


class TakePayoutBack(Action):
    """The member changes their mind before it is decided."""

    place = 8
    called = "Take it back"
    record = Payout
    by = MEMBER
    start, end = {PayoutState.ASKED}, PayoutState.TAKEN_BACK
    voids = (ANSWERS,)


class GrantPayout(Action):
    """The keeper of the accounts grants it. What is carried over, is so at once and belongs to the member whole."""

    place = 1
    called = "Grant it"
    record = Payout
    by = KEEPER
    start, end = {PayoutState.ASKED}, PayoutState.GRANTED
    stops = (ANSWERS,)
    tells = ("account__member",)
    select = ("account__plan", "into")

    def perform(self, record: Payout, **data: Any) -> None:
        if record.way != Way.CARRIED:
            return
        balance, month = record.account.balance(), self.today.replace(day=1)
        Entry.objects.bulk_create([
            Entry(account=record.account, kind=EntryKind.CARRIED_OUT, month=month, employer_amount=-balance.employer, own_amount=-balance.own),
            # All of it was vested: as the own part, no table of the new plan takes anything away again.
            Entry(account=record.into, kind=EntryKind.CARRIED_IN, month=month, own_amount=balance.total),
        ])


class RefusePayout(Action):
    """The keeper of the accounts refuses and says why."""

    place = 2
    called = "Refuse it"
    record = Payout
    by = KEEPER
    start, end = {PayoutState.ASKED}, PayoutState.REFUSED
    reason = True
    stops = (ANSWERS,)
    tells = ("account__member",)


class Pay(Action):
    """The keeper of the accounts enters what was paid out."""

    place = 1
    called = "Enter a payment"
    record = Payout
    by = KEEPER
    start = {PayoutState.GRANTED}
    inputs = {"amount": forms.DecimalField(label=gettext_lazy("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)}
    tells = ("account__member",)
    select = ("account__plan",)

    def perform(self, record: Payout, *, amount: Decimal) -> None:
        # Two payments at once would each see the whole balance: the account is locked until this one is entered.
        account = Account.objects.select_for_update(of=("self",)).select_related("plan").get(pk=record.account_id)
        try:
            employer, own = accounts.taken(account.balance(), amount)
        except ValueError as problem:
            raise Refused(_("There is not so much in the account."), field="amount") from problem
        Entry.objects.create(account=account, kind=EntryKind.PAID, month=self.today.replace(day=1), employer_amount=-employer, own_amount=-own)


class CompletePayout(Action):
    """The last of it has been paid; where nothing is left in the account, it can be closed."""

    place = 3
    called = "All of it is paid"
    record = Payout
    by = KEEPER
    start, end = {PayoutState.GRANTED}, PayoutState.COMPLETED
    tells = ("account__member",)
