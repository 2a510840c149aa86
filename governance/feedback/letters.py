"""Letters to people without an account: by e-mail, then by text message; if neither reaches them, the office sees it."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from governance import outbox
from governance.actions import Event, registry
from governance.feedback import links
from governance.feedback.models import Inquiry, Letter, Matter
from governance.notices import sending, sms
from governance.notices.sms import Undeliverable
from governance.notices.vocabulary import AFTER, Outcome, Way

ANSWERED, NEWS, ASKED = "answered", "news", "asked"
NEXT_WAY = "feedback.tell-by-the-next-way"  # topic: {"letter": the one that did not arrive}


def tell_of_answer(matter: Matter) -> None:
    """It is answered; the link leads there and asks what they think. Nothing of the matter stands in the letter."""
    _tell(matter, f"{ANSWERED}/{matter.round}", Way.EMAIL)


def tell_of_news(matter: Matter, event: Any) -> None:
    """Something was done that they must know: their period is longer, something is asked of them, it left the register."""
    _tell(matter, f"{NEWS}/{event.pk}", Way.EMAIL)


def tell_by_the_next_way(letter: Letter) -> None:
    """It did not arrive: by text message, where they left a number. After that, the office sees that they could not be told."""
    way = AFTER[Way(letter.way)]
    if way == Way.SMS and letter.key.partition("/")[0] != ASKED:
        _tell(letter.matter, letter.key, way)


def came_back(id: UUID, problem: str) -> bool:
    """It was sent and came back; whether it was one of ours. The next way is tried once, however often this is told."""
    sent = Letter.objects.select_for_update(of=("self",)).filter(pk=id, outcome=Outcome.SENT).first()
    if sent is None:
        return Letter.objects.filter(pk=id).exists()
    sent.outcome, sent.problem = Outcome.RETURNED, problem[:100]
    sent.save(update_fields=["outcome", "problem"])
    outbox.add(NEXT_WAY, {"letter": str(sent.pk)})
    return True


def ask(inquiry: Inquiry) -> None:
    """Somebody is asked; the link leads to the questions."""
    said = {
        "reference": inquiry.reference, "address": settings.SITE_ADDRESS + links.to_answer(inquiry), "office": inquiry.matter.office.label,
        "name": inquiry.name,
    }  # fmt: skip
    _send(inquiry.matter, f"{ASKED}/{inquiry.pk}", Way.EMAIL, inquiry.email, said)


def _tell(matter: Matter, key: str, way: str) -> None:
    """By this way, or by the next one where there is no address for it."""
    if not (matter.email or matter.telephone):
        return
    to = matter.email if way == Way.EMAIL else sms.mobile(matter.telephone)
    if way == Way.EMAIL and not to:
        _tell(matter, key, Way.SMS)
        return
    _send(matter, key, way, to, _said(matter, key))


def _said(matter: Matter, key: str) -> dict[str, Any]:
    """What the letter says: which matter, and where to read on."""
    letter, _slash, which = key.partition("/")
    if letter == ANSWERED:
        return {"reference": matter.reference, "address": settings.SITE_ADDRESS + links.to_rate(matter)}
    event = Event.objects.get(pk=which)
    follow = settings.SITE_ADDRESS + reverse("feedback:follow")
    return {"reference": matter.reference, "address": follow, "action": event.act or registry.action(event.action)}


def _send(matter: Matter, key: str, way: str, to: str, said: dict[str, Any]) -> None:
    """Once by each way. What never will arrive is noted, and is not tried again and again."""
    made, is_new = Letter.objects.get_or_create(matter=matter, key=key, way=way, defaults={"outcome": Outcome.REFUSED})
    if not is_new:
        return
    letter = key.partition("/")[0]
    with override(settings.LANGUAGE_CODE):
        text = render_to_string(f"feedback/letters/{letter}.txt", said).strip()
        try:
            if way == Way.EMAIL:
                sending.mail(to, render_to_string(f"feedback/letters/{letter}_subject.txt", said).strip(), text, made.pk)
            else:
                _message(to, text, made)
            made.outcome = Outcome.SENT
        except Undeliverable as problem:
            made.problem = str(problem)[:100]
            outbox.add(NEXT_WAY, {"letter": str(made.pk)})
    made.save(update_fields=["outcome", "problem"])


def _message(number: str, text: str, made: Letter) -> None:
    carrier = sms.carrier()
    if carrier is None or not number:
        raise Undeliverable("no carrier" if carrier is None else "no number")
    carrier.send(number, text, str(made.pk))


sending.also_returned.append(came_back)
