"""Calendars as rows: each year an edition, each departure from Monday to Friday a day."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks.now import now
from governance.clocks.querysets import CalendarYearQuerySet
from governance.clocks.wording import is_chinese

NATIONAL = "CN"


class CalendarYear(models.Model):
    """One edition of a calendar's year: the published schedule of holidays (放假安排), or closures of one area.

    The latest edition counts; earlier ones stay, so that a date can be explained by what was known when it was told.
    """

    calendar = models.CharField(_("calendar"), max_length=12, default=NATIONAL)  # CN, or the code of an area
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    source = models.CharField(_("source"), max_length=300)
    published_on = models.DateField(_("published on"), null=True, blank=True)
    entered_at = models.DateTimeField(_("entered"), default=now)

    objects = CalendarYearQuerySet.as_manager()

    class Meta:
        ordering = ["calendar", "year", "version"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "year", "version"],
                name="a_calendar_year_has_each_version_once",
                violation_error_message=_("This version of the year is already in the calendar."),
            ),
            bounds.whole("clocks_calendaryear", "year", least=1949, most=2199),
            bounds.whole("clocks_calendaryear", "version", least=1, most=1000),
            bounds.day("clocks_calendaryear", "published_on"),
            bounds.moment("clocks_calendaryear", "entered_at"),
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year} ({self.version})"


class CalendarDay(models.Model):
    """A day that departs from Monday to Friday: a holiday, a make-up working day (调休上班), a local closure."""

    edition = models.ForeignKey(CalendarYear, models.CASCADE, related_name="days")
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("worked"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    class Meta:
        ordering = ["day"]
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "day"],
                name="a_calendar_day_is_said_once",
                violation_error_message=_("This day is already in the calendar."),
            ),
            bounds.day("clocks_calendarday", "day"),
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return self.name if is_chinese() or not self.name_en else self.name_en
