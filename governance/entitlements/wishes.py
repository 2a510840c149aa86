"""What several programs may ask under the same name: "what if" wishes, and facts about work. Asked once, whoever needs them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.entitlements.contract import Fact

SHORT = {"class": "govuk-input govuk-input--short"}
STAY, FLEXIBLE, NOTHING = "stay", "flexible", "nothing"


def number(label: Any, low: int, high: int, **options: Any) -> forms.IntegerField:
    """A whole number that need not be told."""
    return forms.IntegerField(label=label, min_value=low, max_value=high, required=False, widget=forms.NumberInput(attrs=SHORT), **options)


def amount(label: Any, most: int = 100_000_000, **options: Any) -> forms.DecimalField:
    """Yuan that need not be told."""
    widget = forms.NumberInput(attrs=SHORT | {"step": "0.01"})
    return forms.DecimalField(label=label, min_value=0, max_value=most, max_digits=12, decimal_places=2, required=False, widget=widget, **options)


def choice(label: Any, choices: list[tuple[str, Any]], **options: Any) -> forms.ChoiceField:
    """One of several; the first is how it is."""
    return forms.ChoiceField(label=label, choices=choices, required=False, **options)


LATER = Fact(
    "later", lambda: number(_("Retire later by (months)"), -36, 36, help_text=_("From 36 months earlier (−36) to 36 months later. Empty: at the statutory age.")), is_wish=True
)
MORE = Fact("more", lambda: amount(_("Pay in more (yuan a month)"), 100_000, help_text=_("On top of what you pay now, into your own account.")), is_wish=True)
JOB = Fact(
    "job",
    lambda: choice(_("Change job"), [("", _("I stay as I am")), (FLEXIBLE, _("I work for myself and go on paying in")), (NOTHING, _("I stop paying in"))]),
    is_wish=True,
)
INCOME = Fact("income", lambda: amount(_("Income of the household (yuan a month)"), 1_000_000))
