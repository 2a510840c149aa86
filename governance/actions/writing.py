"""Several writes in one round trip: what an action leaves behind costs one statement's time, not eight."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.db import connection, models
from django.db.models import sql
from django.db.models.expressions import DatabaseDefault


def _quoted(name: str) -> str:
    return connection.ops.quote_name(name)


def _place(field: models.Field) -> str:
    """Where the value goes; an array's type has to be said."""
    say = getattr(field, "get_placeholder", None)
    return say(None, None, connection) if say else "%s"


def _said(value: Any) -> Any:
    """The value itself where the column's default is a plain one that the database would fill in."""
    return getattr(value.expression, "value", value) if isinstance(value, DatabaseDefault) else value


@cache
def _inserting(model: type[models.Model], with_key: bool) -> tuple[str, list[models.Field]]:
    """The statement that inserts one row, put together once, and the fields in the order of their values."""
    fields = [f for f in model._meta.local_concrete_fields if not f.generated and (f.attname != "id" or with_key)]
    columns, places = ", ".join(_quoted(f.column) for f in fields), ", ".join(map(_place, fields))
    return f"INSERT INTO {_quoted(model._meta.db_table)} ({columns}) VALUES ({places})", fields


class Batch:
    """Statements collected and sent together, in order, in the running transaction.

    Works because Django binds parameters on the client (its default with psycopg 3); nothing is read back, so every
    key must be known beforehand.
    """

    def __init__(self) -> None:
        self._parts: list[tuple[str, Any]] = []

    def sql(self, statement: str, params: Any = ()) -> None:
        """Any statement; ``params`` as for ``cursor.execute``."""
        self._parts.append((statement, tuple(params)))

    def insert(self, *rows: models.Model) -> None:
        """Insert instances whose keys are known or not needed."""
        for row in rows:
            head, fields = _inserting(type(row), row.pk is not None)
            values = [field.get_db_prep_save(_said(field.pre_save(row, True)), connection) for field in fields]
            if any(hasattr(value, "as_sql") for value in values):
                raise TypeError(f"{type(row).__name__} holds an expression where it needs a value")
            self._parts.append((head, values))

    def update(self, row: models.Model, names: list[str]) -> None:
        """Write these fields of one row."""
        fields = [row._meta.get_field(name) for name in names]
        values = [field.pre_save(row, False) for field in fields]
        if any(hasattr(value, "resolve_expression") for value in values):
            query = type(row)._base_manager.filter(pk=row.pk).query.chain(sql.UpdateQuery)
            query.add_update_fields([(field, None, value) for field, value in zip(fields, values, strict=True)])
            self._parts.append(query.get_compiler(connection=connection).as_sql())
            return
        pairs = ", ".join(f"{_quoted(field.column)} = {_place(field)}" for field in fields)
        statement = f"UPDATE {_quoted(row._meta.db_table)} SET {pairs} WHERE {_quoted(row._meta.pk.column)} = %s"
        self._parts.append((statement, [*(f.get_db_prep_save(v, connection) for f, v in zip(fields, values, strict=True)), row.pk]))

    def send(self) -> None:
        """Send everything as one statement."""
        if self._parts:
            statement = ";\n".join(part for part, _ in self._parts)
            with connection.cursor() as cursor:
                cursor.execute(statement, [value for _, params in self._parts for value in params])
            self._parts = []
