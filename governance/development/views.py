"""Pages that only a demonstration has: who can sign in, with which code; the e-mails that were written."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any

from allauth.mfa import app_settings as mfa
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from governance.clocks.now import local
from governance.stakeholders.demonstration import (
    BODIES,
    COLLEAGUES,
    ORGANISATIONS,
    PASSWORD,
    PERSONAS,
    colleagues,
    totp_secret,
)

SHOWN = 30  # e-mails
BETWEEN = b"-" * 79  # what Django's file backend writes after each e-mail
STAFF = [*(key for key, *_ in (*BODIES, *ORGANISATIONS)), *COLLEAGUES]


@dataclass(frozen=True)
class SignIn:
    """One line of the table."""

    username: str
    who: Any
    what: Any
    code: str


@dataclass(frozen=True)
class Mail:
    """An e-mail that was written and not sent."""

    to: str
    subject: str
    written_at: datetime
    text: str


@require_safe
@never_cache
def table(request: HttpRequest) -> HttpResponse:
    """Names, the password, and the codes of this moment."""
    named = [SignIn(p.username, p.who, p.what, code_of(p.username)) for p in PERSONAS]
    left = mfa.TOTP_PERIOD - int(time.time()) % mfa.TOTP_PERIOD
    return render(request, "development/table.html", {"named": named, "others": others(_chinese(request)), "password": PASSWORD, "left": left})


def others(chinese: bool) -> Iterator[SignIn]:
    """Everybody else who can sign in for an organisation."""
    known = {p.username for p in PERSONAS}
    bodies = ((key, name if chinese else english) for key, _subkind, *_area, name, english in _organisations())
    yield from (SignIn(key, who, "", code_of(key)) for key, who in (*bodies, *colleagues()) if key not in known)


def code_of(username: str) -> str:
    """The six digits of this moment; none for who needs none."""
    counter = int(time.time()) // mfa.TOTP_PERIOD
    return format_hotp_value(hotp_value(totp_secret(username), counter)) if username in STAFF else ""


def _organisations() -> Iterator[tuple[str, Any, str, str]]:
    for key, subkind, *_area, name, english in (*BODIES, *ORGANISATIONS):
        yield key, subkind, name, english


def _chinese(request: HttpRequest) -> bool:
    return request.LANGUAGE_CODE != "en"


@require_safe
@never_cache
def mail(request: HttpRequest) -> HttpResponse:
    """The newest e-mails, read from the folder they are written to."""
    found = {"mails": written(Path(settings.EMAIL_FILE_PATH)), "texts": texted(Path(settings.SMS_FILE))}
    return render(request, "development/mail.html", found)


def texted(file: Path) -> list[dict[str, Any]]:
    """The newest text messages first."""
    lines = file.read_text(encoding="utf-8").splitlines()[-SHOWN:] if file.exists() else []
    return [found | {"at": local(datetime.fromisoformat(found["at"]))} for found in map(json.loads, reversed(lines))]


def written(folder: Path) -> list[Mail]:
    """The newest e-mails first."""
    files = sorted(folder.glob("*.log"), reverse=True) if folder.is_dir() else []
    found = [_read(part) for file in files[:SHOWN] for part in file.read_bytes().split(BETWEEN) if part.strip()]
    return sorted(found, key=lambda one: one.written_at, reverse=True)[:SHOWN]


def _read(text: bytes) -> Mail:
    message: EmailMessage = message_from_bytes(text.lstrip(), policy=policy.default)  # type: ignore[arg-type]
    return Mail(str(message["To"]), str(message["Subject"]), local(message["Date"].datetime), message.get_body().get_content().strip())
