"""What an action asks for: one description out of model fields, for page, API and schema alike."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from typing import Any

from django import forms
from django.core.exceptions import FieldDoesNotExist
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import text
from governance.actions import registry
from governance.actions.records import OfferedQuerySet, RecordQuerySet

LONGEST_REASON = 2000


def reason_field(required: bool) -> text.WordsField:
    """The field in which the actor says why."""
    return text.WordsField(
        label=_("Reason"), required=required, max_length=LONGEST_REASON, widget=forms.Textarea(attrs={"rows": 4})
    )


def form_class(action: Any, actor: Any, record: Any = None) -> type[forms.Form]:
    """The form of an action for this actor: the hand-made one, or generated from ``fields``, ``inputs`` and ``reason``."""
    base = _generated(action)
    looked_up = {name: deepcopy(field) for name, field in base.base_fields.items() if isinstance(field, forms.ModelChoiceField)}
    for name, field in looked_up.items():
        field.queryset = _choices(action, name, field, actor, record)
    return type(base)(base.__name__, (base,), {**looked_up, "actor": actor, "record": record})


@cache
def _generated(action: Any) -> type[forms.Form]:
    """The form as it is for everybody, made once."""
    base = registry.form_of(action) or forms.Form
    declared = dict(getattr(base, "base_fields", {}))
    fields = {name: _field(action, name) for name in action.fields if name not in declared} | dict(action.inputs) | declared
    if action.reason:
        fields["reason"] = fields.get("reason") or reason_field(required=True)
    for field in fields.values():
        if isinstance(field, forms.DateField):
            field.widget.format = "%Y-%m-%d"  # all that <input type="date"> understands, in every language
    return type(base)(f"{action.__name__}Form", (base,), {**fields, "action": action})


@cache
def needs_record(action: Any) -> bool:
    """Whether the form cannot be made without the record: it is asked what may be chosen, or a hand-made form looks at it."""
    made = _generated(action)
    made_by_hand = registry.form_of(action) is not None and not getattr(made, "without_record", False)
    return made_by_hand or any(isinstance(field, forms.ModelChoiceField) for field in made.base_fields.values())


def _field(action: Any, name: str) -> forms.Field:
    for model in (action.makes, action.record):
        try:
            if model is not None:
                return _form_field(model._meta.get_field(name))
        except FieldDoesNotExist:
            continue
    raise FieldDoesNotExist(f"{action.key} asks for {name}, which neither its record nor what it makes has")


def _form_field(field: models.Field) -> forms.Field:
    return text.form_field(field) or text.WordsField(label=field.verbose_name, required=not field.blank)


def _choices(action: Any, name: str, field: forms.ModelChoiceField, actor: Any, record: Any) -> Any:
    rows = action.choices(name, actor, record)
    if rows is None:
        rows = field.queryset.all()
        rows = rows.visible_to(actor) if isinstance(rows, RecordQuerySet) else rows
    return rows.offered() if isinstance(rows, OfferedQuerySet) else rows
