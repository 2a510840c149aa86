"""The servers behind us, PostgreSQL and Valkey: what happens while one of them is away.

Nothing is lost and nobody waits in vain: whatever needs the database is refused at once with 503 and Retry-After, and
what Valkey only makes quicker goes on without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

POSTGRESQL, VALKEY = "PostgreSQL", "Valkey"
OF_ONE_STATEMENT = frozenset({"40001", "40P01", "55P03", "57014"})  # SQLSTATE: crossed by another, locked, or took too long
_SIGNS = (OperationalError, InterfaceError, RedisError, BrokerError)


def is_away(problem: BaseException | None) -> bool:
    """Whether this happened because a server behind us does not answer, be it by way of another error."""
    return any(isinstance(one, _SIGNS) for one in _chain(problem))


def which_is_away(problem: BaseException | None) -> str:
    """The server because of which this happened, by its name; nothing where they answer, be it that one statement failed."""
    for one in _chain(problem):
        if isinstance(one, RedisError | BrokerError):
            return VALKEY
        if isinstance(one, OperationalError | InterfaceError):
            sqlstate = getattr(one.__cause__, "sqlstate", None)
            return "" if sqlstate in OF_ONE_STATEMENT else POSTGRESQL
    return ""


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came from."""
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        yield problem
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
