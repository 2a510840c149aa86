"""Every process is killed (SIGKILL) in turn while people ask for beds, or complain: python -m benchmarks.killed [--of beds|matters] [--seconds N] [--rate N].

Each request has a key of its own and is repeated until it is answered, as a careful client does. Afterwards everything that
was acknowledged must be there, once: reservation or matter, event, leaf, notice, all the work the outbox held, and the log unbroken.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import signal
import socket
import subprocess
import sys
import time
import uuid
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from threading import Lock, Thread
from typing import Any

from benchmarks.crowd import homes_with_beds, tokens, wish
from benchmarks.measuring import PROJECT, prepare

PATIENCE, AGAIN, RESTART = 10.0, 0.25, 1.0  # seconds: for an answer, until asked again, until a supervisor restarts
LONGEST = 60.0  # until everything that was asked for is done


@dataclass
class Told:
    """What the clients were answered, and when."""

    done: dict[str, int] = field(default_factory=dict)  # the key of a request -> the reservation it made
    answers: list[tuple[float, str]] = field(default_factory=list)
    lock: Any = field(default_factory=Lock)

    def note(self, answer: str) -> None:
        with self.lock:
            self.answers.append((time.monotonic(), answer))


class Processes:
    """Web, worker with beat, Valkey and PostgreSQL, each a process that can be killed and is restarted."""

    def __init__(self) -> None:
        from governance import embedded

        self.servers = {"PostgreSQL": embedded._ours["DATABASE_URL"], "Valkey": embedded._ours["REDIS_URL"]}
        if any(server.process is None for server in self.servers.values()):
            raise SystemExit("The servers of an earlier measurement still run: end them first, or they could not be killed here.")
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2", "--log-level", "error"]
        beat = str(Path(os.environ.get("TMPDIR", "/tmp")) / f"beat-{os.getpid()}")
        worker = ["celery", "-A", "governance", "worker", "--pool", "threads", "-c", "2", "--beat", "-s", beat, "-l", "ERROR"]
        self.commands = {"web": [*web, "governance.wsgi:application"], "worker": [*worker, "--without-gossip", "--without-mingle"]}
        self.children = {name: self._started(name) for name in self.commands}

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen([sys.executable, "-m", *self.commands[name]], cwd=PROJECT, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)

    def kill(self, name: str) -> None:
        """SIGKILL, as when the machine runs out of memory; then what a supervisor does."""
        child = self.servers[name].process if name in self.servers else self.children[name]
        os.killpg(child.pid, signal.SIGKILL) if name in self.children else child.kill()
        child.wait()
        time.sleep(RESTART)
        if name in self.servers:
            self._restarted(self.servers[name])
        else:
            self.children[name] = self._started(name)

    def _restarted(self, server: Any) -> None:
        """PostgreSQL waits until the last child of the dead one has ended."""
        for _ in range(60):
            with suppress(SystemExit):
                server.start()
                return
            time.sleep(0.5)
        raise SystemExit("a server did not start again")

    def end(self) -> None:
        for child in self.children.values():
            with suppress(ProcessLookupError):
                os.killpg(child.pid, signal.SIGTERM)
            child.wait(30)


class Beds:
    """Each asks for a bed of its own, in a home that somebody reads e-mails for."""

    action = told_by = "care.reserve-bed"
    readers = 1

    def __init__(self, count: int) -> None:
        from programs.care.models import Bed
        from tests.factories import people

        (self.beds,) = homes_with_beds(1, count)
        people.member(Bed.objects.get(pk=self.beds[0]).home.provider)

    def request(self, n: int) -> tuple[str, bytes]:
        """Address and body of one of them."""
        return f"/api/care/beds/{self.beds[n]}/reserve-bed/", wish()

    def made(self) -> Any:
        from programs.care.models import Reservation

        return Reservation.objects.filter(bed__in=self.beds)

    def different(self) -> int:
        """How many of those made are not repetitions."""
        return len(set(self.made().values_list("bed", flat=True)))


class Matters:
    """Each complains about something else; the office and whoever complains are told when it is passed there."""

    action, told_by = "feedback.submit-matter", "feedback.route-matter"
    readers = 2

    def __init__(self, count: int) -> None:
        from governance.feedback.vocabulary import Duty
        from tests.factories import care
        from tests.factories.feedback import office, officer

        officer(office(), Duty.ANSWER_MATTERS)
        self.area = care.area().pk

    def request(self, n: int) -> tuple[str, bytes]:
        """Address and body of one of them."""
        told = {"kind": "complaint", "category": "care", "subject": f"食堂停供 {n}", "text": "食堂三天没有开门，请问什么时候恢复？", "area": self.area}
        return "/api/feedback/do/submit-matter/", json.dumps(told).encode()

    def made(self) -> Any:
        from governance.feedback.models import Matter

        return Matter.objects.all()

    def different(self) -> int:
        """How many of those made are not repetitions."""
        return len(set(self.made().values_list("subject", flat=True)))


def ask(port: int, token: str, request: tuple[str, bytes], key: str, told: Told, until: Callable[[], bool]) -> None:
    """One request, repeated under its key until it is answered."""
    headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json", "Idempotency-Key": key}
    while not until():
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
        try:
            connection.request("POST", *request, headers)
            answer = connection.getresponse()
            body = answer.read()
        except (OSError, http.client.HTTPException):
            told.note("no answer")
        else:
            told.note(str(answer.status) if answer.status != 503 or answer.getheader("Retry-After") else "503 without Retry-After")
            if answer.status in {200, 201}:
                told.done[key] = json.loads(body)["id"]
                return
        finally:
            connection.close()
        time.sleep(AGAIN)


def load(port: int, people: list[str], what: Beds | Matters, count: int, rate: float, told: Told) -> None:
    """Requests at a steady rate, each on a thread of its own, whatever becomes of those before."""
    began, asking = time.monotonic(), []
    for n in range(count):
        time.sleep(max(0.0, began + n / rate - time.monotonic()))
        end = time.monotonic() + LONGEST
        key = str(uuid.uuid4())
        asking.append(Thread(target=ask, args=(port, people[n % len(people)], what.request(n), key, told, lambda end=end: time.monotonic() > end)))
        asking[-1].start()
    for thread in asking:
        thread.join()


def undone() -> int:
    """Work written down and not done, leaves without a number."""
    from governance.ledger.models import Waiting
    from governance.outbox.models import Item

    return Item.objects.undone().filter(topic__regex="^(notices|feedback)").count() + Waiting.objects.count()


def wait_until_done() -> float:
    """Seconds until nothing is left undone."""
    from django.db import DatabaseError

    began = time.monotonic()
    while time.monotonic() - began < LONGEST:
        with suppress(DatabaseError):
            if not undone():
                break
        time.sleep(0.5)
    return time.monotonic() - began


def check(told: Told, what: Beds | Matters, count: int, known: str) -> dict[str, int]:
    """What was lost, doubled, or left undone; all should be nought."""
    from django.db.models import Count

    from governance.actions.models import Event
    from governance.ledger import auditing
    from governance.ledger.models import Leaf
    from governance.notices.models import Notice

    made = what.made()
    events = Event.objects.filter(action=what.action, record_id__in=made.values("pk"))
    leaves = Leaf.objects.filter(pk__in=events.values("pk")).count()
    telling = Event.objects.filter(action=what.told_by, record_id__in=made.values("pk"))
    notices = list(Notice.objects.filter(event__in=telling).values_list("event").annotate(Count("pk")).order_by())
    ids = set(made.values_list("pk", flat=True))
    breaks = [str(found) for found in auditing.audit(known)]
    print(*breaks[:10], sep="\n")
    return {
        "requests never answered": count - len(told.done),
        "acknowledged and lost": len(set(told.done.values()) - ids),
        "made twice": len(told.done) - len(set(told.done.values())) + made.count() - what.different(),
        "made and never acknowledged": len(ids - set(told.done.values())),
        "events missing or double": abs(events.count() - len(ids)) + len(ids) - events.values("record_id").distinct().count(),
        "leaves missing": len(ids) - leaves,
        "people told not or twice": len(ids) - len(notices) + sum(abs(n - what.readers) for _event, n in notices),
        "work left undone": undone(),
        "breaks in the log": len(breaks),
    }


def letters() -> Counter[str]:
    """How many e-mails there are for each notice."""
    from django.conf import settings

    found: Counter[str] = Counter()
    for file in Path(settings.EMAIL_FILE_PATH).glob("*.log") if Path(settings.EMAIL_FILE_PATH).exists() else ():
        found.update(line.strip() for line in file.read_text(encoding="utf-8").splitlines() if "/notices/" in line)
    return found


def run(what: Beds | Matters, seconds: float, rate: float) -> tuple[dict[str, int], Told, dict[str, float]]:
    """The whole run: what was found wrong, what was answered, seconds without a good answer after each kill."""
    import shutil

    from django.conf import settings
    from django.db import connections

    from governance import ledger
    from governance.ledger import reading

    shutil.rmtree(settings.EMAIL_FILE_PATH, ignore_errors=True)
    people, count = tokens(40), int(seconds * rate)
    ledger.append("benchmark", {"begins": True})
    ledger.sequence()
    known, told, killed = reading.head().note, Told(), {}
    connections.close_all()
    processes = Processes()
    try:
        _wait_for(processes.port)
        crowd = Thread(target=load, args=(processes.port, people, what, count, rate, told))
        crowd.start()
        pause = seconds / 5
        for name in ("web", "worker", "Valkey", "PostgreSQL"):
            time.sleep(max(0.0, pause - RESTART))
            killed[name] = time.monotonic()
            processes.kill(name)
        crowd.join()
        killed = {name: _recovered(told, at) for name, at in killed.items()}
        killed["until nothing is undone"] = wait_until_done()
        return check(told, what, count, known), told, killed
    finally:
        processes.end()


def _wait_for(port: int) -> None:
    for _ in range(150):
        with suppress(OSError):
            socket.create_connection(("127.0.0.1", port), 1).close()
            time.sleep(3)  # the worker is up too
            return
        time.sleep(0.2)


def _recovered(told: Told, at: float) -> float:
    """The longest stretch without a good answer that began within two seconds of the kill."""
    good = sorted(moment for moment, answer in told.answers if answer in {"200", "201"})
    before = [moment for moment in good if moment <= at + 2]
    gaps = [(later - earlier) for earlier, later in pairwise(good) if at - 0.5 <= earlier <= at + 2]
    return max(gaps, default=0.0) if before else 0.0


def main() -> None:
    """Run, and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--rate", type=float, default=20)
    parser.add_argument("--of", choices=["beds", "matters"], default="beds")
    asked = parser.parse_args()
    prepare()
    what = {"beds": Beds, "matters": Matters}[asked.of](int(asked.seconds * asked.rate))
    found, told, killed = run(what, asked.seconds, asked.rate)
    print(f"{len(told.done)} requests acknowledged; all answers: {dict(Counter(answer for _at, answer in told.answers))}")
    for name, seconds in killed.items():
        print(f"  {name}: {seconds:.1f} s")
    mails = letters()
    print(f"  e-mails: {len(mails)} notices written about, {sum(n - 1 for n in mails.values())} e-mails sent twice")
    for what, count in found.items():
        print(f"  {what}: {count}")
    allowed = {"200", "201", "no answer", "503"}
    strange = {answer for _at, answer in told.answers} - allowed
    sys.exit(f"not kept: {found} {strange}" if any(found.values()) or strange else 0)


if __name__ == "__main__":
    main()
