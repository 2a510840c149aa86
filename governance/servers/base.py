"""Django's PostgreSQL, with little patience while the server is away (the name of this module is Django's: ENGINE)."""

from __future__ import annotations

from typing import Any

from django.db.backends.postgresql import base
from psycopg_pool import PoolTimeout

SHORT = 0.25  # seconds that a request waits for a connection while the last one that wanted one got none


class DatabaseWrapper(base.DatabaseWrapper):
    """One connection, out of the pool of the process.

    Whoever asks first when the server is away waits as long as the pool's ``timeout`` says: a restart takes a few seconds,
    and then nobody notices. From then on nobody waits longer than a moment, or a few people would hold every thread of the
    web. The first connection that is there again makes everybody patient again.
    """

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
