"""What is done with a matter: tasks of co-handlers, answers, notes, files, what people think of the answer."""

from __future__ import annotations

from hashlib import sha256

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.clocks.near import Near
from governance.clocks.now import now
from governance.feedback.models.matter import Matter
from governance.feedback.querysets import FileQuerySet, TaskQuerySet
from governance.feedback.responsibilities import NotBarred, StillCharged
from governance.feedback.vocabulary import Duty, Outcome, TaskState

LONGEST_REMEDY = 3653  # days within which something is put right
LARGEST_KEPT = 20 * 1024 * 1024  # bytes of a file as it is kept
_NOT_THE_ACCUSED = """
    IF EXISTS (SELECT 1 FROM feedback_matter WHERE id = NEW.matter_id AND kind = 'report' AND organisation_id = NEW.office_id) THEN
        RAISE EXCEPTION 'a report is not shown to whoever it is about'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'a_report_is_not_shown_to_the_accused';
    END IF;
    RETURN NEW;
"""
_ANOTHER_HANDLER = """
    IF EXISTS (SELECT 1 FROM feedback_answer WHERE matter_id = NEW.matter_id AND round < NEW.round AND author_id = NEW.author_id) THEN
        RAISE EXCEPTION 'another person answers what was opened again'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'another_person_answers_what_was_opened_again';
    END IF;
    RETURN NEW;
"""
_NOT_BARRED = """
    IF EXISTS (SELECT 1 FROM feedback_matter WHERE id = NEW.matter_id
               AND (NEW.author_id = ANY(barred) OR COALESCE(NEW.approved_by_id, 0) = ANY(barred))) THEN
        RAISE EXCEPTION 'somebody barred from it' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_answers_what_they_are_barred_from';
    END IF;
    RETURN NEW;
"""


class Task(Record):
    """What a co-handler is asked for; the matter is not answered before, or before their silence counts."""

    reference_prefix = "XB"
    final_states = frozenset({TaskState.CONTRIBUTED, TaskState.SILENT})
    state_looks = {"asked": "wait", "contributed": "done", "silent": "off"}

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="tasks", verbose_name=_("matter"))
    office = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("co-handler"))
    question = models.TextField(_("what they are asked for"), max_length=2000)
    contribution = models.TextField(_("what they say"), max_length=5000, blank=True)
    state = StateField(TaskState, default=TaskState.ASKED)

    readers = (
        Party("office", _("the co-handler")) & NotBarred("matter__barred")
        | Party("matter__office", _("the office that handles it")) & StillCharged("matter__") & NotBarred("matter__barred")
        | Holds(Duty.SUPERVISE_MATTERS) & ~Party("matter__organisation", _("the organisation it is about"))
    )
    objects = TaskQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("task of a co-handler")
        verbose_name_plural = _("tasks of co-handlers")
        constraints = [
            bounds.one_of("task", "state", TaskState),
            models.CheckConstraint(
                condition=~Q(state=TaskState.CONTRIBUTED) | ~Q(contribution=""), name="a_co_handler_says_something",
                violation_error_message=_("Write what you have to say on it."),
            ),
            models.UniqueConstraint(
                fields=["matter", "office"], condition=Q(state=TaskState.ASKED), name="a_co_handler_is_asked_once_at_a_time",
                violation_error_message=_("This office has already been asked and has not answered yet."),
            ),
        ]  # fmt: skip
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(name="not_the_accused", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_NOT_THE_ACCUSED),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback:task-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return self.question[:60]


