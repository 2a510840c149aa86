"""The only place that asks for the time."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

LOCAL = ZoneInfo("Asia/Shanghai")


def now() -> datetime:
    """This moment, aware."""
    return timezone.now()


def today() -> date:
    """The calendar day in China, where every statutory period is counted."""
    return now().astimezone(LOCAL).date()


def local(moment: datetime) -> datetime:
    """The same moment on a Chinese clock."""
    return moment.astimezone(LOCAL)
