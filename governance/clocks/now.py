"""The only place that asks for the time."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

LOCAL = ZoneInfo("Asia/Shanghai")
_stopped: ContextVar[datetime | None] = ContextVar("stopped", default=None)


def now() -> datetime:
    """This moment, aware."""
    return _stopped.get() or timezone.now()


def today() -> date:
    """The calendar day in China, where every statutory period is counted."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Chinese clock."""
    return moment.astimezone(LOCAL)


def end_of_day(moment: datetime) -> datetime:
    """Midnight after a moment, on a Chinese clock."""
    return local(moment).replace(hour=0, minute=0, second=0, microsecond=0) + timedelta(days=1)


@contextmanager
def stopped_at(moment: datetime) -> Iterator[datetime]:
    """Time stands still here: for tests, and for a demo world whose past has to be lived through."""
    token = _stopped.set(moment)
    try:
        yield moment
    finally:
        _stopped.reset(token)
