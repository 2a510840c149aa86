"""Put the house in order: what a machine can do about style, texts and the table of actions."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

from django.core.management import BaseCommand

from governance.development import messages, procedures
from governance.embedded import PROJECT


class Command(BaseCommand):
    help = "Mend what a machine can mend of the code, bring the texts up to date with it, write actions.txt."

    def handle(self, *args: Any, **options: Any) -> None:
        subprocess.run([sys.executable, "-m", "ruff", "check", "--fix", "--quiet", "."], cwd=PROJECT, check=False)
        for path in messages.merge():
            self.stdout.write(f"Brought up to date: {path.relative_to(PROJECT)}")
        self.stdout.write(f"Wrote {procedures.write().name}")
        for problem in messages.problems():
            self.stdout.write(self.style.WARNING(problem))
