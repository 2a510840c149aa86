"""An e-mail that came back, from the mail server's pipe: python manage.py returned < message; or a dispatch by its number."""

from __future__ import annotations

import re
import sys
from typing import Any
from uuid import UUID

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser
from django.db import transaction

from governance.notices import sending

LONGEST = 1_000_000
OURS = re.compile(r"(?im)^(?:Original-)?Message-ID:\s*<([0-9a-f-]{36})@")
STATUS = re.compile(r"(?im)^Status:\s*(\d\.\d{1,3}\.\d{1,3})")


class Command(BaseCommand):
    help = "Note that a notice came back, and send it by the next way. Reads the returned e-mail (RFC 3464) from standard input."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("dispatch", nargs="?", type=UUID, help="the number of a dispatch, for carriers that report in another way")

    def handle(self, *args: Any, dispatch: UUID | None = None, **options: Any) -> None:
        text = "" if dispatch else sys.stdin.read(LONGEST)
        status = STATUS.search(text)
        if status and not status[1].startswith("5"):  # 4 is a delay, 2 a success
            return
        ids = [dispatch] if dispatch else [UUID(found) for found in OURS.findall(text)]
        with transaction.atomic():
            found = [sending.returned(id, status[1] if status else "") for id in ids]
        if not any(found):
            raise CommandError("This names no notice of ours.")
