"""What was told about clocks, and what counting anew has found."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks import wording
from governance.clocks.identity import uuid7
from governance.clocks.models.clock import Clock
from governance.clocks.now import now
from governance.clocks.querysets import RecountQuerySet
from governance.clocks.vocabulary import Level

LONG_LATE = 10  # working days


class Reminder(models.Model):
    """That somebody was told about a clock: once for each level and date."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    clock = models.ForeignKey(Clock, models.PROTECT, related_name="reminders")
    level = models.CharField(max_length=10, choices=Level.choices)
    due_at = models.DateTimeField()
    told_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["told_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock", "level", "due_at"], name="each_level_of_a_date_is_told_once", violation_error_message=_("This was told already."),
            ),
            bounds.one_of("clocks_reminder", "level", Level),
            bounds.moment("clocks_reminder", "due_at"),
            bounds.moment("clocks_reminder", "told_at"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.level} {self.due_at:%Y-%m-%d}"

    @property
    def says(self) -> str:
        """What somebody is told, in one sentence."""
        return wording.reminder(self.level, self.clock.rule, self.due_at)


class Discrepancy(models.Model):
    """An alarm: a kept date that counting again does not give."""

    clock = models.ForeignKey(Clock, models.PROTECT, related_name="discrepancies")
    found_at = models.DateTimeField(_("found"), default=now)
    kept_due_at = models.DateTimeField(_("kept"))
    counted_due_at = models.DateTimeField(_("counted"))
    settled_at = models.DateTimeField(_("settled"), null=True)

    class Meta:
        ordering = ["-found_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["clock"], condition=Q(settled_at=None), name="a_discrepancy_is_open_once", violation_error_message=_("This alarm is open already."),
            ),
            *(bounds.moment("clocks_discrepancy", name) for name in ("found_at", "kept_due_at", "counted_due_at", "settled_at")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.clock_id} {self.found_at:%Y-%m-%d}"


class Recount(models.Model):
    """That every open date was counted anew: what a night has found."""

    began_at = models.DateTimeField(_("began"), default=now)
    ended_at = models.DateTimeField(_("ended"), null=True)
    checked = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    alarms = models.PositiveIntegerField(default=0)

    objects = RecountQuerySet.as_manager()

    class Meta:
        ordering = ["-began_at"]
        constraints = [
            bounds.moment("clocks_recount", "began_at"),
            bounds.moment("clocks_recount", "ended_at"),
            *(bounds.whole("clocks_recount", name, most=1_000_000_000) for name in ("checked", "moved", "alarms")),
        ]

    def __str__(self) -> str:
        return f"{self.began_at:%Y-%m-%d}"
