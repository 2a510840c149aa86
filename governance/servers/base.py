"""Django's PostgreSQL, with little patience while the server is away (the name of this module is Django's: ENGINE)."""

from __future__ import annotations

from time import monotonic
from typing import Any

from django.db.backends.postgresql import base
from django.db.backends.postgresql.schema import DatabaseSchemaEditor
from psycopg_pool import PoolTimeout

SHORT = 0.25  # seconds that a request waits for a connection soon after another one waited in vain
SOON = 2.0  # seconds


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

    Whoever finds none free waits as long as the pool's ``timeout`` says: a crowd passes, and a server is back after a few
    seconds, and nobody notices. When one has waited in vain, the server is away or there is more to do than can be done;
    then for two seconds nobody waits longer than a moment. Else a few people would hold every thread of the web, and those
    behind them would be served when they have long since gone.
    """

    short_until = 0.0  # of time.monotonic, for all threads of the process

    SchemaEditorClass = SchemaEditor

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        """A connection of the pool, or PoolTimeout."""
        if pool := self.pool:
            is_soon = monotonic() < DatabaseWrapper.short_until
            pool.timeout = SHORT if is_soon else self.settings_dict["OPTIONS"]["pool"]["timeout"]
        try:
            return super().get_new_connection(conn_params)
        except PoolTimeout:
            DatabaseWrapper.short_until = monotonic() + SOON
            raise
