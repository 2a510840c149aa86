"""Sending one notice by one way, and choosing the next way when it did not arrive: e-mail, text message, letter."""

from __future__ import annotations

import smtplib
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage
from django.template.loader import render_to_string
from django.utils.translation import override

from governance import outbox
from governance.clocks.now import now
from governance.notices import reading, sms
from governance.notices.models import Choice, Dispatch, Notice
from governance.notices.sms import Undeliverable
from governance.notices.vocabulary import AFTER, ARRIVED, CHOSEN, Category, Outcome, Way

PERMANENT = 500  # of SMTP: from here on it will not arrive however often it is tried
DEFAULT = (Way.EMAIL,)
also_returned: list[Callable[[UUID, str], bool]] = []  # whoever else sends letters: told that one came back, says whether it was theirs


def ask(notice: Notice, readers: list[Any]) -> None:
    """Write down what is to be sent: to each reader as they chose; where nobody reads, to the recipient as best can be."""
    chosen = {c.user_id: c.ways for c in Choice.objects.filter(user__in=[r.user_id for r in readers], category=notice.category)}
    for reader in readers:
        for way in chosen.get(reader.user_id, DEFAULT):
            later(notice, reader.user_id, way)
    if not readers:
        later(notice, None, Way.SMS)


def later(notice: Notice, user: int | None, way: str) -> None:
    """In a transaction of its own."""
    outbox.add("notices.write", {"notice": notice.pk, "user": user, "way": way})


def send(notice: Notice, reader: Any, way: str) -> None:
    """Send it, or note why that is impossible and go the next way. ``reader`` has no user where nobody reads for the recipient."""
    dispatch, made = Dispatch.objects.get_or_create(notice=notice, user=reader.user, way=way, defaults={"outcome": Outcome.REFUSED})
    if not made:
        return
    try:
        with override(reader.user.language if reader.user else settings.LANGUAGE_CODE):
            dispatch.outcome = SENDERS[way](dispatch, reader)
    except Undeliverable as problem:
        dispatch.problem = str(problem)[:100]
    dispatch.save(update_fields=["outcome", "problem"])
    if dispatch.outcome == Outcome.REFUSED:
        go_on(dispatch)


def returned(id: UUID, problem: str = "") -> bool:
    """It was sent and came back; whether there is such a one. The next way is tried once, however often this is told."""
    dispatch = Dispatch.objects.select_for_update(of=("self",)).select_related("notice").filter(pk=id, outcome=Outcome.SENT).first()
    if dispatch is None:
        return Dispatch.objects.filter(pk=id).exists() or any(of_another(id, problem) for of_another in also_returned)
    dispatch.outcome, dispatch.problem = Outcome.RETURNED, problem[:100]
    dispatch.save(update_fields=["outcome", "problem"])
    go_on(dispatch)
    return True


def go_on(dispatch: Dispatch) -> None:
    """The next way; a letter only where the law demands that it arrives, and nothing else has."""
    notice, way = dispatch.notice, AFTER[Way(dispatch.way)]
    if way is None or (way == Way.PAPER and notice.category != Category.STATUTORY):
        return
    if way == Way.PAPER:
        if not notice.dispatches.filter(outcome__in=ARRIVED).exists():
            later(notice, None, way)
    else:
        later(notice, dispatch.user_id, way)


def context(notice: Notice) -> dict[str, Any]:
    """What goes over lines that others may read names the matter and nothing else."""
    return {
        "reference": notice.about.record.reference,
        "address": settings.SITE_ADDRESS + notice.get_absolute_url(),
        "site": urlsplit(settings.SITE_ADDRESS).netloc,
        "reminder": notice.reminder_id is not None,
    }


def _email(dispatch: Dispatch, reader: Any) -> str:
    if reader.user is None or not reader.user.email:
        raise Undeliverable("no address")
    said = context(dispatch.notice)
    subject = render_to_string("notices/email_subject.txt", said).strip()
    text = render_to_string("notices/email.txt", said).strip()
    mail(reader.user.email, subject, text, dispatch.pk)
    return Outcome.SENT


def mail(to: str, subject: str, text: str, id: UUID) -> None:
    """One e-mail. Raises Undeliverable if it never will arrive there; whatever may be better later as it comes."""
    # The same identifier when a worker was killed after sending: mailboxes show the second copy as the one it is.
    headers = {"Message-ID": f"<{id}@{urlsplit(settings.SITE_ADDRESS).hostname}>", "Auto-Submitted": "auto-generated"}
    try:
        EmailMessage(subject, text, None, [to], headers=headers).send()
    except smtplib.SMTPRecipientsRefused as problem:
        code = max((code for code, _said in problem.recipients.values()), default=0)
        if code < PERMANENT:
            raise
        raise Undeliverable(f"SMTP {code}") from problem


def _sms(dispatch: Dispatch, reader: Any) -> str:
    person = reader.user.person if reader.user else reader.stakeholder
    carrier, number = sms.carrier(), sms.mobile(person.phone) if person and person.is_citizen else ""
    if carrier is None or not number:
        raise Undeliverable("no carrier" if carrier is None else "no number")
    carrier.send(number, render_to_string("notices/sms.txt", context(dispatch.notice)).strip(), str(dispatch.pk))
    return Outcome.SENT


def _paper(dispatch: Dispatch, reader: Any) -> str:
    return Outcome.TO_PRINT


SENDERS = {Way.EMAIL: _email, Way.SMS: _sms, Way.PAPER: _paper}


def posted(dispatch: Dispatch, user: Any) -> None:
    """Somebody has printed the letter and put it into the post."""
    dispatch.outcome, dispatch.at, dispatch.by = Outcome.POSTED, now(), user
    dispatch.save(update_fields=["outcome", "at", "by"])


def choices_of(user: Any) -> dict[str, list[str]]:
    """By which ways somebody gets each category."""
    kept = dict(Choice.objects.filter(user=user).values_list("category", "ways"))
    return {category: kept.get(category, list(DEFAULT)) for category in Category.values}


def choose(user: Any, ways: dict[str, list[str]]) -> None:
    """From now on by these ways."""
    for category, chosen in ways.items():
        wanted = [way for way in CHOSEN if way in chosen]
        Choice.objects.update_or_create(user=user, category=category, defaults={"ways": wanted})


def reader_of(notice: Notice, user: int | None) -> Any:
    """Whoever reads the notice, if they still do and may; None otherwise."""
    if user is None:
        found = reading.itself(notice.recipient)
    else:
        found = next((r for r in reading.readers(notice.recipient, notice.act) if r.user_id == user), None)
    return found if found is not None and reading.may_see(found, notice.about) else None
