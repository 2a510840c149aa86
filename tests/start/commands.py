"""Commands in a process and an environment of their own, as an operator runs them."""

from __future__ import annotations

import contextlib
import os
import pwd
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from governance.embedded import PROJECT, SECRETS

PROC = Path("/proc")
OURS = {*SECRETS, "DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE", "ALLOWED_HOSTS", "SITE_ADDRESS", "DEFAULT_FROM_EMAIL"}
OURS |= {"EMBEDDED_DIR", "EMBEDDED_NAME", "EMBEDDED_STARTED", "UV", "NUM_PROXIES", "DJANGO_ALLOW_ASYNC_UNSAFE", "PYTHONDONTWRITEBYTECODE"}


LAST_BREATH = 10  # seconds: on a busy machine a process that was ended is still there for a moment


def environment(**changes: str) -> dict[str, str]:
    """What a fresh shell has, and these variables."""
    kept = {name: value for name, value in os.environ.items() if name not in OURS and not name.startswith("PYTEST_")}
    return kept | changes


def manage(*arguments: str, project: Path = PROJECT, user: str | None = None, **changes: str) -> subprocess.CompletedProcess:
    """``manage.py`` with these arguments; output and errors come back together."""
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=project, env=environment(**changes), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False, timeout=600, **account(user),
    )  # fmt: skip


def account(user: str | None) -> dict[str, Any]:
    """The arguments that start a process as somebody without rights; needs root."""
    return {} if user is None else {"user": user, "group": group_of(user), "extra_groups": []}


class Demonstration:
    """``manage.py demo`` in the background."""

    def __init__(self, project: Path, log: Path, *arguments: str, user: str | None = None, **changes: str) -> None:
        self.log = log
        with open(log, "wb") as file:
            self.process = subprocess.Popen(
                [sys.executable, "manage.py", "demo", *arguments],
                cwd=project, env=environment(**changes), stdin=subprocess.DEVNULL, stdout=file, stderr=file,
                start_new_session=True, **account(user),
            )  # fmt: skip

    @property
    def output(self) -> str:
        """What it has told so far."""
        return self.log.read_text(encoding="utf-8")

    def wait(self, seconds: float = 600) -> str:
        """Until it says where it is; returns the address."""
        end = time.monotonic() + seconds
        while not (found := re.search(r"^  (http://\S+)", self.output, re.MULTILINE)):
            assert self.process.poll() is None, self.output
            assert time.monotonic() < end, f"not ready after {seconds} s:\n{self.output}"
            time.sleep(0.2)
        return found[1]

    def wait_for(self, words: str, seconds: float = 120) -> None:
        """Until it has said this."""
        end = time.monotonic() + seconds
        while words not in self.output:
            assert time.monotonic() < end, self.output
            time.sleep(0.2)

    def end(self, number: int = signal.SIGTERM, seconds: float = 120) -> list[int]:
        """Ask it to end; returns those of its processes that did not."""
        family = descendants(self.process.pid)
        self.process.send_signal(number)
        self.process.wait(seconds)
        until = time.monotonic() + LAST_BREATH
        while time.monotonic() < until and any(map(is_alive, family)):
            time.sleep(0.1)
        return [pid for pid in family if is_alive(pid)]

    def kill(self) -> None:
        """For the end of a test that failed."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
            self.process.wait(10)


def group_of(user: str) -> int:
    """The account's own group."""
    return pwd.getpwnam(user).pw_gid


def descendants(pid: int) -> dict[int, str]:
    """The processes below this one, and their commands."""
    rows = list(processes())
    found, parents = {}, {pid}
    while parents:
        below = {own: command for own, parent, _state, command in rows if parent in parents and own not in found}
        found |= below
        parents = set(below)
    return found


def is_alive(pid: int) -> bool:
    """Whether this process runs; one that ended and is not yet forgotten does not."""
    return any(own == pid and not state.startswith("Z") for own, _parent, state, _command in processes())


def processes() -> Iterator[tuple[int, int, str, str]]:
    """Number, parent, state and command of each process: out of /proc on Linux, elsewhere by ``ps``, which a bare Linux lacks."""
    if not PROC.exists():
        listed = subprocess.run(["ps", "-A", "-ww", "-o", "pid=,ppid=,stat=,command="], capture_output=True, text=True, check=True)
        for line in listed.stdout.splitlines():
            own, parent, state, command = (*line.split(None, 3), "")[:4]
            yield int(own), int(parent), state, command
        return
    for folder in PROC.glob("[0-9]*"):
        with contextlib.suppress(OSError):  # it ended meanwhile
            state, parent = (folder / "stat").read_text().rpartition(")")[2].split()[:2]  # the name before may hold blanks
            yield int(folder.name), int(parent), state, (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")


def get(address: str) -> Any:
    """The answer to a request from outside."""
    return urllib.request.urlopen(address, timeout=30)
