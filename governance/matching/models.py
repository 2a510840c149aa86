"""Entry: a place where somebody is named. Pair: whether two of them are the same person, and who decided so."""

from __future__ import annotations

from datetime import date
from functools import cached_property
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Holds, Record, StateField
from governance.bounds import between, one_of, whole
from governance.matching import keeping, sources
from governance.matching.querysets import HOLDING, EntryQuerySet, PairQuerySet
from governance.matching.responsibilities import Found
from governance.matching.rules import scoring
from governance.matching.rules.scoring import Named
from governance.matching.vocabulary import DECIDED, FIELDS, FINDINGS, Duty, State
from governance.stakeholders.rules import masked_name

MOST_SCORE = 1000  # no sum of weights comes near it


class Entry(models.Model):
    """A row of some register that names somebody. What it says is sealed; by keyed tokens it finds those that are alike."""

    source = models.CharField(max_length=20)
    row = models.BigIntegerField()
    person = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, related_name="+")  # of whom it is known that they are meant
    area = models.ForeignKey("stakeholders.Area", models.PROTECT, null=True, related_name="+")  # who decides about it, where the person found has none
    sealed = models.TextField()
    tokens = ArrayField(models.BigIntegerField())
    fingerprint = models.CharField(max_length=32, blank=True)  # of what the register said when it was read; tells that it has changed
    looked_at = models.DateTimeField(null=True)
    gone_at = models.DateTimeField(null=True)

    objects = EntryQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("entry that names somebody")
        verbose_name_plural = gettext_lazy("entries that name somebody")
        constraints = [
            models.UniqueConstraint(fields=["source", "row"], name="a_row_is_entered_once", violation_error_message=gettext_lazy("This row is entered already.")),
            whole("matching_entry", "row", least=1, most=2**63 - 1),
        ]
        indexes = [
            GinIndex(fields=["tokens"], name="entries_that_share_a_token", fastupdate=False),  # looked up right after many came: no list of what is pending
            models.Index(fields=["id"], name="entries_not_looked_at", condition=Q(looked_at=None, gone_at=None)),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.row}"

    @cached_property
    def named(self) -> Named:
        """What it says, in the clear: for comparing, and for whoever opened it with a reason."""
        return keeping.opened(self.sealed)

    @property
    def masked_name(self) -> str:
        """The name as the queue may show it."""
        return masked_name(self.named.name)

    @property
    def born_in(self) -> int | None:
        """The year of birth: the queue shows no more of the date."""
        born: date | None = self.named.born_on
        return born.year if born else None


NOT_ABOUT_ONESELF = """
IF EXISTS (SELECT FROM stakeholders_user u WHERE u.id IN (NEW.decided_by_id, NEW.pass_asked_by_id, NEW.passed_by_id)
           AND u.person_id IN (NEW.person_id, NEW.twin_id)) THEN
    RAISE EXCEPTION 'nobody decides about themselves' USING ERRCODE = 'check_violation', CONSTRAINT = 'nobody_decides_about_themselves';
END IF;
RETURN NEW;
"""


