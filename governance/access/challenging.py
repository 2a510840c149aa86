"""Challenging an access: whoever takes such complaints says here where one is made; without them nothing is offered.

    @challenging.taken_at
    def address(access): return reverse("…:complain") + f"?about={access.pk}"
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from governance.access.models import Access

_takers: list[Callable[[Access], str]] = []


def taken_at(address: Callable[[Access], str]) -> Callable[[Access], str]:
    """Decorator: a complaint about an access is made at this address; empty where it cannot be."""
    _takers[:] = [address]
    return address


def may_challenge(actor: Any, access: Access) -> bool:
    """Only the person concerned, for themselves: not who acts for them, who may be the one that looked."""
    return actor.user is not None and actor.user.person_id == access.subject_id and actor.user_id != access.user_id


def with_addresses(actor: Any, accesses: Iterable[Access]) -> list[tuple[Access, str]]:
    """Each access with where this actor challenges it, empty where they do not."""
    return [(one, _takers[0](one) if _takers and may_challenge(actor, one) else "") for one in accesses]
