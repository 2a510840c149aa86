"""Which periods run on a matter: until it is dispatched, until the office may no longer object, until it is answered."""

from __future__ import annotations

from governance.actions import Starts
from governance.feedback.vocabulary import Path, Urgency

HOTLINE, PETITION = ("path", frozenset({Path.HOTLINE})), ("path", frozenset({Path.PETITION}))
CORRECTION = ("path", frozenset({Path.CORRECTION}))
NO_PETITION = ("path", frozenset({Path.HOTLINE, Path.CORRECTION}))
RECEIVED = "received_on"  # by letter or at a counter, what came in counts from that day, not from when it was typed


def _hurried(rules: dict[str, str], since: str = "") -> tuple[Starts, ...]:
    """By the hotline, each urgency has a period of its own."""
    return tuple(Starts(rule, since=since, where=("hurry", frozenset({urgency}))) for urgency, rule in rules.items())


_TO_DISPATCH = {Urgency.EMERGENCY: "HOT_DISPATCH_1", Urgency.UTILITY: "HOT_DISPATCH_2", Urgency.ORDINARY: "HOT_DISPATCH_3"}
_TO_ANSWER = {Urgency.EMERGENCY: "HOT_FB_EMERG", Urgency.UTILITY: "HOT_FB_UTIL", Urgency.ORDINARY: "HOT_FB_ORD"}

CORRECT = "PIPL_CORRECT"
TO_CORRECT = Starts(CORRECT, since=RECEIVED, where=CORRECTION)
_DISPATCH = (*_hurried(_TO_DISPATCH, RECEIVED), Starts("PET_REGISTER", since=RECEIVED, where=PETITION))
DISPATCH_CODES = tuple(one.rule for one in _DISPATCH)
DISPATCH = (*_DISPATCH, TO_CORRECT)
KEEPS = "feedback.keep-matter"
OBJECTION = (Starts("feedback.object-to-routing", then=KEEPS, where=NO_PETITION), Starts("PET_OBJECT", then=KEEPS, where=PETITION))
OBJECTION_CODES = tuple(one.rule for one in OBJECTION)
FEEDBACK = _hurried(_TO_ANSWER)
FEEDBACK_CODES = tuple(one.rule for one in FEEDBACK)
URGENT = tuple(one for one in FEEDBACK if one.rule != "HOT_FB_ORD")
COMPLEX = "HOT_FB_COMPLEX"
HANDLING = Starts("PET_HANDLE", where=("unhandled", frozenset({Path.PETITION})))
# A review may be asked for within 30 days of receiving the written answer, a second one within 30 days of receiving the
# first (Regulation on Petition Work, Arts. 35, 36). Whoever is told at once receives it at once; the answer to anybody
# else is received on the day on which it was delivered, and nobody loses the right before.
_TO_ASK = {"PET_REVIEW_REQ": frozenset({Path.PETITION, Path.HOTLINE}), "PET_RECHECK_REQ": frozenset({Path.REVIEW})}
AFTERWARDS = tuple(Starts(rule, where=("path_of_the_told", paths)) for rule, paths in _TO_ASK.items())
DELIVERED = tuple(Starts(rule, since="delivered_on", where=("path", paths)) for rule, paths in _TO_ASK.items())
TO_ASK = tuple(_TO_ASK)
ANSWERING = (*FEEDBACK_CODES, COMPLEX, "PET_HANDLE", CORRECT, "PET_REVIEW", "PET_RECHECK")
ALL = (*DISPATCH_CODES, *OBJECTION_CODES, *ANSWERING)
