"""What is asked for to work out a due date."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.clocks import calendars, rules, wording
from governance.clocks.models import ClockRule
from governance.clocks.now import LOCAL, today
from governance.stakeholders.models import Area

FIRST, LAST = date(2004, 1, 1), date(2099, 12, 31)
NOON = time(12)


def _day(**options: Any) -> forms.DateField:
    return forms.DateField(widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--date"}, format="%Y-%m-%d"), **options)


class CalculatorForm(forms.Form):
    """Received when, under which rule, paused from when until when, extended by how much."""

    rule = forms.ChoiceField(label=gettext_lazy("Rule"), widget=forms.Select(attrs={"class": "govuk-select"}))
    on = _day(label=gettext_lazy("Begins on"), help_text=gettext_lazy("The day of the event that starts the period, such as the receipt. It is not counted itself."))
    at = forms.TimeField(
        label=gettext_lazy("At what time"), required=False, help_text=gettext_lazy("Only for periods of hours or minutes."),
        widget=forms.TimeInput(attrs={"type": "time", "class": "govuk-input govuk-input--date"}, format="%H:%M"),
    )  # fmt: skip
    extension = forms.IntegerField(
        label=gettext_lazy("Extended by"), required=False, min_value=0, max_value=1000, help_text=gettext_lazy("In the unit of the rule."),
        widget=forms.NumberInput(attrs={"class": "govuk-input govuk-input--short"}),
    )  # fmt: skip
    pause_from = _day(label=gettext_lazy("Paused from"), required=False, help_text=gettext_lazy("The day the pause begins; counting stops the day after."))
    pause_until = _day(label=gettext_lazy("Paused until"), required=False, help_text=gettext_lazy("The last day that does not count."))
    area = forms.ChoiceField(
        label=gettext_lazy("Place"), required=False, help_text=gettext_lazy("Where offices were closed on days the country worked."),
        widget=forms.Select(attrs={"class": "govuk-select"}),
    )  # fmt: skip

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["rule"].choices = [("", _("Choose a rule")), *_rules_by_law()]
        closed = _closed_areas()
        self.fields["area"].choices = [("", _("Anywhere")), *closed]
        if not closed:
            del self.fields["area"]

    @property
    def is_more(self) -> bool:
        """Whether more was asked for than the rule and the day."""
        return self.is_bound and any(self[name].data or self[name].errors for name in ("extension", "pause_from", "pause_until", "at"))

    @property
    def asked(self) -> dict[str, Any]:
        """What was asked for, in words: a date alone does not say by what it was worked out."""
        data = self.cleaned_data
        longer = wording.length(data["version"].unit, data["extension"]) if data.get("extension") else ""
        return {
            "on": data["on"],
            "extension": longer,
            "pause_from": data.get("pause_from"),
            "pause_until": data.get("pause_until"),
        }

    def clean_on(self) -> date:
        day = self.cleaned_data["on"]
        if not FIRST <= day <= LAST:
            raise forms.ValidationError(_("Choose a day from 2004 on; earlier working calendars are not kept here."))
        return day

    def clean(self) -> dict[str, Any]:
        data = super().clean()
        if "rule" not in data or "on" not in data:
            return data
        try:
            code, _at, area = data["rule"].partition("@")
            data["version"] = calendars.rule(code, data["on"], area)
        except calendars.NotInForce:
            self.add_error("on", _("This rule was not in force on that day."))
            return data
        self._check_pause(data)
        self._check_extension(data)
        if not self.errors:
            data["due"] = self._counted(data)
        return data

    def _check_pause(self, data: dict[str, Any]) -> None:
        start, end = data.get("pause_from"), data.get("pause_until")
        if (start or end) and not data["version"].pausable:
            self.add_error("pause_from", _("This period cannot be paused."))
        elif bool(start) != bool(end):
            self.add_error("pause_until" if start else "pause_from", _("A pause has a first and a last day."))
        elif start and not data["on"] <= start <= end:
            self.add_error("pause_until", _("The pause lies after the beginning, and ends after it began."))

    def _check_extension(self, data: dict[str, Any]) -> None:
        rule = data["version"]
        if (data.get("extension") or 0) > rule.extension_amount:
            longest = rule.extension_length
            text = _("The extension may be at most %(length)s.") % {"length": longest} if longest else _("This period cannot be extended.")
            self.add_error("extension", text)

    def _counted(self, data: dict[str, Any]) -> rules.Due | None:
        rule = data["version"]
        start = datetime.combine(data["on"], data.get("at") or NOON, LOCAL)
        pauses = [rules.Pause(_noon(data["pause_from"]), _noon(data["pause_until"]))] if data.get("pause_from") else []
        extensions = [data["extension"]] if data.get("extension") else []
        try:
            return rules.due(rule.period, start, calendars.of_area(data.get("area") or rule.area), pauses=pauses, extensions=extensions)
        except rules.NoSuchPeriod:
            self.add_error(None, _("This cannot be counted."))
            return None


def _closed_areas() -> list[tuple[str, str]]:
    """The places with closures of their own."""
    return [(area.code, area.label) for area in Area.objects.filter(pk__in=calendars.closed_areas())]


def _noon(day: date) -> datetime:
    return datetime.combine(day, NOON, LOCAL)


def _rules_by_law() -> list[tuple[str, list[tuple[str, str]]]]:
    groups: dict[str, list[tuple[str, str]]] = {}
    for rule in ClockRule.objects.in_force_on(today()).for_display():
        groups.setdefault(rule.regime.title, []).append((rule.key, f"{rule} · {rule.length}"))
    return list(groups.items())
