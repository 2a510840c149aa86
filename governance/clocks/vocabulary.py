"""The words of time: units, states, what being late means."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Unit(TextChoices):
    SECOND = "second", _("seconds")
    MINUTE = "minute", _("minutes")
    HOUR = "hour", _("hours")
    WORKDAY = "workday", _("working days")
    DAY = "day", _("calendar days")
    MONTH = "month", _("months")
    YEAR = "year", _("years")
    FIXED_DATE = "fixed_date", _("a date every year")


class Mark(TextChoices):
    """How far the text that sets a period was checked."""

    VERIFIED = "verified", _("source checked")  # read in the text itself
    QUOTED = "quoted", _("as another text quotes it")  # a report, a notice, a newspaper: not read in the text itself
    UNVERIFIED = "unverified", _("source not verified")


class Audience(TextChoices):
    """To whom a date is told."""

    CONCERNED = "concerned", _("to everybody concerned")  # it is promised to them
    OFFICES = "offices", _("only to those who act")  # a period among offices is no promise to a citizen


class ClockState(TextChoices):
    RUNNING = "running", _("running")
    PAUSED = "paused", _("paused")
    STOPPED = "stopped", _("stopped")
    ENDED = "ended", pgettext_lazy("a period", "ended")
    VOID = "void", _("void")


class Lateness(TextChoices):
    """What it means when the period ends and nothing was done."""

    OVERDUE = "overdue", _("the obligation is overdue")
    CONSENT = "consent", _("silence counts as consent")
    RIGHT_LOST = "right_lost", _("the right is lost")
    AGENCY_DECIDES = "agency_decides", _("the office decides by itself")
    ABANDONED = "abandoned", _("the request counts as abandoned")
    BY_CLOCK = "by_clock", _("the system acts by itself")
    PROCEEDS = "proceeds", _("the matter may go on")
    EXPIRES = "expires", _("what was granted ends")


class ClockEventKind(TextChoices):
    START = "start", _("started")
    PAUSE = "pause", _("paused")
    RESUME = "resume", _("resumed")
    RESTART = "restart", _("started anew")
    EXTEND = "extend", _("extended")
    STOP = "stop", _("stopped")
    END = "end", pgettext_lazy("a period", "ended")
    VOID = "void", _("declared void")
    RECOUNT = "recount", _("counted anew, by a new calendar")


class DayMark(TextChoices):
    """Why a day counts or does not."""

    START = "start", _("the day it began, not counted")
    COUNTED = "counted", _("counted")
    MAKE_UP = "make_up", _("make-up working day, counted")
    REST = "rest", _("weekend")
    HOLIDAY = "holiday", _("public holiday")
    CLOSED = "closed", pgettext_lazy("a day", "closed")
    PAUSED = "paused", _("paused")
    ROLLED = "rolled", _("the last day falls on a rest day and moves on")
    FIXED = "fixed", _("the day the rule names")


class Urgency(TextChoices):
    LATE = "late", _("late")
    TODAY = "today", _("due today")
    SOON = "soon", _("due soon")
    LATER = "later", _("in time")
    PAUSED = "paused", _("paused")
    DONE = "done", _("done")


class Level(TextChoices):
    """What somebody is told about a clock, once each for every date."""

    SOON = "soon", _("due soon")
    LATE = "late", _("late")
    LONG_LATE = "long_late", _("long late")
    MOVED = "moved", _("a new date")
