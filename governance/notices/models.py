"""A notice: somebody is told that something was done."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.clocks.now import now
from governance.notices.querysets import NoticeQuerySet


class Notice(models.Model):
    """An event that one stakeholder is told of. What it says is the event's action, in the reader's language."""

    recipient = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="notices")
    event = models.ForeignKey("actions.Event", models.PROTECT, related_name="notices")
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
        constraints = [models.UniqueConstraint(fields=["event", "recipient"], name="one_is_told_once")]

    def __str__(self) -> str:
        return f"{self.event.action} {self.told_at:%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("notices:open", args=[self.pk])

    @property
    def says(self) -> Any:
        """What was done, in one sentence."""
        return self.event.act.description if self.event.act else self.event.action
