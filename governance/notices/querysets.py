"""The vocabulary of reading notices."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class NoticeQuerySet(models.QuerySet):
    """Reading the inbox of whomever one acts for."""

    def visible_to(self, actor: Any) -> NoticeQuerySet:
        """Those for whom this actor acts for."""
        return self.filter(recipient=actor.stakeholder_id) if actor.stakeholder_id else self.none()

    def unread(self) -> NoticeQuerySet:
        """Those nobody has read yet."""
        return self.filter(read_at=None)

    def mark_read(self, user: Any, at: datetime) -> int:
        """Note that somebody has read them; returns how many were new."""
        return self.unread().update(read_at=at, read_by=user)

    def for_display(self) -> NoticeQuerySet:
        """With what was done by whom, or what is due."""
        return self.select_related(
            "event__stakeholder", "event__user", "event__record_type", "reminder__clock__rule", "reminder__clock__record_type"
        )
