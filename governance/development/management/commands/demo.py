"""Everything in one command: servers, migrations, demonstration world, web, worker, beat."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import sys
import time
from contextlib import suppress
from io import StringIO
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command
from django.core.management.base import CommandParser
from django.db import IntegrityError, OperationalError, connection, connections
from django.db.migrations.executor import MigrationExecutor

from governance import embedded
from governance.actions import bulk
from governance.development import demonstration, messages
from governance.development.children import Children
from governance.embedded.processes import state_dir

FULL = 5  # megabytes: with less left, what PostgreSQL could not do is for want of room
AWAY = ("08", "53", "57")  # SQLSTATE, first two figures: no connection, no room, shut down
STEPS = 6  # lines of progress while tables are made


class Command(BaseCommand):
    help = "Start everything with demonstration data. Ctrl-C ends it."
    requires_system_checks: list[str] = []

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--port", type=int, default=0, help="the port of the web; by default 8000 or the next free one")
        parser.add_argument("--reset", action="store_true", help="throw the data away and begin anew")
        parser.add_argument("--seed-only", action="store_true", help="prepare the data and end")

    def handle(self, *args: Any, port: int, reset: bool, seed_only: bool, **options: Any) -> None:
        self.began = time.monotonic()
        self.folder = state_dir(embedded.PROJECT, os.environ.get("EMBEDDED_NAME", "demo"))
        logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # that it loses its server at the end is no news
        port, holder = _port(port) if not seed_only else (0, None)
        try:
            self.prepare(reset)
            if not seed_only:
                self.run(port)
        except OperationalError as problem:
            if str(getattr(problem.__cause__, "sqlstate", None) or AWAY[0])[:2] in AWAY:
                raise CommandError(self.what_is_wrong(problem)) from None
            raise
        finally:
            connections.close_all()
            connection.close_pool()
            if holder:
                holder.close()

    def run(self, port: int) -> None:
        """Until somebody ends it."""
        connections.close_all()
        children = Children(self.folder, port, self.say)
        try:
            self.say("Starting web and worker …")
            children.start()
            children.wait_until_ready()
            self.tell(port)
            children.keep_running()
        except KeyboardInterrupt:
            self.say("Ending …")
        finally:
            embedded.announce(embedded.ENDING)
            children.end()

    def say(self, text: str) -> None:
        """A line of progress, with the seconds since the start."""
        self.stdout.write(f"  {time.monotonic() - self.began:5.1f} s  {text}")
        self.stdout.flush()

    def what_is_wrong(self, problem: OperationalError) -> str:
        """Why the database does not do what it was asked, in a sentence."""
        if shutil.disk_usage(self.folder).free < FULL * embedded.MEGABYTE:
            return f"The disk with {self.folder} is full. Make room and start again, or set EMBEDDED_DIR to a folder on another disk."
        logs = f"; see {self.folder / 'pg.log'}" if embedded.is_ours("DATABASE_URL") else ""
        return f"The database does not answer any more: {str(problem).strip().splitlines()[0]}{logs}"

    def prepare(self, reset: bool) -> None:
        """Texts, tables, files and data: what is there already is kept."""
        if demonstration.meets_real_data():
            raise CommandError("The database that DATABASE_URL names holds data of people who are not invented: no demonstration there.")
        self.say("Compiling the Chinese texts …")
        messages.compile_all(Path(settings.TEXTS))
        if reset:
            self.throw_away()
        self.make_tables()
        self.collect_static()
        for private in (settings.EMAIL_FILE_PATH, settings.MEDIA_ROOT):
            Path(private).mkdir(mode=0o700, exist_ok=True)
        Path(settings.SMS_FILE).touch(mode=0o600)
        self.fill()

    def make_tables(self) -> None:
        """With a line of progress from time to time: the first start does this for a quarter of a minute."""
        executor = MigrationExecutor(connection)
        plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
        self.say(f"Preparing the tables: {len(plan)} steps …" if plan else "The tables are up to date")
        progress = Progress(self.say, len(plan))
        call_command("migrate", verbosity=1 if plan else 0, skip_checks=True, stdout=progress)

    def fill(self) -> None:
        """The invented world; one that was cut off is completed."""
        if demonstration.is_complete():
            self.say("The demonstration world is there already")
            bulk.adopt("manage.py demo")  # one that was made before every value was sealed
            return
        try:
            demonstration.fill(self.say)
        except IntegrityError as problem:
            what = getattr(getattr(problem.__cause__, "diag", None), "table_name", "")
            raise CommandError(f"The world begun before cannot be completed ({what}). Begin anew with --reset.") from None

    def throw_away(self) -> None:
        """Begin anew; somebody else's server is theirs to empty."""
        if not embedded.is_ours("DATABASE_URL"):
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
        sources = [p.stat().st_mtime for folder in embedded.PROJECT.glob("*/*/static") for p in folder.rglob("*")]
        if not (root / "staticfiles.json").exists() or (root / "staticfiles.json").stat().st_mtime < max(sources):
            self.say("Collecting the static files …")
            shutil.rmtree(root, ignore_errors=True)
            call_command("collectstatic", verbosity=0, interactive=False, skip_checks=True)

    def tell(self, port: int) -> None:
        """The address, and who can sign in to try what."""
        embedded.announce(f"running at http://127.0.0.1:{port}/")
        self.say("Ready")
        self.stdout.write(f"\n  http://127.0.0.1:{port}/        Ctrl-C ends\n\n")
        for line in demonstration.sign_ins():
            self.stdout.write(f"  {line}")
        self.stdout.write("")
        self.stdout.flush()


class Progress(StringIO):
    """Takes what ``migrate`` writes, and says now and then how far it is."""

    def __init__(self, say: Any, steps: int) -> None:
        super().__init__()
        self.say, self.steps, self.done = say, steps, 0

    def write(self, text: str) -> int:
        if text.strip().endswith("OK"):
            self.done += 1
            if self.done % max(1, self.steps // STEPS) == 0:
                self.say(f"  {self.done} of {self.steps}")
        return len(text)


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
