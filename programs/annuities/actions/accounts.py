"""What may be done with the members of a plan: enrolled, their account closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Party, Refused
from governance.stakeholders import ciphers
from governance.stakeholders import rules as stakeholder_rules
from governance.stakeholders.models import IdentityDocument
from governance.stakeholders.models.identity import LABEL
from governance.text import CodeField
from programs.annuities.actions.plans import EMPLOYER
from programs.annuities.models import Account, Entry, Plan
from programs.annuities.vocabulary import AccountState, EntryKind, PlanState

NUMBER = CodeField(
    label=gettext_lazy("Identity number"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
    help_text=gettext_lazy("It is not kept: only a keyed index by which the person is found."),
)  # fmt: skip


def found_by(number: str, day: date) -> tuple[str, int | None]:
    """The keyed index of a number, and whose it is here if their identity was verified. Raises Refused where it is no number."""
    try:
        read = stakeholder_rules.citizen_number(number, today=day)
    except stakeholder_rules.NotAnIdentifier as problem:
        raise Refused(_("This is no valid identity number."), field="number") from problem
    document = IdentityDocument.objects.with_number(read.number).filter(stakeholder__identity_verified_at__isnull=False).first()
    return ciphers.blind(read.number, label=LABEL), document and document.stakeholder_id


class EnrolMember(Action):
    """The employer enters an employee as a member; whoever has an account here finds it there."""

    place = 2
    called = "Enrol a member"
    record, makes = Plan, Account
    by = EMPLOYER
    start, end = {PlanState.IN_FORCE}, AccountState.ACTIVE
    fields = ("name", "joined_on")
    inputs = {"number": NUMBER}
    tells = ("member",)

    def perform(self, record: Plan, *, number: str, name: str, joined_on: date) -> Account:
        if joined_on > self.today:
            raise Refused(_("Enter a member when the membership has begun."), field="joined_on")
        blind, member = found_by(number, self.today)
        return Account(plan=record, area_id=record.area_id, name=name, joined_on=joined_on, blind=blind, member_id=member)


class ConfirmFunding(Action):
    """The unit has paid in what was only written down: there is money behind the account now."""

    place = 4
    called = "Written-down part is paid in"
    record = Account
    by = Party("plan__keeper", gettext_lazy("the keeper of the accounts"))
    start = {AccountState.LEFT}
    provided = Q(plan__is_notional=True)
    select = ("plan",)
    tells = ("member", "plan__employer")

    def perform(self, record: Account, **data: Any) -> None:
        booked = record.balance().booked
        if booked <= 0:
            raise Refused(_("Nothing in this account is only written down."))
        Entry.objects.create(account=record, kind=EntryKind.FUNDED, month=self.today.replace(day=1), booked_amount=-booked)


class CloseAccount(Action):
    """Everything has been paid or carried over: the account is closed."""

    place = ASIDE
    record = Account
    by = Party("plan__keeper", gettext_lazy("the keeper of the accounts"))
    start, end = {AccountState.LEFT}, AccountState.CLOSED
    select = ("plan",)
    tells = ("member",)

    def perform(self, record: Account, **data: Any) -> None:
        if record.balance().total or record.held_amount:
            raise Refused(_("There is still money in the account."))
