"""What is kept in Valkey for a while. It is never needed: while Valkey is away each process keeps its own."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import structlog
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.backoff import NoBackoff
from redis.retry import Retry

from governance.servers import VALKEY

log = structlog.get_logger(__name__)
PAUSE = 2.0  # seconds until a server that did not answer is asked again


def client_options() -> dict[str, Any]:
    """How Valkey is asked wherever a person waits for it, in seconds.

    A connection that the server closed meanwhile is opened anew, once and at once; nobody waits for a server that is away.
    """
    return {"socket_connect_timeout": 1, "socket_timeout": 2, "retry": Retry(NoBackoff(), 1)}


class Asking:
    """Asks Valkey, and remembers for a moment that it did not answer: not every request has to find that out."""

    def __init__(self) -> None:
        self.silent_until = 0.0
        self.was_away = False

    def ask(self, question: Callable[[], Any], otherwise: Callable[[], Any], *, back: Callable[[], Any] = lambda: None) -> Any:
        """What it answers; else what ``otherwise`` says. ``back`` is called when it answers again.

        Anything that comes out of the client means that it is away: besides its own errors redis-py raises ValueError when a
        buffer was closed under it.
        """
        if time.monotonic() < self.silent_until:
            return otherwise()
        try:
            answer = question()
        except Exception as problem:
            self.silent_until = time.monotonic() + PAUSE
            self.was_away = True
            log.warning("valkey does not answer", why=type(problem).__name__, away=VALKEY)
            return otherwise()
        if self.was_away:
            self.was_away = False
            back()
        return answer


def _either(name: str) -> Callable[..., Any]:
    """A method of the cache that asks Valkey, else what this process keeps itself."""

    def method(self: Cache, *args: Any, **options: Any) -> Any:
        there, here = getattr(super(Cache, self), name), getattr(self.own, name)
        return self.asking.ask(lambda: there(*args, **options), lambda: here(*args, **options), back=self.own.clear)

    method.__name__ = name
    return method


class Cache(RedisCache):
    """Django's cache in Valkey that never fails: counts and answers are kept by each process while there is no Valkey."""

    def __init__(self, server: Any, params: dict[str, Any]) -> None:
        super().__init__(server, params | {"OPTIONS": client_options() | params.get("OPTIONS", {})})
        self.own = LocMemCache(f"beside {server}", params | {"OPTIONS": {"MAX_ENTRIES": 10_000}})
        self.asking = Asking()

    add, get, set, touch, delete = map(_either, ("add", "get", "set", "touch", "delete"))
    has_key, get_many, set_many, delete_many = map(_either, ("has_key", "get_many", "set_many", "delete_many"))
    _incr = _either("incr")

    def incr(self, key: str, delta: int = 1, version: int | None = None) -> int:
        """One more under a name that is there, else ValueError, as Django says; that is no sign of a server that is away."""
        if not self.has_key(key, version=version):
            raise ValueError(f"Key {key!r} not found.")
        return self._incr(key, delta, version=version)

    def clear(self) -> bool:
        """Forget what is ours. The database may be somebody's who keeps other things in it: it is never emptied."""
        self.own.clear()
        return self.asking.ask(self._clear, lambda: False)

    def _clear(self) -> bool:
        client = self._cache.get_client(None, write=True)
        for key in client.scan_iter(match=f"{self.key_prefix}:*", count=1000):
            client.unlink(key)
        return True
