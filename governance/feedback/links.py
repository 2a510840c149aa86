"""Links that carry a right: to rate an answer once, to answer an inquiry once, to join a matter. Signed; they run out."""

from __future__ import annotations

from datetime import timedelta

from django.core import signing
from django.urls import reverse

from governance.feedback.models import Inquiry, Matter
from governance.feedback.vocabulary import InquiryState, MatterState

RATE, ASK, JOIN = "feedback.rate", "feedback.ask", "feedback.join"
LASTS = timedelta(days=30)


def _sealed(salt: str, *values: int) -> str:
    return signing.dumps(values, salt=salt)


def _opened(salt: str, token: str, lasts: timedelta | None = LASTS) -> list[int]:
    """Raises signing.BadSignature if it is not ours or has run out."""
    return signing.loads(token, salt=salt, max_age=lasts)


def to_rate(matter: Matter) -> str:
    """For whoever brought it without an account: the way back to the answer, until they have said what they think of it."""
    return reverse("feedback:rate", args=[_sealed(RATE, matter.pk, matter.round)])


def rated(token: str) -> Matter:
    """The answered matter that a link leads to. Raises signing.BadSignature if it has run out or was used."""
    pk, round_ = _opened(RATE, token)
    matter = Matter.objects.filter(pk=pk, round=round_, state=MatterState.ANSWERED).first()
    if matter is None or matter.ratings.filter(round=round_).exists():
        raise signing.BadSignature("used")
    return matter


def to_answer(inquiry: Inquiry) -> str:
    """For whoever is asked."""
    return reverse("feedback:asked", args=[_sealed(ASK, inquiry.pk)])


def asked(token: str) -> Inquiry:
    """The open inquiry that a link leads to. Raises signing.BadSignature if it has run out or was answered."""
    (pk,) = _opened(ASK, token)
    inquiry = Inquiry.objects.filter(pk=pk, state=InquiryState.ASKED).first()
    if inquiry is None:
        raise signing.BadSignature("used")
    return inquiry


def invitation(matter: Matter) -> str:
    """What whoever brought it hands on to others who ask for the same."""
    return _sealed(JOIN, matter.pk)


def shared(token: str) -> Matter:
    """The matter that may be joined. Raises signing.BadSignature if there is none."""
    (pk,) = _opened(JOIN, token, None)
    matter = Matter.objects.filter(pk=pk, is_shared=True).exclude(state=MatterState.WITHDRAWN).first()
    if matter is None:
        raise signing.BadSignature("not shared")
    return matter
