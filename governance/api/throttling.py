"""How many requests an account and an address may send."""

from __future__ import annotations

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

WRITING = {"POST"}


class _Rate(SimpleRateThrottle):
    """Counted by the minute (or whatever the rate is by): two short commands, where a list of moments would be read and written whole."""

    cache_format = "rate:%(scope)s:%(ident)s"

    def allow_request(self, request: Any, view: Any) -> bool:
        """Whether there is room for one more in this minute."""
        key = self.get_cache_key(request, view) if self.rate is not None else None
        return key is None or self._count(f"{key}:{int(self.timer() // self.duration)}") <= self.num_requests

    def _count(self, key: str) -> int:
        try:
            return self.cache.incr(key)
        except ValueError:  # the first of this minute; of two first ones, one is
            return 1 if self.cache.add(key, 1, self.duration) else self.cache.incr(key)

    def wait(self) -> float:
        """Seconds until the next minute begins."""
        return self.duration - self.timer() % self.duration

    def applies(self, request: Any) -> bool:
        """Whether this request counts."""
        return True

    def identity(self, request: Any) -> str | None:
        """Whose requests are counted together."""
        raise NotImplementedError

    def get_cache_key(self, request: Any, view: Any) -> str | None:
        ident = self.identity(request) if self.applies(request) else None
        return self.cache_format % {"scope": self.scope, "ident": ident} if ident else None


class ByAddress(_Rate):
    """Everything that comes from one address."""

    scope = "address"

    def identity(self, request: Any) -> str | None:
        return self.get_ident(request)


class ByAccount(_Rate):
    """What one account does, wherever from."""

    scope = "account"

    def applies(self, request: Any) -> bool:
        return request.method in WRITING

    def identity(self, request: Any) -> str | None:
        user_id = getattr(request.actor, "user_id", None)
        return str(user_id) if user_id else None
