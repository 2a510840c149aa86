"""The relay as a Celery task: woken after commits, and swept every few seconds in case nobody woke it."""

import time

from celery import shared_task

from governance.outbox.delivery import begin, deliver_due, wake

BATCH = 50
TURN = 1.0  # seconds; then others have theirs: however much there is to do, leaves are numbered and clocks end meanwhile


@shared_task(name="outbox.deliver", ignore_result=True)
def deliver() -> int:
    """Do what is due, for a moment; what is left is another turn."""
    begin()
    done, end = 0, time.monotonic() + TURN
    while taken := deliver_due(BATCH):
        done += taken
        if taken < BATCH:
            break
        if time.monotonic() > end:
            wake()
            break
    return done
