"""The environment, typed; an error tells what to do."""

import os
import re
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured


def text(name: str, default: str | None = None) -> str:
    """A required variable, or its default."""
    value = os.environ.get(name, "")
    if value:
        return value
    if default is None:
        raise ImproperlyConfigured(f"Set the environment variable {name}; the README tells what it means.")
    return default


def flag(name: str, default: bool = False) -> bool:
    """A variable that is on (1, true, yes, on) or off."""
    return os.environ.get(name, str(default)).strip().lower() in {"1", "true", "yes", "on"}


def number(name: str, default: int) -> int:
    """A whole number."""
    value = os.environ.get(name) or str(default)
    try:
        return int(value)
    except ValueError:
        raise ImproperlyConfigured(f"{name} must be a whole number, not {value!r}.") from None


def words(name: str, default: str = "") -> list[str]:
    """A list separated by commas."""
    return [word.strip() for word in (os.environ.get(name) or default).split(",") if word.strip()]


def database(name: str = "DATABASE_URL") -> dict[str, Any]:
    """Django's connection settings out of a PostgreSQL URL."""
    url = urlsplit(text(name))
    if url.scheme not in {"postgres", "postgresql"}:
        raise ImproperlyConfigured(f"{name} must begin with postgresql://: this system runs on PostgreSQL only.")
    query = {key: values[0] for key, values in parse_qs(url.query).items()}
    # Who comes when all connections are at work waits up to five seconds, on a thread. A try to connect ends after as many:
    # else the pool waits longer from time to time, up to a minute after the server is back.
    pool = {"min_size": 1, "max_size": 8, "timeout": 5, "reconnect_timeout": 5}
    return {
        "ENGINE": "governance.servers",
        "NAME": unquote(url.path[1:]),
        "USER": unquote(url.username or ""),
        "PASSWORD": unquote(url.password or ""),
        "HOST": query.pop("host", url.hostname or ""),
        "PORT": url.port or "",
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, "pool": pool, **query},
    }


def demand(wanted: dict[str, tuple[str, str]]) -> None:
    """Refuse to start unless every variable has the form it needs: name -> (pattern, what it is). All faults are told at once."""
    faults = [
        f"  {name} {'is wrong' if os.environ.get(name) else 'is missing'}: {meaning}"
        for name, (pattern, meaning) in wanted.items()
        if not re.fullmatch(pattern, os.environ.get(name, ""))
    ]
    if faults:
        raise ImproperlyConfigured("\n".join(["This installation does not start before the environment is complete.", *faults]))
