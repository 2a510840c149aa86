"""Seconds from the command to a page, first and second start, with a warm package cache: python -m benchmarks.start.

What is committed is copied to a folder that has never been used, with an environment of its own to be made. Processor time
is told beside the seconds, as other programs of the machine do not change it.
"""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
LONGEST = 600


def environment(folder: Path) -> dict[str, str]:
    """What a fresh shell has, and data in a folder of its own."""
    ours = ("DJANGO_", "EMBEDDED_", "VIRTUAL_ENV", "UV_PROJECT", "SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "LEDGER_KEY", "DATABASE_URL", "REDIS_URL", "PYTHON")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)} | {"EMBEDDED_DIR": str(folder / "data")}


def one_start(copy: Path, folder: Path) -> tuple[float, float]:
    """Seconds until it says that it is ready, and processor seconds of all its processes until they have ended."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    began, log = time.perf_counter(), folder / "log"
    with log.open("wb") as file:
        child = subprocess.Popen(
            ["uv", "run", "--quiet", "manage.py", "demo"] if _has("uv") else [sys.executable, "-m", "uv", "run", "--quiet", "manage.py", "demo"],
            cwd=copy, env=environment(folder), stdin=subprocess.DEVNULL, stdout=file, stderr=file, start_new_session=True,
        )  # fmt: skip
    try:
        while not re.search(r"^ +[\d.]+ s  Ready$", log.read_text(encoding="utf-8"), re.MULTILINE):
            if child.poll() is not None or time.perf_counter() - began > LONGEST:
                sys.exit(f"it did not start:\n{log.read_text(encoding='utf-8')}")
            time.sleep(0.1)
        seconds = time.perf_counter() - began
    finally:
        if child.poll() is None:
            child.send_signal(signal.SIGTERM)
            child.wait(60)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _has(program: str) -> bool:
    return any((Path(folder) / program).exists() for folder in os.environ.get("PATH", "").split(os.pathsep))


def main() -> None:
    """Twice, in the same folder."""
    with tempfile.TemporaryDirectory(prefix="start-") as name:
        folder = Path(name)
        folder.chmod(0o755)  # PostgreSQL runs as somebody else where one is root
        copy = folder / "project"
        copy.mkdir()
        archive = subprocess.run(["git", "archive", "HEAD"], cwd=PROJECT, check=True, stdout=subprocess.PIPE).stdout
        subprocess.run(["tar", "-x", "-C", str(copy)], input=archive, check=True)
        for which, goal in (("first", 60), ("second", 10)):
            load = os.getloadavg()[0]
            seconds, spent = one_start(copy, folder)
            print(f"  {which:6} start: {seconds:6.1f} s, {spent:6.1f} s of processor time; load before it {load:.1f}; the goal was {goal} s", flush=True)


if __name__ == "__main__":
    main()