class Pair(Record):
    """Two entries that are alike: are they the same person? A person answers, with a reason; neither entry is changed by it."""

    reference_prefix = "BT"
    final_states = frozenset({*DECIDED, State.MOOT})
    about = ("person", "twin")
    sensitive = frozenset({"ground", "pass_ground", "evidence"})
    state_looks = {"waiting": "wait", "same": "done", "different": "off", "unclear": "soon", "moot": "off"}

    entry = models.ForeignKey(Entry, models.PROTECT, related_name="questions")
    other = models.ForeignKey(Entry, models.PROTECT, related_name="answers")
    person = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=gettext_lazy("who was found"))
    twin = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, related_name="+", editable=False, verbose_name=gettext_lazy("who may be the same"))
    score = models.FloatField(gettext_lazy("score"))
    evidence = models.JSONField(gettext_lazy("what was compared"))  # field and finding, no values
    ground = models.CharField(gettext_lazy("reason"), max_length=2000, blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    pass_ground = models.CharField(gettext_lazy("why it should pass"), max_length=2000, blank=True)
    pass_asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    passed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False)
    state = StateField(State, default=State.WAITING)

    readers = Holds(Duty.ADJUDICATE) | Found()
    objects = PairQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = gettext_lazy("question whether two are the same person")
        verbose_name_plural = gettext_lazy("questions whether two are the same person")
        indexes = [
            models.Index(fields=["state", "-score", "-id"], name="pairs_the_most_alike_first"),
            models.Index(fields=["person"], name="pairs_that_hold_a_person", condition=HOLDING),
            models.Index(fields=["twin"], name="pairs_that_hold_a_twin", condition=HOLDING),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["entry", "other"], condition=~Q(state=State.MOOT), name="two_entries_are_asked_about_once",
                violation_error_message=gettext_lazy("These two have been asked about already."),
            ),
            models.CheckConstraint(
                condition=~Q(entry=F("other")), name="nothing_is_compared_with_itself", violation_error_message=gettext_lazy("Nothing is compared with itself."),
            ),
            between("matching_pair", "score", -MOST_SCORE, MOST_SCORE, gettext_lazy("The number must be from %(least)s to %(most)s.")),
            one_of("matching_pair", "state", State),
            models.CheckConstraint(
                condition=~Q(state__in=DECIDED) | Q(decided_by__isnull=False) & ~Q(ground=""), name="a_human_decides_and_says_why",
                violation_error_message=gettext_lazy("A person decides, and says why."),
            ),
            models.CheckConstraint(
                condition=Q(passed_by=None) | Q(pass_asked_by__isnull=False) & ~Q(pass_ground="") & ~Q(passed_by=F("pass_asked_by")),
                name="a_second_person_lets_pass", violation_error_message=gettext_lazy("You asked for it yourself. A second person looks at it and lets it pass."),
            ),
            models.CheckConstraint(
                condition=Q(passed_by=None) | Q(decided_by=None) | ~Q(passed_by=F("decided_by")),
                name="whoever_decided_does_not_let_pass", violation_error_message=gettext_lazy("You decided about it yourself. A second person looks at it and lets it pass."),
            ),
        ]  # fmt: skip
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(name="nobody_decides_about_themselves", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Insert, func=NOT_ABOUT_ONESELF),
            pgtrigger.Protect(name="a_question_is_not_deleted", operation=pgtrigger.Delete),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("matching:pair-detail", args=[self.pk])

    @property
    def is_duplicate(self) -> bool:
        """Whether both sides are registered here: somebody may be there twice."""
        return self.twin_id is not None

    @property
    def holds(self) -> bool:
        """Whether nothing new is granted because of it."""
        likely = self.state == State.SAME or (self.state == State.WAITING and scoring.is_likely(self.score))
        return self.is_duplicate and self.passed_by_id is None and likely

    @property
    def summary(self) -> str:
        """One line for lists, masked."""
        return _("%(one)s and %(other)s") % {"one": self.entry.masked_name, "other": self.other.masked_name}

    @property
    def registers(self) -> str:
        """In which registers the two stand."""
        return " · ".join(str(sources.source(one.source).title) for one in (self.entry, self.other))

    @property
    def findings(self) -> list[tuple[Any, Any, float]]:
        """Field by field: what was found, and what it counts."""
        return [(label, FINDINGS[field, self.evidence[field]], scoring.weight(field, self.evidence[field])) for field, label in FIELDS.items() if field in self.evidence]

    @classmethod
    def of(cls, entry: Entry, other: Entry, findings: tuple[scoring.Finding, ...]) -> Pair:
        """An unsaved question about two entries; the one of a known person stands second."""
        if other.person_id is None:
            entry, other = other, entry
        area = other.area_id or entry.area_id
        twin = entry.person_id if entry.person_id != other.person_id else None
        evidence = {one.field: one.found for one in findings}
        return cls(entry=entry, other=other, person_id=other.person_id, twin_id=twin, area_id=area, score=scoring.score(findings), evidence=evidence)
