"""By which ways somebody wants to be told."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.notices import sms
from governance.notices.vocabulary import CHOSEN, Category, Way

HELP = {
    Category.STATUTORY: _("These have to reach you: keep at least one way."),
    Category.DATES: _("Before a date and after it has passed, and what presses every morning in an organisation."),
    Category.CHANGES: _("Everything else that is done in a matter of yours."),
}


class ChoicesForm(forms.Form):
    """A row of ticks for every category; what cannot reach somebody is not offered."""

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.has_number = bool(person is not None and sms.carrier() and sms.mobile(person.phone))
        ways = [(way.value, way.label) for way in CHOSEN if way != Way.SMS or self.has_number]
        for category in Category:
            must = category == Category.STATUTORY
            self.fields[category.value] = forms.MultipleChoiceField(
                label=category.label, help_text=HELP[category], choices=ways, required=must, widget=forms.CheckboxSelectMultiple,
                error_messages={"required": _("Keep at least one way: these have to reach you.")},
            )  # fmt: skip
