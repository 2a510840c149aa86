"""Which periods run on a matter: until it is dispatched, until the office may no longer object, until it is answered."""

from __future__ import annotations

from governance.actions import Starts
from governance.feedback.vocabulary import Path, Urgency

HOTLINE, PETITION = ("path", frozenset({Path.HOTLINE})), ("path", frozenset({Path.PETITION}))


def _hurried(rules: dict[str, str]) -> tuple[Starts, ...]:
    """By the hotline, each urgency has a period of its own."""
    return tuple(Starts(rule, where=("hurry", frozenset({urgency}))) for urgency, rule in rules.items())


_TO_DISPATCH = {Urgency.EMERGENCY: "HOT_DISPATCH_1", Urgency.UTILITY: "HOT_DISPATCH_2", Urgency.ORDINARY: "HOT_DISPATCH_3"}
_TO_ANSWER = {Urgency.EMERGENCY: "HOT_FB_EMERG", Urgency.UTILITY: "HOT_FB_UTIL", Urgency.ORDINARY: "HOT_FB_ORD"}

DISPATCH = (*_hurried(_TO_DISPATCH), Starts("PET_REGISTER", where=PETITION))
DISPATCH_CODES = tuple(one.rule for one in DISPATCH)
KEEPS = "feedback.keep-matter"
OBJECTION = (Starts("feedback.object-to-routing", then=KEEPS, where=HOTLINE), Starts("PET_OBJECT", then=KEEPS, where=PETITION))
OBJECTION_CODES = tuple(one.rule for one in OBJECTION)
FEEDBACK = _hurried(_TO_ANSWER)
FEEDBACK_CODES = tuple(one.rule for one in FEEDBACK)
URGENT = tuple(one for one in FEEDBACK if one.rule != "HOT_FB_ORD")
COMPLEX = "HOT_FB_COMPLEX"
HANDLING = Starts("PET_HANDLE", where=PETITION)
# A review may be asked for within 30 days of the answer, a second one within 30 days of the first.
AFTERWARDS = (
    Starts("PET_REVIEW_REQ", where=("path", frozenset({Path.PETITION, Path.HOTLINE}))),
    Starts("PET_RECHECK_REQ", where=("path", frozenset({Path.REVIEW}))),
)
ANSWERING = (*FEEDBACK_CODES, COMPLEX, "PET_HANDLE", "PET_REVIEW", "PET_RECHECK")
ALL = (*DISPATCH_CODES, *OBJECTION_CODES, *ANSWERING)
