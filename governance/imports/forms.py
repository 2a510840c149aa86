"""Forms of imports that look at the file."""

from __future__ import annotations

from typing import Any

from django import forms

from governance.actions import registry
from governance.imports.actions import ApplyImport


@registry.form_for(ApplyImport)
class ApplyImportForm(forms.Form):
    """Asks whether somebody has looked at the rows that are to be confirmed; where there are none, nothing is asked."""

    record: Any = None

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if not getattr(self.record, "warning_count", 0):
            self.fields.pop("looked", None)
