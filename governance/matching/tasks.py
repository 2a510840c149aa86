"""Once a minute: what is new or has changed is entered, and whoever is alike to it is asked about."""

from __future__ import annotations

import time

from celery import shared_task

from governance.matching import registers, searching

LONGEST = 45  # seconds; what is left is done by the next


@shared_task(name="matching.look", ignore_result=True)
def look() -> None:
    """As many steps as a minute has room for."""
    until = time.monotonic() + LONGEST
    registers.refresh()
    searching.drop()
    while searching.waiting() and time.monotonic() < until:
        searching.look()
