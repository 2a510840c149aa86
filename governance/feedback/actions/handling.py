"""Working on a matter: asking co-handlers, noting, writing the answer, having it approved, sending it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Clock, Party, Refused, Starts
from governance.clocks.now import local
from governance.feedback import periods, rules
from governance.feedback.actions.keeping import kept
from governance.feedback.actions.routing import COORDINATOR, _Assigned
from governance.feedback.models import Answer, Matter, Note, Task
from governance.feedback.models.matter import OFFICE
from governance.feedback.querysets import accused_by, barred_in
from governance.feedback.responsibilities import NotBarred, NotBy
from governance.feedback.vocabulary import TELL_WITHOUT_ACCOUNT, Kind, MatterState, Stage, TaskState
from governance.stakeholders.models import Stakeholder
from governance.text import WordsField, form_field

HANDLED = {MatterState.ACCEPTED, MatterState.DRAFTED, MatterState.APPROVED}
PARTS = ("finding", "ground", "outcome", "text", "remedy", "remedy_by")
SENT = (TELL_WITHOUT_ACCOUNT, "feedback.tell-supporters", "feedback.answer-together")  # topics: who else hears of an answer


def must_be_fit_for_all(record: Matter, answer: Answer) -> None:
    """What others read too tells nothing of whoever brought it. Raises Refused."""
    others = record.read_by_others
    if not (others or record.is_shared):
        return
    for part in ("finding", "ground", "text", "remedy"):
        if leaked := rules.leaks(getattr(answer, part), record.secrets, allowed=[record.office.phone]):
            told = {"what": leaked[0], "others": _("; ").join(others) or _("whoever joins those who ask for the same")}
            raise Refused(_("Others read this answer too: %(others)s. Take out what is one person’s: %(what)s.") % told, field=part)


class AskCoHandler(_Assigned):
    """Another office is asked for its part; the answer waits for it, or for its silence."""

    place = 3
    called = "Ask another office for its part"
    record, makes = Matter, Task
    by = OFFICE
    start, end = {MatterState.ACCEPTED}, TaskState.ASKED
    fields = ("question",)
    starts = Starts("feedback.contribute", then="feedback.take-silence-as-agreement")
    tells = ("office",)

    @classmethod
    def choices(cls, name: str, actor: Any, record: Any) -> Any:
        rows = Stakeholder.objects.organisations().approved()
        if record is None:
            return rows.none()
        barred = {record.office_id, *(accused_by(record) if record.kind == Kind.REPORT else ())}
        return rows.exclude(pk__in=barred - {None}).order_by("name_pinyin", "pk")

    def perform(self, record: Matter, *, to: Stakeholder, question: str, **data: Any) -> Task:
        if record.kind == Kind.REPORT and to.pk in {*accused_by(record)}:
            raise Refused(_("A report of wrongdoing is not shown to whoever it is about."), field="to")
        record.barred = sorted({*record.barred, *barred_in(to.pk, record)})
        return Task(matter=record, area=record.area, office=to, question=question)


class Contribute(Action):
    """The co-handler says what it has to say."""

    called = "Answer as co-handler"
    record = Task
    by = Party("office", gettext_lazy("the co-handler")) & NotBarred("matter__barred")
    start, end = {TaskState.ASKED}, TaskState.CONTRIBUTED
    fields = ("contribution",)
    stops = ("feedback.contribute",)
    tells = ("matter__office",)

    def perform(self, record: Task, *, contribution: str, **data: Any) -> None:
        if not contribution.strip():
            raise Refused(_("Write what you have to say on it."), field="contribution")
        record.contribution = contribution


class TakeSilenceAsAgreement(Action):
    """The co-handler has not answered in time; the office goes on without it."""

    record = Task
    by = Clock()
    start, end = {TaskState.ASKED}, TaskState.SILENT
    tells = ("office", "matter__office")


class AddNote(Action):
    """A note for those who handle it; whoever brought it does not read it."""

    place = ASIDE
    called = "Add an internal note"
    record = Matter
    by = OFFICE
    start = {MatterState.ROUTED, MatterState.OBJECTED, *HANDLED, MatterState.ANSWERED}
    inputs = {"text": WordsField(label=gettext_lazy("Note"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5}))}

    def perform(self, record: Matter, *, text: str, **data: Any) -> None:
        kept(Note(matter=record, user_id=self.actor.user_id, text=text))


class DraftAnswer(Action):
    """Somebody of the office writes the answer; somebody else approves it."""

    place = 1
    called = "Write the answer"
    record = Matter
    by = OFFICE
    start, end = {MatterState.ACCEPTED}, MatterState.DRAFTED
    leads_to = periods.ANSWERING
    inputs = {name: form_field(Answer._meta.get_field(name)) for name in PARTS}

    def perform(self, record: Matter, *, unbiased: bool = True, **data: Any) -> None:
        if record.tasks.open().exists():
            raise Refused(_("Co-handlers have not answered yet. Wait for them, or until their period ends."))
        for part in rules.missing_parts(record.kind, data):
            label = Answer._meta.get_field(part).verbose_name
            raise Refused(_("An answer to this must say: %(part)s.") % {"part": label}, field=part)
        if record.replies.filter(round__lt=record.round, author=self.actor.user_id).exists():
            raise Refused(_("You wrote the first answer. Now that it was opened again, somebody else writes."))
        answer = kept(Answer(matter=record, round=record.round, author_id=self.actor.user_id, **data))
        must_be_fit_for_all(record, answer)
        record.drafted_by_id = self.actor.user_id


class ReturnAnswer(Action):
    """The draft is not good enough yet; its author is told why."""

    place = 2
    called = "Send the draft back"
    record = Matter
    by = OFFICE
    start, end = {MatterState.DRAFTED, MatterState.APPROVED}, MatterState.ACCEPTED
    reason = True

    def perform(self, record: Matter, **data: Any) -> None:
        record.drafted_by = None


class ApproveAnswer(Action):
    """A second person of the office takes responsibility for the answer."""

    place = 1
    called = "Approve the answer"
    record = Matter
    by = OFFICE & NotBy("drafted_by", gettext_lazy("whoever wrote it"))
    start, end = {MatterState.DRAFTED}, MatterState.APPROVED
    leads_to = periods.ANSWERING

    def perform(self, record: Matter, **data: Any) -> None:
        answer = record.replies.last()
        if self.actor.user_id is None or answer.author_id == self.actor.user_id:
            raise Refused(_("You wrote it. Somebody else of your office approves it."))
        must_be_fit_for_all(record, answer)
        answer.approved_by_id, answer.approved_at = self.actor.user_id, self.now
        answer.save(update_fields=["approved_by", "approved_at"])


class SendAnswer(Action):
    """The answer goes to whoever asked; from now on it never changes."""

    place = 1
    called = "Send the answer"
    record = Matter
    by = OFFICE
    start, end = {MatterState.APPROVED}, MatterState.ANSWERED
    stops = periods.ANSWERING
    starts = periods.AFTERWARDS
    tells = ("author",)
    hands_on = SENT
    inputs = {
        "has_read": forms.BooleanField(label=gettext_lazy("I have read what was added since, and the answer still holds"), required=False),
    }

    def perform(self, record: Matter, *, has_read: bool = False, **data: Any) -> None:
        answer = record.replies.last()
        if record.since_approval and not has_read:
            raise Refused(_("Something was added after the answer was approved. Read it; then send, or send the draft back."), field="has_read")
        must_be_fit_for_all(record, answer)
        record.delivered_on = record.drafted_by = None
        answer.sent_at = self.now
        answer.save(update_fields=["sent_at"])
        record.answer_digest = answer.digest  # stands in the event, and so in the public log


class RecordDelivery(Action):
    """An answer that nobody could be told of at once was handed over or delivered by post; from that day a review may be asked for."""

    place = ASIDE
    called = "Enter the day on which they received the answer"
    record = Matter
    by = OFFICE | COORDINATOR
    start = {MatterState.ANSWERED}
    provided = Q(author=None, delivered_on=None) & ~Q(kind=Kind.CORRECTION) & ~Q(stage=Stage.RECHECK)
    fields = ("delivered_on",)
    voids = periods.TO_ASK
    starts = periods.DELIVERED
    tells = ("office",)

    def perform(self, record: Matter, *, delivered_on: date | None, **data: Any) -> None:
        sent = record.sent[0].sent_at
        if delivered_on is None or not local(sent).date() <= delivered_on <= self.today:
            raise Refused(_("They received it between the day on which it was sent and today."), field="delivered_on")
        record.delivered_on = delivered_on


class HoldHearing(Action):
    """A hearing is held; its time does not count."""

    record = Matter
    by = OFFICE
    start = {MatterState.ACCEPTED}
    provided = Q(stage=Stage.RECHECK)
    reason = True
    pauses = ("PET_RECHECK",)
    tells = ("author",)


class EndHearing(Action):
    """The hearing is over; the period goes on."""

    record = Matter
    by = OFFICE
    start = {MatterState.ACCEPTED}
    provided = Q(stage=Stage.RECHECK)
    resumes = ("PET_RECHECK",)
    tells = ("author",)
