"""Once a minute: what is new or has changed is entered, and whoever is alike to it is asked about."""

from __future__ import annotations

from celery import shared_task

from governance.matching import registers, searching


@shared_task(name="matching.look", ignore_result=True)
def look() -> None:
    """A step each minute; what is left is done by the next."""
    registers.refresh()
    searching.drop()
    searching.look()
