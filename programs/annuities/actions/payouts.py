"""What may be done to draw money from an account: asked, decided within its time, paid or carried over."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Assurance, Party, Refused, Starts
from governance.actions.responsibilities import both
from governance.stakeholders.responsibilities import Own
from programs.annuities.actions.accounts import NUMBER, found_by
from programs.annuities.models import Account, Entry, Payout
from programs.annuities.models.payout import OPEN
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import AccountState, EntryKind, Occasion, PayoutState, Way

ANSWERS = "annuities.answer-payout"
MEMBER = Party("account__member", gettext_lazy("the member"))
KEEPER = Party("account__plan__keeper", gettext_lazy("the keeper of the accounts")) & ~MEMBER
TRUSTEE = Party("account__plan__trustee_here", gettext_lazy("the trustee")) & ~MEMBER


class _InPlaceOf(Party):
    """Whom a path names, where nobody is named under another one."""

    def __init__(self, path: str, other: str, words: Any) -> None:
        super().__init__(path, words)
        self.other = other

    def q(self, actor: Any) -> Q:
        return both(super().q(actor), Q(**{f"{self.other}__isnull": True}))

    def paths(self) -> Iterator[str]:
        yield from (self.path, self.other)

    def __repr__(self) -> str:
        return f"Party({self.path}, if no {self.other})"


CUSTODIAN = "account__plan__custodian_here"
PAYER = (Party(CUSTODIAN, gettext_lazy("the custodian")) | _InPlaceOf("account__plan__keeper", CUSTODIAN, gettext_lazy("the keeper of the accounts, where no custodian is named"))) & ~MEMBER
IN_PLACE = gettext_lazy("another person of the keeper of the accounts, where no trustee is named")
# Two people decide: whoever releases is not the one who has granted, also where one acts for both bodies.
RELEASER = (TRUSTEE | _InPlaceOf("account__plan__keeper", "account__plan__trustee_here", IN_PLACE)) & ~MEMBER & ~Own("granted_by")


class AskForPayout(Action):
    """The member asks for money out of the account, or to carry it over to the plan of a new employer."""

    place = 1
    called = "Ask for a payout"
    record, makes = Account, Payout
    by = Party("member", gettext_lazy("the member"))
    start, end = {AccountState.LEFT}, PayoutState.ASKED
    provided = ~Q(payouts__state__in=OPEN)
    fields = ("occasion", "way", "into")
    assurance = Assurance.IDENTITY
    starts = Starts(ANSWERS)
    select = ("plan",)
    tells = ("account__plan__keeper",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """The member's accounts in other plans."""
        return Account.objects.beside(record) if record is not None else Account.objects.none()

    @classmethod
    def form(cls, actor: Any, record: Any = None, **options: Any) -> Any:
        """What heirs ask for is entered by the keeper, who has seen their papers."""
        made = super().form(actor, record, **options)
        made.fields["occasion"].choices = [one for one in made.fields["occasion"].choices if one[0] != Occasion.INHERITANCE]
        return made

    def perform(self, record: Account, *, occasion: str, way: str, into: Account | None = None) -> Payout:
        if occasion == Occasion.INHERITANCE:
            raise Refused(_("Heirs show their papers to the keeper of the accounts, who enters what they ask for."), field="occasion")
        if record.plan.keeper_id is None:
            raise Refused(_("Nobody keeps the accounts of this plan here. Ask the employer or the account manager directly."))
        if not accounts.suits(occasion, way):
            raise Refused(_("On this occasion the money is not paid in this way."), field="way")
        if (way == Way.CARRIED) != (into is not None):
            raise Refused(_("Choose the account in the new plan when it is carried over, and only then."), field="into")
        if into is not None and not Account.objects.beside(record).filter(pk=into.pk).exists():
            raise Refused(_("This is not an account of yours that is paid into."), field="into")
        return Payout(account=record, area_id=record.area_id, occasion=occasion, way=way, into=into)


