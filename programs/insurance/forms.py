"""What the calculators ask for. Nothing of it is kept."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.decisions import Decision
from governance.catalogue.forms import Calculator, an_amount, whole_number
from governance.catalogue.values import Values
from governance.text import CodeField, DecimalField, PatternField
from programs.insurance import reading
from programs.insurance.reading import claims
from programs.insurance.rules.pension import NoDivisor
from programs.insurance.rules.retirement import Month
from programs.insurance.vocabulary import BRANCHES, DEEMED, EARLY, EMPLOYEES, RATES, RESIDENTS, Branch, Group, InjuryGround

BY_YEAR = r"^((19|20)[0-9]{2}:[0-9]{1,8}[.][0-9]{2}/?){0,80}$"


class RetirementForm(Calculator):
    """When may I retire?"""

    programs = (EMPLOYEES,)
    year = whole_number(gettext_lazy("Year of birth"), 1925, 2015)
    month = whole_number(gettext_lazy("Month of birth"), 1, 12)
    group = forms.ChoiceField(
        label=gettext_lazy("Which age counted for you before 2025"), choices=[("men", gettext_lazy("60: men")), ("women-55", gettext_lazy("55: women")), ("women-50", gettext_lazy("50: women"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    paid_years = whole_number(gettext_lazy("Years paid in"), 0, 60, required=False, help_text=gettext_lazy("By the time you retire. Leave empty if you do not know."))
    paid_months = whole_number(gettext_lazy("and months"), 0, 11, required=False)

    def answer(self, values: Values) -> Decision | None:
        data = self.cleaned_data
        known = data["paid_years"] is not None or data["paid_months"] is not None
        paid = 12 * (data["paid_years"] or 0) + (data["paid_months"] or 0) if known else None
        return reading.when_to_retire(values, born=Month(data["year"] * 12 + data["month"] - 1), group=Group(data["group"]).value, paid=paid)


class PensionForm(Calculator):
    """What will my pension be, as an employee?"""

    programs = (EMPLOYEES,)
    wage = an_amount(gettext_lazy("Average wage of your place (yuan a month)"), 1_000_000, help_text=gettext_lazy("The base that pensions are worked out with, as your place published it."))
    index = forms.DecimalField(
        label=gettext_lazy("Your average contribution index"), min_value=Decimal("0.1"), max_value=3, max_digits=6, decimal_places=4, initial=Decimal("1"),
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--short", "step": "0.0001"}),
        help_text=gettext_lazy("Your bases against the average wage, over the years: 1 if you earned the average, between 0.6 and 3."),
    )  # fmt: skip
    paid_years = whole_number(gettext_lazy("Years paid in"), 0, 60)
    paid_months = whole_number(gettext_lazy("and months"), 0, 11, required=False)
    balance = an_amount(gettext_lazy("Balance of your account (yuan)"))
    age_years = whole_number(gettext_lazy("Age at retirement: years"), 40, 70)
    age_months = whole_number(gettext_lazy("and months of age"), 0, 11, required=False)
    begins_in = whole_number(gettext_lazy("Year in which you retire"), 2010, 2100, required=False, help_text=gettext_lazy("How long one must have paid in depends on it. Leave empty if you do not know."))

    def answer(self, values: Values) -> Decision | None:
        data = self.cleaned_data
        if not data["wage"]:
            self.add_error("wage", _("Without an average wage nothing can be worked out."))
            return None
        try:
            return reading.employee_pension(
                values, wage=data["wage"], index=data["index"], paid=12 * data["paid_years"] + (data["paid_months"] or 0),
                balance=data["balance"], age=12 * data["age_years"] + (data["age_months"] or 0), year=data["begins_in"],
            )  # fmt: skip
        except NoDivisor:
            self.add_error("age_years", _("The table of divisors ends at 70."))
            return None


class ResidentsForm(Calculator):
    """What will my pension be, as a resident?"""

    programs = (RESIDENTS,)
    balance = an_amount(gettext_lazy("Balance of your account (yuan)"))

    def answer(self, values: Values) -> Decision | None:
        return reading.residents_pension(values, balance=self.cleaned_data["balance"])


class RateForm(Calculator):
    """What is paid in, in all?"""

    programs = BRANCHES
    on = forms.DateField(label=gettext_lazy("On which day"), widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--date"}, format="%Y-%m-%d"))

    def day(self) -> date | None:
        return self.cleaned_data["on"]

    def answer(self, values: Values) -> Decision | None:
        return reading.combined_rate(values)


class _ClaimForm(Calculator):
    """The facts of a claim, as its determination keeps them."""

    claim = CodeField(label=gettext_lazy("Claim"), max_length=40)


def _a_month(label: object) -> PatternField:
    return PatternField(r"^(19|20)[0-9]{2}-(0[1-9]|1[0-2])$", label=label)


class PensionClaimForm(_ClaimForm):
    """What a pension is worked out from."""

    programs = (EMPLOYEES,)
    born = _a_month(gettext_lazy("Month of birth"))
    group = forms.ChoiceField(label=gettext_lazy("Which age counted before 2025"), choices=Group.choices)
    begins = _a_month(gettext_lazy("Month in which it begins"))
    paid = whole_number(gettext_lazy("Months paid in"), 0, 900)
    balance = an_amount(gettext_lazy("Balance of the account (yuan)"))
    wage = an_amount(gettext_lazy("Average wage of the place (yuan a month)"), 1_000_000)
    index = DecimalField(label=gettext_lazy("Average contribution index"), min_value=Decimal("0.1"), max_value=3, max_digits=6, decimal_places=4)
    by_year = PatternField(BY_YEAR, label=gettext_lazy("Paid into the account by year (yuan)"), required=False)
    deemed = whole_number(DEEMED, 0, 600, required=False)
    early = whole_number(EARLY, 0, 600, required=False)

    def answer(self, values: Values) -> Decision | None:
        data = self.cleaned_data | {name: Month.of(self.cleaned_data[name]) for name in ("born", "begins")}
        data |= {name: data[name] or 0 for name in ("deemed", "early")}
        if (data["deemed"] or data["early"]) and not claims.has_transition(values):
            self.add_error("deemed", _("A transitional pension is not computed here: no rule of this place with its source is in the catalogue."))
            return None
        try:
            return claims.pension_of(values, **data)
        except NoDivisor:
            self.add_error("begins", _("A pension begins between the ages of 40 and 70."))
            return None


class UnemploymentClaimForm(_ClaimForm):
    """What the benefit of somebody out of work is worked out from."""

    programs = (RATES[Branch.UNEMPLOYMENT],)
    paid = whole_number(gettext_lazy("Months paid in"), 0, 900)
    standard = an_amount(gettext_lazy("Unemployment benefit of the place (yuan a month)"), 100_000)
    unwilling = forms.BooleanField(label=gettext_lazy("The work ended against the person’s will"), required=False)
    seeking = forms.BooleanField(label=gettext_lazy("Registered as unemployed, and looking for work"), required=False)

    def answer(self, values: Values) -> Decision | None:
        return claims.unemployment_of(values, **self.cleaned_data)


class MaternityClaimForm(_ClaimForm):
    """Wage and days."""

    programs = (RATES[Branch.MEDICAL],)
    wage = an_amount(gettext_lazy("Average wage of the employer’s people in the year before (yuan a month)"), 1_000_000)
    days = whole_number(gettext_lazy("Days of leave"), 1, 365)

    def answer(self, values: Values) -> Decision | None:
        return claims.maternity_of(values, **self.cleaned_data)


class MedicalClaimForm(_ClaimForm):
    """Costs, and the rules of the place."""

    programs = (RATES[Branch.MEDICAL],)
    cost = an_amount(gettext_lazy("Costs that the insurance covers (yuan)"), 10_000_000)
    deductible = an_amount(gettext_lazy("Deductible of the place (yuan)"), 1_000_000)
    share = DecimalField(label=gettext_lazy("Share that is paid (%)"), min_value=Decimal("0.01"), max_value=100, max_digits=5, decimal_places=2)
    most = an_amount(gettext_lazy("At most in this year, what was paid before taken off (yuan)"), 10_000_000)

    def answer(self, values: Values) -> Decision | None:
        return claims.medical_of(values, **self.cleaned_data)


class InjuryClaimForm(_ClaimForm):
    """Day and article."""

    programs = (RATES[Branch.INJURY],)
    happened_on = CodeField(label=gettext_lazy("day of the accident, or of the diagnosis"), max_length=10)
    ground = forms.ChoiceField(label=gettext_lazy("By which article"), choices=InjuryGround.choices)

    def answer(self, values: Values) -> Decision | None:
        return claims.injury_of(values, **self.cleaned_data)


class AbilityClaimForm(_ClaimForm):
    """The grade."""

    programs = (RATES[Branch.INJURY],)
    grade = whole_number(gettext_lazy("Grade found by the committee of assessment (1 to 10)"), 1, 10)

    def answer(self, values: Values) -> Decision | None:
        return claims.ability_of(values, **self.cleaned_data)
