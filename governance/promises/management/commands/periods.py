"""Enter further versions of the rules of periods, from a file: the law changes, code does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management import BaseCommand, CommandError

from governance.clocks import versions


class Command(BaseCommand):
    help = (
        "Enter versions of rules from a CSV file with the columns of governance/clocks/data/rules.csv. The version before ends on the day the"
        " new one begins; what is running keeps the version it began under."
    )

    def add_arguments(self, parser: Any) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--check", action="store_true", help="only say what is wrong with the file")

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            found, faults = versions.read(options["file"].read_bytes())
        except OSError as problem:
            raise CommandError(f"The file cannot be read: {problem.strerror}") from problem
        if faults:
            raise CommandError("Nothing was entered.\n" + "\n".join(str(fault) for fault in faults))
        if options["check"]:
            self.stdout.write(f"{len(found)} versions, nothing wrong")
            return
        for version in versions.enter(found):
            self.stdout.write(f"Entered: {version.code} from {version.effective_from}, {version.length}, {version.basis}")
