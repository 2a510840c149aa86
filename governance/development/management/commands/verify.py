"""Everything that must hold before a change may land."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from typing import Any

from django.core.management import BaseCommand
from django.core.management.base import CommandParser

from governance.development import messages
from governance.embedded import PROJECT

PYTHON = sys.executable
STEPS: tuple[tuple[str, list[str]], ...] = (
    ("style", [PYTHON, "-m", "ruff", "check", "."]),
    ("declarations", [PYTHON, "manage.py", "check"]),
    ("migrations", [PYTHON, "manage.py", "makemigrations", "--check", "--dry-run"]),
    ("interface", [PYTHON, "manage.py", "spectacular", "--validate", "--fail-on-warn", "--file", os.path.join(tempfile.gettempdir(), "schema.yml")]),
)
TESTS = ("tests", [PYTHON, "-m", "pytest", "-q", "-n", "2"])


class Command(BaseCommand):
    help = "Style, declarations, migrations, interface, texts, and the tests (leave them out with --quick)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--quick", action="store_true", help="without the tests")

    def handle(self, *args: Any, **options: Any) -> None:
        failed = [name for name, words in (*STEPS, *(() if options["quick"] else (TESTS,))) if not self.holds(name, words)]
        if problems := messages.problems():
            failed.append("texts")
            self.stdout.write("\n".join(problems[:50]))
        if failed:
            self.stdout.write(self.style.ERROR(f"Does not hold: {', '.join(failed)}"))
            sys.exit(1)
        self.stdout.write(self.style.SUCCESS("Everything holds."))

    def holds(self, name: str, words: list[str]) -> bool:
        """Run one step; what it says is shown when it fails."""
        started = time.monotonic()
        done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
        self.stdout.write(f"{'holds' if done.returncode == 0 else 'FAILS':<6} {name} ({time.monotonic() - started:.1f} s)")
        if done.returncode:
            self.stdout.write((done.stdout + done.stderr)[-6000:])
        return done.returncode == 0
