"""Splitting what is two things, handling together what is one, asking outsiders, and asking for the same with others."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core import signing
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Clock, Kind, Party, Refused, Starts
from governance.actions.responsibilities import System
from governance.feedback import links, periods
from governance.feedback.actions.handling import PARTS
from governance.feedback.actions.intake import ROUTE
from governance.feedback.actions.keeping import kept
from governance.feedback.actions.routing import COORDINATOR
from governance.feedback.models import Answer, Inquiry, Matter, Supporter
from governance.feedback.models.matter import AUTHOR, OFFICE
from governance.feedback.models.others import MOST_REPRESENTATIVES
from governance.feedback.responsibilities import HoldsCode, HoldsLink
from governance.feedback.vocabulary import (
    BEFORE_THE_ANSWER,
    TELL_WITHOUT_ACCOUNT,
    Category,
    InquiryState,
    MatterState,
    Stage,
    SupportState,
)
from governance.feedback.vocabulary import Kind as Brought
from governance.feedback.words import words_of
from governance.text import CodeField, WordsField

OF_AUTHOR = ("author", "name", "email", "telephone", "may_publish", "organisation", "named", "channel", "area", "barred")
WRITE = "feedback.write-inquiry"  # topic: the letter with the link


class MatterField(forms.ModelChoiceField):
    """A matter by its reference and its line."""

    def label_from_instance(self, obj: Matter) -> str:
        return f"{obj.reference} {obj.subject}"


class SplitMatter(Action):
    """What was brought is two things: one of them becomes a matter of its own, with its own office and periods."""

    place = ASIDE
    called = "Make a part a matter of its own"
    record, makes = Matter, Matter
    by = OFFICE | COORDINATOR
    start, end = {MatterState.ROUTED, MatterState.ACCEPTED}, MatterState.RECEIVED
    inputs = {
        "kind": forms.ChoiceField(label=gettext_lazy("What is it?"), choices=Brought.choices),
        "category": forms.ChoiceField(label=gettext_lazy("What is it about?"), choices=Category.choices),
        "subject": WordsField(label=gettext_lazy("In one line"), max_length=100),
        "text": WordsField(label=gettext_lazy("The part, in the words of whoever brought it"), max_length=5000, widget=forms.Textarea(attrs={"rows": 6})),
    }
    starts = periods.DISPATCH
    tells = ("author",)
    hands_on = (ROUTE,)

    @classmethod
    def initial(cls, actor: Any, record: Any) -> dict[str, Any]:
        return {name: getattr(record, name) for name in ("kind", "category", "subject", "text")} if record is not None else {}

    def perform(self, record: Matter, **data: Any) -> Matter:
        if record.stage != Stage.HANDLING:
            raise Refused(_("A review is about one answer: it is not split."))
        words = words_of(f"{data['subject']} {data['text']}")
        return Matter(origin=record, words=words, **{name: getattr(record, name) for name in OF_AUTHOR}, **data)


class MergeMatter(Action):
    """Others ask for the same: it is answered together with that matter; its own periods go on, and its author is told."""

    place = ASIDE
    called = "Handle it together with another"
    record = Matter
    by = OFFICE
    start, end = {MatterState.ACCEPTED}, MatterState.MERGED
    inputs = {"lead": MatterField(Matter.objects.none(), label=gettext_lazy("With which matter of your office?"))}
    reason = True
    tells = ("author",)
    hands_on = (TELL_WITHOUT_ACCOUNT,)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        return Matter.objects.that_may_lead(record) if record is not None else Matter.objects.none()

    def perform(self, record: Matter, *, lead: Matter, **data: Any) -> None:
        # Locked: were it answered in this moment, nothing would answer this one any more.
        if not Matter.objects.that_may_lead(record).select_for_update(of=("self",)).filter(pk=lead.pk).exists():
            raise Refused(_("Choose a matter of the same kind that your office is handling."), field="lead")
        if record.merged.filter(state=MatterState.MERGED).exists():
            raise Refused(_("Others are handled with it. Choose them one by one, or make it the one that is answered."))
        if record.tasks.open().exists():
            raise Refused(_("Co-handlers are working on it. Wait for their answer first."))
        record.lead = lead


class TakeApart(Action):
    """It is not the same after all, or the other was taken back: it is handled by itself again."""

    place = 2
    called = "Handle it by itself again"
    record = Matter
    by = System() | OFFICE
    start, end = {MatterState.MERGED}, MatterState.ACCEPTED
    tells = ("author",)

    def perform(self, record: Matter, **data: Any) -> None:
        record.lead = None


class AnswerTogether(Action):
    """The matter with which it was handled is answered; so is this one, with the same words and every right that follows."""

    record = Matter
    by = System()
    start, end = {MatterState.MERGED}, MatterState.ANSWERED
    stops = periods.ANSWERING
    starts = periods.AFTERWARDS
    tells = ("author",)
    hands_on = (TELL_WITHOUT_ACCOUNT, "feedback.tell-supporters")

    def perform(self, record: Matter, **data: Any) -> None:
        given = record.lead.sent[0]
        copied = {name: getattr(given, name) for name in (*PARTS, "author_id", "approved_by_id", "approved_at")}
        record.answer_digest = kept(Answer(matter=record, round=record.round, sent_at=self.now, **copied)).digest
        record.delivered_on = record.drafted_by = None


class AskOutsider(Action):
    """Somebody without an account is asked by a link that works once and runs out."""

    place = 4
    called = "Ask somebody without an account"
    record, makes = Matter, Inquiry
    by = OFFICE
    start, end = {MatterState.ACCEPTED}, InquiryState.ASKED
    fields = ("name", "email", "questions")
    starts = Starts("feedback.answer-inquiry", then="feedback.expire-inquiry")
    hands_on = (WRITE,)

    def perform(self, record: Matter, *, questions: str, **data: Any) -> Inquiry:
        if any(secret in questions for secret in record.secrets):
            raise Refused(_("This would tell them who brought it. Take the name and the numbers out."), field="questions")
        return Inquiry(matter=record, area=record.area, questions=questions, **data)


class AnswerInquiry(Action):
    """Whoever was asked by the link answers, once."""

    called = "Answer the questions"
    record = Inquiry
    by = HoldsLink()
    start, end = {InquiryState.ASKED}, InquiryState.ANSWERED
    fields = ("answer",)
    stops = ("feedback.answer-inquiry",)
    tells = ("matter__office",)

    def perform(self, record: Inquiry, *, answer: str, **data: Any) -> None:
        if not answer.strip():
            raise Refused(_("Write what you have to say on it."), field="answer")
        record.answer = answer


class ExpireInquiry(Action):
    """They have not answered in time; the link no longer works."""

    record = Inquiry
    by = Clock()
    start, end = {InquiryState.ASKED}, InquiryState.EXPIRED
    tells = ("matter__office",)


class ShareMatter(Action):
    """Others who ask for the same may join by a link that its author hands on."""

    place = ASIDE
    called = "Let others join who ask for the same"
    record = Matter
    by = AUTHOR
    start = set(BEFORE_THE_ANSWER)

    def perform(self, record: Matter, **data: Any) -> None:
        if record.is_shared:
            raise Refused(_("Others can join already."))
        record.is_shared = True


class SupportMatter(Action):
    """Somebody asks for the same: they see what becomes of it, and may say that it is not solved."""

    called = "Ask for the same"
    makes = Supporter
    by = Kind("citizen", "enterprise", "social")
    end = SupportState.JOINED
    inputs = {"invitation": CodeField(label=gettext_lazy("Invitation"), max_length=200, help_text=gettext_lazy("What stands at the end of the link."))}

    def perform(self, record: None, *, invitation: str, **data: Any) -> Supporter:
        try:
            matter = links.shared(invitation)
        except signing.BadSignature:
            raise Refused(_("Nothing can be joined with this link. Ask whoever sent it to you."), field="invitation") from None
        if matter.author_id == self.actor.stakeholder_id:
            raise Refused(_("You have brought it yourself."))
        self.actor.__dict__.pop("supported", None)
        return Supporter(matter=matter, area=matter.area, stakeholder=self.actor.stakeholder)


class LeaveMatter(Action):
    """They no longer take part."""

    called = "No longer take part"
    record = Supporter
    by = Party("stakeholder", gettext_lazy("who asks for the same"))
    start, end = {SupportState.JOINED}, SupportState.LEFT

    def perform(self, record: Supporter, **data: Any) -> None:
        record.represents = False
        self.actor.__dict__.pop("supported", None)


class NameRepresentative(Action):
    """They speak for all: at most five do, with whoever brought it."""

    called = "Let them speak for all"
    record = Supporter
    by = Party("matter__author", gettext_lazy("whoever brought it")) | HoldsCode("matter")
    start = {SupportState.JOINED}
    tells = ("stakeholder",)

    def perform(self, record: Supporter, **data: Any) -> None:
        if record.represents:
            raise Refused(_("They speak for all already."))
        if record.matter.supporters.joined().filter(represents=True).count() >= MOST_REPRESENTATIVES - 1:
            raise Refused(_("Five speak for all already, with whoever brought it."))
        record.represents = True
