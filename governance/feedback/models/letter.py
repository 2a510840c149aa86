"""Letter: by which ways somebody without an account was told something, and whether it reached them. No address is kept."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks.identity import uuid7
from governance.clocks.now import now
from governance.feedback.models.matter import Matter
from governance.notices.vocabulary import Outcome, Way


class Letter(models.Model):
    """One way by which one thing was told; ``key`` is what it was."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)  # stands in the e-mail, to be known when it comes back
    matter = models.ForeignKey(Matter, models.PROTECT, related_name="letters")
    key = models.CharField(max_length=60)
    way = models.CharField(_("way"), max_length=10, choices=Way.choices)
    outcome = models.CharField(_("outcome"), max_length=10, choices=Outcome.choices)
    problem = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-at", "-id"]
        constraints = [
            bounds.one_of("letter", "way", Way), bounds.one_of("letter", "outcome", Outcome),
            models.UniqueConstraint(fields=["matter", "key", "way"], name="a_letter_goes_once", violation_error_message=_("It was sent already.")),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.way} {self.outcome}"
