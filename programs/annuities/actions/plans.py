"""What may be done with a plan, by whom, and by when."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, CLOCK, Action, Clock, Holds, Kind, Party, Refused, Starts
from governance.actions.responsibilities import System
from programs.annuities import values
from programs.annuities.models import Account, Plan
from programs.annuities.rules import plans as rules
from programs.annuities.vocabulary import Duty, Form, PlanState

EXAMINES = "annuities.examine-plan"
EMPLOYER = Party("employer", gettext_lazy("the employer"))
AUTHORITY = Holds(Duty.EXAMINE_PLANS) & ~EMPLOYER
# Whoever does not answer in the period has nothing against it: then the plan is in force.
EXAMINATION = Starts(EXAMINES, then="annuities.take-effect")
TERMS = (
    "name", "covers", "people", "starts_on", "payroll", "employer_rate", "employer_amount", "staff_rate", "staff_amount", "highest", "average", "vesting",
    "trustee", "custodian", "account_manager", "investment_manager", "consent", "agreed_on", "present", "in_favour",
)  # fmt: skip


def _follow_the_rates(plan: Plan) -> None:
    for rate, amount in (("employer_rate", "employer_amount"), ("staff_rate", "staff_amount")):
        if getattr(plan, rate) is not None:
            setattr(plan, amount, rules.amount_of(plan.payroll, getattr(plan, rate)))


def keeps(plan: Plan, day: Any) -> None:
    """Raises Refused where a plan is above a cap, or says what cannot be. A rate counts for the amount it comes to."""
    _follow_the_rates(plan)
    for told in values.told(plan.terms, day):
        if not told.check.is_kept:
            raise Refused(f"{told.what}: {told.says}", field=FIELDS[told.check.code])
    if plan.agreed_on > day:
        raise Refused(_("The staff agree before the plan is filed."), field="agreed_on")
    if plan.in_favour > plan.present:
        raise Refused(_("More are in favour than were present."), field="in_favour")
    if plan.in_favour * 2 <= plan.present:
        raise Refused(_("More than half of those present must be in favour."), field="in_favour")
    if plan.highest < plan.average:
        raise Refused(_("The highest credit is less than the average."), field="highest")


# What whoever joined a collective plan does not change alone.
COMMON = ("vesting", "trustee", "custodian", "account_manager", "investment_manager")


def as_typed(plan: Plan) -> dict[str, Any]:
    """The terms for a form: where a rate was agreed, the amount follows from it and is not typed."""
    told = {name: getattr(plan, name) for name in TERMS}
    for rate, amount in (("employer_rate", "employer_amount"), ("staff_rate", "staff_amount")):
        if told[rate] is not None:
            told[amount] = None
    return told


FIELDS = {"employer": "employer_amount", "total": "staff_amount", "multiple": "highest", "vesting": "vesting"}


class FilePlan(Action):
    """An employer files the plan that its staff have agreed to; if the authority has nothing against it, it is in force."""

    called = "File a plan"
    makes = Plan
    by = Kind("enterprise", "social")
    end = PlanState.FILED
    fields = TERMS
    starts = EXAMINATION

    def perform(self, record: None, **data: Any) -> Plan:
        made = Plan(employer=self.actor.stakeholder, area=self.actor.stakeholder.area, **data)
        if Plan.objects.of_employer(made.employer_id).live_or_in_force().filter(name=made.name).exists():
            raise Refused(_("A plan of this name is there already. Amend it instead."), field="name")
        keeps(made, self.today)
        return made


class QuestionPlan(Action):
    """The authority asks, or says what is not as it should be; the period begins anew when the employer has answered."""

    place = 2
    called = "Question the plan"
    record = Plan
    by = AUTHORITY
    start, end = {PlanState.FILED}, PlanState.QUESTIONED
    reason = True
    stops = (EXAMINES,)
    tells = ("employer",)


class AnswerQuestions(Action):
    """The employer answers, and corrects what has to be corrected; the authority examines it once more."""

    place = 1
    called = "Answer, and file it again"
    record = Plan
    by = EMPLOYER
    start, end = {PlanState.QUESTIONED}, PlanState.FILED
    fields = TERMS
    reason = True
    starts = EXAMINATION

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return as_typed(record) if record is not None else {}

    def perform(self, record: Plan, **data: Any) -> None:
        common = {name: getattr(record, name) for name in COMMON} if record.collective_id else {}
        super().perform(record, **data | common)
        keeps(record, self.today)


class _TakesEffect(Action):
    """It counts; what it amends no longer does."""

    def perform(self, record: Plan, **data: Any) -> None:
        if record.previous_id is not None and record.previous.state == PlanState.IN_FORCE:
            SupersedePlan.do(CLOCK, record.previous)
            Account.objects.of_plan(record.previous_id).update(plan=record)  # members stay members


class ConfirmPlan(_TakesEffect):
    """The authority has nothing against it; the plan is in force at once."""

    place = 1
    called = "Nothing against it"
    record = Plan
    by = AUTHORITY
    start, end = {PlanState.FILED}, PlanState.IN_FORCE
    stops = (EXAMINES,)
    tells = ("employer",)
    select = ("previous",)


class TakeEffect(_TakesEffect):
    """The authority has said nothing in the period: the plan is in force."""

    record = Plan
    by = Clock()
    start, end = {PlanState.FILED}, PlanState.IN_FORCE
    tells = ("employer",)
    select = ("previous",)


class SupersedePlan(Action):
    """An amended version is in force; this one no longer counts."""

    record = Plan
    by = System()
    start, end = {PlanState.IN_FORCE}, PlanState.SUPERSEDED
    provided = Q(amendments__state=PlanState.FILED)
    tells = ("employer",)


class AmendPlan(Action):
    """The employer files a changed version; the old one counts until the new one is in force."""

    place = 1
    record, makes = Plan, Plan
    by = EMPLOYER
    start, end = {PlanState.IN_FORCE}, PlanState.FILED
    provided = ~Q(amendments__state__in=[PlanState.FILED, PlanState.QUESTIONED]) & ~Q(form=Form.OCCUPATIONAL)
    fields = TERMS
    reason = True
    starts = EXAMINATION

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return as_typed(record) if record is not None else {}

    def perform(self, record: Plan, **data: Any) -> Plan:
        if record.amendments.live_or_in_force().exists():
            raise Refused(_("An amendment of this plan is being examined already."))
        same = ("employer", "area", "form", "collective", "keeper", "trustee_here", "custodian_here", "investor_here")
        made = Plan(previous=record, version=record.version + 1, **data, **{name: getattr(record, name) for name in same})
        if record.collective_id:
            for name in COMMON:
                setattr(made, name, getattr(record, name))
        keeps(made, self.today)
        return made


class WithdrawPlan(Action):
    """The employer takes it back before it is in force."""

    place = 8
    called = "Take it back"
    record = Plan
    by = EMPLOYER
    start, end = {PlanState.FILED, PlanState.QUESTIONED}, PlanState.WITHDRAWN
    voids = (EXAMINES,)


class EndPlan(Action):
    """The employer ends the plan: all of its part of the accounts belongs to the members."""

    place = ASIDE
    called = "End the plan"
    record = Plan
    by = EMPLOYER
    start, end = {PlanState.IN_FORCE}, PlanState.ENDED
    reason = True

    def perform(self, record: Plan, **data: Any) -> None:
        Account.objects.of_plan(record.pk).vest_whole()
