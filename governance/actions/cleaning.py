"""What an action writes is clean and within bounds, whoever calls it: a form, the interface, a clock, a test, another action."""

from __future__ import annotations

from contextvars import ContextVar
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext

from governance import private_numbers, text
from governance.actions.refusals import Refused

hidden: ContextVar[int] = ContextVar("hidden", default=0)  # identity numbers blacked out in what the action that runs here was given


def without_numbers(written: str) -> str:
    """Free text as it is kept: of an identity number only its last characters. Counted, so that it can be said."""
    kept, many = private_numbers.without_identity_numbers(written)
    hidden.set(hidden.get() + many)
    return kept


def clean(row: models.Model, names: list[str] | None = None) -> None:
    """Fold and check these columns of a row (all of them without ``names``) by their fields: choices, validators, lengths.

    Raises Refused beside the first field that is wrong. References and expressions are left to the database.
    """
    for field in row._meta.concrete_fields:
        if (names is None or field.name in names) and not (field.is_relation or field.generated or field.primary_key):
            value = row.__dict__.get(field.attname)
            if value is not None and not hasattr(value, "resolve_expression"):
                setattr(row, field.attname, _cleaned(field, value, row))


def _cleaned(field: models.Field, value: Any, row: models.Model) -> Any:
    try:
        if isinstance(value, str) and isinstance(field, models.CharField | models.TextField):
            written, value = value, text.words(value)
            if written and not field.blank and not text.says_something(value):
                raise Refused(gettext("Write something that can be read."), field=field.name)
            value = without_numbers(value) if text.is_free(field) else value
        return field.clean(value, row) if value not in field.empty_values else value
    except ValidationError as problem:
        raise Refused(" ".join(problem.messages), field=field.name) from problem
