"""The vocabulary of reading secret calendar addresses."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import models


class FeedQuerySet(models.QuerySet):
    """Feeds by whom they serve."""

    def valid(self) -> FeedQuerySet:
        """Not revoked."""
        return self.filter(revoked_at=None).select_related("user__person", "stakeholder")

    def of(self, actor: Any) -> FeedQuerySet:
        """The one of this account, for whomever it acts for now."""
        return self.filter(user=actor.user_id, stakeholder=actor.stakeholder_id, revoked_at=None)

    def with_digest(self, value: str) -> FeedQuerySet:
        """The one with this secret's digest."""
        return self.filter(digest=value)

    def revoke(self, at: datetime) -> int:
        """They open nothing from now on."""
        return self.update(revoked_at=at)
