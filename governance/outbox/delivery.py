"""Writing work down, and doing what is due: the handler's effect and *done* are one transaction."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import cache
from math import inf
from time import monotonic
from typing import Any

import structlog
from django.conf import settings
from django.db import InterfaceError, OperationalError, transaction
from django.db.models import F
from django.db.models.functions import Least
from redis import Redis

from governance import servers
from governance.clocks.now import now
from governance.outbox.models import MOST_ATTEMPTS, Item
from governance.servers.keeping import Asking, client_options

log = structlog.get_logger(__name__)
Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}
_alone: set[str] = set()
_asking = Asking()
LONGEST_WAIT = timedelta(hours=1)
MOST_DOUBLINGS = 12  # of a second: more than an hour; after two days of doubling there would be no such wait
WOKEN, SWEEP = "outbox:woken", 5  # seconds


def handles(topic: str, *, alone: bool = False) -> Callable[[Handler], Handler]:
    """Decorator: this function does the work of a topic, inside the transaction that marks it done.

    What leaves the system cannot be taken back when that transaction fails: ``alone`` gives such work a transaction of its own,
    so that a worker killed in the middle repeats one letter at the most, not a batch.
    """

    def remember(handler: Handler) -> Handler:
        _handlers[topic] = handler
        if alone:
            _alone.add(topic)
        return handler

    return remember


def items(topic: str, payload: dict[str, Any]) -> list[Item]:
    """The unsaved item, for a caller that writes it in a batch of its own; the relay is woken when that commits."""
    transaction.on_commit(wake)
    return [Item(topic=topic, payload=payload)]


def add(topic: str, payload: dict[str, Any], *, due_at: Any = None) -> Item:
    """Write work down in the running transaction."""
    item = items(topic, payload)[0]
    if due_at is not None:
        item.due_at = due_at
    item.save(force_insert=True)
    return item


def wake() -> None:
    """A speed-up only: with the broker gone the relay finds the row within seconds.

    One waking serves every row written before the relay looks: it is noted in the broker, and the relay takes the note away
    before it begins. A note whose task was lost is gone by the next sweep.
    """
    from governance.outbox.tasks import deliver

    def tell() -> None:
        if _broker().set(WOKEN, 1, nx=True, ex=SWEEP):
            deliver.apply_async(retry=False, ignore_result=True)

    _asking.ask(tell, lambda: None)


def begin() -> None:
    """The relay looks now: what is written from here on wakes it again."""
    _asking.ask(lambda: _broker().delete(WOKEN), lambda: None)


@cache
def _broker() -> Redis:
    return Redis.from_url(settings.CELERY_BROKER_URL, **client_options())


def deliver_due(limit: int = 50, *, until: float = inf) -> int:
    """Do up to ``limit`` items that are due, none begun after ``until`` (of time.monotonic), and say how many were done."""
    done = _deliver(Item.objects.due(now()).exclude(topic__in=_alone), limit, until)
    while done < limit and monotonic() < until and _deliver(Item.objects.due(now()).filter(topic__in=_alone), 1, until):
        done += 1
    return done


@transaction.atomic
def _deliver(due: Any, limit: int, until: float) -> int:
    tried: list[Item] = []
    for item in due.select_for_update(skip_locked=True)[:limit]:
        _do(item)
        tried.append(item)
        if monotonic() > until:  # the others are left as they are, for the next turn
            break
    if done := [item.pk for item in tried if item.done_at]:
        tries = Least(F("attempts") + 1, MOST_ATTEMPTS)
        Item.objects.filter(pk__in=done).update(done_at=now(), attempts=tries, problem="")
    for item in tried:
        if not item.done_at:
            item.save(update_fields=["due_at", "attempts", "problem"])
    return len(tried)


def _do(item: Item) -> None:
    """The work of one; what came of it stands in the item, which the caller saves."""
    item.attempts = min(item.attempts + 1, MOST_ATTEMPTS)
    try:
        with transaction.atomic():
            _handlers[item.topic](item.payload)
        item.done_at, item.problem = now(), ""
    except Exception as problem:
        if ends_all(problem):
            raise
        # One item that fails must not hold up the others; it comes again, later each time.
        item.due_at = now() + min(timedelta(seconds=2 ** min(item.attempts, MOST_DOUBLINGS)), LONGEST_WAIT)
        item.problem = type(problem).__name__
        log.exception("outbox item failed", topic=item.topic, item=str(item.pk), attempts=item.attempts)


def ends_all(problem: Exception) -> bool:
    """Whether the database is away, so that every other item would fail as well and none of this batch can be noted."""
    return isinstance(problem, OperationalError | InterfaceError) and bool(servers.which_is_away(problem))
