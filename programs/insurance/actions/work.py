"""What employers, platforms and people declare, and what the office registers: spells of work, new bases from a month on."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Kind, Party, Refused, Starts
from governance.stakeholders.vocabulary import StakeholderKind, Subkind
from governance.text import CodeField
from programs.insurance.models import Base, Insured, Spell, Statement
from programs.insurance.rules import working
from programs.insurance.vocabulary import OUTSIDE_WORKING_LIFE, BaseState, Branch, Duty, InsuredState, Sort, SpellState

EMPLOYERS = Kind(StakeholderKind.ENTERPRISE, StakeholderKind.SOCIAL, StakeholderKind.GOVERNMENT)
EMPLOYER = Party("employer", gettext_lazy("the employer or platform"))
SPELLS_PERSON = Party("insured__person", gettext_lazy("the insured person"))
KEEPER = Holds(Duty.KEEP_ACCOUNTS)
OWN_PERIOD, DECLARED_PERIOD = "SI_REGISTER", "insurance.register-declared"  # the law's period for a person's own application; ours for employers'


def employs(actor: Any) -> bool:
    """Whether the pages for employers are offered first to this organisation: asked for every page, so by what is known already."""
    return actor.stakeholder is not None and actor.stakeholder.subkind in (Subkind.EMPLOYER, Subkind.PLATFORM)


def check_beginning(insured: Insured, since: date, today: date) -> None:
    """Work begins within working life, and nobody's work is declared after the end of the account."""
    if insured.state == InsuredState.CLOSED:
        raise Refused(_("The account of this person is closed."))
    if not working.may_begin(insured.born_on(today), since):
        raise Refused(str(OUTSIDE_WORKING_LIFE), field="since")


class DeclareSpell(Action):
    """An employer or platform declares that a person of the register works for it, by law within 30 days; the office registers it."""

    called = "Declare somebody who works here"
    makes, end = Spell, SpellState.DECLARED
    by = EMPLOYERS
    fields = ("sort", "branches", "base", "since")
    inputs = {"account": CodeField(label=gettext_lazy("Account of the person"), max_length=40, help_text=gettext_lazy("Its reference, such as CB-20261123-48291735-6; the person finds it under “My insurance”."))}
    starts = Starts(DECLARED_PERIOD)
    tells = ("insured__person",)

    def perform(self, record: None, **data: Any) -> Spell:
        insured = Insured.objects.filter(reference=data.pop("account").strip().upper()).first()
        if insured is None:
            raise Refused(_("There is no account with this reference."), field="account")
        if data["sort"] == Sort.FLEXIBLE:
            raise Refused(_("Only who works for oneself has no employer."), field="sort")
        check_beginning(insured, data["since"], self.today)
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
    starts = Starts(OWN_PERIOD)

    def perform(self, record: Insured, **data: Any) -> Spell:
        check_beginning(record, data["since"], self.today)
        return Spell(insured=record, sort=Sort.FLEXIBLE, branches=[Branch.PENSION, Branch.MEDICAL], area_id=record.area_id, **data)


class RegisterSpell(Action):
    """The office enters a declared spell into the register."""

    called = "Register"
    record = Spell
    by = KEEPER
    start, end = {SpellState.DECLARED}, SpellState.REGISTERED
    stops = (OWN_PERIOD, DECLARED_PERIOD)
    tells = ("insured__person", "employer")


class RefuseSpell(Action):
    """The office does not register a spell, and says why."""

    called = "Do not register"
    record = Spell
    by = KEEPER
    start, end = {SpellState.DECLARED}, SpellState.REFUSED
    reason = True
    stops = (OWN_PERIOD, DECLARED_PERIOD)
    tells = ("insured__person", "employer")


class EndSpell(Action):
    """The work has ended, or will end on a day that is known; the office enters it where nobody else does, as after a death."""

    called = "Enter the end"
    record = Spell
    by = EMPLOYER | SPELLS_PERSON & ~EMPLOYERS | KEEPER
    start, end = {SpellState.REGISTERED}, SpellState.ENDED
    fields = ("until",)
    tells = ("insured__person", "employer")

    def perform(self, record: Spell, **data: Any) -> None:
        if data.get("until") is None:
            raise Refused(_("Say which day is the last."), field="until")
        record.until = data["until"]


class DeclareBase(Action):
    """Base or branches change from a month on; the office registers that, and the months before keep what was registered for them."""

    called = "Declare another base"
    record = Spell
    makes, end = Base, BaseState.DECLARED
    by = EMPLOYER | SPELLS_PERSON & ~EMPLOYERS
    start = {SpellState.REGISTERED}
    fields = ("base", "branches", "since")
    starts = Starts(DECLARED_PERIOD)
    tells = ("spell__insured__person",)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {"base": record.base, "branches": record.branches} if record is not None else {}

    def perform(self, record: Spell, **data: Any) -> Base:
        if record.employer_id is not None and record.employer_id != self.actor.stakeholder_id:
            raise Refused(_("The employer declares the base of those who work for it."))
        since = data["since"]
        if since < record.since.replace(day=1) or (record.until is not None and since > record.until):
            raise Refused(_("Nobody works here in that month by this spell."), field="since")
        if since < self.today.replace(day=1):
            raise Refused(_("Past months keep their base: name this month or a later one."), field="since")
        refuse_after_settling(record.employer_id, since)
        return Base(spell=record, area_id=record.area_id, declared_on=self.today, **data)


def refuse_after_settling(employer_id: int | None, since: date) -> None:
    """A month that is paid keeps what it was paid by."""
    settled = Statement.objects.from_month(employer_id, since).filter(state="settled").order_by("-month").first() if employer_id else None
    if settled is not None:
        raise Refused(_("%(month)s is settled already (%(reference)s): name a later month.") % {"month": f"{settled.month:%Y-%m}", "reference": settled.reference}, field="since")


class RegisterBase(Action):
    """The office enters the new base into the register; it holds from its month on."""

    called = "Register this base"
    record = Base
    by = KEEPER
    start, end = {BaseState.DECLARED}, BaseState.REGISTERED
    stops = (DECLARED_PERIOD,)
    select = ("spell",)
    tells = ("spell__insured__person", "spell__employer")

    def perform(self, record: Base, **data: Any) -> None:
        refuse_after_settling(record.spell.employer_id, record.since)


class RefuseBase(Action):
    """The office does not register the new base, and says why; what was registered before goes on."""

    called = "Do not register this base"
    record = Base
    by = KEEPER
    start, end = {BaseState.DECLARED}, BaseState.REFUSED
    reason = True
    stops = (DECLARED_PERIOD,)
    tells = ("spell__insured__person", "spell__employer")
