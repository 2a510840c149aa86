"""What the outbox hands to feedback."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from governance import outbox
from governance.actions import Refusal
from governance.actions.actors import CLOCK
from governance.feedback import actions, letters
from governance.feedback.actions.intake import APART, ROUTE
from governance.feedback.actions.register import FOLLOWED, TELL_OF_REMOVAL
from governance.feedback.actions.together import WRITE
from governance.feedback.models import Commitment, Follow, Inquiry, Letter, Matter, Removal
from governance.feedback.vocabulary import TELL_WITHOUT_ACCOUNT, InquiryState
from governance.notices.handlers import tell_one
from governance.notices.models import Notice

ANSWERS = {"feedback.send-answer", "feedback.answer-together"}


@outbox.handles(ROUTE)
def route(payload: dict[str, Any]) -> None:
    """The rules say who is responsible; where they say nothing, it waits for a coordinator."""
    with suppress(Refusal):
        actions.RouteMatter.do(CLOCK, payload["record"])


@outbox.handles(FOLLOWED["commitment"])
def tell_of_commitment(payload: dict[str, Any]) -> None:
    """Whoever follows the matter hears what was promised, and what came of it."""
    tell_followers(Commitment.objects.get(pk=payload["record"]))


@outbox.handles(FOLLOWED["removal"])
def tell_of_removal(payload: dict[str, Any]) -> None:
    """Whoever follows the matter hears that it left the register, or came back."""
    tell_followers(Removal.objects.get(pk=payload["record"]))


@outbox.handles("feedback.tell-supporters")
def tell_supporters(payload: dict[str, Any]) -> None:
    """Whoever asks for the same hears of the answer."""
    matter = Matter.objects.get(pk=payload["record"])
    event = matter.events.select_related("record_type").first()
    for one in matter.supporters.joined():
        tell_one(one.stakeholder, Notice(event=event))


@outbox.handles("feedback.answer-together")
def answer_together(payload: dict[str, Any]) -> None:
    """What was handled with it is answered with it, each for itself."""
    for matter in Matter.objects.handled_with(payload["record"]):
        with suppress(Refusal):
            actions.AnswerTogether.do(CLOCK, matter)


@outbox.handles(APART)
def take_apart(payload: dict[str, Any]) -> None:
    """It was taken back; what was handled with it goes on by itself."""
    for matter in Matter.objects.handled_with(payload["record"]):
        with suppress(Refusal):
            actions.TakeApart.do(CLOCK, matter)


@outbox.handles(TELL_WITHOUT_ACCOUNT, alone=True)
def tell_without_account(payload: dict[str, Any]) -> None:
    """Whoever brought it without an account, and can be reached."""
    matter = Matter.objects.get(pk=payload["record"])
    event = matter.events.first()
    if matter.author_id is None and event is not None:
        letters.tell_of_answer(matter) if event.action in ANSWERS else letters.tell_of_news(matter, event)


@outbox.handles(TELL_OF_REMOVAL, alone=True)
def tell_author_of_removal(payload: dict[str, Any]) -> None:
    """Whoever brought it without an account hears that it left the register, or what came of an objection."""
    removal = Removal.objects.for_display().get(pk=payload["record"])
    event = removal.events.first()
    if removal.matter.author_id is None and event is not None:
        letters.tell_of_news(removal.matter, event)


@outbox.handles(WRITE, alone=True)
def ask_outsider(payload: dict[str, Any]) -> None:
    """The letter with the link."""
    inquiry = Inquiry.objects.for_display().get(pk=payload["record"])
    if inquiry.state == InquiryState.ASKED:
        letters.ask(inquiry)


@outbox.handles(letters.NEXT_WAY, alone=True)
def tell_by_the_next_way(payload: dict[str, Any]) -> None:
    """A letter did not arrive."""
    letters.tell_by_the_next_way(Letter.objects.select_related("matter").get(pk=payload["letter"]))


def tell_followers(record: Any) -> None:
    """Of the last thing that was done."""
    event = record.events.select_related("record_type").first()
    for follow in Follow.objects.filter(matter=record.matter_id).select_related("stakeholder"):
        tell_one(follow.stakeholder, Notice(event=event))
