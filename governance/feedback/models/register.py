"""Removal: something left the public register. What it was is gone from there; that, when and why it went stays."""

from __future__ import annotations

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Anyone, Record, StateField
from governance.clocks.now import now
from governance.feedback.models.matter import Matter
from governance.feedback.querysets import FollowQuerySet, RemovalQuerySet
from governance.feedback.vocabulary import Ground, RemovalState


class Removal(Record):
    """A line of the public log of moderation: which matter, by which ground, by which office, and what came of an objection."""

    reference_prefix = "XJ"
    final_states = frozenset({RemovalState.UPHELD, RemovalState.RESTORED})
    state_looks = {"removed": "off", "appealed": "wait", "upheld": "off", "restored": "done"}
    sensitive = frozenset({"objection"})
    shown = ("office", "ground", "why", "decision")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="removals", verbose_name=_("matter"))
    office = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, related_name="+", verbose_name=_("who took it out"))
    ground = models.CharField(_("ground"), max_length=10, choices=Ground.choices)
    why = models.CharField(_("why"), max_length=500, help_text=_("Everybody can read this: do not repeat what is taken out."))
    taken_out_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    objection = models.TextField(_("why it should be published again"), max_length=2000, blank=True)
    decision = models.CharField(_("what was decided, and why"), max_length=500, blank=True, help_text=_("Everybody can read this."))
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    state = StateField(RemovalState, default=RemovalState.REMOVED)

    readers = Anyone()
    objects = RemovalQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("removal from the register")
        verbose_name_plural = _("removals from the register")
        indexes = [models.Index(fields=["-created_at", "-id"], name="removals_the_newest_first")]
        constraints = [
            bounds.one_of("removal", "ground", Ground), bounds.one_of("removal", "state", RemovalState),
            models.CheckConstraint(
                condition=Q(decided_by=None) | Q(taken_out_by=None) | ~Q(decided_by=F("taken_out_by")), name="somebody_else_decides_on_an_objection",
                violation_error_message=_("You took it out. Somebody else decides on the objection."),
            ),
            models.UniqueConstraint(
                fields=["matter"], condition=~Q(state=RemovalState.RESTORED), name="a_matter_is_out_of_the_register_once",
                violation_error_message=_("It is out of the register already."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback:removal-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return f"{self.get_ground_display()}: {self.why}"


class Follow(models.Model):
    """Somebody wants to be told what becomes of a published matter."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="follows")
    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+")
    since = models.DateTimeField(default=now)

    objects = FollowQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "stakeholder"], name="one_follows_once", violation_error_message=_("You follow it already.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}"


class Edition(models.Model):
    """What the register showed before a newer answer took its place: it stays there to be read, as superseded."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="editions")
    text = models.TextField()
    published_at = models.DateTimeField()
    replaced_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-replaced_at", "-id"]
        triggers = [pgtrigger.Protect(name="published_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.matter_id} {self.published_at:%Y-%m-%d}"
