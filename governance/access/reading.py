"""What the page of accesses shows: the same look, repeated on one day, is one row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from governance.access import challenging
from governance.access.models import Access
from governance.actions import Actor
from governance.clocks.now import local
from governance.stakeholders.vocabulary import StakeholderKind


def whose(actor: Actor) -> Any:
    """Whose accesses the actor is shown: those of the person acted for, if everything was entrusted, else their own."""
    if actor.kind == StakeholderKind.CITIZEN and actor.limits is None:
        return actor.stakeholder
    return actor.user.person if actor.user else None


@dataclass
class Seen:
    """Who looked at what on one day: the latest time, how often, and where it is challenged."""

    access: Access
    challenge: str
    times: int = 0
    first_at: datetime | None = None


def seen(actor: Any, accesses: Iterable[Access]) -> list[Seen]:
    """The newest first. A list that shows a record every time it is opened would hide whoever looked only once."""
    found: dict[tuple[Any, ...], Seen] = {}
    for one, challenge in challenging.with_addresses(actor, accesses):
        day = local(one.looked_at).date()
        same = found.setdefault(
            (day, one.user_id, one.stakeholder_id, one.record_type_id, one.record_id, one.how, one.duty), Seen(one, challenge)
        )
        same.times, same.first_at = same.times + 1, one.looked_at
    return list(found.values())
