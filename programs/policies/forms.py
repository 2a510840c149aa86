"""What the calculators ask for (nothing of it is kept), and the form of a product, with the fields of its kind."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import registry
from governance.catalogue.decisions import Decision
from governance.catalogue.forms import Calculator, an_amount, whole_number
from governance.catalogue.values import Values
from governance.text import WordsField
from programs.policies import reading
from programs.policies.actions import AnswerQuestions, FileNewVersion, FileProduct
from programs.policies.models import is_chinese
from programs.policies.rules import disclosure, group
from programs.policies.vocabulary import ANNUITY, HEALTH, PERSONAL, TAX_DEFERRED, ProductKind


def _rate(label: Any, most: int, **options: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label, min_value=0, max_value=most, max_digits=5, decimal_places=2, widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--short", "step": "0.1"}), **options
    )


def _bracket() -> forms.DecimalField:
    return _rate(gettext_lazy("Your highest rate of income tax (%)"), 45, help_text=gettext_lazy("The rate on the last yuan you earn. 0 if you pay no income tax."))


class PersonalPensionForm(Calculator):
    """What does a personal pension bring?"""

    programs = (PERSONAL,)
    payment = an_amount(gettext_lazy("What you pay in each year (yuan)"), 1_000_000)
    years = whole_number(gettext_lazy("For how many years"), 1, 45)
    rate = _rate(gettext_lazy("Growth a year you assume (%)"), 15, help_text=gettext_lazy("Nobody promises it. Try a low one and a high one."))
    bracket = _bracket()

    def answer(self, values: Values) -> Decision:
        data = self.cleaned_data
        return reading.personal_pension(values, payment=data["payment"], years=data["years"], rate=data["rate"] / 100, bracket=data["bracket"] / 100)


class TaxDeferredForm(Calculator):
    """What did the tax-deferred pension save?"""

    programs = (TAX_DEFERRED,)
    wage = an_amount(gettext_lazy("Wage a month (yuan)"), 10_000_000)
    payment = an_amount(gettext_lazy("Premium a month (yuan)"), 1_000_000)
    bracket = _bracket()

    def answer(self, values: Values) -> Decision:
        data = self.cleaned_data
        return reading.tax_deferred(values, payment=data["payment"], wage=data["wage"], bracket=data["bracket"] / 100)


class HealthForm(Calculator):
    """What does a tax-preferred health insurance save?"""

    programs = (HEALTH,)
    premium = an_amount(gettext_lazy("Premium a year (yuan)"), 1_000_000)
    bracket = _bracket()

    def answer(self, values: Values) -> Decision:
        return reading.health_relief(values, premium=self.cleaned_data["premium"], bracket=self.cleaned_data["bracket"] / 100)


class GroupForm(Calculator):
    """Group cover or annuity, out of one budget?"""

    bars: Sequence[group.Row] = ()
    programs = (ANNUITY,)
    budget = an_amount(gettext_lazy("What the firm can spend on its staff each year (yuan)"))
    payroll = an_amount(gettext_lazy("Wages of all staff each year (yuan)"), 1_000_000_000)
    staff = whole_number(gettext_lazy("Number of staff"), 1, 10_000)
    premium = an_amount(gettext_lazy("Premium of the group cover for each, a year (yuan)"), 1_000_000)

    def answer(self, values: Values) -> Decision:
        found = reading.group_beside_annuity(values, **{name: self.cleaned_data[name] for name in ("budget", "payroll", "staff", "premium")})
        parts = [(Decimal(one["group"]), Decimal(one["annuity"])) for one in found.values.values()]
        self.bars = group.drawn(parts, self.cleaned_data["budget"])
        return found


UNITS = {"years": gettext_lazy("years"), "days": gettext_lazy("days"), "persons": gettext_lazy("persons"), "age": gettext_lazy("years of age"), "": ""}


class _Disclosing(forms.Form):
    """On the page every field of the disclosure has a place of its own; programs send them together."""

    action: Any
    record: Any

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.chosen = self._kind()
        self.fields["disclosure"].widget = forms.HiddenInput()
        if "kind" in self.fields and self.chosen:
            self.fields["kind"].widget = forms.HiddenInput()
        known = self.initial.get("disclosure") or {}
        for field in disclosure.fields_of(self.chosen) if self.chosen else ():
            name = f"d_{field.name}"
            self.fields[name] = _field_of(field)
            self.initial.setdefault(name, known.get(field.name, ""))
        self.initial.pop("disclosure", None)

    def _kind(self) -> str:
        if self.record is not None:
            return self.record.kind
        asked = self.data.get("kind") or self.initial.get("kind", "")
        return asked if asked in ProductKind.values else ""

    @property
    def kind_label(self) -> str:
        """The kind chosen, in words."""
        return str(ProductKind(self.chosen).label) if self.chosen else ""

    def clean(self) -> dict[str, Any]:
        """The fields together; where they were sent together already, those."""
        data = super().clean() or self.cleaned_data
        apart = {name: data.pop(name) for name in [name for name in data if name.startswith("d_")]}
        if not data.get("disclosure"):
            data["disclosure"] = {name.removeprefix("d_"): value for name, value in apart.items() if value not in (None, "")}
        self._show_faults(data)
        return data

    def _show_faults(self, data: dict[str, Any]) -> None:
        """Each fault stands at its field, if the fields were sent one by one."""
        if self.data.get("disclosure") or not self.chosen:
            return
        told = {"missing": _("Fill this in."), "wrong": _("This is not as it should be."), "unknown": _("This is not asked for.")}
        for name, fault in disclosure.problems(self.chosen, data["disclosure"]).items():
            if f"d_{name}" in self.fields:
                self.add_error(f"d_{name}", told[fault])


def _field_of(field: disclosure.Field) -> forms.Field:
    label, unit = field.label(is_chinese()), UNITS.get(field.unit, "")
    options: dict[str, Any] = {"label": label, "required": False, "help_text": unit or (_("optional") if field.optional else "")}
    if field.type in disclosure.NUMBERS:
        bounds = {"min_value": field.least, "max_value": field.most}
        attrs = {"class": "govuk-input govuk-input--short"}
        if field.type == "integer":
            return forms.IntegerField(widget=forms.NumberInput(attrs=attrs), **bounds, **options)
        label = {"percent": "%", "yuan": _("yuan")}.get(field.type, "")
        return forms.DecimalField(max_digits=14, decimal_places=2, widget=forms.NumberInput(attrs=attrs | {"step": "0.01"}), **bounds, **options | {"help_text": label or options["help_text"]})
    if field.type == "address":
        return WordsField(max_length=disclosure.LONGEST, **options)
    return WordsField(max_length=disclosure.LONGEST, widget=forms.Textarea(attrs={"rows": 2}), **options)


@registry.form_for(FileProduct)
class FileProductForm(_Disclosing):
    """A product for the first time."""


@registry.form_for(AnswerQuestions)
class AnswerQuestionsForm(_Disclosing):
    """The filing once more, corrected."""


@registry.form_for(FileNewVersion)
class FileNewVersionForm(_Disclosing):
    """A changed version."""
