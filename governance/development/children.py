"""Web and worker of a demonstration: started, asked whether they answer, started again, ended."""

from __future__ import annotations

import json
import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

from django.core.management import CommandError

from governance.embedded import PROJECT
from governance.embedded.processes import end_group, start, stop

MOST_RESTARTS, HOUR = 20, 3600.0  # restarts of one of them within an hour, seconds
LONGEST_START = 120  # seconds that web and worker may take until they answer
THREADS = 32  # of each process of the web: eight work, for that is how many connections it has; the others wait for one
PARTS = {"database": "PostgreSQL (DATABASE_URL)", "redis": "Redis or Valkey (REDIS_URL)", "worker": "the worker"}


class Children:
    """The web, and the worker with the beat inside: each a process that can be stopped alone."""

    def __init__(self, folder: Path, port: int, say: Callable[[str], None]) -> None:
        self.folder, self.port, self.say = folder, port, say
        self.running: dict[str, Popen] = {}
        self.ended: dict[str, list[float]] = defaultdict(list)
        self.starter = os.getppid()

    def commands(self) -> dict[str, list[Any]]:
        """What runs beside the servers."""
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", self.port, "--workers", 2]
        web += ["--blocking-threads", THREADS, "--log-level", "warning"]
        worker = ["celery", "-A", "governance", "worker", "--pool", "threads", "-c", 2, "--beat", "-s", self.folder / "beat"]
        return {
            "web": [*web, "governance.wsgi:application"],
            "worker": [*worker, "-l", "WARNING", "--without-gossip", "--without-mingle"],
        }

    def start(self) -> None:
        """All of them."""
        os.environ.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{self.port}")  # where the worker's e-mails lead
        for name in self.commands():
            self._start(name)

    def _start(self, name: str) -> None:
        """One of them; what it says goes into a file of its own."""
        command = [sys.executable, "-m", *self.commands()[name]]
        self.running[name] = start(command, self.folder / f"{name}.log", cwd=PROJECT)

    def wait_until_ready(self) -> None:
        """Until web, database, Redis and worker answer; else what does not."""
        end, missing = time.monotonic() + LONGEST_START, ["the web"]
        while time.monotonic() < end:
            if dead := [name for name, child in self.running.items() if child.poll() is not None]:
                raise CommandError(f"{', '.join(dead)} did not start; see {self.folder / dead[0]}.log")
            missing = list(self._missing())
            if not missing:
                return
            time.sleep(0.2)
        raise CommandError(f"Not ready after {LONGEST_START} seconds: {', '.join(missing)} did not answer; see the logs in {self.folder}")

    def _missing(self) -> Iterator[str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=6):
                return
        except urllib.error.HTTPError as answer:
            with suppress(ValueError):
                said = json.load(answer)
                yield from (words for part, words in PARTS.items() if said.get(part) is False)
                return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            pass
        yield "the web"

    def keep_running(self) -> None:
        """What ends by itself is started again, as any installation does; what keeps ending is a fault."""
        while not self.is_left_alone():
            time.sleep(0.3)
            for name, child in list(self.running.items()):
                if child.poll() is not None:
                    self.note_end(name, time.monotonic())
                    self.say(f"{name} ended; it is started again")
                    end_group(child)
                    self._start(name)
        self.say("What started this demonstration has ended")

    def note_end(self, name: str, at: float) -> None:
        """Too many within an hour are too many; one now and then is not, however long it runs."""
        self.ended[name] = [moment for moment in self.ended[name] if moment > at - HOUR] + [at]
        if len(self.ended[name]) > MOST_RESTARTS:
            raise CommandError(f"{name} ended {len(self.ended[name])} times within an hour; see the logs in {self.folder}")

    def is_left_alone(self) -> bool:
        """Whether uv, which started this, was killed: then nobody is there any more whose Ctrl-C would end it."""
        return os.getppid() != self.starter and "UV" in os.environ

    def end(self) -> None:
        """Ask all at once, then wait; nothing stays behind."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave processes behind
        for child in self.running.values():
            if child.poll() is None:
                child.terminate()
        for child in self.running.values():
            stop(child, signal.SIGTERM, signal.SIGKILL, timeout=10)
            end_group(child)
