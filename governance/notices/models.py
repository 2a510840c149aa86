"""A notice: somebody is told that something was done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.clocks.now import now
from governance.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """An event or a date that one stakeholder is told of. What it says is said anew in each reader's language."""

    recipient = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="notices")
    event = models.ForeignKey("actions.Event", models.PROTECT, related_name="notices", null=True)
    reminder = models.ForeignKey("clocks.Reminder", models.PROTECT, related_name="notices", null=True)
    told_at = models.DateTimeField(_("told"), default=now)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    read_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")

    objects = NoticeQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        indexes = [
            models.Index(fields=["recipient", "-id"], name="notices_of_a_stakeholder"),
            models.Index(fields=["recipient"], name="notices_not_read_yet", condition=Q(read_at=None)),
        ]
        constraints = [
            models.UniqueConstraint(fields=["event", "recipient"], name="one_is_told_once"),
            models.UniqueConstraint(fields=["reminder", "recipient"], name="one_is_reminded_once"),
            models.CheckConstraint(condition=Q(event=None) ^ Q(reminder=None), name="a_notice_is_of_an_event_or_of_a_date"),
        ]

    def __str__(self) -> str:
        return f"{self.event.action if self.event else self.reminder.level} {self.told_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("notices:open", args=[self.pk])

    @property
    def about(self) -> Any:
        """The event or the clock: what knows the record."""
        return self.event or self.reminder.clock

    @property
    def act(self) -> Any:
        """The action that was done, or one that answers the date; None if there is none."""
        if self.event:
            return self.event.act
        there = registry.actions_on(self.about.record_type.model_class())
        return next((a for a in there if self.reminder.clock.rule.code in a.stops), next(iter(there), None))

    @property
    def says(self) -> Any:
        """What was done, or what is due when, in one sentence."""
        if self.reminder:
            return self.reminder.says
        return self.event.act.description if self.event.act else self.event.action
