"""After the answer: what people think of it, opening it again, review, commitments, supervision."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import ASIDE, Action, Holds, Party, Refused, Starts
from governance.feedback import periods, rules
from governance.feedback.actions.keeping import kept
from governance.feedback.models import Commitment, Matter, Rating, Supervision
from governance.feedback.models.matter import ACCUSED, AUTHOR, OFFICE
from governance.feedback.querysets import barred_in, next_level_up
from governance.feedback.responsibilities import NotBarred, Supports
from governance.feedback.vocabulary import (
    BEFORE_THE_ANSWER,
    CommitmentState,
    Duty,
    Kind,
    MatterState,
    Stage,
    SupervisionState,
)
from governance.text import WordsField, form_field

FIVE = [(5, gettext_lazy("very good")), (4, gettext_lazy("good")), (3, gettext_lazy("so-so")), (2, gettext_lazy("bad")), (1, gettext_lazy("very bad"))]


def _of_five(label: Any) -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label=label, choices=FIVE, coerce=int, widget=forms.RadioSelect)


class RateAnswer(Action):
    """Whoever brought it says whether it is solved, whether the answer satisfies, and how they were treated."""

    place = 1
    called = "Say what you think of the answer"
    record = Matter
    by = AUTHOR
    start = {MatterState.ANSWERED}
    inputs = {
        "solved": forms.TypedChoiceField(
            label=gettext_lazy("Is it solved?"), choices=[("yes", gettext_lazy("Yes")), ("no", gettext_lazy("No"))], coerce=lambda value: value == "yes",
            widget=forms.RadioSelect,
        ),
        "satisfaction": _of_five(gettext_lazy("How is the answer?")),
        "conduct": _of_five(gettext_lazy("How were you treated?")),
        "remark": WordsField(label=gettext_lazy("Anything else?"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})),
    }  # fmt: skip
    tells = ("office",)

    def perform(self, record: Matter, **data: Any) -> None:
        if record.ratings.filter(round=record.round).exists():
            raise Refused(_("You have already said what you think of this answer."))
        kept(Rating(matter=record, round=record.round, **data))


class RecordCallBack(Action):
    """Somebody drawn by lot is called and asked what they think of the answer; not by the office that gave it."""

    place = ASIDE
    called = "Write down what they say on the telephone"
    record = Matter
    by = Holds(Duty.RECEIVE_MATTERS) & ~Party("office", gettext_lazy("the office that handles it")) & ~ACCUSED & NotBarred()
    start = {MatterState.ANSWERED}
    provided = ~Q(telephone="")
    inputs = RateAnswer.inputs
    tells = ("office",)

    def perform(self, record: Matter, **data: Any) -> None:
        if record.ratings.filter(round=record.round).exists():
            raise Refused(_("They have already said what they think of this answer."))
        kept(Rating(matter=record, round=record.round, by_call=True, **data))


class ReopenMatter(Action):
    """It is not solved: it is opened again, and somebody else than before answers."""

    place = 2
    called = "It is not solved: open it again"
    record = Matter
    by = AUTHOR | Supports()  # anyone affected may say so
    start, end = {MatterState.ANSWERED}, MatterState.ACCEPTED
    provided = Q(round=1, stage=Stage.HANDLING)
    reason = True
    voids = ("PET_REVIEW_REQ",)
    starts = (*periods.FEEDBACK, periods.HANDLING)
    tells = ("office",)

    def perform(self, record: Matter, **data: Any) -> None:
        record.round += 1
        record.handler = record.delivered_on = None  # somebody else answers, and that answer is received anew


class _Review(Action):
    """The next level up looks at it anew."""

    stage, deadline = Stage.REVIEW, "PET_REVIEW_REQ"

    def perform(self, record: Matter, **data: Any) -> Matter:
        periods_to_ask = record.clocks.filter(rule__code=self.deadline).exclude(state="void")
        is_over = not periods_to_ask.filter(state="running", due_at__gte=self.now).exists()
        # Where nobody could be told at once, nothing runs before the answer was delivered, and no right is lost.
        if is_over and (record.is_told_at_once or record.delivered_on is not None):
            raise Refused(_("The 30 days in which this can be asked for are over."))
        mandate = next_level_up(Duty.REVIEW_MATTERS, record, self.today)
        if mandate is None:
            raise Refused(_("No office above is charged with reviews here. Ask the office that answered where to turn."))
        copied = {
            name: getattr(record, name)
            for name in ("kind", "category", "subject", "author", "name", "email", "telephone", "organisation", "named", "channel")
        }
        made = Matter(
            area=record.area, before=record, stage=self.stage, office=mandate.stakeholder, mandate=mandate,
            text=self.reason_given, words=record.words, **copied,
        )  # fmt: skip
        made.barred = sorted({*record.barred, *barred_in(mandate.stakeholder_id, made)})
        return made


class AskForReview(_Review):
    """Whoever is not content with the answer has the next level up review it, within 30 days."""

    place = 3
    called = "Ask for a review"
    record, makes = Matter, Matter
    by = AUTHOR | Supports(represents=True)
    start, end = {MatterState.ANSWERED}, MatterState.ACCEPTED
    provided = Q(stage=Stage.HANDLING) & ~Q(kind=Kind.CORRECTION)
    reason = True
    starts = Starts("PET_REVIEW")
    tells = ("office",)


class AskForSecondReview(_Review):
    """Whoever is not content with the review has the level above review it once more; its answer is final."""

    place = 3
    called = "Ask for a second review"
    record, makes = Matter, Matter
    by = AUTHOR | Supports(represents=True)
    start, end = {MatterState.ANSWERED}, MatterState.ACCEPTED
    provided = Q(stage=Stage.REVIEW)
    reason = True
    starts = Starts("PET_RECHECK")
    tells = ("office",)
    stage, deadline = Stage.RECHECK, "PET_RECHECK_REQ"


TELL_FOLLOWERS, TO_FULFIL = ("feedback.tell-of-commitment",), "feedback.fulfil-commitment"


class Commit(Action):
    """The office takes a suggestion up and promises publicly what it will do, by which day."""

    place = 2
    called = "Promise what the suggestion asks for"
    record, makes = Matter, Commitment
    by = OFFICE
    start, end = {MatterState.ANSWERED}, CommitmentState.PROMISED
    provided = Q(kind=Kind.SUGGESTION)
    starts = Starts(TO_FULFIL, since="due_on")
    tells = ("matter__author",)
    hands_on = TELL_FOLLOWERS
    inputs = {
        "text": form_field(Commitment._meta.get_field("text")),
        "due_on": forms.DateField(label=gettext_lazy("By which day?")),
    }

    def perform(self, record: Matter, *, text: str, due_on: date, **data: Any) -> Commitment:
        if due_on <= self.today:
            raise Refused(_("Choose a day in the future."), field="due_on")
        if rules.leaks(text, record.secrets):
            raise Refused(_("Everybody can read this: leave out names, numbers and addresses of people."), field="text")
        return Commitment(matter=record, area=record.area, office=record.office, text=text, due_on=due_on)


class FulfilCommitment(Action):
    """What was promised is done; the evidence is public."""

    record = Commitment
    by = Party("office", gettext_lazy("who has promised"))
    start, end = {CommitmentState.PROMISED}, CommitmentState.FULFILLED
    stops = (TO_FULFIL,)
    hands_on = TELL_FOLLOWERS
    inputs = {"evidence": WordsField(label=gettext_lazy("What shows it?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))}
    tells = ("matter__author",)

    def perform(self, record: Commitment, *, evidence: str, **data: Any) -> None:
        if rules.leaks(evidence, record.matter.secrets):
            raise Refused(_("Everybody can read this: leave out names, numbers and addresses of people."), field="evidence")
        record.evidence = evidence


class GiveUpCommitment(Action):
    """It will not be done; everybody can read why."""

    record = Commitment
    by = Party("office", gettext_lazy("who has promised"))
    start, end = {CommitmentState.PROMISED}, CommitmentState.GIVEN_UP
    voids = (TO_FULFIL,)
    reason = True
    hands_on = TELL_FOLLOWERS
    tells = ("matter__author",)


class OrderExplanation(Action):
    """The supervisor demands an explanation, and that it is put right."""

    called = "Demand an explanation"
    record, makes = Matter, Supervision
    by = Holds(Duty.SUPERVISE_MATTERS) & ~Party("office", gettext_lazy("the office that handles it")) & ~ACCUSED & NotBarred()
    start, end = {*BEFORE_THE_ANSWER, MatterState.ANSWERED} - {MatterState.RECEIVED}, SupervisionState.ORDERED
    fields = ("demand",)
    starts = Starts("feedback.explain")
    tells = ("office",)

    def perform(self, record: Matter, *, demand: str, **data: Any) -> Supervision:
        if record.office_id is None:
            raise Refused(_("No office is responsible yet."))
        return Supervision(matter=record, area=record.area, office=record.office, demand=demand)


class Explain(Action):
    """The office explains, and says what was put right."""

    called = "Explain to the supervisor"
    record = Supervision
    by = Party("office", gettext_lazy("the office that must explain")) & NotBarred("matter__barred")
    start, end = {SupervisionState.ORDERED}, SupervisionState.EXPLAINED
    fields = ("explanation", "rectification")
    stops = ("feedback.explain",)

    def perform(self, record: Supervision, **data: Any) -> None:
        if not data["explanation"].strip():
            raise Refused(_("Explain what happened."), field="explanation")
        if rules.leaks(data["rectification"], record.matter.secrets):
            raise Refused(_("Everybody can read this: leave out names, numbers and addresses of people."), field="rectification")
        super().perform(record, **data)


class ConcludeSupervision(Action):
    """The supervisor says how it ended; whoever brought the matter is told."""

    record = Supervision
    by = Holds(Duty.SUPERVISE_MATTERS) & ~Party("office", gettext_lazy("the office that must explain"))
    start, end = {SupervisionState.EXPLAINED}, SupervisionState.CONCLUDED
    inputs = {"outcome": WordsField(label=gettext_lazy("How did it end?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}))}
    tells = ("office", "matter__author")

    def perform(self, record: Supervision, *, outcome: str, **data: Any) -> None:
        if rules.leaks(outcome, record.matter.secrets):
            raise Refused(_("Everybody can read this: leave out names, numbers and addresses of people."), field="outcome")
        record.outcome = outcome
