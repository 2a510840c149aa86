"""What happens to promised dates by itself: reminders in office hours, the morning's overview, the nightly count."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.db import transaction

from governance import outbox
from governance.clocks import keeping, recounting, reminding
from governance.clocks.models import Clock
from governance.clocks.now import now, today
from governance.promises.concerned import offices_open_today

log = structlog.get_logger(__name__)
BATCH = 200


@shared_task(name="promises.remind", ignore_result=True)
def remind() -> int:
    """End what only ends; then write down what is to be told now, and ask the outbox to tell it; both or neither."""
    keeping.end_what_only_ends(now())
    told = 0
    while taken := _take():
        told += taken
        if taken < BATCH:
            break
    return told


@transaction.atomic
def _take() -> int:
    reminders = reminding.take(now(), BATCH)
    for reminder in reminders:
        outbox.add("promises.remind", {"reminder": str(reminder.pk)})
    return len(reminders)


@shared_task(name="promises.overviews", ignore_result=True)
def overviews() -> int:
    """On a working day's morning, ask for the overview of every office that is open."""
    asked = 0
    for office in offices_open_today():
        outbox.add("promises.overview", {"stakeholder": office, "day": today().isoformat()})
        asked += 1
    return asked


@shared_task(name="promises.recount", ignore_result=True, acks_late=True)  # once a night: another worker does it if this one dies
def recount() -> dict[str, int]:
    """Every night: resume what has been paused for too long, then count every open date anew; who has a new date is told."""
    resumed = recounting.resume_overlong()
    outcome = recounting.recount(moved=moved)
    found = {"resumed": resumed, "checked": outcome.checked, "moved": len(outcome.moved), "alarms": len(outcome.alarms)}
    log.info("every open date was counted anew", **found)
    return found


def moved(clocks: list[Clock]) -> None:
    """A new calendar gave these clocks a new date: those concerned are told, in the transaction that writes it."""
    for reminder in reminding.take_moved(clocks):
        outbox.add("promises.remind", {"reminder": str(reminder.pk)})
