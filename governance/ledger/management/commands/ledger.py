"""The ledger on the command line: audit it, publish it, know its witnesses."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.core.management import BaseCommand, CommandError
from django.core.management.base import CommandParser

from governance.ledger import auditing, erasing, notes, reading, watching, witnessing
from governance.ledger.models import Watcher
from governance.ledger.verifier import Wrong


class Command(BaseCommand):
    help = "audit: report every break · key: the public key · publish: write the newest checkpoint to a file · witness: know a witness · erase: destroy what opens a leaf · watch: send checkpoints somewhere"

    def add_arguments(self, parser: CommandParser) -> None:
        todo = parser.add_subparsers(dest="todo", required=True)
        audit = todo.add_parser("audit", help="compare the whole log with itself and with what it tells of")
        audit.add_argument("--known", type=Path, help="a checkpoint that was kept elsewhere")
        todo.add_parser("key", help="the key to verify with")
        todo.add_parser("publish", help="write the newest checkpoint").add_argument("file", type=Path)
        witness = todo.add_parser("witness", help="know a witness")
        witness.add_argument("key", help="its verifier key: name+hash+base64")
        witness.add_argument("--address", default="", help="where to ask it for its signature")

        erase = todo.add_parser(
            "erase", help="destroy what opens a leaf, where the law demands it; a tombstone says so in public"
        )
        erase.add_argument("leaf", type=UUID, help="the leaf's identifier, as the receipt names it")
        erase.add_argument("--basis", required=True, help="the law or decision it rests on; public: nothing of a person")
        watch = todo.add_parser("watch", help="send every new checkpoint somewhere; without an address, tell who gets them")
        watch.add_argument("address", nargs="?", default="", help="https://… or an e-mail address")
        watch.add_argument("--every", type=int, default=0, help="minutes; by default 1 for https, a day for e-mail")
        watch.add_argument("--end", action="store_true", help="no longer")

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
        watching.write_to(file)

    def witness(self, key: str, address: str = "", **_options: Any) -> None:
        """From now on its signatures are kept."""
        try:
            self.stdout.write(f"Known: {witnessing.register(key, address).name}")
        except Wrong as problem:
            raise CommandError(str(problem)) from problem

    def erase(self, leaf: UUID, basis: str, **_options: Any) -> None:
        """Nobody can open it any more, and everybody sees that it was erased."""
        stone = erasing.erase(leaf, basis)
        if stone is None:
            raise CommandError("There is no such leaf, or it was erased before.")
        self.stdout.write(f"Erased; the tombstone is {stone}")

    def watch(self, address: str = "", every: int = 0, end: bool = False, **_options: Any) -> None:
        """Who is sent checkpoints, and whether they arrive."""
        try:
            if end and not watching.forget(address):
                raise CommandError(f"Nothing is sent to {address}.")
            if address and not end:
                watching.register(address, timedelta(minutes=every) if every else None)
        except ValidationError as problem:
            raise CommandError(" ".join(problem.messages)) from problem
        for one in Watcher.objects.order_by("address"):
            self.stdout.write(f"{one.address}: every {one.every}, has {one.size} entries {one.problem}".rstrip())
