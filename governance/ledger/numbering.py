"""Numbering as it happens: a thread of each worker that does nothing else, so that no leaf waits for other work or for the broker."""

from __future__ import annotations

from threading import Event, Thread

import structlog
from django.db import InterfaceError, OperationalError, connection

from governance.ledger import sequencing

log = structlog.get_logger(__name__)
EVERY = 1.0  # seconds
BATCH = 500  # leaves in one transaction: the first of many have their number soon


class Numbering(Thread):
    """Numbers what waits, every second, until ``ended`` is set. Several at once do no harm: one does it, the others leave."""

    def __init__(self) -> None:
        super().__init__(name="numbering", daemon=True)
        self.ended = Event()

    def run(self) -> None:
        while not self.ended.wait(EVERY):
            self.number()

    def number(self) -> None:
        """Once. Whatever happens, the next second is another try."""
        try:
            sequencing.sequence(BATCH)
        except (OperationalError, InterfaceError) as problem:
            log.warning("the database is away; leaves wait for their numbers", why=type(problem).__name__)
        except Exception:
            log.exception("leaves could not be numbered")
        finally:
            connection.close()
