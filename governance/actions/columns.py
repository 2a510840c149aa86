"""The columns of a record that events seal, and the one text of a value: from Python, from a row that was read, and in SQL.

A value is sealed as the SHA-256 of a key, the column's name, an equals sign and the value's text, in base64. The key is drawn
anew for every event and belongs to nobody but it, so that a value of which there are few (a sex, a level of care) cannot be
found out by trying, and erasing the key leaves nothing that could be compared.
"""

from __future__ import annotations

import hashlib
import json
from base64 import b64encode
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import cache
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.expressions import DatabaseDefault

SEALED_OTHERWISE = {"reference", "state"}  # an event says these of its record in so many words
EMPTY: tuple[Any, ...] = (None, "", [], {})  # what a column holds about which nothing was said


def is_empty(value: Any) -> bool:
    """Whether nothing was said about it. False and nought are something."""
    return value is None or (isinstance(value, str | list | dict | tuple) and not value)


def digest(key: bytes, name: str, text: str) -> str:
    """What an event seals of one value. Knowing the key and the value, anybody can work it out; see ``verifier.py``."""
    return b64encode(hashlib.sha256(key + f"{name}={text}".encode()).digest()).decode()


class Follows:
    """Of a field whose value is made of another's by ``pre_save``: whoever writes the one writes the other too."""

    source: str


def with_followers(model: type[models.Model], names: Iterable[str]) -> list[str]:
    """These fields and those that follow them."""
    written = list(names)
    return written + [
        field.name
        for field in model._meta.concrete_fields
        if isinstance(field, Follows) and field.source in written and field.name not in written
    ]


@dataclass(frozen=True)
class Column:
    """A column, how its value is told as text in Python and in SQL, and when it is empty. ``{c}`` stands for the column."""

    name: str  # of the attribute: ``bed_id``
    column: str
    field: models.Field
    text: Callable[[Any], str]
    sql: str
    told: str = "{c} IS NOT NULL"

    def of(self, record: Any) -> Any:
        """The value that a record has or is about to have."""
        value = getattr(record, self.name)
        return getattr(value.expression, "value", value) if isinstance(value, DatabaseDefault) else value

    def said(self, value: Any) -> str:
        """The one text of a value; of nothing the empty one."""
        return "" if value is None else self.text(value)

    def is_default(self, value: Any) -> bool:
        """Whether it is what a row has in this column that was there before the column was."""
        default = self.field.default
        return default is not models.NOT_PROVIDED and not callable(default) and self.said(value) == self.said(default)


@cache
def columns_of(model: type[models.Model]) -> dict[str, Column]:
    """Every column that events seal, by the name of its attribute: all that actions write."""
    elsewhere = {*model.changed_elsewhere, *SEALED_OTHERWISE}
    fields = [f for f in model._meta.concrete_fields if not (f.primary_key or f.generated or {f.name, f.attname} & elsewhere)]
    return {field.attname: _column(field) for field in fields}


def digests(record: Any, key: bytes, names: Iterable[str] | None = None) -> dict[str, str]:
    """What an event seals of a record: these columns, by default all in which it says something."""
    there = columns_of(type(record))
    if names is None:
        told = [(column, column.of(record)) for column in there.values()]
        return {column.name: digest(key, column.name, column.text(value)) for column, value in told if not is_empty(value)}
    attributes = {type(record)._meta.get_field(name).attname for name in names}
    chosen = [there[name] for name in sorted(attributes & there.keys())]
    return {column.name: digest(key, column.name, column.said(column.of(record))) for column in chosen}


# What a value is called --------------------------------------------------------------------------------------------------


def _column(field: models.Field) -> Column:
    target = field
    while target.is_relation:
        target = target.target_field
    for kind, made in _KINDS:
        if isinstance(target, kind):
            return Column(field.attname, field.column, field, *made(target))
    raise TypeError(f"{field} cannot be sealed: say in governance.actions.columns how its values are told")


def _text(field: Any) -> tuple[Any, ...]:
    return str, "{c}", "{c} <> ''"


def _number(field: Any) -> tuple[Any, ...]:
    return lambda value: str(int(value)), "{c}::text"


def _truth(field: Any) -> tuple[Any, ...]:
    return lambda value: "true" if field.to_python(value) else "false", "{c}::text"


def _decimal(field: Any) -> tuple[Any, ...]:
    unit = Decimal(1).scaleb(-field.decimal_places)

    def text(value: Any) -> str:
        exact = format(Decimal(str(value)).quantize(unit, ROUND_HALF_UP) + 0, "f")
        return exact.rstrip("0").rstrip(".") if "." in exact else exact

    return text, "trim_scale({c})::text"


def _float(field: Any) -> tuple[Any, ...]:
    return lambda value: repr(float(value)).removesuffix(".0"), "{c}::text"


def _moment(field: Any) -> tuple[Any, ...]:
    def text(value: Any) -> str:
        moment: datetime = field.to_python(value)
        return moment.astimezone(UTC).isoformat(timespec="microseconds")

    return text, "to_char({c} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US') || '+00:00'"


def _day(field: Any) -> tuple[Any, ...]:
    return lambda value: field.to_python(value).isoformat(), "to_char({c}, 'YYYY-MM-DD')"


def _list(field: Any) -> tuple[Any, ...]:
    inner = _column_text(field.base_field)

    def text(value: Any) -> str:
        return json.dumps([inner(one) for one in value], ensure_ascii=False, separators=(",", ":"))

    return text, "array_to_json({c})::text", "cardinality({c}) > 0"


def _column_text(field: models.Field) -> Callable[[Any], Any]:
    """The members of a list as JSON has them: numbers as such, all else as text."""
    return int if isinstance(field, models.IntegerField) else str


def _json(field: Any) -> tuple[Any, ...]:
    return _as_postgres_says, "{c}::text", "{c} NOT IN ('null', '\"\"', '[]', '{{}}')"


def _as_postgres_says(value: Any) -> str:
    """JSON in the one spelling of PostgreSQL's ``jsonb``: shorter keys first, one blank after colons and commas."""
    if isinstance(value, dict):
        pairs = sorted(((str(key).encode(), str(key), inner) for key, inner in value.items()), key=lambda pair: (len(pair[0]), pair[0]))
        return "{" + ", ".join(f"{json.dumps(key, ensure_ascii=False)}: {_as_postgres_says(inner)}" for _b, key, inner in pairs) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_as_postgres_says, value)) + "]"
    if isinstance(value, float):
        return format(Decimal(repr(value)), "f")
    plain = value if value is None or isinstance(value, bool | int | str) else str(value)
    return json.dumps(plain, ensure_ascii=False)


_KINDS: tuple[tuple[Any, Callable[[Any], tuple[Any, ...]]], ...] = (
    (models.BooleanField, _truth),
    (models.IntegerField, _number),
    (models.DecimalField, _decimal),
    (models.FloatField, _float),
    (models.DateTimeField, _moment),
    (models.DateField, _day),
    (models.JSONField, _json),
    (ArrayField, _list),
    ((models.CharField, models.TextField), _text),
)
