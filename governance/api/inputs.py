"""An action's inputs as the interface takes them: the fields of its form, strictly typed, described once for page and program."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import QueryDict
from django.utils.choices import CallableChoiceIterator
from django.utils.translation import gettext as _
from rest_framework import serializers

from governance.actions import inputs
from governance.actions.actors import STRANGER

LONGEST_TEXT = 20_000
MOST_CHOICES = 200


class Inputs(serializers.Serializer):
    """Checks types and refuses what nobody asked for."""

    def to_internal_value(self, data: Any) -> Any:
        if not isinstance(data, dict):
            raise serializers.ValidationError({"non_field_errors": [_("Send a JSON object.")]})
        if unknown := [name for name in data if name not in self.fields]:
            raise serializers.ValidationError({name: [_("There is no such field.")] for name in unknown[:20]})
        if hidden := [name for name, value in data.items() if _has_nul(value)]:
            raise serializers.ValidationError({name: [_("Null characters are not allowed.")] for name in hidden})
        return super().to_internal_value(data)


def _has_nul(value: Any) -> bool:
    if isinstance(value, list):
        return any(map(_has_nul, value))
    return isinstance(value, str) and "\x00" in value


def serializer_class(action: Any, form_class: type[forms.Form] | None = None) -> type[Inputs]:
    """The inputs of an action."""
    form_class = form_class or inputs.form_class(action, STRANGER)
    fields = {name: field_of(field) for name, field in form_class.base_fields.items() if not isinstance(field, forms.FileField)}
    return type(f"{action.app_label.capitalize()}{action.__name__}Inputs", (Inputs,), {**fields, "__doc__": action.description_source})


def bound(action: Any, actor: Any, record: Any, data: Any) -> forms.Form:
    """The action's form filled with JSON, after its types were checked (raises ValidationError)."""
    form = action.form(actor, record, data=QueryDict(mutable=True))
    checker = _checker(action) or serializer_class(action, type(form))()
    if isinstance(data, dict):
        checker.run_validation(data)
    else:
        type(checker)(data=data).is_valid(raise_exception=True)
    _post(form, data)
    return type(form)(data=form.data) if inputs.needs_record(action) else form  # a form made by hand may look at what was typed


@cache
def _checker(action: Any) -> Inputs | None:
    """What checks the types of an action's inputs, made once; None where what may be chosen is found out anew each time."""
    made = inputs.form_class(action, STRANGER)
    if any(isinstance(getattr(field, "_choices", None), CallableChoiceIterator) for field in made.base_fields.values()):
        return None
    return serializer_class(action, made)()


def errors_of(form: forms.Form) -> dict[str, list[str]]:
    """The messages of a form, in the reader's language."""
    return {("non_field_errors" if name == NON_FIELD_ERRORS else name): list(map(str, found)) for name, found in form.errors.items()}


def _post(form: forms.Form, data: dict[str, Any]) -> None:
    """JSON as a browser would have sent it."""
    posted = form.data
    for name, value in data.items():
        field = form.fields[name]
        if value is None or (isinstance(field, forms.BooleanField) and value is False):
            continue
        if isinstance(field, SimpleArrayField):
            posted[name] = ",".join(map(str, value))
        elif isinstance(field, forms.JSONField):
            posted[name] = json.dumps(value, ensure_ascii=False)
        elif isinstance(value, list):
            posted.setlist(name, [str(one) for one in value])
        else:
            posted[name] = str(value)


def _choices(field: Any) -> list[tuple[Any, Any]]:
    found = []
    for value, label in field.choices:
        inner = label if isinstance(label, list | tuple) else [(value, label)]
        found += [(v, str(text)) for v, text in inner if v not in ("", None)]
    return found


def field_of(field: forms.Field) -> serializers.Field:
    """The serializer field for a form field."""
    options: dict[str, Any] = {"required": field.required, "label": field.label, "help_text": field.help_text or None}
    if not field.required:
        options["allow_null"] = True
    for kind, make in _MAKERS:
        if isinstance(field, kind):
            return make(field, options)
    return serializers.CharField(max_length=LONGEST_TEXT, allow_blank=not field.required, **options)


def _text(field: Any, options: dict[str, Any]) -> serializers.Field:
    longest = min(field.max_length or LONGEST_TEXT, LONGEST_TEXT)
    return serializers.CharField(max_length=longest, allow_blank=not field.required, **options)


def _choice(field: Any, options: dict[str, Any]) -> serializers.Field:
    return serializers.ChoiceField(choices=_choices(field), allow_blank=not field.required, **options)


def _several(field: Any, options: dict[str, Any]) -> serializers.Field:
    child = serializers.ChoiceField(choices=_choices(field))
    return serializers.ListField(child=child, max_length=MOST_CHOICES, allow_empty=not field.required, **options)


def _reference(field: Any, options: dict[str, Any]) -> serializers.Field:
    key = field.queryset.model._meta.pk
    if key.get_internal_type() == "CharField":
        return serializers.CharField(max_length=key.max_length, allow_blank=not field.required, **options)
    return serializers.IntegerField(min_value=1, max_value=2**63 - 1, **options)


def _references(field: Any, options: dict[str, Any]) -> serializers.Field:
    child = _reference(field, {})
    return serializers.ListField(child=child, max_length=MOST_CHOICES, allow_empty=not field.required, **options)


def _whole(field: Any, options: dict[str, Any]) -> serializers.Field:
    low, high = (bound if isinstance(bound, int) else None for bound in (field.min_value, field.max_value))
    return serializers.IntegerField(min_value=low, max_value=2**31 - 1 if high is None else high, **options)


def _decimal(field: Any, options: dict[str, Any]) -> serializers.Field:
    return serializers.DecimalField(max_digits=field.max_digits or 18, decimal_places=field.decimal_places or 0, **options)


def _array(field: Any, options: dict[str, Any]) -> serializers.Field:
    return serializers.ListField(child=field_of(field.base_field), max_length=MOST_CHOICES, allow_empty=not field.required, **options)


# The first that fits; subclasses before their bases.
_MAKERS: tuple[tuple[type[forms.Field], Any], ...] = (
    (forms.ModelMultipleChoiceField, _references),
    (forms.ModelChoiceField, _reference),
    (forms.MultipleChoiceField, _several),
    (forms.TypedChoiceField, _choice),
    (forms.ChoiceField, _choice),
    (SimpleArrayField, _array),
    (forms.NullBooleanField, lambda field, options: serializers.BooleanField(**options | {"allow_null": True})),
    (forms.BooleanField, lambda field, options: serializers.BooleanField(**options)),
    (forms.FloatField, lambda field, options: serializers.FloatField(min_value=field.min_value, max_value=field.max_value, **options)),
    (forms.DecimalField, _decimal),
    (forms.IntegerField, _whole),
    (forms.DateTimeField, lambda field, options: serializers.DateTimeField(**options)),
    (forms.DateField, lambda field, options: serializers.DateField(**options)),
    (forms.EmailField, lambda field, options: serializers.EmailField(max_length=254, allow_blank=not field.required, **options)),
    (forms.JSONField, lambda field, options: serializers.JSONField(**options)),
    (forms.CharField, _text),
)
