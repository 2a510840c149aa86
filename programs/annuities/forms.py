"""Forms of annuities: a plan with its checks, and the calculators."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.catalogue.decisions import Decision
from governance.catalogue.forms import Calculator, an_amount, whole_number
from governance.catalogue.values import Values
from programs.annuities import reading
from programs.annuities.actions import AmendPlan, AnswerQuestions, FilePlan
from programs.annuities.models import Plan
from programs.annuities.rules.plans import Terms
from programs.annuities.vocabulary import PROGRAM

PARTS = {"payroll": "payroll", "employer": "employer_amount", "staff": "staff_amount", "highest": "highest", "average": "average", "vesting": "vesting"}


def _field(name: str, **options: Any) -> forms.Field:
    return Plan._meta.get_field(name).formfield(**options)


def _short() -> forms.NumberInput:
    return forms.NumberInput(attrs={"class": "govuk-input govuk-input--short", "step": "0.01"})


class TermsForm(forms.Form):
    """What is checked as it is typed."""

    payroll = _field("payroll", widget=_short())
    employer_amount = _field("employer_amount", widget=_short())
    staff_amount = _field("staff_amount", widget=_short())
    highest = _field("highest", widget=_short())
    average = _field("average", widget=_short())
    vesting = _field("vesting")

    def terms(self) -> Terms:
        """As far as they were said rightly; what is wrong or empty counts as missing."""
        self.is_valid()
        return Terms(**{name: self.cleaned_data.get(field) for name, field in PARTS.items()})


@registry.form_for(FilePlan)
@registry.form_for(AmendPlan)
@registry.form_for(AnswerQuestions)
class PlanForm(TermsForm):
    """A whole plan, in the order in which it is read."""

    consent = _field("consent", widget=forms.RadioSelect)
    form = _field("form", widget=forms.RadioSelect)
    field_order = (
        "name", "form", "covers", "people", "starts_on", "payroll", "employer_amount", "staff_amount", "highest", "average", "vesting",
        "trustee", "custodian", "account_manager", "investment_manager", "consent", "agreed_on", "present", "in_favour", "reason",
    )  # fmt: skip


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

    def answer(self, values: Values) -> Decision | None:
        told = self.cleaned_data
        return reading.costs(
            values, payroll=told["payroll"], people=told["people"], employer_rate=told["employer_rate"] / 100, staff_rate=told["staff_rate"] / 100,
            years=told["years"], returns=told["returns"] / 100,
        )  # fmt: skip


class TaxForm(Calculator):
    """How much of my contribution is not taxed?"""

    programs = (PROGRAM,)
    base = an_amount(_("Your base of contributions (yuan a month)"), 10_000_000)
    average = an_amount(_("Average wage of your place (yuan a month)"), 1_000_000)

    def answer(self, values: Values) -> Decision | None:
        return reading.tax(values, base=self.cleaned_data["base"], average=self.cleaned_data["average"])
