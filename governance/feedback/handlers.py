"""What the outbox hands to feedback."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from governance import outbox
from governance.actions import Refusal
from governance.actions.actors import CLOCK
from governance.feedback import actions
from governance.feedback.actions.intake import ROUTE
from governance.feedback.actions.register import FOLLOWED
from governance.feedback.models import Commitment, Follow, Removal
from governance.notices.handlers import tell_one
from governance.notices.models import Notice


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


def tell_followers(record: Any) -> None:
    """Of the last thing that was done."""
    event = record.events.select_related("record_type").first()
    for follow in Follow.objects.filter(matter=record.matter_id).select_related("stakeholder"):
        tell_one(follow.stakeholder, Notice(event=event))
