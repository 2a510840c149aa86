"""What somebody has begun to write: each draft by a key of its own, so that two windows never mix.

Drafts are kept in the session, the newest of an account also in the database. What stands in an address only ever
becomes what a form begins with (``hints``); nothing is in ``data`` before the form of its page was filled in.
"""

from __future__ import annotations

import secrets
from typing import Any

from governance import text
from governance.feedback.models import Draft

DRAFTS, SENT, MOST = "feedback_drafts", "feedback_sent_drafts", 5
ASKED, LONGEST_HINT = frozenset({"kind", "named", "subject", "category", "area"}), 200


def new() -> dict[str, Any]:
    """Nothing written yet."""
    return {"key": secrets.token_urlsafe(16), "data": {}, "done": [], "hints": {}, "about": "", "files": False}


def found(request: Any, key: str) -> dict[str, Any] | None:
    """The draft of this key, if it is this session's or account's."""
    known = next((one for one in request.session.get(DRAFTS, []) if one["key"] == key), None)
    kept = None if known else Draft.objects.kept(request.user.pk)
    return known or (new() | kept if kept and kept.get("key") == key else None)


def current(request: Any) -> dict[str, Any] | None:
    """The one worked on last."""
    here = request.session.get(DRAFTS, [])
    kept = None if here else Draft.objects.kept(request.user.pk)
    return here[-1] if here else (new() | kept if kept else None)


def keep(request: Any, draft: dict[str, Any]) -> None:
    """From now on this is the one worked on last."""
    others = [one for one in request.session.get(DRAFTS, []) if one["key"] != draft["key"]]
    request.session[DRAFTS] = [*others, draft][-MOST:]
    Draft.objects.keep(request.user.pk, draft)


def drop(request: Any, draft: dict[str, Any]) -> None:
    """It was sent, or is not wanted any more."""
    request.session[DRAFTS] = [one for one in request.session.get(DRAFTS, []) if one["key"] != draft["key"]]
    kept = Draft.objects.kept(request.user.pk)
    if kept and kept.get("key", draft["key"]) == draft["key"]:
        Draft.objects.drop(request.user.pk)


def was_sent(request: Any, draft: dict[str, Any], matter: int) -> None:
    """Whoever sends it again is led to what became of it."""
    drop(request, draft)
    request.session[SENT] = [*request.session.get(SENT, []), [draft["key"], matter]][-MOST:]


def what_became_of(request: Any, key: str) -> int | None:
    """The matter that a draft became; without a key, the last one."""
    sent = request.session.get(SENT, [])
    return next((matter for known, matter in reversed(sent) if not key or known == key), None)


def hints(asked: Any) -> dict[str, str]:
    """What an address suggests, cut to what any of the fields could hold."""
    told = {name: text.words(value.replace("\0", ""))[:LONGEST_HINT] for name, value in asked.items() if name in ASKED}
    return {name: value for name, value in told.items() if value}
