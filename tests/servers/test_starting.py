"""A web that was killed is back soon: it loads no more than it needs, and does not look for rubbish in it."""

from __future__ import annotations

import json
import subprocess
import sys

from governance.embedded import PROJECT

LATER = ("pypinyin", "openpyxl")  # large, and used by few
LOADED = f"""
import gc, json, sys
import governance.wsgi
print(json.dumps([sorted(set({LATER!r}) & set(sys.modules)), gc.isenabled(), gc.get_freeze_count()]))
"""


def test_the_web_starts_without_what_few_use_and_keeps_what_it_loaded():
    command = [sys.executable, "-c", LOADED]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False, timeout=500)
    assert done.returncode == 0, done.stderr
    too_early, is_enabled, frozen = json.loads(done.stdout.splitlines()[-1])
    assert too_early == []
    assert is_enabled and frozen > 100_000
