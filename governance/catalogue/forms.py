"""What is asked for to compare two days."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.catalogue.decisions import Decision
from governance.catalogue.models import Program
from governance.catalogue.values import MissingParameter, Values, values_on
from governance.clocks.now import today


def day_field(label: str) -> forms.DateField:
    """A day, as a date field of the browser."""
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--date"}, format="%Y-%m-%d"))


class DaysForm(forms.Form):
    """Two days."""

    first = day_field(_("One day"))
    second = day_field(_("Another day"))


def whole_number(label: Any, low: int, high: int, **options: Any) -> forms.IntegerField:
    """A number without a fraction."""
    return forms.IntegerField(label=label, min_value=low, max_value=high, widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--short"}), **options)


def an_amount(label: Any, most: int = 100_000_000, **options: Any) -> forms.DecimalField:
    """Yuan and fen."""
    return forms.DecimalField(
        label=label, min_value=0, max_value=most, max_digits=12, decimal_places=2,
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--short", "step": "0.01"}), **options,
    )  # fmt: skip


class Calculator(forms.Form):
    """A question with its answer."""

    programs: tuple[str, ...] = ()

    def answer(self, values: Values) -> Decision | None:
        """The decision; None where an error was added instead."""
        raise NotImplementedError

    def day(self) -> date | None:
        """Another day than today whose rules count."""
        return None


def answered(form: Calculator) -> Decision | None:
    """The answer to a valid question; where a value is missing for its day, that is said beside the day and nothing is guessed."""
    day = form.day() or today()
    try:
        return form.answer(values_on(day, *form.programs))
    except MissingParameter as problem:
        program = Program.objects.called(problem.program)
        words = {"day": day.isoformat(), "program": program or problem.program}
        sentence = gettext("For %(day)s no value of “%(program)s” that this needs is known here. Choose a later day.") % words
        form.add_error("on" if "on" in form.fields else None, sentence)
        return None
