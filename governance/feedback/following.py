"""Following a matter by its tracking code: whoever has given the code in this session acts as the one who brought it."""

from __future__ import annotations

from typing import Any

from governance.actions import Event
from governance.feedback.models import Matter
from governance.ledger import reading as log
from governance.receipts import codes
from governance.stakeholders.actors import Actor

KEY, RECEIPTS, MOST = "followed_matters", "receipts", 20
BROUGHT = {"feedback.submit-matter", "feedback.register-matter", "feedback.ask-for-review", "feedback.ask-for-second-review"}


class Follower(Actor):
    """The actor of a request, who also knows some tracking codes."""

    def __init__(self, actor: Any, followed: list[int]) -> None:
        super().__init__(actor.user, actor.stakeholder, actor.way)
        self.followed = tuple(followed)


def actor_of(request: Any) -> Any:
    """Who acts, with the matters whose code they have given."""
    followed = request.session.get(KEY)
    return Follower(request.actor, followed) if followed else request.actor


def remember(request: Any, matter: Matter) -> None:
    """From now on this session may follow the matter."""
    request.session[KEY] = [*(pk for pk in request.session.get(KEY, []) if pk != matter.pk), matter.pk][-MOST:]


def matter_of(text: str) -> Matter | None:
    """The matter that a tracking code belongs to."""
    code = codes.heard(text)
    leaf = log.leaf_by_code(code) if code is not None else None
    event = Event.objects.filter(pk=leaf.pk, action__in=BROUGHT).first() if leaf else None
    return event.record if event else None


def code_of(event_id: Any) -> str:
    """The tracking code of what was brought."""
    leaf = log.leaf(event_id)
    return codes.spelled(leaf.seal.code) if leaf and leaf.seal.code is not None else ""
