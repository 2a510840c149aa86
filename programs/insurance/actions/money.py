"""What the office collects: statements of a month, arrears, late fees, corrections, work injury rates of employers."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Party, Refused, Starts
from governance.stakeholders.responsibilities import Own
from governance.text import CodeField, DateField
from programs.insurance.actions.billing import fix_fee, reckon
from programs.insurance.actions.drawing import COLLECTOR, check_collects, employers
from programs.insurance.actions.work import EMPLOYER
from programs.insurance.models import Claim, Contribution, Correction, InjuryRate, Insured, Statement, Transfer
from programs.insurance.vocabulary import BilledBy, Branch, CorrectionState, RateState, StatementState

PAYER = Party("payer", gettext_lazy("the payer"))
CORRECTION_PERIOD = "insurance.answer-correction"


class ReconcileStatement(Action):
    """What has come in is compared with the roster: each person, each branch by itself."""

    called = "Compare with what has come in"
    record = Statement
    by = COLLECTOR | EMPLOYER
    start = {StatementState.DRAWN, StatementState.ARREARS}
    select = ("employer__area",)

    def perform(self, record: Statement, **data: Any) -> None:
        reckon(record)


class SettleStatement(Action):
    """All that is owed for the month has come in, for everybody and in every branch; the late fee of what came late is fixed."""

    called = "Enter that it is paid"
    record = Statement
    by = COLLECTOR
    start, end = {StatementState.DRAWN, StatementState.ARREARS}, StatementState.SETTLED
    provided = Q(head_count__gt=0, missing_count=0, billed_by=BilledBy.ROSTER)
    select = ("employer__area",)
    tells = ("employer",)

    def perform(self, record: Statement, **data: Any) -> None:
        if missing := len(reckon(record).missing):
            raise Refused(_("Not yet: %(n)d contributions, by person and branch, are not paid in full. Compare again to see which.") % {"n": missing})
        record.settled_on = self.today
        fix_fee(record, self.today)


class ReopenStatement(Action):
    """Money of a settled month goes back, or it was settled by mistake: it is owed again, and the late fee is not fixed any more."""

    called = "Open it again"
    record = Statement
    by = COLLECTOR
    start, end = {StatementState.SETTLED}, StatementState.DRAWN
    reason = True
    place = ASIDE
    select = ("employer__area",)
    tells = ("employer",)

    def perform(self, record: Statement, **data: Any) -> None:
        record.settled_on = record.fee_amount = None
        reckon(record)


class EnterLateFee(Action):
    """The late fee that was fixed when the month was paid has come in."""

    called = "Enter that the late fee is paid"
    record = Statement
    by = COLLECTOR
    start = {StatementState.SETTLED}
    provided = Q(fee_amount__gt=F("fee_paid"))
    fields = ("fee_paid_on",)
    inputs = {"fee_paid_on": DateField(label=gettext_lazy("Late fee paid on"), widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--date"}))}
    tells = ("employer",)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {}

    def perform(self, record: Statement, **data: Any) -> None:
        if not record.due_on < data["fee_paid_on"] <= self.today:
            raise Refused(_("A late fee is paid after the last day of paying, and not in days to come."), field="fee_paid_on")
        record.fee_paid_on, record.fee_paid = data["fee_paid_on"], record.fee_amount


class FindArrears(Action):
    """The last day of paying is over and something is owed; a late fee runs from the day after it."""

    called = "Enter the arrears"
    record = Statement
    by = COLLECTOR
    start, end = {StatementState.DRAWN}, StatementState.ARREARS
    provided = Q(missing_count__gt=0)
    select = ("employer__area",)
    tells = ("employer",)

    def perform(self, record: Statement, **data: Any) -> None:
        if self.today <= record.due_on:
            raise Refused(_("It may still be paid in time: until %(day)s.") % {"day": record.due_on})
        if not reckon(record).missing:
            raise Refused(_("Everything has come in by now. Compare again, then enter that it is paid."))


class AskForCorrection(Action):
    """Something was paid wrongly, or for the wrong month: the office looks at it, corrects it and pays back what was too much."""

    called = "Correct or pay back a contribution"
    record = Statement
    makes, end = Correction, CorrectionState.ASKED
    by = EMPLOYER | COLLECTOR
    fields = ("branch", "paid_on", "employer_part", "person_part")
    inputs = {"account": CodeField(label=gettext_lazy("Account of the person"), max_length=40)}
    reason = True
    place = ASIDE
    starts = Starts(CORRECTION_PERIOD)
    tells = ("insured__person", "payer")

    def perform(self, record: Statement, **data: Any) -> Correction:
        insured = Insured.objects.filter(reference=data.pop("account").strip().upper()).first()
        if insured is None:
            raise Refused(_("There is no account with this reference."), field="account")
        entered = Contribution.objects.the_one(record.employer_id, insured, record.month, data["branch"], data["paid_on"]).first()
        if entered is None:
            raise Refused(_("Nothing was entered for this person, branch and day in this month."), field="paid_on")
        return Correction(
            insured=insured, payer_id=record.employer_id, month=record.month, area_id=record.area_id, asked_by_id=self.actor.user_id,
            former_employer_part=entered.employer_part, former_person_part=entered.person_part, **data,
        )  # fmt: skip


class EnterCorrection(Action):
    """A second person corrects what was entered; a settled month that rested on it is open again, and what was too much goes back."""

    called = "Enter the correction"
    record = Correction
    by = COLLECTOR & ~Own("asked_by") & ~PAYER
    start, end = {CorrectionState.ASKED}, CorrectionState.ENTERED
    stops = (CORRECTION_PERIOD,)
    select = ("insured",)
    tells = ("insured__person", "payer")

    def perform(self, record: Correction, **data: Any) -> None:
        key = (record.payer_id, record.insured_id, record.month, record.branch, record.paid_on)
        entered = Contribution.objects.the_one(*key).select_for_update().first()
        former = (record.former_employer_part, record.former_person_part)
        if entered is None or (entered.employer_part, entered.person_part) != former:
            raise Refused(_("What was entered has changed since this was asked for. Do not correct it by this request."))
        self.refuse_what_rests_on_it(record)
        statement = Statement.objects.filter(employer_id=record.payer_id, month=record.month).first()
        if statement is not None and statement.state == StatementState.SETTLED:
            ReopenStatement.do(self.actor, statement, reason=_("Corrected by %(reference)s") % {"reference": record.reference})
        if record.employer_part or record.person_part:
            Contribution.objects.filter(pk=entered.pk).update(employer_part=record.employer_part, person_part=record.person_part)
        else:
            entered.delete()
        if statement is not None:
            ReconcileStatement.do(self.actor, statement)

    def refuse_what_rests_on_it(self, record: Correction) -> None:
        """A pension that was granted, an account that moved: they were worked out from what is to be made less."""
        if record.branch != Branch.PENSION or record.goes_back <= Decimal(0):
            return
        claim = Claim.objects.of(record.insured).filter(kind="pension", state="granted", granted_on__gte=record.month).first()
        moved = Transfer.objects.of(record.insured).filter(state__in=["informed", "done"], drawn_on__gte=record.month).first()
        if resting := claim or moved:
            raise Refused(_("%(reference)s was decided on these contributions. That decision has to be taken up first.") % {"reference": resting.reference})


class RefuseCorrection(Action):
    """What was entered stays, and the office says why."""

    called = "Do not correct it"
    record = Correction
    by = COLLECTOR
    start, end = {CorrectionState.ASKED}, CorrectionState.REFUSED
    reason = True
    stops = (CORRECTION_PERIOD,)
    tells = ("insured__person", "payer")


class WithdrawCorrection(Action):
    """The payer takes the request back."""

    called = "Take this request back"
    record = Correction
    by = PAYER
    start, end = {CorrectionState.ASKED}, CorrectionState.WITHDRAWN
    voids = (CORRECTION_PERIOD,)
    place = 8


class SetInjuryRate(Action):
    """The class of industry of an employer, and the step to which its rate floats, are set from a month on."""

    called = "Set the work injury rate of an employer"
    makes, end = InjuryRate, RateState.SET
    by = COLLECTOR
    fields = ("employer", "industry", "floating", "since", "basis")
    tells = ("employer",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return employers() if name == "employer" else None

    def perform(self, record: None, **data: Any) -> InjuryRate:
        area = data["employer"].area
        check_collects(self.actor, area)
        stated = Statement.objects.from_month(data["employer"].pk, data["since"]).order_by("-month").first()
        if stated is not None:
            raise Refused(_("%(reference)s is drawn up for %(month)s already: name a later month.") % {"reference": stated.reference, "month": f"{stated.month:%Y-%m}"}, field="since")
        return InjuryRate(area=area, **data)


class WithdrawInjuryRate(Action):
    """A rate that was set by mistake, and on which no statement rests, is taken out."""

    called = "Withdraw this rate"
    record = InjuryRate
    by = COLLECTOR
    start, end = {RateState.SET}, RateState.WITHDRAWN
    reason = True
    tells = ("employer",)

    def perform(self, record: InjuryRate, **data: Any) -> None:
        if resting := Statement.objects.resting_on(record.reference).first():
            raise Refused(_("%(reference)s was drawn up with it. Set another rate from a later month on.") % {"reference": resting.reference})
