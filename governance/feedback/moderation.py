"""Very many matters from one account or address: nobody is stopped, but whoever sends so many says why and shows that a person does it."""

from __future__ import annotations

import secrets
from typing import Any

from django.core.cache import cache
from django.utils.translation import gettext as _
from rest_framework.throttling import SimpleRateThrottle

USUAL = 5  # an hour, from an account or an address
HOUR = 3600


class _Address(SimpleRateThrottle):
    rate = "1/min"

    def get_cache_key(self, request: Any, view: Any) -> str:
        return self.get_ident(request)


def _keys(request: Any) -> list[str]:
    """Under which keys it is counted: a whole community centre may share an address, so accounts count by themselves."""
    who = f"user:{request.user.pk}" if request.user.is_authenticated else f"address:{_Address().get_ident(request)}"
    return [f"feedback-intake:{who}"]


def is_many(request: Any) -> bool:
    """Whether more came in this hour than is usual."""
    return any(cache.get(key, 0) >= USUAL for key in _keys(request))


def count(request: Any) -> None:
    """One more was sent."""
    for key in _keys(request):
        cache.add(key, 0, HOUR)
        cache.incr(key)


def question() -> tuple[str, int]:
    """A small sum in words, with its answer: read out by a screen reader like everything else."""
    first, second = secrets.randbelow(8) + 2, secrets.randbelow(8) + 2
    return _("How much is %(first)d plus %(second)d?") % {"first": first, "second": second}, first + second
