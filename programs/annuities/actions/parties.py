"""Who runs a plan with its employer: the four parties named, and what custodian and investment manager tell."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Party, Refused
from governance.stakeholders.models import Stakeholder
from governance.stakeholders.vocabulary import StakeholderState, Subkind
from programs.annuities.actions.plans import EMPLOYER
from programs.annuities.models import Entry, Plan, Report
from programs.annuities.vocabulary import Form, PlanState, ReportState

PARTIES = ("trustee_here", "keeper", "custodian_here", "investor_here")
# Trustee and custodian of one plan watch each other, and so do custodian and investment manager.
APART = (("trustee_here", "custodian_here"), ("custodian_here", "investor_here"))
SMALLEST = 5  # the sum of fewer accounts is not told: it could be known whose they are
INSTITUTIONS = (Subkind.INSURER,)
AGENCIES = (Subkind.INSURER, Subkind.AUTHORITY, Subkind.PUBLIC_INSTITUTION)  # an occupational annuity is kept by the social insurance agency


class NameParties(Action):
    """The employer names those of the four parties that work with this system; each may then do its part here."""

    place = ASIDE
    called = "Name who runs the plan here"
    record = Plan
    by = EMPLOYER
    start = {PlanState.FILED, PlanState.QUESTIONED, PlanState.IN_FORCE}
    fields = PARTIES
    tells = PARTIES

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """Approved insurers, pension companies and the like; for a public body also the agency that keeps its accounts."""
        sorts = AGENCIES if record is not None and record.form == Form.OCCUPATIONAL else INSTITUTIONS
        return Stakeholder.objects.filter(subkind__in=sorts, state=StakeholderState.APPROVED)

    def perform(self, record: Plan, **data: Any) -> None:
        super().perform(record, **data)
        for one, other in APART:
            first, second = getattr(record, f"{one}_id"), getattr(record, f"{other}_id")
            if first is not None and first == second:
                raise Refused(_("Whoever holds the assets of a plan is not its trustee or its investment manager."), field=other)
        if record.employer_id in {getattr(record, f"{name}_id") for name in PARTIES}:
            raise Refused(_("The employer is none of the four parties: the assets are kept apart from its own."))


class _Tells(Action):
    """Figures of a day that has been."""

    def of_the_past(self, as_of: date) -> None:
        if as_of > self.today:
            raise Refused(_("The figures cannot be of a day that is still to come."), field="as_of")


class ReportAssets(_Tells):
    """The custodian tells what the plan's assets are worth; beside it stands what all accounts come to."""

    record, makes = Plan, Report
    by = Party("custodian_here", gettext_lazy("the custodian"))
    start, end = {PlanState.IN_FORCE, PlanState.ENDED}, ReportState.TOLD
    fields = ("as_of", "assets_amount")
    tells = ("plan__trustee_here", "plan__keeper")

    def perform(self, record: Plan, *, as_of: date, assets_amount: Decimal) -> Report:
        self.of_the_past(as_of)
        held, members = Entry.objects.of_plan_until(record.pk, as_of)
        accounts = held if members >= SMALLEST else None
        return Report(plan=record, area_id=record.area_id, sender=self.actor.stakeholder, as_of=as_of, assets_amount=assets_amount, accounts_amount=accounts)


class ReportReturn(_Tells):
    """The investment manager tells what the money has earned or lost in a time."""

    record, makes = Plan, Report
    by = Party("investor_here", gettext_lazy("the investment manager"))
    start, end = {PlanState.IN_FORCE, PlanState.ENDED}, ReportState.TOLD
    fields = ("since", "as_of", "percent")
    tells = ("plan__trustee_here", "plan__keeper")

    def perform(self, record: Plan, *, since: date, as_of: date, percent: Decimal) -> Report:
        self.of_the_past(as_of)
        if since >= as_of:
            raise Refused(_("The time begins before it ends."), field="since")
        return Report(plan=record, area_id=record.area_id, sender=self.actor.stakeholder, since=since, as_of=as_of, percent=percent)


class TakeReportBack(Action):
    """Whoever told it says that it was wrong; the right figures come as a new report."""

    record = Report
    by = Party("sender", gettext_lazy("who tells it"))
    start, end = {ReportState.TOLD}, ReportState.CORRECTED
    reason = True
    tells = ("plan__trustee_here", "plan__keeper")
