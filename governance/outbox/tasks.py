"""The relay: a task that is woken after commits, and a thread of each worker that looks by itself.

Nobody can wake it while the broker is away; what was written meanwhile is done all the same.
"""

import time

import structlog
from celery import shared_task
from django.db import InterfaceError, OperationalError

from governance.outbox.delivery import SWEEP, begin, deliver_due, wake
from governance.servers import POSTGRESQL
from governance.servers.steady import every

log = structlog.get_logger(__name__)
BATCH = 50
TURN = 1.0  # seconds; then others have theirs: however much there is to do, clocks end meanwhile


@shared_task(name="outbox.deliver", ignore_result=True)
def deliver() -> int:
    """Do what is due, for a moment; what is left is another turn."""
    begin()
    done, is_more = take_turn()
    if is_more:
        wake()
    return done


@every(SWEEP, "outbox")
def go_on() -> bool:
    """Do what nobody was woken for, or what the broker lost; says whether there is more."""
    return take_turn()[1]


def take_turn() -> tuple[int, bool]:
    """How many were done in a moment, and whether others wait. With the database away all wait."""
    done, end = 0, time.monotonic() + TURN
    try:
        while taken := deliver_due(BATCH, until=end):
            done += taken
            if time.monotonic() > end:
                return done, True
            if taken < BATCH:
                break
    except (OperationalError, InterfaceError) as problem:
        why = type(problem).__name__
        log.warning("the database is away; what is to be done waits", why=why, away=POSTGRESQL)
    return done, False
