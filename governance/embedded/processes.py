"""Child processes of the embedded servers: private folders, start locks, an orderly end."""

from __future__ import annotations

import contextlib
import ctypes
import fcntl
import hashlib
import json
import os
import pwd
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

IS_ROOT = hasattr(os, "geteuid") and os.geteuid() == 0
RUN_AS = pwd.getpwnam(os.environ.get("EMBEDDED_PG_USER", "nobody")) if IS_ROOT else None


def state_dir(project: Path, name: str) -> Path:
    """Where a server keeps its data: persistent and private.

    As root it must lie where RUN_AS can reach it, so neither under a closed home nor in /var/lib/gongzhi, which an installation
    for the public closes to everybody else.
    """
    if os.environ.get("EMBEDDED_DIR"):
        folder = Path(os.environ["EMBEDDED_DIR"]) / name
    elif IS_ROOT:
        folder = Path("/var/lib/gongzhi-demo") / f"{hashlib.sha256(str(project).encode()).hexdigest()[:10]}-{name}"
    else:
        folder = project / "var" / name
    try:
        _make(folder)
    except OSError as problem:
        raise SystemExit(f"{folder} cannot be made or used: {problem.strerror}. Set EMBEDDED_DIR to a folder that you may write to.") from None
    return folder


def _make(folder: Path) -> None:
    """Whatever the umask: RUN_AS passes through what root makes, nobody else enters what a user makes."""
    for one in reversed([folder, *folder.parents]):
        if not one.exists():
            one.mkdir(exist_ok=True)  # two may start at once
            one.chmod(0o711 if IS_ROOT else 0o755)
    if not IS_ROOT and folder.stat().st_mode & 0o077:
        folder.chmod(0o700)
    if not os.access(folder, os.W_OK | os.X_OK):
        raise PermissionError(13, "it may not be written to")


def closed_to_account(folder: Path) -> Path | None:
    """As root: the folder on the way that RUN_AS cannot pass, if there is one."""
    parents = folder.parents if RUN_AS else ()
    return next((one for one in parents if not one.stat().st_mode & stat.S_IXOTH), None)


def read_back(file: Path) -> dict[str, Any]:
    """What was kept in a file, empty where there is none."""
    try:
        return json.loads(file.read_text()) if file.exists() else {}
    except ValueError:
        raise SystemExit(f"{file} is damaged. Without it the data beside it cannot be read: remove {file.parent} to begin anew.") from None


def write_whole(file: Path, kept: dict[str, Any]) -> None:
    """Beside it first, then in its place: whoever is cut off leaves the old file or the new one, never half of one."""
    draft = file.with_suffix(f".{os.getpid()}")
    draft.touch(mode=0o600)
    draft.write_text(json.dumps(kept))
    draft.replace(file)


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
