"""What may be done with the members of a plan: enrolled, kept by somebody, gone to another employer."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Party, Refused
from governance.stakeholders import ciphers
from governance.stakeholders import rules as stakeholder_rules
from governance.stakeholders.models import IdentityDocument, Stakeholder
from governance.stakeholders.models.identity import LABEL
from governance.stakeholders.vocabulary import StakeholderState, Subkind
from programs.annuities.actions.plans import EMPLOYER
from programs.annuities.models import Account, Entry, Plan
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import AccountState, Cause, EntryKind, PlanState


class NameKeeper(Action):
    """The employer names the account manager that keeps the accounts of its plan here."""

    place = ASIDE
    called = "Name who keeps the accounts"
    record = Plan
    by = EMPLOYER
    start = {PlanState.FILED, PlanState.QUESTIONED, PlanState.IN_FORCE}
    fields = ("keeper",)
    tells = ("keeper",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """Approved insurers and pension companies."""
        return Stakeholder.objects.filter(subkind=Subkind.INSURER, state=StakeholderState.APPROVED)

    def perform(self, record: Plan, *, keeper: Stakeholder | None = None) -> None:
        if keeper is None:
            raise Refused(_("Choose who keeps the accounts."), field="keeper")
        record.keeper = keeper


class EnrolMember(Action):
    """The employer enters an employee as a member; whoever has an account here finds it there."""

    place = 2
    called = "Enrol a member"
    record, makes = Plan, Account
    by = EMPLOYER
    start, end = {PlanState.IN_FORCE}, AccountState.ACTIVE
    fields = ("name", "joined_on")
    inputs = {
        "number": forms.CharField(
            label=gettext_lazy("Identity number"), max_length=18, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
            help_text=gettext_lazy("It is not kept: only a keyed index by which the member is found."),
        )
    }  # fmt: skip
    tells = ("member",)

    def perform(self, record: Plan, *, number: str, name: str, joined_on: date) -> Account:
        if joined_on > self.today:
            raise Refused(_("Enter a member when the membership has begun."), field="joined_on")
        try:
            read = stakeholder_rules.citizen_number(number, today=self.today)
        except stakeholder_rules.NotAnIdentifier as problem:
            raise Refused(_("This is no valid identity number."), field="number") from problem
        document = IdentityDocument.objects.with_number(read.number).filter(stakeholder__identity_verified_at__isnull=False).first()
        blind = ciphers.blind(read.number, label=LABEL)
        return Account(plan=record, area_id=record.area_id, name=name, joined_on=joined_on, blind=blind, member_id=document and document.stakeholder_id)


class EndEmployment(Action):
    """The employment ends. What belongs to the member stays theirs; what has not vested goes back to the plan."""

    place = 3
    record = Account
    by = Party("plan__employer", gettext_lazy("the employer"))
    start, end = {AccountState.ACTIVE}, AccountState.LEFT
    fields = ("left_on",)
    inputs = {"cause": forms.ChoiceField(label=gettext_lazy("Why"), choices=Cause.choices, widget=forms.RadioSelect)}
    select = ("plan",)
    tells = ("member",)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {}

    def perform(self, record: Account, *, left_on: date | None = None, cause: str) -> None:
        if left_on is None:
            raise Refused(_("Say on which day the employment ended."), field="left_on")
        if not record.joined_on <= left_on <= self.today:
            raise Refused(_("The day lies between the day of joining and today."), field="left_on")
        record.left_on = left_on
        record.percent = accounts.percent_at_end(cause, record.plan.vesting, record.joined_on, left_on)
        balance = record.balance()
        if balance.unvested > 0:
            Entry.objects.create(account=record, kind=EntryKind.FORFEITED, month=self.today.replace(day=1), employer_amount=-balance.unvested)
        record.percent = 100  # of what is left in the account, all belongs to the member


class CloseAccount(Action):
    """Everything has been paid or carried over: the account is closed."""

    record = Account
    by = Party("plan__keeper", gettext_lazy("the keeper of the accounts"))
    start, end = {AccountState.LEFT}, AccountState.CLOSED
    select = ("plan",)
    tells = ("member",)

    def perform(self, record: Account, **data: Any) -> None:
        if record.balance().total:
            raise Refused(_("There is still money in the account."))
