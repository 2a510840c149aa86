"""What is asked for to compare two days."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _


def day_field(label: str) -> forms.DateField:
    """A day, as a date field of the browser."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--date"}, format="%Y-%m-%d"))


class DaysForm(forms.Form):
    """Two days."""

    first = day_field(_("One day"))
    second = day_field(_("Another day"))
