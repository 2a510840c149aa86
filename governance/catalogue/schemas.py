"""The fields that a program brings of its own: a JSON Schema, and values that keep to it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from jsonschema import Draft202012Validator, SchemaError

LARGEST = 20_000  # characters of a schema


def problems_of_schema(schema: Any) -> str:
    """What is wrong with a schema, or nothing. It may not point anywhere else."""
    if not isinstance(schema, dict):
        return _("A schema is a JSON object.")
    if len(str(schema)) > LARGEST or _points_away(schema):
        return _("A schema is short and names no other address.")
    try:
        Draft202012Validator.check_schema(schema)
    except SchemaError as problem:
        return _("This is no JSON Schema: %(problem)s") % {"problem": problem.message[:200]}
    return ""


def problems_of_values(schema: dict[str, Any], values: Any) -> str:
    """What is wrong with the values, or nothing."""
    found = next(Draft202012Validator(schema or {"additionalProperties": False}).iter_errors(values), None)
    where = ".".join(map(str, found.absolute_path)) if found else ""
    return f"{where}: {found.message[:200]}".removeprefix(": ") if found else ""


def _points_away(part: Any) -> bool:
    if isinstance(part, dict):
        return any(name in {"$ref", "$dynamicRef"} and not str(value).startswith("#") for name, value in part.items()) or any(map(_points_away, part.values()))
    return any(map(_points_away, part)) if isinstance(part, list) else False
