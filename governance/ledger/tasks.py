"""What the log does by itself: numbering, all the time, which no action waits for; and going out, every minute."""

from typing import Any

from celery import shared_task
from celery.signals import celeryd_after_setup, worker_shutting_down

from governance.ledger import sequencing, watching
from governance.ledger.numbering import Numbering

_running: list[Numbering] = []


@celeryd_after_setup.connect
def number_leaves(**_: Any) -> None:
    """A worker numbers on a thread of its own, whether the broker is there or not."""
    _running.append(Numbering())
    _running[-1].start()


@worker_shutting_down.connect
def end_numbering(**_: Any) -> None:
    """What has begun is finished, nothing more is begun."""
    while _running:
        _running.pop().ended.set()


@shared_task(name="ledger.sequence", ignore_result=True)
def sequence() -> int:
    """Number everything that waits, when somebody asks for it."""
    return sequencing.sequence()


@shared_task(name="ledger.publish", ignore_result=True)
def publish() -> int:
    """Give the newest checkpoint to everybody who keeps it."""
    return watching.publish()
