"""What may be done when an employment ends: what belongs to the member, and nothing taken back before they could object.

Enterprise Annuity Measures (企业年金办法, order 36 of 2018), as another text quotes them: which ends of an employment vest the
whole. That the member is told first and may object is this system's own procedure; the Measures are silent about it.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Clock, Party, Refused, Starts
from programs.annuities.models import Account, Entry
from programs.annuities.rules import accounts
from programs.annuities.vocabulary import AccountState, Cause, EntryKind, Forfeiture

OBJECTS, DECIDES = "annuities.object-to-forfeiture", "annuities.decide-objection"
EMPLOYER = Party("plan__employer", gettext_lazy("the employer"))
MEMBER = Party("member", gettext_lazy("the member"))
NEITHER = (Party("plan__keeper", gettext_lazy("the keeper of the accounts")) | Party("plan__trustee_here", gettext_lazy("the trustee"))) & ~EMPLOYER & ~MEMBER
TO_OBJECT = Starts(OBJECTS, then="annuities.forfeit-unvested", where=("forfeiture", frozenset({Forfeiture.TOLD})))


def _goes_back(record: Account, today: date) -> None:
    """What was held goes back to the plan."""
    Entry.objects.create(account=record, kind=EntryKind.FORFEITED, month=today.replace(day=1), employer_amount=-record.held_amount)
    record.held_amount, record.forfeiture = 0, Forfeiture.GONE


def _stays(record: Account) -> None:
    """What was held belongs to the member."""
    record.held_amount, record.forfeiture = 0, Forfeiture.GIVEN


class EndEmployment(Action):
    """The employment ends. What belongs to the member stays theirs; before anything goes back to the plan, the member is told and can object."""

    place = 3
    record = Account
    by = EMPLOYER
    start, end = {AccountState.ACTIVE}, AccountState.LEFT
    fields = ("left_on",)
    inputs = {"cause": forms.ChoiceField(label=gettext_lazy("Why"), choices=Cause.choices, widget=forms.RadioSelect)}
    starts = TO_OBJECT
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
        record.left_on, record.cause = left_on, cause
        # Where the plan has ended, all has vested already, whatever the reason to leave.
        record.percent = record.percent or accounts.percent_at_end(cause, record.plan.vesting, record.joined_on, left_on)
        unvested = record.balance().unvested
        record.percent = 100  # of what is not held, all belongs to the member
        if unvested > 0:
            record.held_amount = unvested
            record.forfeiture = Forfeiture.TOLD if record.member_id else Forfeiture.UNTOLD


class EnterThatMemberWasTold(Action):
    """The member has no account here and was told on paper: from the day it was delivered they have time to object."""

    place = 1
    called = "Enter that the member was told"
    record = Account
    by = EMPLOYER
    start = {AccountState.LEFT}
    provided = Q(forfeiture=Forfeiture.UNTOLD)
    fields = ("told_on",)
    reason = True
    starts = Starts(OBJECTS, then="annuities.forfeit-unvested", since="told_on")
    select = ("plan",)
    tells = ("plan__keeper", "plan__trustee_here")

    def perform(self, record: Account, *, told_on: date | None = None) -> None:
        if told_on is None or record.left_on is None or not record.left_on <= told_on <= self.today:
            raise Refused(_("The letter was delivered after the employment had ended, and not later than today."), field="told_on")
        record.told_on, record.forfeiture = told_on, Forfeiture.TOLD


class ObjectToForfeiture(Action):
    """The member says why the employer’s part is theirs. Nothing goes back to the plan until that is settled."""

    place = 1
    called = "Object: the employer’s part is mine"
    record = Account
    by = MEMBER
    start = {AccountState.LEFT}
    provided = Q(forfeiture__in=[Forfeiture.TOLD, Forfeiture.UNTOLD])
    reason = True
    stops = (OBJECTS,)
    starts = Starts(DECIDES)
    select = ("plan",)
    tells = ("plan__employer", "plan__keeper", "plan__trustee_here")

    def perform(self, record: Account, **data: Any) -> None:
        record.forfeiture = Forfeiture.OBJECTED


class DoNotObject(Action):
    """The member has nothing against it, or no longer: what has not vested goes back to the plan now."""

    place = 7
    called = "I do not object"
    record = Account
    by = MEMBER
    start = {AccountState.LEFT}
    provided = Q(forfeiture__in=[Forfeiture.TOLD, Forfeiture.OBJECTED])
    stops = (OBJECTS, DECIDES)
    select = ("plan",)
    tells = ("plan__employer",)

    def perform(self, record: Account, **data: Any) -> None:
        _goes_back(record, self.today)


class ForfeitUnvested(Action):
    """The member was told and has not objected in time: what has not vested goes back to the plan."""

    record = Account
    by = Clock()
    start = {AccountState.LEFT}
    provided = Q(forfeiture=Forfeiture.TOLD)
    select = ("plan",)
    tells = ("member", "plan__employer")

    def perform(self, record: Account, **data: Any) -> None:
        _goes_back(record, self.today)


class GiveWhole(Action):
    """The employer gives way, or puts right why the employment ended: all of its part belongs to the member."""

    place = 2
    called = "Give the member the whole"
    record = Account
    by = EMPLOYER
    start = {AccountState.LEFT}
    provided = Q(forfeiture__in=[Forfeiture.UNTOLD, Forfeiture.TOLD, Forfeiture.OBJECTED])
    reason = True
    stops = (DECIDES,)
    voids = (OBJECTS,)
    select = ("plan",)
    tells = ("member",)

    def perform(self, record: Account, **data: Any) -> None:
        _stays(record)


class SettleObjection(Action):
    """Arbitration, a court or an agreement has settled it: the keeper of the accounts, who has seen the paper, enters how."""

    place = 3
    called = "Enter how the objection was settled"
    record = Account
    by = NEITHER
    start = {AccountState.LEFT}
    provided = Q(forfeiture=Forfeiture.OBJECTED)
    inputs = {
        "whose": forms.ChoiceField(
            label=gettext_lazy("Whose is the part that was held?"), widget=forms.RadioSelect,
            choices=[("member", gettext_lazy("The member’s")), ("plan", gettext_lazy("The plan’s: it goes back"))],
        )
    }  # fmt: skip
    reason = True
    stops = (DECIDES,)
    select = ("plan",)
    tells = ("member", "plan__employer")

    def perform(self, record: Account, *, whose: str) -> None:
        if whose == "member":
            _stays(record)
        else:
            _goes_back(record, self.today)
