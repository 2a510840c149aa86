"""The relay as a Celery task: woken after commits, and swept every few seconds in case nobody woke it."""

import time

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError

from governance.outbox.delivery import begin, deliver_due, wake

log = structlog.get_logger(__name__)
BATCH = 50
TURN = 1.0  # seconds; then others have theirs: however much there is to do, clocks end meanwhile


@shared_task(name="outbox.deliver", ignore_result=True)
def deliver() -> int:
    """Do what is due, for a moment; what is left is another turn. With the database away it is left for the next sweep."""
    begin()
    done, end = 0, time.monotonic() + TURN
    try:
        while taken := deliver_due(BATCH, until=end):
            done += taken
            if time.monotonic() > end:
                wake()
                break
            if taken < BATCH:
                break
    except (OperationalError, InterfaceError) as problem:
        log.warning("the database is away; what is to be done waits", why=type(problem).__name__)
    return done
