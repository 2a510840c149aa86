"""Every ten minutes the registers are read again where they have changed; each minute whoever is new is looked for."""

from __future__ import annotations

import time

from celery import shared_task

from governance.matching import registers, searching

LONGEST = 45  # seconds; what is left is done by the next


@shared_task(name="matching.refresh", ignore_result=True)
def refresh() -> None:
    """Enter who is new or has changed, and drop questions about what is gone."""
    while registers.refresh():
        pass
    searching.drop()


@shared_task(name="matching.look", ignore_result=True)
def look() -> None:
    """As many steps as a minute has room for."""
    until = time.monotonic() + LONGEST
    while searching.waiting() and time.monotonic() < until:
        searching.look()
