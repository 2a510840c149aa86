"""An outage is told once when it begins and once a minute, not for each try that fails."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass
from threading import Lock
from time import monotonic
from typing import Any

from governance import servers

PERIOD = 60.0  # seconds between two lines about one outage
QUIET = 10.0  # seconds without a sign of it: the next one is another outage
UNAVAILABLE = 503
LIBRARIES = {
    "psycopg.pool": servers.POSTGRESQL,
    "celery.worker.consumer.consumer": servers.VALKEY,
    "celery.beat": servers.VALKEY,
    "kombu.connection": servers.VALKEY,
}  # what they warn of is that they could not connect


@dataclass
class Told:
    """When an outage was seen last, when it was told last, and how often it was not told since."""

    seen: float
    told: float
    withheld: int = 0


class OncePerPeriod(logging.Filter):
    """Lets the first line about an outage through, then one a period with the number of those held back."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self.clock, self.lock = clock, Lock()
        self.outages: dict[str, Told] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether this line is written."""
        server = away(record)
        if not server:
            return True
        at = self.clock()
        with self.lock:
            last = self.outages.get(server)
            is_new = last is None or at - last.seen >= QUIET
            if last is not None and not is_new and at - last.told < PERIOD:
                last.seen = at
                last.withheld += 1
                return False
            self.outages[server] = Told(at, at)
        record.outage = {"away": server, "counted": last.withheld if last else 0}
        return True


def away(record: logging.LogRecord) -> str:
    """Which server this line says is away; nothing where it speaks of something else."""
    told = record.msg if isinstance(record.msg, dict) else {}  # structlog's
    if told.get("away"):
        return str(told["away"])
    if server := servers.which_is_away(_problem(record.exc_info or told.get("exc_info"))):
        return server
    if record.levelno < logging.WARNING:
        return ""
    if record.__dict__.get("status_code") == UNAVAILABLE:  # an answer made of the error elsewhere
        return "unknown"
    return LIBRARIES.get(record.name, "")


def _problem(given: Any) -> BaseException | None:
    """The error a line is about, in each of the forms in which logging takes it."""
    if isinstance(given, BaseException):
        return given
    if given is True:
        return sys.exc_info()[1]
    return given[1] if given else None
