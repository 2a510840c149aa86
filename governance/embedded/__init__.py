"""PostgreSQL and Valkey out of wheels, for the one-command start and the tests; nothing of it runs in production."""

from __future__ import annotations

import atexit
import json
import os
import secrets
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent.parent
SECRETS = ("SECRET_KEY", "FIELD_KEYS", "INDEX_KEY", "LEDGER_KEY")


def ensure_servers(name: str, *, durable: bool = True) -> None:
    """Set DATABASE_URL and REDIS_URL from embedded servers, unless the environment names real ones."""
    from governance.embedded.postgres import Postgres
    from governance.embedded.valkey import Valkey

    for variable, server in (("DATABASE_URL", Postgres), ("REDIS_URL", Valkey)):
        if not os.environ.get(variable):
            _ours[variable] = server(PROJECT, name, durable)
            os.environ[variable] = _ours[variable].start()
            atexit.register(_ours[variable].stop)  # last registered stops first: Valkey, then PostgreSQL
    ensure_secrets(name)


_ours: dict[str, Any] = {}
_held: list[Any] = []


def is_ours(variable: str) -> bool:
    """Whether the server that this variable names is embedded, so that its data may be thrown away."""
    return variable in _ours


def claim() -> str:
    """A name for this demonstration: ``demo``, or ``demo-2`` … with data of its own while another one is running here."""
    import fcntl

    from governance.embedded.processes import state_dir

    for name in ("demo", *(f"demo-{n}" for n in range(2, 10))):
        file = open(state_dir(PROJECT, name) / "running.lock", "a")  # noqa: SIM115 - held until the process ends
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            file.close()
            continue
        _held.append(file)
        return name
    raise SystemExit("Nine demonstrations are running here already.")


def ensure_secrets(name: str) -> None:
    """Secrets for the embedded mode: made once, kept beside the data (0600), never in the database or in git."""
    from governance.embedded.processes import locked, state_dir

    folder = state_dir(PROJECT, name)
    file = folder / "secrets.json"
    with locked(folder):
        kept = json.loads(file.read_text()) if file.exists() else {}
        for variable in SECRETS:
            if variable not in kept:
                kept[variable] = f"1:{secrets.token_hex(32)}" if variable == "FIELD_KEYS" else secrets.token_hex(32)
        file.touch(mode=0o600)
        file.write_text(json.dumps(kept))
    for variable, value in kept.items():
        os.environ.setdefault(variable, value)
