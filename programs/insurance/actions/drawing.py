"""Drawing up what an employer owes for a month: by the registered roster, or, where it declared nothing, by the month before."""

from __future__ import annotations

from typing import Any, ClassVar

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Action, Holds, Refused
from governance.stakeholders.models import Area, Stakeholder
from programs.insurance.actions.billing import reckon
from programs.insurance.actions.work import EMPLOYER
from programs.insurance.models import Spell, Statement
from programs.insurance.vocabulary import BilledBy, Duty, StatementState

COLLECTOR = Holds(Duty.COLLECT)


def employers() -> Any:
    """Employers that have a roster."""
    return Stakeholder.objects.filter(pk__in=Spell.objects.order_by().values("employer")).order_by("name")


def check_collects(actor: Any, area: Area) -> None:
    """Contributions are collected by whoever is charged with that where the employer is. Raises Refused."""
    if not any(held.duty == Duty.COLLECT and held.start <= area.pk < held.stop for held in actor.duties):
        raise Refused(_("You do not collect contributions of this area."), field="employer")


class _DrawsUp(Action):
    """The statement of a month, with its bill."""

    makes, end = Statement, StatementState.DRAWN
    fields = ("employer", "month", "due_on")
    tells = ("employer",)
    billed_by: ClassVar[BilledBy]

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return employers() if name == "employer" else None

    def perform(self, record: None, **data: Any) -> Statement:
        month, due_on, area = data["month"].replace(day=1), data["due_on"], data["employer"].area
        check_collects(self.actor, area)
        if month > self.today:
            raise Refused(_("This month has not begun yet."), field="month")
        if not 0 < (due_on - month).days <= 366:
            raise Refused(_("The last day of paying comes after the month has begun, within a year."), field="due_on")
        made = Statement(employer=data["employer"], month=month, due_on=due_on, area=area, billed_by=self.billed_by)
        reckon(made)
        return made


class DrawUpStatement(_DrawsUp):
    """What an employer owes for a month is worked out from its registered roster and what holds in its area; nothing is estimated."""

    called = "Draw up the statement of a month"
    by = COLLECTOR
    billed_by = BilledBy.ROSTER


class BillUndeclaredMonth(_DrawsUp):
    """The employer has not declared a month: by law 110 % of the month before is collected (Social Insurance Law art. 62)."""

    called = "Bill a month that was not declared"
    by = COLLECTOR
    billed_by = BilledBy.MONTH_BEFORE
    reason = True


class DeclareMonth(Action):
    """The employer declares a month late: from now on it is billed by the registered roster, for each person and branch."""

    called = "Declare this month by the registered roster"
    record = Statement
    by = EMPLOYER
    start = {StatementState.DRAWN, StatementState.ARREARS}
    provided = Q(billed_by=BilledBy.MONTH_BEFORE)
    place = 1
    select = ("employer__area",)
    tells = ("employer",)

    def perform(self, record: Statement, **data: Any) -> None:
        record.billed_by = BilledBy.ROSTER
        if not reckon(record).heads:
            raise Refused(_("Nobody is registered for that month. Declare first who works for you; the office registers it."))
