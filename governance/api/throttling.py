"""How many requests an account and an address may send."""

from __future__ import annotations

from typing import Any

from rest_framework.throttling import SimpleRateThrottle

WRITING = {"POST"}


class _Rate(SimpleRateThrottle):
    cache_format = "rate:%(scope)s:%(ident)s"

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
