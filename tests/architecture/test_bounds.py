"""Every number, date and choice of every table has its bounds in the table itself, and a sentence for whoever meets them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.apps import apps
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import CheckConstraint, Q

OURS = [config for config in apps.get_app_configs() if config.name.startswith(("governance.", "programs."))]
MODELS = [model for config in OURS for model in config.get_models() if model._meta.managed and not model._meta.proxy]
LEAST, MOST = {"gt", "gte", "range", "exact", "in"}, {"lt", "lte", "range", "exact", "in"}
NUMBERS = (models.IntegerField, models.DecimalField, models.FloatField)

# What nobody types and nothing computes from what somebody typed: counters of the machinery, numbers of its own rows.
OF_THE_MACHINERY: dict[str, str] = {}


def _lookups(condition: Q) -> Iterator[tuple[str, str]]:
    """The columns that a condition speaks of, each with how."""
    for child in condition.children:
        if isinstance(child, Q):
            yield from _lookups(child)
        elif isinstance(child, tuple):
            name, _cut, lookup = child[0].partition("__")
            yield name, lookup.rsplit("__", 1)[-1] or "exact"


def _told(model: type[models.Model]) -> dict[str, set[str]]:
    told: dict[str, set[str]] = {}
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint) and isinstance(constraint.condition, Q):
            for name, lookup in _lookups(constraint.condition):
                told.setdefault(name, set()).add(lookup)
    return told


def _is_typed(field: models.Field) -> bool:
    """Moments that the clock writes, and numbers of rows, are nobody's to choose."""
    is_written_by_the_clock = isinstance(field, models.DateTimeField)
    is_reference = field.is_relation or field.primary_key or field.attname.endswith("_id")
    return not (is_written_by_the_clock or is_reference or field.generated)


def _is_measured(field: models.Field) -> bool:
    return isinstance(field, (*NUMBERS, models.DateField))


def _counts_up(field: models.Field) -> bool:
    """Whether the choices are consecutive numbers."""
    values = sorted(value for value, _label in field.flatchoices if isinstance(value, int))
    return bool(values) and values == [*range(values[0], values[-1] + 1)]


def _missing(model: type[models.Model]) -> Iterator[str]:
    told = _told(model)
    for field in model._meta.local_concrete_fields:
        label, said = f"{model._meta.label}.{field.name}", told.get(field.name, set())
        if not _is_typed(field) or label in OF_THE_MACHINERY:
            continue
        inner = field.base_field if isinstance(field, ArrayField) else field
        if _counts_up(field) and said & LEAST and said & MOST:
            continue  # from the first to the last: the same as one of them
        if field.choices and not said & {"in", "exact"}:
            yield f"{label}: any text can stand where one of its choices must"
        elif inner is not field and inner.choices and "contained_by" not in said:
            yield f"{label}: any list can stand where some of its choices must"
        elif inner is field and not field.choices and _is_measured(field) and not (said & LEAST and said & MOST):
            yield f"{label}: has no bounds on {'one side' if said & (LEAST | MOST) else 'both sides'}"


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_number_date_and_choice_is_bounded_in_the_table(model):
    assert list(_missing(model)) == []


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_constraint_has_its_sentence(model):
    plain = models.CheckConstraint.default_violation_error_message
    wordless = [one.name for one in model._meta.constraints if str(one.violation_error_message) == str(plain)]
    assert wordless == []
