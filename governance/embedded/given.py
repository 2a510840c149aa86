"""Servers that the environment names: asked once, before anything else, so that a wrong address is a sentence and not a traceback."""

from __future__ import annotations

import os
from collections.abc import Callable
from threading import Thread

ENOUGH = 5  # seconds that a server may take to answer
LONGEST = 8  # seconds, with looking its name up, which has no limit of its own
OLDEST = 15  # of PostgreSQL


def check() -> None:
    """End with a sentence for each server that does not do."""
    asked = {name: ask for name, ask in (("DATABASE_URL", postgres), ("REDIS_URL", valkey)) if os.environ.get(name)}
    faults: dict[str, str] = dict.fromkeys(asked, f"no answer within {LONGEST} seconds.")
    threads = [Thread(target=_note, args=(faults, name, ask), daemon=True) for name, ask in asked.items()]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGEST)
    if told := [f"{name}: {fault}" for name, fault in faults.items() if fault]:
        raise SystemExit("\n".join([*told, "Correct it, or leave it out: then a server of the demonstration's own is started."]))


def _note(faults: dict[str, str], name: str, ask: Callable[[str], str]) -> None:
    faults[name] = ask(os.environ[name])


def postgres(url: str) -> str:
    """What is wrong with the database, or nothing."""
    import psycopg

    if not url.startswith(("postgresql://", "postgres://")):
        return "it must begin with postgresql://, as in postgresql://user:password@127.0.0.1:5432/gongzhi."
    try:
        with psycopg.connect(url, connect_timeout=ENOUGH) as connection:
            version = connection.info.server_version // 10000
            allowed = "SELECT current_schema() IS NOT NULL AND has_schema_privilege(current_schema(), 'CREATE')"
            may_create = connection.execute(allowed).fetchone()
    except psycopg.Error as problem:
        return _sentence(problem)
    if version < OLDEST:
        return f"this is PostgreSQL {version}; {OLDEST} or newer is needed."
    if may_create != (True,):
        return "this role may not make tables in this database. Let it own the database."
    return ""


def valkey(url: str) -> str:
    """What is wrong with Redis or Valkey, or nothing."""
    import redis
    from redis.backoff import NoBackoff
    from redis.retry import Retry

    if not url.startswith(("redis://", "rediss://", "unix://")):
        return "it must begin with redis://, as in redis://:password@127.0.0.1:6379/0."
    patience = {"socket_connect_timeout": ENOUGH, "socket_timeout": ENOUGH}
    try:
        with redis.Redis.from_url(url, retry=Retry(NoBackoff(), 0), **patience) as client:
            client.ping()
    except (redis.RedisError, ValueError, OSError) as problem:
        return _sentence(problem)
    return ""


def _sentence(problem: Exception) -> str:
    """The first line of what the client says; of several addresses of one name the last is told."""
    lines = [line.strip() for line in str(problem).splitlines() if line.strip()] or [type(problem).__name__]
    return lines[0].removeprefix("connection failed: ").rstrip(".") + "."
