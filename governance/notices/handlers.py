"""What the outbox asks of notices: telling, and writing to people."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.utils.translation import override

from governance import outbox
from governance.actions.models import Event
from governance.notices import reading
from governance.notices.models import Notice
from governance.stakeholders.actors import Actor


@outbox.handles("notices.tell")
def tell(payload: dict[str, Any]) -> None:
    """A notice for everybody whom the action tells and who may see the record, and an e-mail to those who read for them."""
    event = Event.objects.select_related("record_type").get(pk=payload["event"])
    for recipient in reading.told(event):
        tell_one(recipient, Notice(event=event))


def tell_one(recipient: Any, notice: Notice) -> None:
    """The notice for one stakeholder who may see the record, once, and an e-mail to those who read for them."""
    about, act = notice.about, notice.act
    readers = [reader for reader in reading.readers(recipient, act) if reading.may_see(reader, about)]
    if not readers and not reading.may_see(Actor(None, recipient), about):
        return
    kept, made = Notice.objects.get_or_create(event=notice.event, reminder=notice.reminder, recipient=recipient)
    for reader in readers if made else ():
        outbox.add("notices.write", {"notice": kept.pk, "user": reader.user_id})


@outbox.handles("notices.write")
def write(payload: dict[str, Any]) -> None:
    """An e-mail with the reference and the address of the notice, if its reader may still see the record; else nothing."""
    notice = Notice.objects.for_display().select_related("recipient").get(pk=payload["notice"])
    reader = next((r for r in reading.readers(notice.recipient, notice.act) if r.user_id == payload["user"]), None)
    if reader is None or not reading.may_see(reader, notice.about):
        return
    context = {
        "reference": notice.about.record.reference,
        "address": settings.SITE_ADDRESS + notice.get_absolute_url(),
        "reminder": notice.reminder_id is not None,
    }
    with override(reader.user.language):
        subject = render_to_string("notices/email_subject.txt", context).strip()
        send_mail(subject, render_to_string("notices/email.txt", context).strip(), None, [reader.user.email])
