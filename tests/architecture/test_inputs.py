"""Every form, action and filter takes what people type through the one layer that folds it."""

from __future__ import annotations

import django_filters
from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.urls import get_resolver

from governance import text
from governance.actions import inputs, registry

SIGNING_IN = "governance.signin.forms."  # the library's own fields


def _fields_of_forms():
    """Every text field of every form, action and filter of ours, with where it stands."""
    for kind in _all_subclasses(forms.Form):
        if kind.__module__.split(".")[0] in {"governance", "programs"}:
            yield from ((f"{kind.__module__}.{kind.__name__}.{name}", field) for name, field in kind.base_fields.items())
    for action in registry.actions():
        yield from ((f"{action.key}.{name}", field) for name, field in inputs._generated(action).base_fields.items())
    for kind in _all_subclasses(django_filters.FilterSet):
        yield from ((f"{kind.__name__}.{name}", one.field) for name, one in kind.base_filters.items()
                    if isinstance(one, django_filters.CharFilter))  # fmt: skip


def _all_subclasses(kind):
    for one in kind.__subclasses__():
        yield one
        yield from _all_subclasses(one)


def test_every_text_field_folds_what_is_typed():
    """A field of a form takes what every keyboard makes: no form has a text field of its own kind."""
    assert get_resolver().url_patterns  # every module with forms is loaded
    unfolded = {
        where
        for where, field in _fields_of_forms()
        if isinstance(field, forms.CharField)
        and not isinstance(field, text.Folding | SimpleArrayField | forms.JSONField)
        and not isinstance(field.widget, forms.PasswordInput)
        and not where.startswith(SIGNING_IN)
    }
    assert sorted(unfolded) == []
