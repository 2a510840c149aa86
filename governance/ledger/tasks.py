"""Numbering as a Celery task: woken after commits, and every second in case nobody woke it."""

from celery import shared_task

from governance.ledger import sequencing


@shared_task(name="ledger.sequence", ignore_result=True)
def sequence() -> int:
    """Number everything that waits."""
    return sequencing.sequence()
