"""What is kept beside the clocks: secret calendar addresses, and that an office had its morning's overview."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance import bounds
from governance.clocks.now import now, today
from governance.promises.querysets import FeedQuerySet


def digest(token: str) -> str:
    """What is kept of a secret address. It has 256 random bits, so an unkeyed digest cannot be tried out."""
    return hashlib.sha256(token.encode()).hexdigest()


class Feed(models.Model):
    """A secret address under which a calendar program reads the dates of one account and whom it acts for."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="feeds")
    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("acts for"))
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    read_at = models.DateTimeField(_("last read"), null=True, blank=True, editable=False)
    revoked_at = models.DateTimeField(pgettext_lazy("when", "revoked"), null=True, blank=True, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "stakeholder"], condition=Q(revoked_at=None), name="one_secret_address_for_each_account",
                violation_error_message=_("You have a secret address already. Make a new one, and the old one ends."),
            ),
            *(bounds.moment("promises_feed", name) for name in ("created_at", "read_at", "revoked_at")),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} {self.stakeholder_id}"

    def issue(self) -> str:
        """Make the secret, keep its digest, and return it: it is shown once."""
        secret = secrets.token_urlsafe(32)
        self.digest = digest(secret)
        return secret


class Overview(models.Model):
    """That an office was sent its overview of a morning: once a day."""

    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+")
    day = models.DateField(default=today)
    late = models.PositiveIntegerField(default=0)
    due_today = models.PositiveIntegerField(default=0)
    soon = models.PositiveIntegerField(default=0)
    sent_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-day", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["stakeholder", "day"], name="an_office_has_one_overview_a_day", violation_error_message=_("This morning's overview was sent already."),
            ),
            bounds.day("promises_overview", "day"),
            *(bounds.whole("promises_overview", name, most=1_000_000) for name in ("late", "due_today", "soon")),
            bounds.moment("promises_overview", "sent_at"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.stakeholder_id} {self.day}"
