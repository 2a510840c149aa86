"""Calendars, rules and clocks as rows: the law changes, code does not."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance.clocks import rules
from governance.clocks.identity import uuid7
from governance.clocks.now import local, now, today
from governance.clocks.querysets import ClockQuerySet, ClockRuleQuerySet
from governance.clocks.vocabulary import ClockEventKind, ClockState, Lateness, Unit, Urgency

NATIONAL = "CN"
SOON = 2  # working days


class CalendarYear(models.Model):
    """A year whose schedule of holidays was published (放假安排)."""

    calendar = models.CharField(_("calendar"), max_length=20, default=NATIONAL)
    year = models.PositiveSmallIntegerField(_("year"))
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    source = models.CharField(_("source"), max_length=200)

    class Meta:
        ordering = ["calendar", "year"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "year"],
                name="a_calendar_year_is_published_once",
                violation_error_message=_("This year is already in the calendar."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.calendar} {self.year}"


class CalendarDay(models.Model):
    """A day that departs from Monday to Friday: a holiday, a make-up working day (调休上班), a local closure."""

    calendar = models.CharField(_("calendar"), max_length=20, default=NATIONAL)
    day = models.DateField(_("day"))
    is_working = models.BooleanField(_("worked"))
    name = models.CharField(_("name"), max_length=60)
    name_en = models.CharField(_("English name"), max_length=60, blank=True)

    class Meta:
        ordering = ["calendar", "day"]
        constraints = [
            models.UniqueConstraint(
                fields=["calendar", "day"],
                name="a_calendar_day_is_said_once",
                violation_error_message=_("This day is already in the calendar."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.day} {self.name}"


class ClockRule(models.Model):
    """How a period runs, since when, on what legal basis; unverified rules say so wherever they are shown."""

    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    object = models.CharField(_("object"), max_length=100)
    start_event = models.CharField(_("begins with"), max_length=60)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    amount = models.PositiveIntegerField(_("amount"))
    rolls_over = models.BooleanField(_("a last day on a rest day moves on"), default=False)
    pausable = models.BooleanField(_("can be paused"), default=False)
    extension_amount = models.PositiveIntegerField(_("extension"), default=0)
    extension_condition = models.CharField(_("condition of extension"), max_length=200, blank=True)
    lateness = models.CharField(_("when it ends"), max_length=20, choices=Lateness.choices, default=Lateness.OVERDUE)
    basis = models.CharField(_("legal basis"), max_length=200)
    verified = models.BooleanField(_("source verified"), default=False)
    is_example = models.BooleanField(_("example, not law"), default=False)
    effective_from = models.DateField(_("in force from"), default="2004-01-01")
    effective_until = models.DateField(_("in force until"), null=True, blank=True)

    objects = ClockRuleQuerySet.as_manager()

    class Meta:
        ordering = ["code", "effective_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "effective_from"],
                name="a_rule_begins_once",
                violation_error_message=_("This rule already has a version from that day."),
            )
        ]

    def __str__(self) -> str:
        return self.name if (get_language() or "zh").startswith("zh") else self.name_en

    @property
    def period(self) -> rules.Period:
        """The rule as the pure function knows it."""
        return rules.Period(self.unit, self.amount, self.rolls_over)

    @property
    def length(self) -> str:
        """Such as "3 working days"."""
        if self.unit == Unit.FIXED_DATE:
            return f"{self.amount // 100:02d}-{self.amount % 100:02d}"
        return f"{self.amount} {self.get_unit_display()}"


class Clock(models.Model):
    """A period that runs on a record: since when, until when, and how that date came about."""

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
    trace = models.JSONField(default=list)

    objects = ClockQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        indexes = [
            models.Index(fields=["record_type", "record_id", "due_at"], name="clock_of_record"),
            models.Index(fields=["due_at"], name="clock_running", condition=models.Q(state=ClockState.RUNNING)),
        ]

    def __str__(self) -> str:
        return f"{self.rule_id} {self.due_at:%Y-%m-%d}"

    @property
    def is_open(self) -> bool:
        """Running or paused."""
        return self.state in {ClockState.RUNNING, ClockState.PAUSED}

    @property
    def due_on(self) -> Any:
        """The last day, as counted in China."""
        return local(self.due_at).date()

    @property
    def days_left(self) -> int:
        """Working days until the last day; negative when it has passed."""
        from governance.clocks.calendars import national

        return rules.working_days_between(today(), self.due_on, national())

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
        from datetime import date

        return [rules.Step(date.fromisoformat(day), mark, number, name) for day, mark, number, name in self.trace]


class ClockEvent(models.Model):
    """What happened to a clock. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=ClockEventKind.choices)
    at = models.DateTimeField(default=now)
    due_at = models.DateTimeField(null=True)  # the date told from then on
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True)
    amount = models.PositiveIntegerField(null=True)  # of an extension, in the rule's unit

    class Meta:
        ordering = ["at", "id"]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
