"""Calendars, rules and clocks as rows: the law changes, code does not."""

from __future__ import annotations

from datetime import date
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.clocks import rules
from governance.clocks.identity import uuid7
from governance.clocks.now import local, now, today
from governance.clocks.querysets import CalendarYearQuerySet, ClockQuerySet, ClockRuleQuerySet
from governance.clocks.vocabulary import ClockEventKind, ClockState, Lateness, Level, Unit, Urgency

NATIONAL = "CN"
SOON = 2  # working days
LONG_LATE = 10  # working days
FROM_THE_BEGINNING = date(1949, 10, 1)  # in force since a day that is not recorded


def _is_chinese() -> bool:
    return (get_language() or "zh").startswith("zh")


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
            )
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
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"

    @property
    def title(self) -> str:
        """Its name in the reader's language."""
        return self.name if _is_chinese() or not self.name_en else self.name_en


class Regime(models.Model):
    """A law, regulation, standard or procedure under which periods run."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)
    number = models.CharField(_("number"), max_length=60, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    is_example = models.BooleanField(_("example, not law"), default=False)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.name if _is_chinese() else self.name_en

    @property
    def title(self) -> str:
        """As a text cites it: 《…》 in Chinese."""
        return f"《{self.name}》" if _is_chinese() else self.name_en


class ClockRule(models.Model):
    """How a period runs, since when, on what legal basis; unverified rules say so wherever they are shown."""

    code = models.CharField(_("code"), max_length=60)
    regime = models.ForeignKey(Regime, models.PROTECT, related_name="rules")
    article = models.CharField(_("article"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    object = models.CharField(_("object"), max_length=60)
    object_en = models.CharField(_("object in English"), max_length=100)
    start_event = models.CharField(_("begins with"), max_length=60)
    start_event_en = models.CharField(_("begins with, in English"), max_length=100)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    amount = models.PositiveIntegerField(_("amount"))
    counts_first_day = models.BooleanField(_("the first day counts"), default=False)
    rolls_over = models.BooleanField(_("a last day on a rest day moves on"), default=False)
    pausable = models.BooleanField(_("can be paused"), default=False)
    pause_condition = models.CharField(_("what pauses it"), max_length=200, blank=True)
    pause_condition_en = models.CharField(_("what pauses it, in English"), max_length=200, blank=True)
    longest_pause = models.PositiveIntegerField(_("longest pause in days"), null=True, blank=True)
    extension_amount = models.PositiveIntegerField(_("extension"), default=0)  # in all, in the rule's unit
    extension_times = models.PositiveSmallIntegerField(_("extensions"), default=0)
    extension_condition = models.CharField(_("condition of extension"), max_length=200, blank=True)
    extension_condition_en = models.CharField(_("condition of extension, in English"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=200, blank=True)
    lateness = models.CharField(_("when it ends"), max_length=20, choices=Lateness.choices, default=Lateness.OVERDUE)
    verified = models.BooleanField(_("source verified"), default=False)
    is_example = models.BooleanField(_("example, not law"), default=False)
    effective_from = models.DateField(_("in force from"), default=FROM_THE_BEGINNING)
    effective_until = models.DateField(_("in force until"), null=True, blank=True)

    objects = ClockRuleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            ExclusionConstraint(
                name="a_rule_has_one_version_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    (
                        Func("effective_from", "effective_until", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This rule already has a version in that time."),
            )
        ]

    def __str__(self) -> str:
        return self.name if _is_chinese() else self.name_en

    def _in_words(self, field: str) -> str:
        return getattr(self, field if _is_chinese() else f"{field}_en")

    @property
    def period(self) -> rules.Period:
        """The rule as the pure function knows it."""
        return rules.Period(self.unit, self.amount, self.rolls_over, self.counts_first_day, self.longest_pause)

    @property
    def length(self) -> str:
        """Such as "3 working days"."""
        from governance.clocks.wording import length

        return length(self.unit, self.amount)

    @property
    def extension_length(self) -> str:
        """The length of all extensions together."""
        from governance.clocks.wording import length

        return length(self.unit, self.extension_amount) if self.extension_amount else ""

    @property
    def basis(self) -> str:
        """The legal basis as it is cited."""
        from governance.clocks.wording import article

        return self.regime.title + (article(self.article) if self.article else "")

    @property
    def what(self) -> str:
        """What the period is for, such as a request."""
        return self._in_words("object")

    @property
    def begins_with(self) -> str:
        """What starts the period."""
        return self._in_words("start_event")

    @property
    def paused_by(self) -> str:
        """What pauses the period."""
        return self._in_words("pause_condition")

    @property
    def extended_if(self) -> str:
        """On what condition it may be extended."""
        return self._in_words("extension_condition")

    @property
    def remark(self) -> str:
        """What else the law says about it."""
        return self._in_words("note")

    @property
    def in_force_from(self) -> date | None:
        """The first day of this version, where it is recorded."""
        return None if self.effective_from == FROM_THE_BEGINNING else self.effective_from


class Clock(models.Model):
    """A period that runs on a record: since when, until when, and how that date came about.

    It keeps the version of the rule under which it began.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    area = models.ForeignKey("stakeholders.Area", models.PROTECT, related_name="+", null=True)
    rule = models.ForeignKey(ClockRule, models.PROTECT, related_name="clocks")
    state = models.CharField(_("state"), max_length=10, choices=ClockState.choices, default=ClockState.RUNNING)
    started_at = models.DateTimeField(_("began"))
    due_at = models.DateTimeField(_("due"))
    closed_at = models.DateTimeField(_("closed"), null=True)
    provisional = models.BooleanField(_("provisional"), default=False)
    then = models.CharField(max_length=100, blank=True)
    trace = models.JSONField(default=list)  # rules.runs: every day, in stretches of one kind
    counted_at = models.DateTimeField(default=now)  # when the date was last worked out

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["record_type", "record_id", "due_at"], name="clock_of_record"),
            models.Index(fields=["due_at"], name="clock_running", condition=Q(state=ClockState.RUNNING)),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.due_at:%Y-%m-%d}"

    def get_absolute_url(self) -> str:
        """The public page that explains the date."""
        from django.urls import reverse

        return reverse("promises:clock-detail", args=[self.pk])

    @property
    def is_open(self) -> bool:
        """Running or paused."""
        return self.state in {ClockState.RUNNING, ClockState.PAUSED}

    @property
    def due_on(self) -> date:
        """The last day, as counted in China."""
        return local(self.due_at).date()

    @property
    def days_left(self) -> int:
        """Working days until the last day; negative when it has passed."""
        return rules.working_days_between(today(), self.due_on, self.working_calendar)

    @property
    def working_calendar(self) -> rules.WorkingCalendar:
        """The calendar of the place where it runs."""
        from governance.clocks.calendars import of_area

        return of_area(self.area_id)

    @property
    def urgency(self) -> Urgency:
        """How much it presses now."""
        if self.state == ClockState.PAUSED:
            return Urgency.PAUSED
        if self.state != ClockState.RUNNING:
            return Urgency.DONE
        if self.due_at < now():
            return Urgency.LATE
        if self.due_on == today():
            return Urgency.TODAY
        return Urgency.SOON if self.days_left <= SOON else Urgency.LATER

    @property
    def steps(self) -> list[rules.Step]:
        """The trace, day by day."""
        return rules.steps_of(self.trace)

    @property
    def calendar(self) -> Any:
        """The trace as a calendar to be shown, week by week."""
        from governance.clocks.weeks import of_clock

        return of_clock(self)

    @property
    def dates_told(self) -> list[Any]:
        """Every date ever told, oldest first, each with the event that brought it."""
        told: list[Any] = []
        for event in self.events.all():
            if event.due_at is not None and (not told or told[-1].due_at != event.due_at):
                told.append(event)
        return told


