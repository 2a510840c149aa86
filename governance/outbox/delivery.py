"""Writing work down, and doing what is due: the handler's effect and *done* are one transaction."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import structlog
from django.db import transaction
from kombu.exceptions import OperationalError as BrokerGone
from redis.exceptions import RedisError

from governance.clocks.now import now
from governance.outbox.models import Item

log = structlog.get_logger(__name__)
Handler = Callable[[dict[str, Any]], None]
_handlers: dict[str, Handler] = {}
LONGEST_WAIT = timedelta(hours=1)


def handles(topic: str) -> Callable[[Handler], Handler]:
    """Decorator: this function does the work of a topic, inside the transaction that marks it done."""

    def remember(handler: Handler) -> Handler:
        _handlers[topic] = handler
        return handler

    return remember


def items(topic: str, payload: dict[str, Any]) -> list[Item]:
    """The unsaved item, for a caller that writes it in a batch of its own; the relay is woken when that commits."""
    transaction.on_commit(_wake)
    return [Item(topic=topic, payload=payload)]


def add(topic: str, payload: dict[str, Any], *, due_at: Any = None) -> Item:
    """Write work down in the running transaction."""
    item = items(topic, payload)[0]
    if due_at is not None:
        item.due_at = due_at
    item.save(force_insert=True)
    return item


def _wake() -> None:
    """A speed-up only: with the broker gone the relay finds the row within seconds."""
    from governance.outbox.tasks import deliver

    with suppress(BrokerGone, RedisError, OSError):
        deliver.apply_async(retry=False, ignore_result=True)


def deliver_due(limit: int = 50) -> int:
    """Do up to ``limit`` items that are due and say how many were taken."""
    with transaction.atomic():
        taken = list(Item.objects.due(now()).select_for_update(skip_locked=True)[:limit])
        for item in taken:
            _do(item)
        Item.objects.bulk_update(taken, ["done_at", "due_at", "attempts", "problem"])
    return len(taken)


def _do(item: Item) -> None:
    item.attempts += 1
    try:
        with transaction.atomic():
            _handlers[item.topic](item.payload)
        item.done_at, item.problem = now(), ""
    except Exception as problem:
        # One item that fails must not hold up the others; it comes again, later each time.
        item.due_at = now() + min(timedelta(seconds=2**item.attempts), LONGEST_WAIT)
        item.problem = type(problem).__name__
        log.exception("outbox item failed", topic=item.topic, item=str(item.pk), attempts=item.attempts)
