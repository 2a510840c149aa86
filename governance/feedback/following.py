"""Following a matter by its tracking code: whoever has given the code in this session acts as the one who brought it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib.contenttypes.models import ContentType

from governance.actions import Event
from governance.feedback.models import Inquiry, Matter
from governance.ledger import reading as log
from governance.receipts import codes
from governance.receipts.views import KNOWN
from governance.stakeholders.actors import Actor

KEY, INVITED, MOST = "followed_matters", "invited_inquiries", 20
BROUGHT = {"feedback.submit-matter", "feedback.register-matter", "feedback.split-matter", "feedback.ask-for-review", "feedback.ask-for-second-review"}


class Follower(Actor):
    """The actor of a request, who also knows some tracking codes, or was asked something by a link."""

    def __init__(self, actor: Any, followed: Sequence[int], invited: Sequence[int] = ()) -> None:
        super().__init__(actor.user, actor.stakeholder, actor.way)
        self.followed, self.invited = tuple(followed), tuple(invited)


def actor_of(request: Any) -> Any:
    """Who acts, with the matters whose code they have given."""
    followed, invited = request.session.get(KEY, []), request.session.get(INVITED, [])
    return Follower(request.actor, followed, invited) if followed or invited else request.actor


def remember(request: Any, matter: Matter) -> None:
    """From now on this session may follow the matter, and what was made out of parts of it."""
    _keep(request, KEY, [*matter.parts.values_list("pk", flat=True), matter.pk])


def with_receipt(request: Any, matter: Matter) -> None:
    """Whoever has the code may also see the receipt it stands on."""
    first = Event.objects.filter(action__in=BROUGHT, record_id=matter.pk, record_type=ContentType.objects.get_for_model(Matter)).order_by("done_at").first()
    if first is not None:
        request.session[KNOWN] = [*(one for one in request.session.get(KNOWN, []) if one != str(first.pk)), str(first.pk)][-MOST:]


def invite(request: Any, inquiry: Inquiry) -> None:
    """From now on this session may answer the inquiry."""
    _keep(request, INVITED, [inquiry.pk])


def _keep(request: Any, key: str, more: list[int]) -> None:
    request.session[key] = [*(pk for pk in request.session.get(key, []) if pk not in more), *more][-MOST:]


def matter_of(text: str) -> Matter | None:
    """The matter that a tracking code belongs to. Raises codes.Misheard where one of its letters must be wrong."""
    code = codes.heard(text)
    leaf = log.leaf_by_code(code) if code is not None else None
    event = Event.objects.filter(pk=leaf.pk, action__in=BROUGHT).first() if leaf else None
    return event.record if event else None


def code_of(event_id: Any) -> str:
    """The tracking code of what was brought."""
    leaf = log.leaf(event_id)
    return codes.spelled(leaf.seal.code) if leaf and leaf.seal.code is not None else ""