class ClockEvent(models.Model):
    """What happened to a clock. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ClockEventKind.choices)
    at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(null=True)  # the date told from then on
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    cause = models.UUIDField(null=True)  # the record's event by which it happened
    reason = models.TextField(blank=True)
    document = models.CharField(max_length=200, blank=True)  # the paper that shows it, as it is cited
    amount = models.PositiveIntegerField(null=True)  # of an extension, in the rule's unit

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"


class Reminder(models.Model):
    """That somebody was told about a clock: once for each level and date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="reminders")
    level = models.CharField(max_length=10, choices=Level.choices)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["told_at", "id"]
        constraints = [models.UniqueConstraint(fields=["clock", "level", "due_at"], name="each_level_of_a_date_is_told_once")]

    def __str__(self) -> str:
        return f"{self.level} {self.due_at:%Y-%m-%d}"

    @property
    def says(self) -> str:
        """What somebody is told, in one sentence."""
        from governance.clocks.wording import reminder

        return reminder(self.level, self.clock.rule, self.due_at)


class Discrepancy(models.Model):
    """An alarm: a kept date that counting again does not give."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="discrepancies")
    found_at = models.DateTimeField(_("found"), default=now)
    kept_due_at = models.DateTimeField(_("kept"))
    counted_due_at = models.DateTimeField(_("counted"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [models.UniqueConstraint(fields=["clock"], condition=Q(settled_at=None), name="a_discrepancy_is_open_once")]

    def __str__(self) -> str:
        return f"{self.clock_id} {self.found_at:%Y-%m-%d}"
