"""A clock and what happened to it."""

from __future__ import annotations

from datetime import date, time
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks import rules
from governance.clocks.identity import uuid7
from governance.clocks.models.rule import ClockRule
from governance.clocks.now import local, now, today
from governance.clocks.querysets import ClockEventQuerySet, ClockQuerySet
from governance.clocks.vocabulary import ClockEventKind, ClockState, Urgency

SOON = 2  # working days
HOURS_OF_A_DAY = 24


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
        constraints = [
            bounds.one_of("clocks_clock", "state", ClockState),
            *(bounds.moment("clocks_clock", name) for name in ("started_at", "due_at", "closed_at", "counted_at")),
            bounds.in_order("clocks_clock", "started_at", "due_at", _("A period ends after it begins.")),
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
    def calendar_days_left(self) -> int:
        """Days of every kind until the last day; negative when it has passed."""
        return (self.due_on - today()).days

    @property
    def is_by_the_hour(self) -> bool:
        """Whether it ends at a time of day: a period of days ends with a day."""
        return local(self.due_at).time().replace(microsecond=0) not in {rules.END_OF_DAY, time.min}

    @property
    def hours_left(self) -> int:
        """Whole hours until it ends; negative when it has."""
        return int((self.due_at - now()).total_seconds() // 3600)

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
        if self.due_on == today() or (self.is_by_the_hour and self.hours_left < HOURS_OF_A_DAY):
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

    objects = ClockEventQuerySet.as_manager()

    class Meta:
        ordering = ["at", "id"]
        constraints = [
            bounds.one_of("clocks_clockevent", "kind", ClockEventKind),
            bounds.moment("clocks_clockevent", "at"),
            bounds.moment("clocks_clockevent", "due_at"),
            bounds.whole("clocks_clockevent", "amount", most=100_000),
        ]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.kind} {self.at:%Y-%m-%d %H:%M}"
