"""Draft: what somebody with an account has begun to write, kept until it is sent or forgotten."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from governance.clocks.now import now
from governance.feedback.querysets import DraftQuerySet


class Draft(models.Model):
    """One at a time for an account; whoever has none keeps theirs in the session only."""

    user = models.OneToOneField(settings.AUTH_USER_MODEL, models.PROTECT, primary_key=True, related_name="+")
    data = models.JSONField()
    saved_at = models.DateTimeField(default=now)

    objects = DraftQuerySet.as_manager()

    def __str__(self) -> str:
        return f"{self.user_id}"
