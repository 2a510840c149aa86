"""The relay as a Celery task: woken after commits, and swept every few seconds in case nobody woke it."""

from celery import shared_task

from governance.outbox.delivery import begin, deliver_due

BATCH = 50


@shared_task(name="outbox.deliver", ignore_result=True)
def deliver() -> int:
    """Do everything that is due."""
    begin()
    done = 0
    while taken := deliver_due(BATCH):
        done += taken
        if taken < BATCH:
            break
    return done
