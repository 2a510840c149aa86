"""How many requests an account and an address may send."""

from __future__ import annotations

from functools import cache
from typing import Any

from django.conf import settings
from django.core.cache import cache as kept
from redis import Redis
from rest_framework.throttling import BaseThrottle, SimpleRateThrottle

from governance.servers.keeping import Asking, client_options

WRITING = {"POST"}
_asking = Asking()


@cache
def _valkey() -> Redis:
    """Where it is counted. Asked directly: Django's cache would make four commands of two, and a client for each."""
    return Redis.from_url(settings.CACHES["default"]["LOCATION"], **client_options())


class _Rate(SimpleRateThrottle):
    """Counted by the minute (or whatever the rate is by): one short command, where a list of moments would be read and written whole."""

    cache_format = "rate:%(scope)s:%(ident)s"

    def key(self, request: Any, view: Any) -> str | None:
        """Under which name this minute is counted, if this request counts."""
        key = self.get_cache_key(request, view) if self.rate is not None else None
        return key and kept.make_key(f"{key}:{int(self.timer() // self.duration)}")

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
        user_id = request.actor.user_id
        return str(user_id) if user_id else None


class Rates(BaseThrottle):
    """Every rate that a request counts towards, in one round trip."""

    rates = (ByAddress, ByAccount)

    def allow_request(self, request: Any, view: Any) -> bool:
        """Whether there is room for one more in every one of them."""
        counted = {key: rate for rate in (kind() for kind in self.rates) if (key := rate.key(request, view))}
        self.full = [rate for rate, number in zip(counted.values(), _count(counted), strict=True) if number > rate.num_requests]
        return not self.full

    def wait(self) -> float:
        """Seconds until there is room again."""
        return max(rate.wait() for rate in self.full)


def _count(rates: dict[str, _Rate]) -> list[int]:
    """One more under each of these names; while Valkey is away every process counts for itself, and nobody is refused for that."""
    return _asking.ask(lambda: _count_together(rates), lambda: _count_alone(rates)) if rates else []


def _count_together(rates: dict[str, _Rate]) -> list[int]:
    """Counted for all processes; what is counted is forgotten after its minute."""
    with _valkey().pipeline(transaction=False) as together:
        for key in rates:
            together.incr(key)
        numbers = together.execute()
        for (key, rate), number in zip(rates.items(), numbers, strict=True):
            if number == 1:  # the first of this minute
                together.expire(key, rate.duration)
        if 1 in numbers:
            together.execute()
    return numbers


def _count_alone(rates: dict[str, _Rate]) -> list[int]:
    """Counted in this process."""
    for key, rate in rates.items():
        kept.own.add(key, 0, rate.duration)
    return [kept.own.incr(key) for key in rates]
