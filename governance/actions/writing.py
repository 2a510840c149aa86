"""Several writes in one round trip: what an action leaves behind costs one statement's time, not eight."""

from __future__ import annotations

from typing import Any

from django.db import connection, models
from django.db.models import sql


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
            fields = [f for f in row._meta.local_concrete_fields if f.attname != "id" or row.pk is not None]
            query = sql.InsertQuery(type(row))
            query.insert_values(fields, [row], raw=False)
            self._parts.extend(query.get_compiler(connection=connection).as_sql())

    def update(self, row: models.Model, names: list[str]) -> None:
        """Write these fields of one row."""
        query = type(row)._base_manager.filter(pk=row.pk).query.chain(sql.UpdateQuery)
        query.add_update_fields([(f := row._meta.get_field(name), None, f.pre_save(row, False)) for name in names])
        self._parts.append(query.get_compiler(connection=connection).as_sql())

    def send(self) -> None:
        """Send everything as one statement."""
        if self._parts:
            statement = ";\n".join(part for part, _ in self._parts)
            with connection.cursor() as cursor:
                cursor.execute(statement, [value for _, params in self._parts for value in params])
            self._parts = []