class Answer(models.Model):
    """An answer: written by one, approved by another, sent. What was sent never changes."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="replies")
    round = models.PositiveSmallIntegerField(default=1)
    finding = models.TextField(_("what was found"), max_length=5000, blank=True)
    ground = models.TextField(_("on what ground"), max_length=2000, blank=True)
    outcome = models.CharField(_("what it comes to"), max_length=14, choices=Outcome.choices, blank=True)
    text = models.TextField(_("answer"), max_length=5000)
    remedy = models.CharField(_("what will be put right"), max_length=500, blank=True)
    remedy_by = models.DateField(_("by which day"), null=True, blank=True, validators=[Near(days_back=0, days_ahead=LONGEST_REMEDY)])
    author = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    approved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    approved_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            bounds.whole("answer", "round", least=1, most=100), bounds.one_of("answer", "outcome", Outcome, or_empty=True), bounds.day("answer", "remedy_by"),
            models.CheckConstraint(
                condition=Q(approved_by=None) | ~Q(approved_by=F("author")), name="nobody_approves_their_own_answer",
                violation_error_message=_("Somebody else than its author approves an answer."),
            ),
            models.CheckConstraint(
                condition=Q(sent_at=None) | Q(approved_by__isnull=False), name="what_is_sent_was_approved",
                violation_error_message=_("An answer is approved before it is sent."),
            ),
            models.CheckConstraint(
                condition=Q(remedy="") | Q(remedy_by__isnull=False), name="a_remedy_has_a_day",
                violation_error_message=_("Say by which day it will be put right."),
            ),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(name="another_handler", when=pgtrigger.Before, operation=pgtrigger.Insert, func=_ANOTHER_HANDLER),
            pgtrigger.Trigger(name="not_barred", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update, func=_NOT_BARRED),
            pgtrigger.Protect(name="sent_stays", operation=pgtrigger.Update, condition=pgtrigger.Q(old__sent_at__isnull=False)),
            pgtrigger.Protect(name="never_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.round}"

    @property
    def digest(self) -> str:
        """The fingerprint by which anybody who holds the answer can tell that no word of it was changed: SHA-256 over its parts, each on a line."""
        parts = (self.finding, self.ground, self.outcome, self.text, self.remedy, self.remedy_by or "")
        return sha256("\n".join(str(part) for part in parts).encode()).hexdigest()


class Note(models.Model):
    """What those who handle a matter tell each other; whoever brought it does not read it."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="notes")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    text = models.TextField(_("note"), max_length=2000)
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text[:60]


class Supplement(models.Model):
    """What is asked and said between the office and whoever brought it, while it is handled."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="supplements")
    is_from_author = models.BooleanField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    text = models.TextField(_("what is asked or said"), max_length=2000)
    written_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["id"]
        triggers = [pgtrigger.Protect(name="said_stays", operation=pgtrigger.Update | pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.text[:60]


class Attachment(models.Model):
    """A file, checked and stripped of what it tells of its maker; of a draft until the matter is sent."""

    matter = models.ForeignKey(Matter, models.PROTECT, null=True, related_name="files")
    draft = models.CharField(max_length=40, blank=True, db_index=True)
    name = models.CharField(max_length=200)
    media_type = models.CharField(max_length=40)
    size = models.PositiveIntegerField()
    digest = models.CharField(max_length=64)
    content = models.BinaryField()
    added_at = models.DateTimeField(default=now)

    objects = FileQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [bounds.whole("attachment", "size", least=1, most=LARGEST_KEPT)]

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """What whoever brought it thinks of an answer: solved and conduct apart. Nobody's silence is counted."""

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="ratings")
    round = models.PositiveSmallIntegerField()
    solved = models.BooleanField(_("solved"))
    satisfaction = models.PositiveSmallIntegerField(_("satisfied with the answer"))
    conduct = models.PositiveSmallIntegerField(_("satisfied with how one was treated"))
    remark = models.CharField(_("remark"), max_length=1000, blank=True)
    by_call = models.BooleanField(_("asked by telephone"), default=False)
    given_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["matter", "round"], name="an_answer_is_rated_once", violation_error_message=_("You have already said what you think of this answer.")
            ),
            bounds.whole("rating", "round", least=1, most=100), bounds.whole("rating", "satisfaction", least=1, most=5),
            bounds.whole("rating", "conduct", least=1, most=5),
        ]

    def __str__(self) -> str:
        return f"{self.matter_id}/{self.round}"
