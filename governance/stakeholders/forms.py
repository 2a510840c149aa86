"""Forms that are no actions: finding somebody at a counter, making an access token."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.stakeholders.actions import VerifyIdentity
from governance.stakeholders.models import Stakeholder
from governance.text import CodeField, WordsField


class CounterForm(forms.Form):
    """Somebody by the reference on their account page."""

    reference = CodeField(label=_("Reference of the person"), max_length=40, help_text=_("It stands on their account page, such as ST-20260105-00000123-4."))

    def __init__(self, *args: Any, actor: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.actor = actor

    def clean_reference(self) -> Stakeholder:
        reference = self.cleaned_data["reference"].strip().upper()
        found = Stakeholder.objects.open_to(VerifyIdentity, self.actor).filter(reference=reference).first()
        if found is None:
            raise forms.ValidationError(_("Nobody with this reference waits to be verified in your area."))
        return found


class TokenForm(forms.Form):
    """What a token is for, and how long it is good."""

    name = WordsField(label=_("What it is for"), max_length=100)
    days = forms.IntegerField(label=_("For how many days"), min_value=1, max_value=365, initial=90)
