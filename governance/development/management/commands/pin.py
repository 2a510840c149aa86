"""Pin every package: what was tried is what is installed, everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from typing import Any

from django.core.management import BaseCommand, CommandError

from governance.embedded import PROJECT

BLOCK = re.compile(r"^constraint-dependencies = \[\n.*?^\]\n", re.MULTILINE | re.DOTALL)
ANCHOR = "[tool.uv]\n"


class Command(BaseCommand):
    help = "Write the exact version of every package, also of those that packages need, into pyproject.toml."

    def handle(self, *args: Any, **options: Any) -> None:
        uv = os.environ.get("UV") or shutil.which("uv")  # "uv run" says where it lies
        if uv is None:
            raise CommandError("uv is not here: python3 -m pip install uv")
        words = [uv, "export", "--all-groups", "--no-hashes", "--no-annotate", "--no-header", "--no-emit-project"]
        done = subprocess.run(words, cwd=PROJECT, capture_output=True, text=True, check=False)
        if done.returncode:
            raise CommandError(done.stderr or "uv export failed")
        pins = sorted({line.strip() for line in done.stdout.splitlines() if "==" in line})
        file = PROJECT / "pyproject.toml"
        block = "constraint-dependencies = [\n" + "".join(f'  "{pin}",\n' for pin in pins) + "]\n"
        text = BLOCK.sub("", file.read_text(encoding="utf-8"))
        file.write_text(text.replace(ANCHOR, ANCHOR + block, 1), encoding="utf-8")
        self.stdout.write(f"Pinned {len(pins)} packages")
