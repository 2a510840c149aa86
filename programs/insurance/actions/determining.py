"""Determining what a claim gives: the facts of the register, what the officer adds, the rule and its versions, kept as a determination.

The officer who determines answers for it; somebody else grants it (``GrantClaim``). Nothing is due where the rule says no.
"""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar

from django import forms
from django.core.validators import RegexValidator
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Party, Refused
from governance.determinations import deciding
from governance.determinations.models import Determination
from governance.determinations.vocabulary import State
from governance.matching.models import Pair
from governance.text import CodeField, DecimalField, IntegerField
from programs.insurance.models import Claim
from programs.insurance.vocabulary import DEEMED, EARLY, ClaimKind, ClaimState, Duty, Group, InjuryGround

WHOSE = Party("insured__person", gettext_lazy("the insured person"))
# The administrative department, never the office that pays (Work Injury Insurance Regulation art. 20); nobody for themselves.
RECOGNISER = Holds(Duty.RECOGNISE_INJURIES) & ~Holds(Duty.DECIDE_CLAIMS) & ~WHOSE
NOTHING = Decimal(0)
A_MONTH = RegexValidator(r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", gettext_lazy("Write the month like 2026-10."))


def rule_of(kind: str) -> str:
    """The rule by which a claim of this kind is determined."""
    return f"insurance.claim-{kind}"


def facts_of_register(claim: Claim, today: date) -> dict[str, str]:
    """What the register itself says of a claim: nobody types it, and what is granted rests on it."""
    paid = claim.insured.contributions.all()
    months = paid.months_by_branch()
    facts: dict[str, dict[str, Any]] = {
        ClaimKind.PENSION: {"born": f"{claim.insured.born_on(today):%Y-%m}", "paid": months.get("pension", 0), "balance": paid.credited(), "by_year": _by_year(paid.credited_by_year())},
        ClaimKind.UNEMPLOYMENT: {"paid": months.get("unemployment", 0)},
        ClaimKind.INJURY: {"happened_on": claim.happened_on},
    }
    return {"claim": claim.reference} | {name: str(value) for name, value in facts.get(claim.kind, {}).items()}


def _by_year(credited: dict[int, Decimal]) -> str:
    return "/".join(f"{year}:{amount}" for year, amount in credited.items())


def _yuan(label: Any, most: int = 1_000_000, **options: Any) -> DecimalField:
    return DecimalField(label=label, min_value=Decimal("0.01"), max_value=most, max_digits=10, decimal_places=2, **options)


def _number(label: Any, low: int, high: int) -> IntegerField:
    return IntegerField(label=label, min_value=low, max_value=high)


class _Determines(Action):
    """By an officer who answers for it, from what the register holds."""

    record = Claim
    makes, end = Determination, State.GIVEN
    start = {ClaimState.RECEIVED}
    kind: ClassVar[str]
    place = 3
    seals = ("fingerprint",)
    select = ("insured__person",)

    def perform(self, record: Claim, **data: Any) -> Determination:
        if self.actor.user_id is None:
            raise Refused(_("A person decides, not a program."))
        person = record.insured.person
        if person is None:
            raise Refused(_("The person has no entry here yet that a determination could be about. Have them registered at a counter first."))
        if self.actor.user.person_id == person.pk:
            raise Refused(_("This is about you. Somebody else decides it."))
        if held := Pair.objects.holding().about_person(person.pk).first():
            raise Refused(_("Held: whether this person is registered twice is not settled (%(reference)s).") % {"reference": held.reference})
        made = Determination(pk=record.judged_number, person=person, area_id=record.area_id, rule=rule_of(self.kind), decided_by_id=self.actor.user_id)
        facts = {name: str(value) for name, value in data.items() if value not in (None, "")}
        decision = deciding.worked_out(made, facts | facts_of_register(record, self.today), self.today)
        if decision.outcome != "yes":
            raise Refused(_("By the rule nothing is due: %(why)s Refuse the claim and say why, or ask what is missing.") % {"why": decision.sentence})
        record.determination, record.determined_by_id = made, self.actor.user_id
        return made


class DeterminePension(_Determines):
    """Months, account and birth come from the register; the officer adds wage, index and the month, and the rule works out the pension."""

    called = "Determine the pension"
    by = Holds(Duty.DECIDE_CLAIMS) & ~WHOSE
    provided = Q(kind=ClaimKind.PENSION)
    kind = ClaimKind.PENSION
    leads_to = ("SI_PENSION",)
    inputs = {
        "group": forms.ChoiceField(label=gettext_lazy("Which age counted before 2025"), choices=Group.choices),
        "begins": CodeField(label=gettext_lazy("Month in which it begins"), max_length=7, validators=[A_MONTH], help_text=gettext_lazy("Like 2026-10.")),
        "wage": _yuan(gettext_lazy("Average wage of the place by which pensions are worked out (yuan a month)")),
        "index": DecimalField(label=gettext_lazy("Average contribution index"), min_value=Decimal("0.1"), max_value=3, max_digits=6, decimal_places=4),
        "deemed": IntegerField(label=DEEMED, min_value=0, max_value=600, required=False, help_text=gettext_lazy("By the files of the person. Leave empty where there are none.")),
        "early": IntegerField(label=EARLY, min_value=0, max_value=600, required=False, help_text=gettext_lazy("As the rule of the place counts them. Leave empty where there are none.")),
    }

    def perform(self, record: Claim, **data: Any) -> Determination:
        if (data["group"] == Group.MEN) != record.insured.papers(self.today).is_male:
            raise Refused(_("The identity number says otherwise."), field="group")
        return super().perform(record, **data)


class DetermineUnemployment(_Determines):
    """The months that were paid in come from the register; the officer adds the standard of the place and why the work ended."""

    called = "Determine the unemployment benefit"
    by = Holds(Duty.DECIDE_CLAIMS) & ~WHOSE
    provided = Q(kind=ClaimKind.UNEMPLOYMENT)
    kind = ClaimKind.UNEMPLOYMENT
    leads_to = ("SI_UNEMP",)
    inputs = {
        "standard": _yuan(gettext_lazy("Unemployment benefit of the place (yuan a month)"), 100_000),
        "unwilling": forms.BooleanField(label=gettext_lazy("The work ended against the person’s will"), required=False),
        "seeking": forms.BooleanField(label=gettext_lazy("Registered as unemployed, and looking for work"), required=False),
    }


class DetermineMaternity(_Determines):
    """The average wage of the employer's people, for the days of leave."""

    called = "Determine the maternity allowance"
    by = Holds(Duty.DECIDE_CLAIMS) & ~WHOSE
    provided = Q(kind=ClaimKind.MATERNITY)
    kind = ClaimKind.MATERNITY
    leads_to = ("SI_MATERNITY",)
    inputs = {
        "wage": _yuan(gettext_lazy("Average wage of the employer’s people in the year before (yuan a month)")),
        "days": _number(gettext_lazy("Days of leave"), 1, 365),
    }


class DetermineMedical(_Determines):
    """What was paid in advance, by the rules of the place: deductible, share and most."""

    called = "Determine the medical costs"
    by = Holds(Duty.DECIDE_CLAIMS) & ~WHOSE
    provided = Q(kind=ClaimKind.MEDICAL)
    kind = ClaimKind.MEDICAL
    leads_to = ("SI_MEDICAL",)
    inputs = {
        "cost": _yuan(gettext_lazy("Costs that the insurance covers (yuan)"), 10_000_000),
        "deductible": DecimalField(label=gettext_lazy("Deductible of the place (yuan)"), min_value=0, max_value=1_000_000, max_digits=10, decimal_places=2),
        "share": DecimalField(label=gettext_lazy("Share that is paid (%)"), min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2),
        "most": _yuan(gettext_lazy("At most in this year, what was paid before taken off (yuan)"), 10_000_000),
    }


class DetermineInjury(_Determines):
    """The injury is a work injury, or counts as one, by an article of the regulation."""

    called = "Determine that it is a work injury"
    by = RECOGNISER
    start = {ClaimState.ACCEPTED}
    provided = Q(kind=ClaimKind.INJURY)
    kind = ClaimKind.INJURY
    leads_to = ("SI_INJURY_DEC", "SI_INJURY_CLEAR")
    inputs = {"ground": forms.ChoiceField(label=gettext_lazy("By which article"), choices=InjuryGround.choices)}


class DetermineAbility(_Determines):
    """The grade that the committee of assessment found: one of ten (Work Injury Insurance Regulation art. 22)."""

    called = "Determine the grade"
    by = Holds(Duty.DECIDE_CLAIMS) & ~WHOSE
    provided = Q(kind=ClaimKind.ABILITY)
    kind = ClaimKind.ABILITY
    leads_to = ("SI_ABILITY",)
    inputs = {"grade": _number(gettext_lazy("Grade found by the committee of assessment (1 to 10)"), 1, 10)}
