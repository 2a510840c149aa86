"""What the log does by itself: numbering, all the time, which no action waits for; and going out, every minute."""

from celery import shared_task

from governance.ledger import (
    numbering,  # noqa: F401 - each worker numbers, on a thread of its own
    sequencing,
    watching,
)


@shared_task(name="ledger.sequence", ignore_result=True)
def sequence() -> int:
    """Number everything that waits, when somebody asks for it."""
    return sequencing.sequence()


@shared_task(name="ledger.publish", ignore_result=True)
def publish() -> int:
    """Give the newest checkpoint to everybody who keeps it."""
    return watching.publish()
