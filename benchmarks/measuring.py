"""Servers to measure, and the processor time they and PostgreSQL take: ratios out of one interleaved run, never seconds."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
TICK = os.sysconf("SC_CLK_TCK")


def prepare(settings: str = "benchmarks.ours", *, again: bool = False) -> None:
    """Embedded servers of our own with empty tables, unless the environment names real ones; then Django. ``again`` leaves the tables as they are."""
    sys.path.insert(0, str(PROJECT))
    os.environ["DJANGO_SETTINGS_MODULE"] = settings
    os.environ["EMBEDDED_NAME"] = "benchmark"
    os.environ["RATE_BY_ADDRESS"] = os.environ["RATE_BY_ACCOUNT"] = "100000000/min"
    from governance.embedded import ensure_servers

    ensure_servers("benchmark")
    import django
    from django.core.management import call_command
    from django.db import connection, connections

    django.setup()
    if not again:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connections.close_all()
    call_command("migrate", verbosity=0)


@contextmanager
def served(settings: str, workers: int = 2) -> Iterator[tuple[int, subprocess.Popen[bytes]]]:
    """The web server of the demonstration, with these settings; its port and process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", str(workers),
               "--log-level", "error", "governance.wsgi:application"]  # fmt: skip
    child = subprocess.Popen(command, cwd=PROJECT, env=os.environ | {"DJANGO_SETTINGS_MODULE": settings})
    try:
        for _ in range(900):  # a shared machine may take its time to begin
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port, child
    finally:
        child.terminate()
        child.wait(20)


def family(pid: int) -> set[int]:
    """A process and everything it has started."""
    parents: dict[int, list[int]] = {}
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents.setdefault(_stat(int(entry.name))[0], []).append(int(entry.name))
            except OSError:
                continue
    found, todo = set(), [pid]
    while todo:
        found.add(one := todo.pop())
        todo += parents.get(one, [])
    return found


def _stat(pid: int) -> tuple[int, float]:
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(") ", 1)[1].split()
    return int(fields[1]), (int(fields[11]) + int(fields[12])) / TICK


def cpu(pids: set[int]) -> float:
    """Seconds of processor time so far."""
    total = 0.0
    for pid in pids:
        try:
            total += _stat(pid)[1]
        except OSError:
            continue
    return total


def postgres() -> int:
    """The postmaster behind the connection; 0 if it runs elsewhere."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        backend = cursor.fetchone()[0]
    try:
        return _stat(backend)[0]
    except OSError:
        return 0


def spent() -> float:
    """Seconds of processor time so far of this process and of the one in PostgreSQL that serves it."""
    from django.db import connection

    connection.ensure_connection()
    return time.process_time() + cpu({connection.connection.info.backend_pid})


class Client:
    """Somebody who asks again and again over one connection."""

    def __init__(self, port: int, headers: dict[str, str] | None = None) -> None:
        self.connection, self.headers = http.client.HTTPConnection("127.0.0.1", port, timeout=60), headers or {}

    def get(self, address: str) -> tuple[int, bytes]:
        """What the server answers; asked once more if it had closed the connection meanwhile."""
        try:
            self.connection.request("GET", address, headers=self.headers)
            answer = self.connection.getresponse()
        except (http.client.RemoteDisconnected, ConnectionError):
            self.connection.close()
            self.connection.request("GET", address, headers=self.headers)
            answer = self.connection.getresponse()
        return answer.status, answer.read()

    def post(self, address: str, body: bytes, headers: dict[str, str]) -> tuple[int, bytes]:
        """What the server answers to a body."""
        self.connection.request("POST", address, body=body, headers=self.headers | headers)
        answer = self.connection.getresponse()
        return answer.status, answer.read()


def per_request(what: dict[str, tuple[subprocess.Popen[bytes], Callable[[], Any]]], *, rounds: int = 6, requests: int = 100) -> dict[str, float]:
    """Processor microseconds of web and PostgreSQL per request, the contestants in turns; the median of the rounds."""
    spent: dict[str, list[float]] = {name: [] for name in what}
    for _server, ask in what.values():
        for _ in range(30):
            ask()
    for _ in range(rounds):
        for name, (server, ask) in what.items():
            pids = family(server.pid) | family(postgres())
            before = cpu(pids)
            for _ in range(requests):
                ask()
            spent[name].append((cpu(pids) - before) / requests * 1e6)
    return {name: sorted(values)[len(values) // 2] for name, values in spent.items()}
