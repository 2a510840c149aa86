"""Forms of annuities: a plan with its checks, and the calculators."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.catalogue.decisions import Decision
from governance.catalogue.forms import Calculator, an_amount, whole_number
from governance.catalogue.values import Values
from governance.text import form_field
from programs.annuities import reading, values
from programs.annuities.actions import AmendPlan, AnswerQuestions, FilePlan, JoinCollective
from programs.annuities.actions.collectives import OWN
from programs.annuities.actions.plans import TERMS
from programs.annuities.models import Plan
from programs.annuities.rules.plans import Terms, amount_of
from programs.annuities.vocabulary import OCCUPATIONAL, PROGRAM, Consent

RATES = {"employer_rate": "employer_amount", "staff_rate": "staff_amount"}
PARTS = {"payroll": "payroll", "employer": "employer_amount", "staff": "staff_amount", "highest": "highest", "average": "average", "vesting": "vesting"}


def _field(name: str, **options: Any) -> forms.Field:
    return form_field(Plan._meta.get_field(name), **options)


def _short() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "govuk-input govuk-input--short", "step": "0.01"})


class TermsForm(forms.Form):
    """What is checked as it is typed."""

    _looked_at: list[values.Told] = []

    payroll = _field("payroll", widget=_short())
    employer_rate = _field("employer_rate", widget=_short(), help_text=_("A rate or an amount: fill in one of the two."))
    employer_amount = _field("employer_amount", widget=_short(), required=False)
    staff_rate = _field("staff_rate", widget=_short(), help_text=_("A rate or an amount: fill in one of the two."))
    staff_amount = _field("staff_amount", widget=_short(), required=False)
    highest = _field("highest", widget=_short())
    average = _field("average", widget=_short())
    vesting = _field("vesting")

    def clean(self) -> dict[str, Any]:
        """Where a rate is told the amount follows from it; both may stand there if they say the same."""
        data = super().clean() or self.cleaned_data
        for rate, amount in RATES.items():
            if rate in data and amount in data:
                self._one_of(data, rate, amount)
        return data

    def _one_of(self, data: dict[str, Any], rate: str, amount: str) -> None:
        if data[rate] is None and data[amount] is None:
            self.add_error(amount, _("Fill in the rate or the amount."))
        if data[rate] is None or data.get("payroll") is None:
            return
        follows = amount_of(data["payroll"], data[rate])
        if data[amount] not in (None, follows):
            self.add_error(amount, _("Rate and amount do not say the same. Leave one of them empty."))
        data[amount] = follows

    @property
    def checked(self) -> list[values.Told]:
        """What is kept and what not of what was sent, or of what was typed and is looked at only; empty on a new form."""
        return self._looked_at or (values.told(self.terms()) if self.is_bound else [])

    def looked_at(self, typed: TermsForm) -> TermsForm:
        """Shows what another form says, with no word about what is still empty."""
        self._looked_at = typed.checked
        return self

    @property
    def joined_vesting(self) -> str:
        """The table of a collective plan that is joined: it is not typed, but checked along."""
        return ""

    def terms(self) -> Terms:
        """As far as they were said rightly; what is wrong or empty counts as missing."""
        self.is_valid()
        return Terms(**{name: self.cleaned_data.get(field) for name, field in PARTS.items()})


@registry.form_for(FilePlan)
@registry.form_for(AmendPlan)
@registry.form_for(AnswerQuestions)
class PlanForm(TermsForm):
    """A whole plan, in the order in which it is read."""

    consent = forms.ChoiceField(label=_("how the staff agreed"), choices=Consent.choices, widget=forms.RadioSelect)
    field_order = (*TERMS, "reason")


@registry.form_for(JoinCollective)
class JoinForm(TermsForm):
    """What an employer says itself; the table of vesting is the collective plan's."""

    record: Any
    vesting = None
    consent = forms.ChoiceField(label=_("how the staff agreed"), choices=Consent.choices, widget=forms.RadioSelect)
    field_order = OWN

    def terms(self) -> Terms:
        """With the table of the plan that is joined."""
        return replace(super().terms(), vesting=self.record.vesting)

    @property
    def joined_vesting(self) -> str:
        return ", ".join(map(str, self.record.vesting))


def _rate(label: Any, most: int, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(label=label, min_value=0, max_value=most, max_digits=6, decimal_places=3, widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--short", "step": "0.1"}), **options)


class CostForm(Calculator):
    """What does a plan cost, and what does it bring?"""

    programs = (PROGRAM,)
    payroll = an_amount(_("Payroll of a year (yuan)"), 100_000_000_000)
    people = whole_number(_("How many take part"), 1, 10_000_000)
    employer_rate = _rate(_("The employer pays (per cent of the payroll)"), 100)
    staff_rate = _rate(_("The staff pay (per cent of the payroll)"), 100)
    years = whole_number(_("Years until they retire"), 1, 50, initial=20)
    returns = _rate(_("Return in a year (per cent), as you assume it"), 20, initial=Decimal(3), help_text=_("Nobody knows it. The answer shows one point less and one point more."))

    def answer(self, held: Values) -> Decision | None:
        told = self.cleaned_data
        return reading.costs(
            held, payroll=told["payroll"], people=told["people"], employer_rate=told["employer_rate"] / 100, staff_rate=told["staff_rate"] / 100,
            years=told["years"], returns=told["returns"] / 100,
        )  # fmt: skip


class TaxForm(Calculator):
    """How much of my contribution is not taxed?"""

    programs = (PROGRAM,)
    base = an_amount(_("Your base of contributions (yuan a month)"), 10_000_000)
    average = an_amount(_("Average wage of your place (yuan a month)"), 1_000_000)

    def answer(self, held: Values) -> Decision | None:
        return reading.tax(held, base=self.cleaned_data["base"], average=self.cleaned_data["average"])


class OccupationalForm(Calculator):
    """What is paid into an occupational annuity, and what it comes to?"""

    programs = (OCCUPATIONAL,)
    base = an_amount(_("Your base of contributions (yuan a month)"), 10_000_000)
    years = whole_number(_("Years until you retire"), 1, 50, initial=20)
    returns = _rate(_("Return in a year (per cent), as you assume it"), 20, initial=Decimal(3), help_text=_("Nobody knows it. What is only written down earns the interest that the State publishes."))

    def answer(self, held: Values) -> Decision | None:
        told = self.cleaned_data
        return reading.occupational(held, base=told["base"], years=told["years"], returns=told["returns"] / 100)
