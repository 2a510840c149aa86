"""The ledger on the command line: audit it, publish it, know its witnesses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from governance.ledger import auditing, notes, reading, witnessing
from governance.ledger.verifier import Wrong


class Command(BaseCommand):
    help = "audit: report every break · key: the public key · publish: write the newest checkpoint to a file · witness: know a witness"

    def add_arguments(self, parser: CommandParser) -> None:
        todo = parser.add_subparsers(dest="todo", required=True)
        audit = todo.add_parser("audit", help="compare the whole log with itself and with what it tells of")
        audit.add_argument("--known", type=Path, help="a checkpoint that was kept elsewhere")
        todo.add_parser("key", help="the key to verify with")
        todo.add_parser("publish", help="write the newest checkpoint").add_argument("file", type=Path)
        witness = todo.add_parser("witness", help="know a witness")
        witness.add_argument("key", help="its verifier key: name+hash+base64")
        witness.add_argument("--address", default="", help="where to ask it for its signature")

    def handle(self, *args: Any, todo: str, **options: Any) -> None:
        getattr(self, todo)(**options)

    def audit(self, known: Path | None = None, **_options: Any) -> None:
        """Exit status 1 and a line for each break, if there is any."""
        breaks = 0
        for found in auditing.audit(known.read_text(encoding="utf-8") if known else None):
            breaks += 1
            self.stdout.write(str(found))
        head = reading.head()
        if breaks:
            raise CommandError(f"{breaks} breaks in a log of {head.size} entries")
        self.stdout.write(f"Whole: {head.size} entries under the root {bytes(head.root).hex()}")

    def key(self, **_options: Any) -> None:
        """The public key."""
        self.stdout.write(notes.verifier_key())

    def publish(self, file: Path, **_options: Any) -> None:
        """The checkpoint leaves the system: put the file where we cannot change it."""
        draft = file.with_name(f".{file.name}.new")
        draft.write_text(reading.published(reading.head()), encoding="utf-8")
        draft.replace(file)

    def witness(self, key: str, address: str = "", **_options: Any) -> None:
        """From now on its signatures are kept."""
        try:
            self.stdout.write(f"Known: {witnessing.register(key, address).name}")
        except Wrong as problem:
            raise CommandError(str(problem)) from problem
