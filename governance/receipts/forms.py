"""What somebody hands in to have a receipt checked."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.receipts.checking import LARGEST_FILE
from governance.text import CodeField


class VerifyForm(forms.Form):
    """A number or a file."""

    number = CodeField(
        label=_("Tracking code, or the number of an entry in the log"), max_length=100, required=False,
        help_text=_("The tracking code stands on the receipt: fourteen letters and figures, such as 7K3M-9QXT-2P4D-1Z."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false", "autocapitalize": "characters"}),
    )  # fmt: skip
    file = forms.FileField(
        label=_("Or the receipt as a file"), required=False,
        help_text=_("The PDF or the receipt file you downloaded. You can drop it here. It is checked and not kept."),
        widget=forms.ClearableFileInput(attrs={"accept": ".pdf,.json,application/pdf,application/json"}),
    )  # fmt: skip

    def clean_file(self) -> Any:
        """Receipts are small."""
        file = self.cleaned_data["file"]
        if file and file.size > LARGEST_FILE:
            raise forms.ValidationError(_("This file is too large to be a receipt."))
        return file

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        data = super().clean() or {}
        if not self.errors and not data.get("number") and not data.get("file"):
            raise forms.ValidationError(_("Type the tracking code, or choose the file."))
        return data
