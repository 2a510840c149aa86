"""Others than the author and the office: who is asked by a link, and who asks for the same."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Party, Record, StateField
from governance.feedback.models.matter import Matter
from governance.feedback.querysets import InquiryQuerySet, SupporterQuerySet
from governance.feedback.responsibilities import HoldsCode, HoldsLink, NotBarred, StillCharged
from governance.feedback.vocabulary import InquiryState, SupportState

MOST_REPRESENTATIVES = 5  # with whoever brought it; Regulation on Petition Work (信访工作条例), Art. 20
_FEW_REPRESENT = """
    PERFORM 1 FROM feedback_matter WHERE id = NEW.matter_id FOR UPDATE;
    IF (SELECT count(*) FROM feedback_supporter WHERE matter_id = NEW.matter_id AND represents AND state = 'joined' AND id <> NEW.id)
        >= 4 THEN  -- with whoever brought it, MOST_REPRESENTATIVES
        RAISE EXCEPTION 'at most five represent' USING ERRCODE = 'check_violation', CONSTRAINT = 'at_most_five_represent';
    END IF;
    RETURN NEW;
"""
_HANDLERS = Party("matter__office", _("the office that handles it")) & StillCharged("matter__") & NotBarred("matter__barred")


class Inquiry(Record):
    """Questions to somebody without an account, who answers them once through a link that runs out."""

    reference_prefix = "WX"
    final_states = frozenset({InquiryState.ANSWERED, InquiryState.EXPIRED})
    state_looks = {"asked": "wait", "answered": "done", "expired": "off"}
    sensitive = frozenset({"name", "email", "answer"})
    shown = ("name", "questions", "answer")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="inquiries", verbose_name=_("matter"))
    name = models.CharField(_("who is asked"), max_length=100)
    email = models.EmailField(_("e-mail"))
    questions = models.TextField(_("what they are asked"), max_length=2000, help_text=_("They see only this. Do not say who brought the matter."))
    answer = models.TextField(_("what they say"), max_length=5000, blank=True)
    state = StateField(InquiryState, default=InquiryState.ASKED)

    readers = _HANDLERS | HoldsLink()
    objects = InquiryQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("inquiry")
        verbose_name_plural = _("inquiries")
        constraints = [
            bounds.one_of("inquiry", "state", InquiryState),
            models.CheckConstraint(
                condition=~Q(state=InquiryState.ANSWERED) | ~Q(answer=""), name="an_inquiry_is_answered_with_something",
                violation_error_message=_("Write what you have to say on it."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback:inquiry-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return self.questions[:60]


class Supporter(Record):
    """Somebody who asks for the same: sees what becomes of it, may say that it is not solved; at most five speak for all."""

    reference_prefix = "FY"
    final_states = frozenset({SupportState.LEFT})
    state_looks = {"joined": "done", "left": "off"}
    about = ("stakeholder",)
    shown = ("matter", "represents")

    matter = models.ForeignKey(Matter, models.PROTECT, related_name="supporters", verbose_name=_("matter"))
    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("who asks for the same"))
    represents = models.BooleanField(_("speaks for all"), default=False)
    state = StateField(SupportState, default=SupportState.JOINED)

    readers = Party("stakeholder", _("who asks for the same")) | Party("matter__author", _("whoever brought it")) | HoldsCode("matter") | _HANDLERS
    objects = SupporterQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("supporter")
        verbose_name_plural = _("supporters")
        constraints = [
            bounds.one_of("supporter", "state", SupportState),
            models.UniqueConstraint(
                fields=["matter", "stakeholder"], condition=Q(state=SupportState.JOINED), name="one_joins_once",
                violation_error_message=_("You have joined it already."),
            )
        ]  # fmt: skip
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="few_represent", when=pgtrigger.Before, operation=pgtrigger.Insert | pgtrigger.Update,
                condition=pgtrigger.Q(new__represents=True, new__state="joined"), func=_FEW_REPRESENT,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("feedback:supporter-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line for lists."""
        return self.stakeholder.label
