"""What the outbox asks of notices: telling, and writing to people."""

from __future__ import annotations

from typing import Any

from governance import outbox
from governance.actions.models import Event
from governance.notices import reading, sending
from governance.notices.models import Notice
from governance.notices.vocabulary import Way
from governance.stakeholders.models import Stakeholder


@outbox.handles("notices.tell")
def tell(payload: dict[str, Any]) -> None:
    """A notice for everybody whom the action tells and who may see the record; it also goes out by the ways its readers chose.

    With ``only`` one of them is told: where many events happened together, each is told of one, and of how many ``more`` there are.
    ``back`` says that it was taken back: the event's action tells nobody by itself, and the record may be gone.
    """
    event = Event.objects.select_related("record_type").get(pk=payload["event"])
    notice = Notice(event=event, more=payload.get("more", 0))
    if payload.get("back"):
        tell_back(Stakeholder.objects.get(pk=payload["only"]), notice)
        return
    for recipient in reading.told(event):
        if payload.get("only", recipient.pk) == recipient.pk:
            tell_one(recipient, notice)


def tell_back(recipient: Any, notice: Notice) -> None:
    """Of what is gone nothing can be seen any more, so nothing goes out: the notice stands where they were told of it."""
    if notice.is_gone:
        Notice.objects.get_or_create(event=notice.event, recipient=recipient, defaults={"more": notice.more})
    else:
        tell_one(recipient, notice)


def tell_one(recipient: Any, notice: Notice) -> None:
    """The notice for one stakeholder who may see the record, once, and what goes out to those who read for them."""
    about, act = notice.about, notice.act
    readers = [reader for reader in reading.readers(recipient, act) if reading.may_see(reader, about)]
    if not readers and not reading.may_see(reading.itself(recipient), about):
        return
    kept, made = Notice.objects.get_or_create(
        event=notice.event, reminder=notice.reminder, recipient=recipient, defaults={"more": notice.more}
    )
    if made:
        sending.ask(kept, readers)


@outbox.handles("notices.write", alone=True)
def write(payload: dict[str, Any]) -> None:
    """One notice by one way, if its reader may still see the record; else nothing."""
    shown = Notice.objects.for_display().prefetch_related(None)  # where else it went does not matter here
    notice = shown.select_related("recipient").get(pk=payload["notice"])
    reader = sending.reader_of(notice, payload["user"])
    if reader is not None:
        sending.send(notice, reader, payload.get("way", Way.EMAIL))
