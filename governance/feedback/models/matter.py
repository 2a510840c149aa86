"""Matter: what somebody brings, and whatever becomes of it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext, pgettext_lazy

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.clocks.near import Near
from governance.clocks.now import today
from governance.feedback.querysets import MatterQuerySet
from governance.feedback.responsibilities import Accused, HoldsCode, NotBarred, StillCharged, Supports
from governance.feedback.vocabulary import (
    AGAINST_SOMEBODY,
    BY_PETITION,
    OF_ONES_DATA,
    OF_THE_AUTHOR,
    Category,
    Channel,
    Duty,
    Kind,
    MatterState,
    Path,
    Stage,
    Urgency,
)
from governance.notices.vocabulary import ARRIVED

LONGEST_ON_A_DESK = 366  # days that what somebody brought or was sent may have lain unregistered
MOST_PASSED_ON = 2  # times that an office may pass it on
AUTHOR = Party("author", _("whoever brought it")) | HoldsCode()
OFFICE = Party("office", _("the office that handles it")) & StillCharged() & NotBarred()
ACCUSED = Accused("organisation", _("the organisation it is about"))

# No answer goes out before the co-handlers have answered or their silence counts, nor without one that somebody approved.
_ANSWERABLE = """
    IF EXISTS (SELECT 1 FROM feedback_task WHERE matter_id = NEW.id AND state = 'asked') THEN
        RAISE EXCEPTION 'co-handlers have not answered' USING ERRCODE = 'check_violation', CONSTRAINT = 'co_handlers_answer_first';
    END IF;
    IF NEW.state = 'answered' AND NOT EXISTS (
        SELECT 1 FROM feedback_answer WHERE matter_id = NEW.id AND round = NEW.round AND sent_at IS NOT NULL AND approved_by_id IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'no approved answer' USING ERRCODE = 'check_violation', CONSTRAINT = 'an_answer_is_approved_before_it_goes';
    END IF;
    RETURN NEW;
"""


class Matter(Record):
    """A question, suggestion, complaint, report, petition, praise or correction; a review of one is a matter of its own."""

    reference_prefix = "TS"
    final_states = frozenset({MatterState.WITHDRAWN})
    state_looks = {
        "received": "wait", "routed": "wait", "objected": "soon", "accepted": "open", "drafted": "open", "approved": "open",
        "answered": "done", "merged": "wait", "withdrawn": "off",
    }  # fmt: skip
    about = ("author",)
    sensitive = frozenset({"subject", "text", "name", "email", "telephone", "named", "words", "vector"})

    kind = models.CharField(_("what it is"), max_length=12, choices=Kind.choices)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.HANDLING, editable=False)
    category = models.CharField(_("what it is about"), max_length=12, choices=Category.choices)
    channel = models.CharField(_("how it came in"), max_length=10, choices=Channel.choices, default=Channel.ONLINE)
    received_on = models.DateField(
        _("received on"), default=today, validators=[Near(days_back=LONGEST_ON_A_DESK, days_ahead=0)],
        help_text=_("Its periods count from this day (Regulation on Petition Work, Arts. 22, 23)."),
    )  # fmt: skip
    subject = models.CharField(_("in one line"), max_length=100)
    text = models.TextField(_("what happened, and what you ask for"), max_length=5000)
    author = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("whoever brought it"))
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    telephone = models.CharField(_("telephone"), max_length=30, blank=True)
    may_publish = models.BooleanField(_("may be published without names"), default=False)
    organisation = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("organisation it is about")
    )
    named = models.CharField(_("organisation or person it is about"), max_length=200, blank=True)
    thing_type = models.ForeignKey(ContentType, models.PROTECT, null=True, blank=True, related_name="+", editable=False)
    thing_id = models.BigIntegerField(null=True, blank=True, editable=False)
    thing = GenericForeignKey("thing_type", "thing_id")
    words = models.TextField(blank=True, editable=False)  # of its public version with their pinyin, or of itself, apart
    # Kept, so that looking for a word that very many have compares what is there and takes no text apart.
    vector = models.GeneratedField(
        expression=SearchVector("words", config="simple"), output_field=SearchVectorField(), db_persist=True
    )

    office = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("the office that handles it")
    )
    rule = models.ForeignKey("feedback.RoutingRule", models.PROTECT, related_name="matters", null=True, blank=True, verbose_name=_("rule of routing"))
    mandate = models.ForeignKey("stakeholders.Mandate", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("mandate"))
    is_ruled = models.BooleanField(default=False, editable=False)  # a coordinator has decided who is responsible: no way back
    passed_on = models.PositiveSmallIntegerField(_("times passed on"), default=0, editable=False)
    before = models.ForeignKey("self", models.PROTECT, related_name="later", null=True, blank=True, verbose_name=_("the matter it reviews"))
    round = models.PositiveSmallIntegerField(default=1, editable=False)  # goes up when it is opened again
    drafted_by = models.ForeignKey(  # who wrote the answer that is being checked: somebody else approves it
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    handler = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("who works on it"))
    urgency = models.CharField(_("how urgent it is"), max_length=10, choices=Urgency.choices, default=Urgency.ORDINARY)
    extension_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    # Accounts of people who may not touch it (回避): whoever brought it, is named in it, or has been barred from it.
    barred = ArrayField(models.BigIntegerField(), default=list, blank=True, editable=False)
    lead = models.ForeignKey("self", models.PROTECT, related_name="merged", null=True, blank=True, verbose_name=_("the matter it is handled with"))
    origin = models.ForeignKey("self", models.PROTECT, related_name="parts", null=True, blank=True, verbose_name=_("the matter it was a part of"))
    is_shared = models.BooleanField(_("others may ask for the same"), default=False, editable=False)
    answer_digest = models.CharField(
        _("fingerprint of the answer"), max_length=64, blank=True, editable=False
    )  # SHA-256, sealed in the log
    registered_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)

    public_subject = models.CharField(_("in one line, for everybody"), max_length=100, blank=True)
    public_text = models.TextField(_("what was brought, for everybody"), max_length=5000, blank=True)
    public_answer = models.TextField(_("the answer, for everybody"), max_length=5000, blank=True)
    published_at = models.DateTimeField(_("published"), null=True, editable=False)
    published_round = models.PositiveSmallIntegerField(default=0, editable=False)  # whose answer the register shows; 0 is none
    delivered_on = models.DateField(  # the newest answer, where nobody could be told at once
        _("received the answer on"), null=True, blank=True, validators=[Near(days_back=LONGEST_ON_A_DESK, days_ahead=0)],
        help_text=_("From this day the 30 days count in which a review may be asked for."),
    )  # fmt: skip
    state = StateField(MatterState, default=MatterState.RECEIVED)

    # A report is never shown to whoever it is about; neither is what they handle themselves, as they never do.
    readers = (
        AUTHOR | Supports()
        | ((OFFICE | (Holds(Duty.RECEIVE_MATTERS) | Holds(Duty.REVIEW_MATTERS) | Holds(Duty.SUPERVISE_MATTERS)) & NotBarred()) & ~ACCUSED)
    )  # fmt: skip
    objects = MatterQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("matter")
        verbose_name_plural = _("matters")
        indexes = [
            models.Index(fields=["office", "state", "-id"], name="matters_of_an_office"),
            models.Index(fields=["author", "-id"], name="matters_of_somebody"),
            models.Index(fields=["handler", "state"], name="matters_on_a_desk"),
            models.Index(fields=["-published_at", "-id"], name="matters_in_public", condition=Q(published_at__isnull=False)),
            models.Index(fields=["created_at"], name="public_matters_by_day", condition=Q(published_at__isnull=False)),
            GinIndex(fields=["vector"], name="public_matters_by_their_words", condition=Q(published_at__isnull=False)),
        ]
        constraints = [
            bounds.one_of("matter", "kind", Kind), bounds.one_of("matter", "category", Category), bounds.one_of("matter", "stage", Stage),
            bounds.one_of("matter", "state", MatterState), bounds.one_of("matter", "channel", Channel), bounds.one_of("matter", "urgency", Urgency), bounds.day("matter", "received_on"),
            bounds.day("matter", "delivered_on"), bounds.whole("matter", "round", least=1, most=100),
            bounds.whole("matter", "published_round", most=100),
            bounds.whole("matter", "passed_on", most=MOST_PASSED_ON),
            bounds.in_order(
                "matter", "received_on", "delivered_on", _("The answer cannot have been received before the matter itself."),
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=sorted(AGAINST_SOMEBODY)) | ~Q(office=F("organisation")),
                name="nobody_handles_what_is_said_against_them",
                violation_error_message=_("An office does not handle what is said against it. Choose another office."),
            ),
            models.CheckConstraint(
                condition=Q(published_at=None) | Q(may_publish=True),
                name="what_is_published_may_be",
                violation_error_message=_("Whoever brought it did not agree that it is published."),
            ),
            models.CheckConstraint(
                condition=Q(handler=None) | ~Q(barred__contains=[F("handler")]), name="nobody_works_on_what_they_are_barred_from",
                violation_error_message=_("They are barred from it: it concerns them."),
            ),
            models.CheckConstraint(
                condition=~Q(state=MatterState.MERGED) | Q(lead__isnull=False) & ~Q(lead=F("pk")), name="what_is_handled_together_has_a_lead",
                violation_error_message=_("Choose another matter with which it is handled."),
            ),
            models.UniqueConstraint(
                fields=["before", "stage"], name="a_matter_is_reviewed_once",
                violation_error_message=_("A review was already asked for."),
            ),
        ]  # fmt: skip
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="answerable", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state__in=["drafted", "approved", "answered"], old__state__df=pgtrigger.F("new__state")),
                func=_ANSWERABLE,
            ),
        ]  # fmt: skip

    is_rerouted = False  # it comes to an office again because it is about something else; the promised day stays
    became = ""  # the procedure that it follows since a moment ago, when it was said to be of another kind

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback:matter-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return self.subject

    @property
    def from_whom(self) -> str:
        """Who brought it, as a list of an office says it."""
        return self.author.label if self.author else self.name or str(_("without a name"))

    @property
    def path(self) -> str:
        """The procedure whose periods run on it."""
        if self.stage != Stage.HANDLING:
            return Path(self.stage)
        if self.kind in OF_ONES_DATA:
            return Path.CORRECTION
        return Path.PETITION if self.kind in BY_PETITION else Path.HOTLINE

    @property
    def is_told_at_once(self) -> bool:
        """Whether the answer reaches whoever brought it when it is sent: by account, e-mail or text message, or because they
        follow it by their code from the beginning."""
        return bool(self.author_id or self.email or self.telephone) or self.channel == Channel.ONLINE

    @property
    def path_of_the_told(self) -> str:
        """The procedure, if the answer is received when it is sent; else the day of delivery begins what runs afterwards."""
        return self.path if self.is_told_at_once else ""

    @property
    def hurry(self) -> str:
        """How urgent it is, if it is of the procedure where that counts; nothing where its period for an answer runs on."""
        return self.urgency if self.path == Path.HOTLINE and not self.is_rerouted else ""

    @property
    def unhandled(self) -> str:
        """The procedure, if its period of handling is not running already: none runs twice."""
        is_running = self.path == Path.PETITION and self.clocks.filter(rule__code="PET_HANDLE").open().exists()
        return "" if is_running else self.path

    @property
    def dispatched_at(self) -> datetime | None:
        """When its period for an answer began: a longer one counts from then too."""
        return self.clocks.filter(rule__code="HOT_FB_ORD").order_by("-started_at").values_list("started_at", flat=True).first()

    @property
    def pressing(self) -> Any:
        """The period that presses its office most; none if nothing is due."""
        return self.clocks.pressing().exclude(rule__code__in=OF_THE_AUTHOR).first()

    @property
    def answer(self) -> Any:
        """The newest answer, whatever became of it."""
        return max(self.replies.all(), key=lambda reply: reply.pk, default=None)

    @property
    def sent(self) -> list[Any]:
        """The answers that have gone out, the newest first."""
        return sorted((reply for reply in self.replies.all() if reply.sent_at), key=lambda reply: -reply.pk)

    @property
    def is_reopened(self) -> bool:
        """Whether what the register shows is not the last word: it was opened again, or answered anew."""
        return self.published_at is not None and self.published_round < self.round

    @property
    def reopened_at(self) -> datetime | None:
        """When it was opened again last; None if it never was."""
        return self.events.filter(action="feedback.reopen-matter").order_by("-done_at").values_list("done_at", flat=True).first()

    @property
    def untold(self) -> list[Any]:
        """What could not be told to whoever brought it, or to somebody who was asked: neither e-mail nor text message arrived."""
        letters = list(self.letters.all())
        arrived = {one.key for one in letters if one.outcome in ARRIVED}
        return list({one.key: one for one in reversed(letters) if one.key not in arrived}.values())

    @property
    def read_by_others(self) -> list[str]:
        """Who else reads the answer: the matters handled together with it, and how many ask for the same."""
        together = [f"{one.subject} ({one.reference})" for one in self.merged.filter(state=MatterState.MERGED).order_by("id")]
        joined = self.supporters.joined().count() if self.is_shared else 0
        return [*together, *([ngettext("%(n)d person who asks for the same", "%(n)d people who ask for the same", joined) % {"n": joined}] if joined else [])]

    @property
    def since_approval(self) -> list[Any]:
        """What whoever brought it has added since the answer was approved."""
        answer = self.answer
        if self.state != MatterState.APPROVED or answer is None or answer.approved_at is None:
            return []
        return [one for one in self.supplements.all() if one.is_from_author and one.written_at > answer.approved_at]

    @property
    def secrets(self) -> list[str]:
        """What must not stand in anything public about it."""
        author = self.author.name if self.author else ""
        person = self.named if self.organisation_id is None else ""  # an organisation may be called by its name, a person not
        return [text.strip() for text in (self.name, self.email, self.telephone, author, person) if text.strip()]
