"""What follows an answer: a commitment out of a suggestion, a supervisor's order."""

from __future__ import annotations

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Anyone, Holds, Party, Record, StateField
from governance.clocks.near import Near
from governance.feedback.models.matter import Matter
from governance.feedback.querysets import CommitmentQuerySet, SupervisionQuerySet
from governance.feedback.responsibilities import NotBarred
from governance.feedback.vocabulary import CommitmentState, Duty, SupervisionState

LONGEST_PROMISE = 3653  # days: ten years; beyond, nobody who promises will be there


class Commitment(Record):
    """What an office has promised because of a suggestion; public, with its day and its evidence."""

    reference_prefix = "CN"
    final_states = frozenset({CommitmentState.FULFILLED, CommitmentState.GIVEN_UP})
    state_looks = {"promised": "open", "fulfilled": "done", "given-up": "off"}
    shown = ("office", "text", "due_on", "evidence")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="commitments", verbose_name=_("matter"))
    office = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("who has promised"))
    text = models.CharField(_("what is promised"), max_length=500, help_text=_("Everybody can read this."))
    due_on = models.DateField(_("by which day"), validators=[Near(days_ahead=LONGEST_PROMISE)])
    evidence = models.CharField(_("what shows that it was done"), max_length=1000, blank=True)
    state = StateField(CommitmentState, default=CommitmentState.PROMISED)

    readers = Anyone()
    objects = CommitmentQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("commitment")
        verbose_name_plural = _("commitments")
        constraints = [bounds.day("commitment", "due_on"), bounds.one_of("commitment", "state", CommitmentState)]

    def __str__(self) -> str:
        return self.text[:60]

    def get_absolute_url(self) -> str:
        return reverse("feedback:commitment-detail", args=[self.pk])


class Supervision(Record):
    """A supervisor demands an explanation of an overdue or badly handled matter; the outcome is told."""

    reference_prefix = "DB"
    final_states = frozenset({SupervisionState.CONCLUDED})
    state_looks = {"ordered": "soon", "explained": "wait", "concluded": "done"}
    shown = ("matter", "office", "demand", "explanation", "rectification", "outcome")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="supervisions", verbose_name=_("matter"))
    office = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("who must explain"))
    demand = models.TextField(_("what must be explained or put right"), max_length=2000)
    explanation = models.TextField(_("explanation"), max_length=5000, blank=True)
    rectification = models.TextField(_("what was put right"), max_length=5000, blank=True)
    outcome = models.TextField(_("outcome"), max_length=2000, blank=True)
    state = StateField(SupervisionState, default=SupervisionState.ORDERED)

    readers = (
        Party("office", _("the office that must explain")) & NotBarred("matter__barred")
        | Party("matter__author", _("whoever brought it"))
        | Holds(Duty.SUPERVISE_MATTERS) & ~Party("matter__organisation", _("the organisation it is about"))
    )

    objects = SupervisionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("supervision")
        verbose_name_plural = _("supervisions")
        constraints = [bounds.one_of("supervision", "state", SupervisionState)]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback:supervision-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return self.demand[:60]
