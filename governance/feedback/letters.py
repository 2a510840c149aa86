"""Letters to people without an account: by e-mail, or by text message where they left a number only."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit
from uuid import NAMESPACE_URL, uuid5

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from governance.actions import registry
from governance.feedback import links
from governance.feedback.models import Inquiry, Matter
from governance.notices import sms


def tell_of_answer(matter: Matter) -> None:
    """It is answered; the link leads there and asks what they think. Nothing of the matter stands in the letter."""
    said = {"reference": matter.reference, "address": settings.SITE_ADDRESS + links.to_rate(matter)}
    _to_author(matter, "answered", said, f"{matter.pk}/{matter.round}")


def tell_of_news(matter: Matter, event: Any) -> None:
    """Something was done that they must know: their period is longer, something is asked of them, it left the register."""
    said = {"reference": matter.reference, "address": settings.SITE_ADDRESS + reverse("feedback:follow"), "action": event.act or registry.action(event.action)}
    _to_author(matter, "news", said, str(event.pk))


def _to_author(matter: Matter, letter: str, said: dict[str, Any], key: str) -> None:
    if matter.email:
        _mail(matter.email, letter, said, key)
    elif number := sms.mobile(matter.telephone):
        carrier = sms.carrier()
        if carrier is not None:
            with override(settings.LANGUAGE_CODE):
                carrier.send(number, render_to_string(f"feedback/letters/{letter}.txt", said).strip(), f"feedback/{key}")


def ask(inquiry: Inquiry) -> None:
    """Somebody is asked; the link leads to the questions."""
    said = {"reference": inquiry.reference, "address": settings.SITE_ADDRESS + links.to_answer(inquiry), "office": inquiry.matter.office.label, "name": inquiry.name}
    _mail(inquiry.email, "asked", said, str(inquiry.pk))


def _mail(to: str, letter: str, said: dict[str, str], key: str) -> None:
    host = urlsplit(settings.SITE_ADDRESS).hostname
    # The same identifier when a worker was killed after sending: mailboxes show the second copy as the one it is.
    headers = {"Message-ID": f"<{uuid5(NAMESPACE_URL, f'{letter}/{key}')}@{host}>", "Auto-Submitted": "auto-generated"}
    with override(settings.LANGUAGE_CODE):
        subject = render_to_string(f"feedback/letters/{letter}_subject.txt", said).strip()
        EmailMessage(subject, render_to_string(f"feedback/letters/{letter}.txt", said).strip(), None, [to], headers=headers).send()
