"""Everything in one command: servers, migrations, demonstration world, web, worker, beat."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path
from subprocess import Popen
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.base import CommandParser
from django.db import connection, connections

from governance.development import demonstration, messages
from governance.embedded import PROJECT, is_ours
from governance.embedded.processes import end_group, start, state_dir, stop

MOST_RESTARTS = 20
LONGEST_START = 120  # seconds that web and worker may take until they answer


class Command(BaseCommand):
    help = "Start everything with demonstration data. Ctrl-C ends it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="the port of the web; by default 8000 or the next free one")
        parser.add_argument("--reset", action="store_true", help="throw the data away and begin anew")
        parser.add_argument("--seed-only", action="store_true", help="prepare the data and end")

    def handle(self, *args: Any, port: int, reset: bool, seed_only: bool, **options: Any) -> None:
        self.began = time.monotonic()
        self.folder = state_dir(PROJECT, os.environ.get("EMBEDDED_NAME", "demo"))
        port, holder = _port(port) if not seed_only else (0, None)
        self.prepare(reset)
        if seed_only:
            return
        connections.close_all()
        children: dict[str, Popen] = {}
        try:
            self.start_children(port, children)
            self.wait_until_ready(port, children)
            self.tell(port)
            self.keep_running(port, children)
        except KeyboardInterrupt:
            self.say("Ending …")
        finally:
            end(children.values())
            holder.close()

    def say(self, text: str) -> None:
        """A line of progress, with the seconds since the start."""
        self.stdout.write(f"  {time.monotonic() - self.began:5.1f} s  {text}")
        self.stdout.flush()

    def prepare(self, reset: bool) -> None:
        """Texts, tables, files and data: what is there already is kept."""
        if demonstration.meets_real_data():
            raise CommandError("The database that DATABASE_URL names holds data of people who are not invented: no demonstration there.")
        self.say("Compiling the Chinese texts …")
        messages.compile_all()
        if reset:
            self.throw_away()
        self.say("Preparing the tables …")
        call_command("migrate", verbosity=0, skip_checks=True)
        self.collect_static()
        if demonstration.is_complete():
            self.say("The demonstration world is there already")
        else:
            demonstration.fill(self.say)

    def throw_away(self) -> None:
        """Begin anew; somebody else's server is theirs to empty."""
        if not is_ours("DATABASE_URL"):
            raise CommandError("--reset empties only servers of the demonstration's own. Empty the one that DATABASE_URL names yourself.")
        self.say("Throwing the old data away …")
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public; GRANT USAGE ON SCHEMA public TO PUBLIC")  # as initdb does
        connections.close_all()
        for left in ("mail", "media"):
            shutil.rmtree(self.folder / left, ignore_errors=True)
        (self.folder / "sms.jsonl").unlink(missing_ok=True)

    def collect_static(self) -> None:
        """Static files under names that change with their content; again only when a source is newer."""
        root = Path(settings.STATIC_ROOT)
        sources = [p.stat().st_mtime for folder in PROJECT.glob("*/*/static") for p in folder.rglob("*")]
        if not (root / "staticfiles.json").exists() or (root / "staticfiles.json").stat().st_mtime < max(sources):
            self.say("Collecting the static files …")
            shutil.rmtree(root, ignore_errors=True)
            call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)

    def start_children(self, port: int, children: dict[str, Popen]) -> None:
        """The web, and the worker with the beat inside: each a process that can be stopped alone."""
        self.say("Starting web and worker …")
        os.environ.setdefault("SITE_ADDRESS", f"http://127.0.0.1:{port}")  # where the worker's e-mails lead
        for name, command in self.commands(port).items():
            self.start_child(name, command, children)

    def start_child(self, name: str, command: list[Any], children: dict[str, Popen]) -> None:
        """One of them; what it says goes into a file of its own."""
        children[name] = start([sys.executable, "-m", *command], self.folder / f"{name}.log", cwd=PROJECT)

    def keep_running(self, port: int, children: dict[str, Popen]) -> None:
        """What ends by itself is started again, as any installation does; what keeps ending is a fault."""
        commands, ended = self.commands(port), dict.fromkeys(children, 0)
        while True:
            time.sleep(0.3)
            for name, child in list(children.items()):
                if child.poll() is None:
                    continue
                ended[name] += 1
                if ended[name] > MOST_RESTARTS:
                    raise CommandError(f"{name} ended {ended[name]} times; see the logs in {self.folder}")
                self.say(f"{name} ended; it is started again")
                end_group(child)
                self.start_child(name, commands[name], children)

    def commands(self, port: int) -> dict[str, list[Any]]:
        """What runs beside the servers."""
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", port, "--workers", 2, "--log-level", "warning"]
        worker = ["celery", "-A", "governance", "worker", "--pool", "threads", "-c", 2, "--beat", "-s", self.folder / "beat"]
        return {
            "web": [*web, "governance.wsgi:application"],
            "worker": [*worker, "-l", "WARNING", "--without-gossip", "--without-mingle"],
        }

    def wait_until_ready(self, port: int, children: dict[str, Popen]) -> None:
        """Until web, database, Redis and worker answer."""
        end = time.monotonic() + LONGEST_START
        while time.monotonic() < end:
            if dead := [name for name, child in children.items() if child.poll() is not None]:
                raise CommandError(f"{', '.join(dead)} did not start; see {self.folder / dead[0]}.log")
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=3):
                    return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                time.sleep(0.2)
        raise CommandError(f"Not ready after {LONGEST_START} seconds; see the logs in {self.folder}")

    def tell(self, port: int) -> None:
        """The address, and who can sign in to try what."""
        self.say("Ready")
        self.stdout.write(f"\n  http://127.0.0.1:{port}/        Ctrl-C ends\n\n")
        for line in demonstration.sign_ins():
            self.stdout.write(f"  {line}")
        self.stdout.write("")
        self.stdout.flush()


def end(children: Iterable[Popen]) -> None:
    """Ask all at once, then wait; nothing stays behind."""
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)  # a second Ctrl-C must not leave processes behind
    for child in children:
        if child.poll() is None:
            child.terminate()
    for child in children:
        stop(child, signal.SIGTERM, signal.SIGKILL, timeout=10)
        end_group(child)


def _port(wanted: int) -> tuple[int, socket.socket]:
    """The wanted port, or 8000, or the next free one; with the socket that keeps it ours until the web listens."""
    for port in [wanted] if wanted else range(8000, 8100):
        with suppress(OSError):
            _bound(port).close()  # fails where anybody has it, also who would share it
            return port, _bound(port, shared=True)
    raise CommandError(f"Port {wanted or '8000 to 8099'} is taken. Choose another one with --port.")


def _bound(port: int, *, shared: bool = False) -> socket.socket:
    probe = socket.socket()
    # REUSEPORT is what the web server's own sockets have; with REUSEADDR too, other probes would not notice this one.
    probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT if shared else socket.SO_REUSEADDR, 1)
    try:
        if not shared or sys.platform == "linux":  # elsewhere a socket that does not listen might be handed connections
            probe.bind(("127.0.0.1", port))
    except OSError:
        probe.close()
        raise
    return probe
