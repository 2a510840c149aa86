"""What was done: events, append-only; and the one-time keys by which a retry finds its answer."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.clocks.identity import uuid7
from governance.clocks.now import now

# What is no action of somebody's, and has an event all the same.
FOUNDED, CORRECTED, ADOPTED = "actions.founded", "actions.corrected", "actions.adopted"
WORDS = {FOUNDED: _("Entered"), CORRECTED: _("Changed by the system"), ADOPTED: _("Sealed as it stood when every value began to be sealed")}
GONE = "(gone)"  # the end of an event after which its record is no more


class EventQuerySet(models.QuerySet):
    """The vocabulary of reading what was done."""

    def for_display(self) -> EventQuerySet:
        """With who did it for whom."""
        return self.select_related("user", "stakeholder")


class Event(models.Model):
    """What was done, by whom, for whom, by what right and why. Never changed, never deleted."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    record_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    record_id = models.BigIntegerField()
    record = GenericForeignKey("record_type", "record_id")
    action = models.CharField(_("action"), max_length=100)
    start = models.CharField(max_length=32, blank=True)
    end = models.CharField(max_length=32, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, related_name="+")
    right = models.JSONField(default=dict)
    reason = models.TextField(_("reason"), blank=True)
    changes = models.JSONField(default=dict)
    done_at = models.DateTimeField(_("done at"), default=now)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-done_at", "-id"]
        indexes = [models.Index(fields=["record_type", "record_id", "-done_at"], name="event_of_record")]
        triggers = [pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.action} {self.done_at:%Y-%m-%d %H:%M}"

    @property
    def act(self) -> Any:
        """The action class, or None when the action no longer exists in the code."""
        return next((a for a in registry.actions() if a.key == self.action), None)

    @property
    def title(self) -> str:
        """The action's name in the reader's language; the key where the class is gone."""
        if self.action in WORDS:
            return str(WORDS[self.action])
        return str(self.act.title) if self.act else self.action


class Part(models.Model):
    """What opens one event of many that were done together: they share a leaf of the log, which seals the root over these digests."""

    event = models.OneToOneField(Event, models.PROTECT, primary_key=True, db_constraint=False, related_name="part")
    bundle = models.UUIDField()  # the leaf
    salt = models.BinaryField(null=True)  # as of a seal: half opens the content, half the values
    content = models.BinaryField(null=True)
    digest = models.BinaryField()  # of salt and content; it stays when these are erased, so that the root still can be reckoned

    class Meta:
        indexes = [models.Index(fields=["bundle", "event"], name="parts_of_a_bundle")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="erased_or_kept",
                operation=pgtrigger.Update,
                condition=~pgtrigger.Q(
                    new__salt=None, new__content=None, new__event_id=pgtrigger.F("old__event_id"),
                    new__bundle=pgtrigger.F("old__bundle"), new__digest=pgtrigger.F("old__digest"),
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.event_id}"


class AnsweredKey(models.Model):
    """A one-time key that was used, and what came of it: the second copy of a request gets the first one's answer."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scope = models.CharField(max_length=100)
    key = models.CharField(max_length=200)
    digest = models.CharField(max_length=64)
    action = models.CharField(max_length=100)
    outcome_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    outcome_id = models.BigIntegerField()
    outcome = GenericForeignKey("outcome_type", "outcome_id")
    answered_at = models.DateTimeField(default=now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["scope", "key"],
                name="a_key_is_answered_once",
                violation_error_message=_("This was sent already. Nothing was done a second time."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.scope} {self.key}"