class EnterHeir(Action):
    """The member has died: the keeper enters an heir, by which papers, and what part of the account is theirs. It is decided like any other payout."""

    place = ASIDE
    called = "Enter an heir"
    record, makes = Account, Payout
    by = Party("plan__keeper", gettext_lazy("the keeper of the accounts")) & ~Party("member", gettext_lazy("the member"))
    start, end = {AccountState.LEFT}, PayoutState.ASKED
    fields = ("heir_name", "share", "way")
    inputs = {"number": NUMBER}
    reason = True
    starts = Starts(ANSWERS)
    select = ("plan",)
    tells = ("heir", "account__plan__trustee_here")

    def perform(self, record: Account, *, number: str, heir_name: str, share: Decimal | None = None, way: str) -> Payout:
        if not heir_name.strip() or share is None:
            raise Refused(_("Say who inherits, and what part."), field="share" if heir_name.strip() else "heir_name")
        if not accounts.suits(Occasion.INHERITANCE, way):
            raise Refused(_("On this occasion the money is not paid in this way."), field="way")
        blind, heir = found_by(number, self.today)
        if blind == record.blind:
            raise Refused(_("This is the number of the member."), field="number")
        if Payout.objects.shares_of(record) + share > 100:
            raise Refused(_("Together the heirs would get more than there is."), field="share")
        return Payout(account=record, area_id=record.area_id, occasion=Occasion.INHERITANCE, way=way, heir_id=heir, heir_blind=blind, heir_name=heir_name, share=share)


class TakePayoutBack(Action):
    """The member changes their mind before it is decided."""

    place = 8
    called = "Take it back"
    record = Payout
    by = MEMBER
    start, end = {PayoutState.ASKED}, PayoutState.TAKEN_BACK
    voids = (ANSWERS,)


class GrantPayout(Action):
    """The keeper of the accounts has looked at the account, the plan and the age of the member, and grants what is worked out of them."""

    place = 1
    called = "Grant it"
    record = Payout
    by = KEEPER
    start, end = {PayoutState.ASKED}, PayoutState.GRANTED
    stops = (ANSWERS,)
    tells = ("account__member", "heir", "account__plan__trustee_here")
    select = ("account__plan", "into")

    def perform(self, record: Payout, **data: Any) -> None:
        balance = record.account.balance()
        if balance.booked > 0:
            raise Refused(_("The unit has first to pay in what was only written down."))
        amount = record.due(balance)
        if amount <= 0:
            raise Refused(_("There is nothing in the account that could be paid."))
        record.granted_amount, record.granted_by_id = amount, self.actor.user_id


class RefusePayout(Action):
    """The keeper of the accounts refuses and says why."""

    place = 2
    called = "Refuse it"
    record = Payout
    by = KEEPER
    start, end = {PayoutState.ASKED}, PayoutState.REFUSED
    reason = True
    stops = (ANSWERS,)
    tells = ("account__member", "heir")


class ReleasePayout(Action):
    """A second person, of the trustee where one is named, has looked at it too: now it may be paid. What is carried over, is so at once and whole."""

    place = 1
    called = "Release it"
    record = Payout
    by = RELEASER
    start, end = {PayoutState.GRANTED}, PayoutState.RELEASED
    tells = ("account__member", "heir", "account__plan__custodian_here")
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


class Pay(Action):
    """The custodian, or where none is named the keeper of the accounts, enters what was paid out."""

    place = 1
    called = "Enter a payment"
    record = Payout
    by = PAYER
    start = {PayoutState.RELEASED}
    inputs = {"amount": forms.DecimalField(label=gettext_lazy("Amount (yuan)"), min_value=Decimal("0.01"), max_digits=14, decimal_places=2)}
    tells = ("account__member", "heir")
    select = ("account__plan",)

    def perform(self, record: Payout, *, amount: Decimal) -> None:
        # Two payments at once would each see the whole balance: the account is locked until this one is entered.
        account = Account.objects.select_for_update(of=("self",)).select_related("plan").get(pk=record.account_id)
        balance = account.balance()
        try:
            if amount > record.due(balance):
                raise ValueError("more than is theirs")
            employer, own = accounts.taken(balance, amount)
        except ValueError as problem:
            raise Refused(_("There is not so much in the account."), field="amount") from problem
        Entry.objects.create(account=account, kind=EntryKind.PAID, month=self.today.replace(day=1), employer_amount=-employer, own_amount=-own, payout=record)


class CompletePayout(Action):
    """The last of it has been paid; where nothing is left in the account, it can be closed."""

    place = 3
    called = "All of it is paid"
    record = Payout
    by = PAYER
    start, end = {PayoutState.RELEASED}, PayoutState.COMPLETED
    tells = ("account__member", "heir")
