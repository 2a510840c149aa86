"""Checkpoints leave the system: into a file, to witnesses, and to everybody who has asked for them by webhook or e-mail."""

from __future__ import annotations

import smtplib
import urllib.error
import urllib.request
from datetime import timedelta
from pathlib import Path

import structlog
from django.conf import settings
from django.core.mail import send_mail
from django.core.validators import URLValidator, validate_email

from governance.clocks.now import now
from governance.ledger import reading, witnessing
from governance.ledger.models import Checkpoint, Watcher

log = structlog.get_logger(__name__)
WEB = ("http://", "https://")
OFTEN, SELDOM = timedelta(minutes=1), timedelta(days=1)  # a program may be told every minute, a person once a day


def register(address: str, every: timedelta | None = None) -> Watcher:
    """Send checkpoints there from now on; raises ValidationError where nothing could be sent."""
    address = address.strip()
    is_web = address.startswith(WEB)
    URLValidator(schemes=["http", "https"])(address) if is_web else validate_email(address)
    found, _made = Watcher.objects.update_or_create(address=address, defaults={"every": every or (OFTEN if is_web else SELDOM)})
    return found


def forget(address: str) -> bool:
    """Send nothing there any more; whether anything was."""
    return bool(Watcher.objects.filter(address=address.strip()).delete()[0])


def write_to(file: Path) -> None:
    """The newest checkpoint as a file, whole at every moment."""
    draft = file.with_name(f".{file.name}.new")
    draft.write_text(reading.published(reading.head()), encoding="utf-8")
    draft.replace(file)


def publish() -> int:
    """The file, the witnesses, then the watchers, who get the witnesses' signatures too; returns how many were told."""
    if late := reading.waiting_too_long():
        log.error("the log is late: what was done has waited for its number for more than a minute", since=late.since)
    head = reading.head()
    if not head.size:
        return 0
    if settings.LEDGER_FILE:
        try:
            write_to(Path(settings.LEDGER_FILE))
        except OSError as problem:
            log.error("the checkpoint could not be written", why=str(problem))
    witnessing.ask_all()
    return sum(_tell(watcher, head) for watcher in Watcher.objects.filter(size__lt=head.size).order_by("pk") if _is_due(watcher))


def _is_due(watcher: Watcher) -> bool:
    """Neither sooner than wished, nor at once again after a failure."""
    return watcher.tried_at is None or watcher.tried_at + watcher.every <= now()


def _tell(watcher: Watcher, head: Checkpoint) -> bool:
    """Send one checkpoint; whoever could not be reached gets the newest one next time."""
    note, problem = reading.published(head), ""
    try:
        _post(watcher.address, note) if watcher.address.startswith(WEB) else _mail(watcher.address, note, head.size)
    except (urllib.error.URLError, smtplib.SMTPException, OSError, ValueError) as found:
        problem = f"{type(found).__name__}: {found}"[:200]
        log.warning("a watcher was not reached", watcher=watcher.pk, size=head.size, why=problem)
    watcher.size, watcher.tried_at, watcher.problem = (watcher.size if problem else head.size), now(), problem
    watcher.save(update_fields=["size", "tried_at", "problem"])
    return not problem


def _post(address: str, note: str) -> None:
    asked = urllib.request.Request(address, note.encode(), {"Content-Type": "text/plain; charset=utf-8"}, method="POST")
    with urllib.request.urlopen(asked, timeout=witnessing.PATIENCE):  # only addresses the operator has registered
        pass


def _mail(address: str, note: str, size: int) -> None:
    """The note as it is, so that it can be verified as it was received."""
    send_mail(f"{settings.LEDGER_ORIGIN} {size}", note, None, [address])
