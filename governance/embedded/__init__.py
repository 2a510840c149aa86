"""PostgreSQL and Valkey out of wheels, for the one-command start and the tests; nothing of it runs in production."""

from __future__ import annotations

import atexit
import os
import secrets
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
SECRETS = ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "LEDGER_KEY")
STARTED = "EMBEDDED_STARTED"  # the addresses of servers that we started: other processes of ours know them by it
STARTING, ENDING = "starting", "ending"  # what a demonstration says of itself in its lock, besides its address
LONGEST_END = 60.0  # seconds that one that is ending is waited for
ROOM, ROOM_AGAIN = 250, 30  # megabytes on the disk, of which a new world takes some 100; an old one only grows
MEGABYTE = 1_000_000


def ensure_servers(name: str, *, durable: bool = True) -> None:
    """Set DATABASE_URL and REDIS_URL from embedded servers, unless the environment names real ones."""
    from governance.embedded.postgres import Postgres
    from governance.embedded.valkey import Valkey

    for variable, server in (("DATABASE_URL", Postgres), ("REDIS_URL", Valkey)):
        if not os.environ.get(variable):
            running = server(PROJECT, name, durable)
            os.environ[variable] = running.start()
            os.environ[STARTED] = f"{os.environ.get(STARTED, '')} {os.environ[variable]}".strip()
            _ours[variable] = running
            atexit.register(running.stop)  # last registered stops first: Valkey, then PostgreSQL
    ensure_secrets(name)


_ours: dict[str, Any] = {}
_held: list[Any] = []


def is_ours(variable: str) -> bool:
    """Whether the server that this variable names is embedded, so that its data may be read and thrown away.

    Another process of ours may have started it: the main one of a test run does so for all.
    """
    return os.environ.get(variable) in os.environ.get(STARTED, "").split()


def claim(say: Callable[[str], None] = lambda _text: None) -> str:
    """A name for this demonstration: ``demo``, or ``demo-2`` … with data of its own while another one is running here.

    One that is ending is waited for: what comes next goes on with its data.
    """
    from governance.embedded.processes import state_dir

    elsewhere = ""
    for name in ("demo", *(f"demo-{n}" for n in range(2, 10))):
        folder = state_dir(PROJECT, name)
        file = open(folder / "running.lock", "a+")  # noqa: SIM115 - held until the process ends
        if not _locked(file, say):
            elsewhere = elsewhere or f"A demonstration is {_said(file) or 'running'} already"
            file.close()
            continue
        _held[:] = [file]
        announce(STARTING)
        if elsewhere:
            say(f"{elsewhere}; this one has data of its own in {folder}")
        return name
    raise SystemExit("Nine demonstrations are running here already.")


def _locked(file: Any, say: Callable[[str], None]) -> bool:
    import fcntl

    end, told = time.monotonic() + LONGEST_END, False
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except OSError:
            if _said(file) != ENDING or time.monotonic() > end:
                return False
        if not told:
            say("The demonstration before this one is still ending; waiting for it …")
            told = True
        time.sleep(0.2)


def _said(file: Any) -> str:
    file.seek(0)
    return file.read().strip()


def announce(state: str) -> None:
    """What others who start meanwhile are told of this demonstration: where it is, or that it is ending."""
    for file in _held:
        file.seek(0)
        file.truncate()
        file.write(state)
        file.flush()


def demand_room(name: str) -> None:
    """A disk that is too full is told before anything is half written."""
    from governance.embedded.processes import state_dir

    folder = state_dir(PROJECT, name)
    wanted = ROOM_AGAIN if any(folder.glob("pg*/PG_VERSION")) else ROOM
    free = shutil.disk_usage(folder).free // MEGABYTE
    if free < wanted:
        too_little = f"The disk with {folder} has {free} MB left; {wanted} MB are needed."
        raise SystemExit(f"{too_little} Make room, or set EMBEDDED_DIR to a folder on another disk.")


def ensure_secrets(name: str) -> None:
    """Secrets for the embedded mode: made once, kept beside the data (0600), never in the database or in git."""
    from governance.embedded.processes import locked, read_back, state_dir, write_whole

    folder = state_dir(PROJECT, name)
    file = folder / "secrets.json"
    with locked(folder):
        kept = read_back(file)
        made = {variable: secrets.token_hex(32) for variable in SECRETS if variable not in kept}
        if "FIELD_KEYS" in made:
            made["FIELD_KEYS"] = f"1:{made['FIELD_KEYS']}"
        if made:
            write_whole(file, kept | made)
    for variable, value in (kept | made).items():
        os.environ.setdefault(variable, value)
