"""A notice: somebody is told that something was done; and each way it went out by."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from governance import bounds
from governance.actions import registry
from governance.actions.models import GONE
from governance.clocks.identity import uuid7
from governance.clocks.now import now
from governance.clocks.vocabulary import Level
from governance.notices.querysets import DispatchQuerySet, NoticeQuerySet
from governance.notices.vocabulary import CHOSEN, Category, Outcome, Way

MOST_MORE = 1_000_000  # rows of a file


class Notice(models.Model):
    """An event or a date that one stakeholder is told of. What it says is said anew in each reader's language."""

    recipient = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="notices")
    event = models.ForeignKey("actions.Event", models.PROTECT, related_name="notices", null=True)
    reminder = models.ForeignKey("clocks.Reminder", models.PROTECT, related_name="notices", null=True)
    more = models.PositiveIntegerField(_("further records of the same kind"), default=0, db_default=0)
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
            models.UniqueConstraint(fields=["event", "recipient"], name="one_is_told_once", violation_error_message=_("They were told already.")),
            models.UniqueConstraint(
                fields=["reminder", "recipient"], name="one_is_reminded_once", violation_error_message=_("They were reminded already.")
            ),
            models.CheckConstraint(
                condition=Q(event=None) ^ Q(reminder=None), name="a_notice_is_of_an_event_or_of_a_date",
                violation_error_message=_("A notice is of one thing that was done, or of one date."),
            ),
            bounds.whole("notices_notice", "more", most=MOST_MORE),
        ]  # fmt: skip

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
        return next((a for a in there if self.reminder.clock.rule.code in a.works_on), next(iter(there), None))

    @property
    def category(self) -> Category:
        """Whatever begins or ends a period set by law, and every new date, is told whether one likes it or not."""
        if self.reminder:
            return Category.STATUTORY if self.reminder.level == Level.MOVED else Category.DATES
        act = self.event.act
        is_statutory = act is not None and (act.starts or act.stops or self.event.user_id is None)
        return Category.STATUTORY if is_statutory else Category.CHANGES

    @property
    def says(self) -> Any:
        """What was done, or what is due when, in one sentence."""
        if self.reminder:
            return self.reminder.says
        said = self.event.act.description if self.event.act else self.event.action
        said = _("What a file had entered was taken back; it is no longer in the register.") if self.is_gone else said
        if not self.more:
            return said
        more = ngettext("And %(n)s more, with the same file.", "And %(n)s more, with the same file.", self.more) % {"n": self.more}
        return f"{said} {more}"

    @property
    def is_gone(self) -> bool:
        """Whether it tells that the record it is about was taken out of the register."""
        return self.event is not None and self.event.end == GONE


class Dispatch(models.Model):
    """One way a notice went out by: to a reader of the recipient, or to a recipient whom nobody reads for. No address is kept."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)  # stands in the e-mail, so that it is known when it comes back
    notice = models.ForeignKey(Notice, models.PROTECT, related_name="dispatches")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10, choices=Way.choices)
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    problem = models.CharField(max_length=100, blank=True)
    at = models.DateTimeField(default=now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")  # who posted the letter

    objects = DispatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name = _("dispatch")
        verbose_name_plural = _("dispatches")
        constraints = [
            bounds.one_of("dispatch", "way", Way), bounds.one_of("dispatch", "outcome", Outcome),
            models.UniqueConstraint(
                fields=["notice", "user", "way"], name="a_way_is_gone_once", nulls_distinct=False, violation_error_message=_("It was sent already.")
            ),
        ]  # fmt: skip
        indexes = [models.Index(fields=["id"], name="letters_to_be_printed", condition=Q(outcome=Outcome.TO_PRINT))]

    def __str__(self) -> str:
        return f"{self.way} {self.outcome}"


class Choice(models.Model):
    """By which ways somebody wants notices of a category, instead of by e-mail only."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="notice_choices")
    category = models.CharField(max_length=10, choices=Category.choices)
    ways = ArrayField(models.CharField(max_length=10, choices=Way.choices), default=list)

    class Meta:
        constraints = [
            bounds.one_of("notice_choice", "category", Category), bounds.some_of("notice_choice", "ways", CHOSEN),
            models.UniqueConstraint(
                fields=["user", "category"], name="one_chooses_once", violation_error_message=_("You have chosen for this already.")
            ),
            models.CheckConstraint(
                condition=~Q(category=Category.STATUTORY) | Q(ways__len__gt=0), name="what_the_law_demands_is_sent",
                violation_error_message=_("What the law demands to be told is sent by one way at least."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} {','.join(self.ways)}"
