"""What clocks do by themselves every night."""

from __future__ import annotations

import structlog
from celery import shared_task

from governance.clocks import recounting

log = structlog.get_logger(__name__)


@shared_task(name="clocks.recount", ignore_result=True)
def recount() -> dict[str, int]:
    """Resume what has been paused for too long, then count every open date anew."""
    resumed = recounting.resume_overlong()
    outcome = recounting.recount()
    found = {"resumed": resumed, "checked": outcome.checked, "moved": len(outcome.moved), "alarms": len(outcome.alarms)}
    log.info("every open date was counted anew", **found)
    return found
