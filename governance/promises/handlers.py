"""What the outbox asks of promises: reminding those concerned, and the overview of an office's morning."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import override

from governance import outbox
from governance.clocks.models import Reminder
from governance.clocks.now import today
from governance.clocks.vocabulary import Urgency
from governance.notices import reading, sending
from governance.notices.handlers import tell_one
from governance.notices.models import Notice
from governance.notices.vocabulary import Category, Way
from governance.promises.concerned import concerned
from governance.promises.models import Overview
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Stakeholder
from governance.web.worklist import MOST, open_clocks


@outbox.handles("promises.remind")
def remind(payload: dict[str, Any]) -> None:
    """A notice of this date for everybody it concerns, unless it was answered or moved meanwhile."""
    reminder = Reminder.objects.select_related("clock__rule", "clock__record_type").get(pk=payload["reminder"])
    clock = reminder.clock
    if clock.state != "running" or clock.due_at != reminder.due_at:
        return
    for recipient in concerned(reminder):
        tell_one(recipient, Notice(reminder=reminder))


@dataclass(frozen=True)
class Count:
    """How many dates press how much."""

    late: int
    due_today: int
    soon: int


def counted(stakeholder: Stakeholder) -> Count:
    """The dates that wait for an office, by how much they press."""
    clocks = list(open_clocks(Actor(None, stakeholder))[:MOST])
    press = [clock.urgency for clock in clocks]
    return Count(press.count(Urgency.LATE), press.count(Urgency.TODAY), press.count(Urgency.SOON))


@outbox.handles("promises.overview")
def overview(payload: dict[str, Any]) -> None:
    """The morning's overview of one office, once a day; nothing where nothing presses."""
    office = Stakeholder.objects.get(pk=payload["stakeholder"])
    if payload["day"] != today().isoformat():
        return
    found = counted(office)
    if not (found.late or found.due_today or found.soon):
        return
    values = {"late": found.late, "due_today": found.due_today, "soon": found.soon}
    kept, made = Overview.objects.get_or_create(stakeholder=office, day=today(), defaults=values)
    for reader in reading.readers(office, None) if made else ():
        outbox.add("promises.write-overview", {"overview": kept.pk, "user": reader.user_id})


@outbox.handles("promises.write-overview", alone=True)
def write_overview(payload: dict[str, Any]) -> None:
    """The e-mail to one member: how many, and where they stand; nothing of the matters themselves."""
    kept = Overview.objects.select_related("stakeholder").get(pk=payload["overview"])
    reader = next((r for r in reading.readers(kept.stakeholder, None) if r.user_id == payload["user"]), None)
    if reader is None or Way.EMAIL not in sending.choices_of(reader.user)[Category.DATES]:
        return
    with override(reader.user.language):
        context = {"overview": kept, "office": kept.stakeholder.label, "address": settings.SITE_ADDRESS + reverse("web:worklist")}
        subject = render_to_string("promises/overview_subject.txt", context).strip()
        send_mail(subject, render_to_string("promises/overview.txt", context).strip(), None, [reader.user.email])
