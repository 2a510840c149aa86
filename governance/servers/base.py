"""Django's PostgreSQL, with little patience while the server is away (the name of this module is Django's: ENGINE)."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from psycopg_pool import PoolTimeout

SHORT = 0.25  # seconds that a request waits for a connection while the last one that wanted one got none


class SchemaEditor(DatabaseSchemaEditor):
    """Changes tables. What a migration wrote before is checked first: PostgreSQL refuses to change a table with checks put off.

    So a migration may put rows right and change their table in one transaction, also where there are rows.
    """

    def execute(self, sql: Any, params: Any = ()) -> None:
        """One statement."""
        if self.connection.in_atomic_block and not self.collect_sql:
            super().execute("SET CONSTRAINTS ALL IMMEDIATE", None)
        super().execute(sql, params)


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, out of the pool of the process.

    Whoever asks first when the server is away waits as long as the pool's ``timeout`` says: a restart takes a few seconds,
    and then nobody notices. From then on nobody waits longer than a moment, or a few people would hold every thread of the
    web. The first connection that is there again makes everybody patient again.
    """

    SchemaEditorClass = SchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection of the pool, or PoolTimeout."""
        pool = self.pool
        try:
            connection = super().get_new_connection(conn_params)
        except PoolTimeout:
            pool.timeout = SHORT
            raise
        if pool:
            pool.timeout = self.settings_dict["OPTIONS"]["pool"]["timeout"]
        return connection
