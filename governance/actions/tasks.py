"""What happens by itself: clocks that end do their action."""

import structlog
from celery import shared_task
from django.db import transaction

from governance import clocks
from governance.actions import registry
from governance.actions.actors import CLOCK
from governance.actions.refusals import Refusal
from governance.clocks.models import Clock
from governance.clocks.now import now

log = structlog.get_logger(__name__)


@shared_task(name="actions.sweep", ignore_result=True)
def sweep() -> int:
    """Do what the ended clocks say, one transaction each; returns how many ended."""
    done = 0
    while _end_one():
        done += 1
    return done


def _end_one() -> bool:
    """The clock's end, its action and the action's event are one transaction; other sweepers skip its row."""
    with transaction.atomic():
        clock = Clock.objects.next_to_end(now())
        if clock is None:
            return False
        clocks.end(clock, now())
        try:
            registry.action(clock.then).do(CLOCK, clock.record_id)
        except Refusal as refusal:
            # The record has moved on meanwhile: there is nothing left to do by this clock.
            log.info("clock ended without effect", clock=str(clock.pk), action=clock.then, why=type(refusal).__name__)
        return True
