"""What employers and platforms declare, and what the office does with it: spells of work, statements, arrears."""

from __future__ import annotations

from typing import Any

from django.db.models import F, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Kind, Party, Refused, Starts
from governance.stakeholders.models import Area, Stakeholder
from governance.stakeholders.vocabulary import StakeholderKind, Subkind
from governance.text import CodeField
from programs.insurance.models import Contribution, Insured, Spell, Statement
from programs.insurance.rules import arrears
from programs.insurance.values import rates_on
from programs.insurance.vocabulary import Branch, Duty, Sort, SpellState, StatementState

EMPLOYERS = Kind(StakeholderKind.ENTERPRISE, StakeholderKind.SOCIAL, StakeholderKind.GOVERNMENT)
EMPLOYER = Party("employer", gettext_lazy("the employer or platform"))
REGISTER = Starts("SI_REGISTER")


def employs(actor: Any) -> bool:
    """Whether the pages for employers are offered first to this organisation: asked for every page, so by what is known already."""
    return actor.stakeholder is not None and actor.stakeholder.subkind in (Subkind.EMPLOYER, Subkind.PLATFORM)


class DeclareSpell(Action):
    """An employer or platform declares that a person of the register works for it; the office registers that within its period."""

    called = "Declare somebody who works here"
    makes, end = Spell, SpellState.DECLARED
    by = EMPLOYERS
    fields = ("sort", "branches", "base", "since")
    inputs = {"account": CodeField(label=gettext_lazy("Account of the person"), max_length=40, help_text=gettext_lazy("Its reference, such as CB-20261123-48291735-6; the person finds it under “My insurance”."))}
    starts = REGISTER
    tells = ("insured__person",)

    def perform(self, record: None, **data: Any) -> Spell:
        insured = Insured.objects.filter(reference=data.pop("account").strip().upper()).first()
        if insured is None:
            raise Refused(_("There is no account with this reference."), field="account")
        if data["sort"] == Sort.FLEXIBLE:
            raise Refused(_("Only who works for oneself has no employer."), field="sort")
        return Spell(insured=insured, employer=self.actor.stakeholder, area_id=self.actor.stakeholder.area_id, **data)


class WorkForMyself(Action):
    """Somebody who works for themselves joins the branches open to them."""

    called = "Join as somebody who works for oneself"
    record = Insured
    makes, end = Spell, SpellState.DECLARED
    by = Party("person", gettext_lazy("the insured person"))
    start = {"insured"}
    fields = ("base", "since")
    place = 7
    starts = REGISTER

    def perform(self, record: Insured, **data: Any) -> Spell:
        return Spell(insured=record, sort=Sort.FLEXIBLE, branches=[Branch.PENSION, Branch.MEDICAL], area_id=record.area_id, **data)


class RegisterSpell(Action):
    """The office enters a declared spell into the register."""

    called = "Register"
    record = Spell
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {SpellState.DECLARED}, SpellState.REGISTERED
    stops = ("SI_REGISTER",)
    tells = ("insured__person", "employer")


class RefuseSpell(Action):
    """The office does not register a spell, and says why."""

    called = "Do not register"
    record = Spell
    by = Holds(Duty.KEEP_ACCOUNTS)
    start, end = {SpellState.DECLARED}, SpellState.REFUSED
    reason = True
    stops = ("SI_REGISTER",)
    tells = ("insured__person", "employer")


class EndSpell(Action):
    """The work has ended, or will end on a day that is known."""

    called = "Enter the end"
    record = Spell
    by = EMPLOYER | Party("insured__person", gettext_lazy("the insured person")) & ~EMPLOYERS
    start, end = {SpellState.REGISTERED}, SpellState.ENDED
    fields = ("until",)
    tells = ("insured__person", "employer")

    def perform(self, record: Spell, **data: Any) -> None:
        if data.get("until") is None:
            raise Refused(_("Say which day is the last."), field="until")
        record.until = data["until"]


class DrawUpStatement(Action):
    """What an employer owes for a month is worked out from its roster and the rates that hold."""

    called = "Draw up the statement of a month"
    makes, end = Statement, StatementState.DRAWN
    by = Holds(Duty.COLLECT)
    fields = ("employer", "month", "due_on")
    tells = ("employer",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        """Employers that have a roster."""
        return Stakeholder.objects.filter(pk__in=Spell.objects.order_by().values("employer")).order_by("name") if name == "employer" else None

    def perform(self, record: None, **data: Any) -> Statement:
        month = data["month"].replace(day=1)
        area: Area = data["employer"].area
        if not any(held.duty == Duty.COLLECT and held.start <= area.pk < held.stop for held in self.actor.duties):
            raise Refused(_("You do not collect contributions of this area."), field="employer")
        made = Statement(employer=data["employer"], month=month, due_on=data["due_on"], area=area)
        reckon(made)
        return made


def reckon(statement: Statement) -> None:
    """Owed by the roster, come in by the contributions, and who of the roster is missing."""
    roster = Spell.objects.of_employer(statement.employer_id).in_month(statement.month)
    owed = arrears.owed(roster.values_list("base", "branches"), rates_on(statement.month))
    come = Contribution.objects.of_payer(statement.employer_id, statement.month)
    statement.due_amount, statement.head_count, statement.unknown_branches = owed.amount, owed.heads, sorted(owed.unknown)
    statement.paid_amount = come.filter(branch__in=[b for b in Branch.values if b not in owed.unknown]).paid()
    statement.missing_count = roster.unpaid_among(come).values("insured").distinct().count()


class ReconcileStatement(Action):
    """What has come in is compared with the roster, person by person."""

    called = "Compare with what has come in"
    record = Statement
    by = Holds(Duty.COLLECT) | EMPLOYER
    start = {StatementState.DRAWN, StatementState.ARREARS}

    def perform(self, record: Statement, **data: Any) -> None:
        reckon(record)


class SettleStatement(Action):
    """All that is owed for the month has come in."""

    called = "Enter that it is paid"
    record = Statement
    by = Holds(Duty.COLLECT)
    start, end = {StatementState.DRAWN, StatementState.ARREARS}, StatementState.SETTLED
    provided = Q(head_count__gt=0, paid_amount__gte=F("due_amount"))
    tells = ("employer",)

    def perform(self, record: Statement, **data: Any) -> None:
        record.settled_on = self.today


class FindArrears(Action):
    """The last day of paying is over and something is owed; a late fee runs from the day after it."""

    called = "Enter the arrears"
    record = Statement
    by = Holds(Duty.COLLECT)
    start, end = {StatementState.DRAWN}, StatementState.ARREARS
    provided = Q(paid_amount__lt=F("due_amount"))
    tells = ("employer",)

    def perform(self, record: Statement, **data: Any) -> None:
        if self.today <= record.due_on:
            raise Refused(_("It may still be paid in time: until %(day)s.") % {"day": record.due_on})
