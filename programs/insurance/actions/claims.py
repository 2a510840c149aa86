"""Claims: what people, and for work injuries their employers, ask for; what one officer determines and another one grants."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Party, Refused, Starts
from programs.insurance.actions.determining import RECOGNISER, facts_of_register
from programs.insurance.actions.work import EMPLOYER
from programs.insurance.models import Claim, Insured, Spell
from programs.insurance.vocabulary import OPEN_CLAIM, ClaimKind, ClaimState, Duty, SpellState

PERSON = Party("person", gettext_lazy("the insured person"))
WHOSE = Party("insured__person", gettext_lazy("the insured person"))
DECIDER = Holds(Duty.DECIDE_CLAIMS) & ~WHOSE  # nobody decides for themselves
ACCEPTANCE, RECOGNITION, CLEAR = "SI_INJURY_ACCEPT", "SI_INJURY_DEC", "SI_INJURY_CLEAR"
PERIODS = {
    ClaimKind.PENSION: "SI_PENSION", ClaimKind.MEDICAL: "SI_MEDICAL", ClaimKind.MATERNITY: "SI_MATERNITY",
    ClaimKind.UNEMPLOYMENT: "SI_UNEMP", ClaimKind.INJURY: ACCEPTANCE, ClaimKind.ABILITY: "SI_ABILITY",
}  # fmt: skip
INJURY = Q(kind=ClaimKind.INJURY)
INJURY_PERIODS = (ACCEPTANCE, RECOGNITION, CLEAR)
BENEFIT_PERIODS = tuple(rule for kind, rule in PERIODS.items() if kind != ClaimKind.INJURY)


class ClaimBenefit(Action):
    """Somebody asks for a benefit of basic insurance; by law it is decided within a period that begins now."""

    called = "Claim a benefit"
    record = Insured
    makes, end = Claim, ClaimState.RECEIVED
    by = PERSON
    start = {"insured"}
    fields = ("kind", "words", "happened_on")
    place = 1
    starts = tuple(Starts(rule, where=("kind", frozenset({str(kind)}))) for kind, rule in PERIODS.items())

    def perform(self, record: Insured, **data: Any) -> Claim:
        happened_on = data.pop("happened_on", None)
        if data["kind"] == ClaimKind.INJURY:
            if happened_on is None or not record.born_on(self.today) < happened_on <= self.today:
                raise Refused(_("Say on which day it happened, or was diagnosed."), field="happened_on")
            data["happened_on"] = happened_on
        months = record.contributions.all().months_by_branch().get("pension", 0)
        return Claim(insured=record, area_id=record.area_id, months=months, **data)


class ReportInjury(Action):
    """An employer applies for the recognition of a work injury: by law within 30 days; afterwards the person, kin or the union within a year."""

    called = "Apply for recognition of a work injury"
    record = Spell
    makes, end = Claim, ClaimState.RECEIVED
    by = EMPLOYER
    start = {SpellState.REGISTERED, SpellState.ENDED}
    fields = ("happened_on", "words")
    place = 8
    starts = Starts(ACCEPTANCE)
    tells = ("insured__person",)

    def perform(self, record: Spell, **data: Any) -> Claim:
        happened_on = data["happened_on"]
        if happened_on is None or not record.since <= happened_on <= min(record.until or self.today, self.today):
            raise Refused(_("Say on which day it happened: a day on which this person worked here, and not one to come."), field="happened_on")
        return Claim(insured_id=record.insured_id, kind=ClaimKind.INJURY, employer_id=record.employer_id, area_id=record.area_id, **data)


class AcceptInjury(Action):
    """The application is complete and accepted: it is decided within 60 days, within 15 where facts and duties are clear (Work Injury Insurance Regulation art. 20)."""

    called = "Accept for examination"
    record = Claim
    by = RECOGNISER
    start, end = {ClaimState.RECEIVED}, ClaimState.ACCEPTED
    provided = Q(kind=ClaimKind.INJURY)
    inputs = {"is_clear": forms.BooleanField(label=gettext_lazy("The facts are clear, and so is who owes what: it is decided within 15 days"), required=False)}
    place = 2
    stops = (ACCEPTANCE,)
    starts = (
        Starts(RECOGNITION, where=("is_clear", frozenset({False}))),
        Starts(CLEAR, where=("is_clear", frozenset({True}))),
    )
    tells = ("insured__person", "employer")

    def perform(self, record: Claim, **data: Any) -> None:
        record.is_clear = bool(data.get("is_clear"))


class AwaitFinding(Action):
    """The decision rests on what a court or another authority has still to find: until then the period stands still."""

    called = "Wait for the finding of another authority"
    record = Claim
    by = RECOGNISER
    start, end = {ClaimState.ACCEPTED}, ClaimState.WAITING
    reason = True
    place = 6
    pauses = (RECOGNITION, CLEAR)
    tells = ("insured__person", "employer")


class EnterFinding(Action):
    """The other authority has found what the decision rests on: the period goes on."""

    called = "Enter that the finding has come"
    record = Claim
    by = RECOGNISER
    start, end = {ClaimState.WAITING}, ClaimState.ACCEPTED
    reason = True
    place = 1
    resumes = (RECOGNITION, CLEAR)
    tells = ("insured__person", "employer")


class ExtendAssessment(Action):
    """The ability to work cannot be assessed within 60 days: once, and by at most 30 days more, with the reason (Work Injury Insurance Regulation art. 25)."""

    called = "Extend the assessment"
    record = Claim
    by = DECIDER
    start = {ClaimState.RECEIVED}
    provided = Q(kind=ClaimKind.ABILITY)
    reason = True
    place = 6
    extends = ("SI_ABILITY",)
    tells = ("insured__person",)


class _Grants(Action):
    """A second officer, who has seen what was determined and from what, grants just that."""

    record = Claim
    end = ClaimState.GRANTED
    place = 4
    select = ("determination", "insured")
    tells = ("insured__person", "employer")

    def perform(self, record: Claim, **data: Any) -> None:
        if self.actor.user_id is None:
            raise Refused(_("A person decides, not a program."))
        if self.actor.user_id == record.determined_by_id:
            raise Refused(_("You determined what is due. Somebody else grants it."))
        said = record.determination.said
        changed = {name for name, value in facts_of_register(record, self.today).items() if said.get(name) != value}
        if changed:
            raise Refused(_("What the register holds has changed since this was determined. Determine it anew."))
        record.monthly_amount, record.granted_by_id, record.granted_on = record.due, self.actor.user_id, self.today


class GrantClaim(_Grants):
    """A second officer, who has seen what was determined and from what, grants just that."""

    called = "Grant what was determined"
    by = DECIDER
    start, end = {ClaimState.RECEIVED}, ClaimState.GRANTED
    provided = Q(determination__isnull=False) & ~INJURY
    stops = BENEFIT_PERIODS


class RecogniseInjury(_Grants):
    """A second officer of the administrative department recognises the injury as it was determined."""

    called = "Recognise the work injury"
    by = RECOGNISER
    start, end = {ClaimState.ACCEPTED}, ClaimState.GRANTED
    provided = Q(determination__isnull=False) & INJURY
    stops = INJURY_PERIODS


class RefuseClaim(Action):
    """The office refuses the benefit, and says why and what can be done about it."""

    called = "Refuse"
    record = Claim
    by = DECIDER
    start, end = {ClaimState.RECEIVED}, ClaimState.REFUSED
    provided = ~INJURY
    reason = True
    place = 8
    stops = BENEFIT_PERIODS
    tells = ("insured__person", "employer")


class RefuseInjury(Action):
    """The administrative department does not accept or recognise it as a work injury, and says why and what can be done about it."""

    called = "Do not recognise it"
    record = Claim
    by = RECOGNISER
    start, end = set(OPEN_CLAIM), ClaimState.REFUSED
    provided = INJURY
    reason = True
    place = 8
    stops = INJURY_PERIODS
    tells = ("insured__person", "employer")


class WithdrawClaim(Action):
    """Whoever claimed the benefit takes that back."""

    record = Claim
    by = WHOSE
    start, end = set(OPEN_CLAIM), ClaimState.WITHDRAWN
    voids = (*BENEFIT_PERIODS, *INJURY_PERIODS)
