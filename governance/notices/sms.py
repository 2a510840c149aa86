"""Text messages through whatever carrier there is: a carrier is a class with one method, named by the setting SMS_CARRIER."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from pathlib import Path
from typing import Protocol

from django.conf import settings
from django.utils.module_loading import import_string

from governance.clocks.now import now

MOBILE = re.compile(r"(?:\+?86)?(1[3-9]\d{9})")
PATIENCE = 10  # seconds
OURS, TOO_MANY = range(400, 500), 429  # faults of the request, not of the carrier


class Undeliverable(Exception):
    """It will not arrive this way, however often it is tried."""


class Carrier(Protocol):
    """Takes one message. Raises Undeliverable if it never will arrive, OSError if it may be tried again later."""

    def send(self, number: str, text: str, key: str) -> None:
        """``key`` is the same when the same message is handed over again, so that a carrier can leave out the second."""


class File:
    """For demonstrations: keeps the messages in a file, and sends nothing."""

    def send(self, number: str, text: str, key: str) -> None:
        file = Path(settings.SMS_FILE)
        file.parent.mkdir(parents=True, exist_ok=True)
        with file.open("a", encoding="utf-8") as kept:
            kept.write(json.dumps({"to": number, "text": text, "at": now().isoformat()}, ensure_ascii=False) + "\n")


class Http:
    """An example: posts {"to", "text", "key"} as JSON to SMS_URL with SMS_TOKEN as bearer. Most carriers need a class like this."""

    def send(self, number: str, text: str, key: str) -> None:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {settings.SMS_TOKEN}"}
        body = json.dumps({"to": number, "text": text, "key": key}).encode()
        asked = urllib.request.Request(settings.SMS_URL, body, headers, method="POST")
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE):  # the operator's own setting
                pass
        except urllib.error.HTTPError as problem:
            if problem.code in OURS and problem.code != TOO_MANY:
                raise Undeliverable(f"HTTP {problem.code}") from problem
            raise


def carrier() -> Carrier | None:
    """The carrier of this installation, None without one."""
    return import_string(settings.SMS_CARRIER)() if settings.SMS_CARRIER else None


def mobile(number: str) -> str:
    """A mobile number of the mainland as carriers take it, empty if it is none."""
    found = MOBILE.fullmatch(re.sub(r"[\s()-]", "", number))
    return found[1] if found else ""
