"""The servers behind us, PostgreSQL and Valkey: what happens while one of them is away.

Nothing is lost and nobody waits in vain: whatever needs the database is refused at once with 503 and Retry-After, and
what Valkey only makes quicker goes on without it.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.db import InterfaceError, OperationalError
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import RedisError

_SIGNS = (OperationalError, InterfaceError, RedisError, BrokerError)


def is_away(problem: BaseException | None) -> bool:
    """Whether this happened because a server behind us does not answer, be it by way of another error."""
    return any(isinstance(one, _SIGNS) for one in _chain(problem))


def _chain(problem: BaseException | None) -> Iterator[BaseException]:
    """An error and those that it came from."""
    seen: set[int] = set()
    while problem is not None and id(problem) not in seen:
        seen.add(id(problem))
        yield problem
        problem = problem.__cause__ or (None if problem.__suppress_context__ else problem.__context__)
