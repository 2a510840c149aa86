"""Child processes of the embedded servers: private folders, start locks, an orderly end."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import os
import pwd
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
RUN_AS = pwd.getpwnam(os.environ.get("EMBEDDED_PG_USER", "nobody")) if IS_ROOT else None


def state_dir(project: Path, name: str) -> Path:
    """Where a server keeps its data: persistent and private. As root it must lie where RUN_AS can reach it, so not under a closed home."""
    if os.environ.get("EMBEDDED_DIR"):
        folder = Path(os.environ["EMBEDDED_DIR"]) / name
    elif IS_ROOT:
        folder = Path("/var/lib/gongzhi") / f"{hashlib.sha256(str(project).encode()).hexdigest()[:10]}-{name}"
    else:
        folder = project / "var" / name
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Two starts at once: the second waits, then re-uses what the first has started."""
    with open(folder / "start.lock", "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def die_with_parent() -> None:
    """On Linux: end in good order when the parent dies, even by SIGKILL."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(1, signal.SIGINT)


def start(args: Sequence[Any], log: Path, user: Any = None, **options: Any) -> subprocess.Popen:
    """A server process in a session of its own, so that Ctrl-C reaches it only through us."""
    account = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    with open(log, "ab") as file:
        return subprocess.Popen(
            [str(arg) for arg in args],
            stdin=subprocess.DEVNULL,
            stdout=file,
            stderr=file,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - one call into the kernel, and no thread is running yet
            **account,
            **options,
        )


def end_group(process: subprocess.Popen) -> None:
    """Whatever a process that has ended left behind in its session."""
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)


def stop(process: subprocess.Popen | None, first: int, then: int, timeout: float = 30) -> None:
    """Ask, wait, insist."""
    if process and process.poll() is None:
        process.send_signal(first)
        try:
            process.wait(timeout)
        except subprocess.TimeoutExpired:
            process.send_signal(then)
            process.wait(10)
