"""AccessToken: a key to the API that acts for one stakeholder; only its digest is kept."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance import bounds
from governance.actions import compiled
from governance.clocks.now import now

PREFIX = "gz_"


def digest(token: str) -> str:
    """What is kept of a token. It has 256 random bits, so an unkeyed digest cannot be tried out."""
    return hashlib.sha256(token.encode()).hexdigest()


class AccessTokenQuerySet(models.QuerySet):
    """Reading access tokens."""

    def valid_on(self, day: date) -> AccessTokenQuerySet:
        """Those that open the interface on this day."""
        return self.filter(revoked_at=None, expires_on__gte=day).select_related("user__person", "stakeholder")

    def of(self, token: str) -> AccessTokenQuerySet:
        """The one whose text this is."""
        return self.filter(digest=digest(token))

    def opening(self, token: str, day: date) -> AccessToken | None:
        """The one that opens the interface by this text on this day: asked at every request, so compiled once."""
        found = compiled.rows("token", lambda kept, day: self.valid_on(day).filter(digest=kept).order_by(), kept=digest(token), day=day)
        return found[0] if found else None


class AccessToken(models.Model):
    """A program may act for a stakeholder in the name of a user, until a day."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="access_tokens")
    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("acts for"))
    name = models.CharField(_("what it is for"), max_length=100)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created"), default=now, editable=False)
    expires_on = models.DateField(_("until"))
    revoked_at = models.DateTimeField(pgettext_lazy("when", "revoked"), null=True, blank=True, editable=False)

    objects = AccessTokenQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("access token")
        verbose_name_plural = _("access tokens")
        constraints = [bounds.day("accesstoken", "expires_on")]

    def __str__(self) -> str:
        return self.name

    def issue(self) -> str:
        """Make the token, keep its digest, and return it: it is shown once."""
        token = PREFIX + secrets.token_urlsafe(32)
        self.digest = digest(token)
        return token
