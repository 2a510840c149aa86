"""Every process is killed (SIGKILL) in turn while people ask for beds, or complain: python -m benchmarks.killed --help.

Each request has a key of its own and is repeated until it is answered, as a careful client does. Beside them people who are
signed in read their pages. Afterwards everything that was acknowledged must be there, once: reservation or matter, event, leaf,
notice, all the work the outbox held, and the log unbroken. ``--kills PostgreSQL,Valkey,web,PostgreSQL --seconds 48`` kills four times
within 48 seconds; ``--kills PostgreSQL --for 90`` kills one of them and starts it again so many seconds later.
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
from itertools import count as count_up
from itertools import pairwise
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from benchmarks.crowd import homes_with_beds, tokens, wish
from benchmarks.measuring import PROJECT, prepare

PATIENCE, AGAIN, RARELY, RESTART = 10.0, 0.25, 2.0, 1.0  # seconds: for an answer, until asked again (first, later), until a supervisor restarts
LONGEST = 60.0  # until everything that was asked for is done
READERS, BETWEEN = 8, 0.5  # people who are signed in, seconds between two of their pages
PAGES = ("/", "/me/", "/feedback/new/")
BY_DEFAULT = ("web", "worker", "Valkey", "PostgreSQL")


@dataclass
class Told:
    """What the clients were answered, and when."""

    done: dict[str, int] = field(default_factory=dict)  # the key of a request -> the reservation it made
    read: list[tuple[float, float, str]] = field(default_factory=list)  # when a page was asked for, how long it took, the answer
    breaks_before: set[str] = field(default_factory=set)  # what the invented people lack whom the run begins with
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
        web = ["granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(self.port), "--workers", "2"]
        web += ["--blocking-threads", "32", "--log-level", "error"]
        beat = str(Path(os.environ.get("TMPDIR", "/tmp")) / f"beat-{os.getpid()}")
        worker = ["celery", "-A", "governance", "worker", "--pool", "threads", "-c", "2", "--beat", "-s", beat, "-l", "ERROR"]
        self.commands = {"web": [*web, "governance.wsgi:application"], "worker": [*worker, "--without-gossip", "--without-mingle"]}
        self.children = {name: self._started(name) for name in self.commands}

    def _started(self, name: str) -> subprocess.Popen[bytes]:
        with self.log(name).open("ab") as log:
            return subprocess.Popen([sys.executable, "-m", *self.commands[name]], cwd=PROJECT, start_new_session=True, stdout=log, stderr=log)

    def log(self, name: str) -> Path:
        """What one of them wrote, over all its lives."""
        return Path(os.environ.get("TMPDIR", "/tmp")) / f"killed-{os.getpid()}-{name}.log"

    def kill(self, name: str, away: float = RESTART) -> float:
        """SIGKILL, as when the machine runs out of memory; then what a supervisor does. The moment at which it is back."""
        child = self.servers[name].process if name in self.servers else self.children[name]
        os.killpg(child.pid, signal.SIGKILL) if name in self.children else child.kill()
        child.wait()
        time.sleep(away)
        if name in self.servers:
            self._restarted(self.servers[name])
        else:
            self.children[name] = self._started(name)
        return time.monotonic()

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
        return f"/api/care/beds/{self.beds[n]}/reserve-bed/", wish(person=n)

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
    pause = AGAIN
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
        time.sleep(pause)
        pause = min(pause * 2, RARELY)


def sessions(number: int) -> list[str]:
    """Cookies of people who are signed in."""
    from django.conf import settings
    from django.test import Client

    from tests.factories import people

    cookies = []
    for _ in range(number):
        client = Client()
        client.force_login(people.user(), backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies.append(f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}")
    return cookies


def read(port: int, cookie: str, told: Told, ended: Event) -> None:
    """One page after the other, as somebody who is signed in."""
    for n in count_up():
        if ended.wait(BETWEEN):
            return
        began = time.monotonic()
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=100)
        try:
            connection.request("GET", PAGES[n % len(PAGES)], headers={"Cookie": cookie})
            answer = connection.getresponse()
            answer.read()
            said = str(answer.status) if answer.status != 503 or answer.getheader("Retry-After") else "503 without Retry-After"
        except (OSError, http.client.HTTPException):
            said = "no answer"
        finally:
            connection.close()
        with told.lock:
            told.read.append((began, time.monotonic() - began, said))


def load(port: int, people: list[str], what: Beds | Matters, plan: Plan, rate: float, told: Told) -> None:
    """Requests at a steady rate, each on a thread of its own, whatever becomes of those before."""
    began, asking, longest = time.monotonic(), [], LONGEST + max(away for _at, _name, away in plan.kills)
    for n in range(int(plan.seconds * rate)):
        time.sleep(max(0.0, began + n / rate - time.monotonic()))
        end = time.monotonic() + longest
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


def wait_until_done() -> dict[str, float]:
    """Seconds until every leaf has its number, and until nothing is left undone."""
    from django.db import DatabaseError

    from governance.ledger.models import Waiting

    began, numbered = time.monotonic(), LONGEST
    while time.monotonic() - began < LONGEST:
        with suppress(DatabaseError):
            if numbered == LONGEST and not Waiting.objects.exists():
                numbered = time.monotonic() - began
            if not undone():
                break
        time.sleep(0.5)
    return {"until every leaf is numbered": numbered, "until nothing is undone": time.monotonic() - began}


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
    breaks = [line for found in auditing.audit(known) if (line := str(found)) not in told.breaks_before]
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


@dataclass
class Plan:
    """What is killed when: seconds after the beginning, which one, and for how long it is away."""

    seconds: float
    kills: list[tuple[float, str, float]]

    @classmethod
    def of(cls, asked: argparse.Namespace) -> Plan:
        """From the arguments."""
        names = asked.kills.split(",")
        pause = asked.seconds / (len(names) + 1)
        return cls(asked.seconds, [(pause * (n + 1), name, asked.away_for) for n, name in enumerate(names)])


def run(what: Beds | Matters, plan: Plan, rate: float) -> tuple[dict[str, int], Told, list[str]]:
    """The whole run: what was found wrong, what was answered, what is to be told of each kill."""
    import shutil

    from django.conf import settings
    from django.db import connections

    from governance import ledger
    from governance.ledger import auditing, reading

    shutil.rmtree(settings.EMAIL_FILE_PATH, ignore_errors=True)
    people, cookies, count = tokens(40), sessions(READERS), int(plan.seconds * rate)
    ledger.append("benchmark", {"begins": True})
    ledger.sequence()
    known, told, ended = reading.head().note, Told(), Event()
    told.breaks_before = {str(found) for found in auditing.audit(known)}
    connections.close_all()
    processes = Processes()
    try:
        _wait_for(processes.port)
        crowd = Thread(target=load, args=(processes.port, people, what, plan, rate, told))
        readers = [Thread(target=read, args=(processes.port, cookie, told, ended)) for cookie in cookies]
        for thread in (crowd, *readers):
            thread.start()
        killed = killing(processes, plan)
        crowd.join()
        done = wait_until_done()
        ended.set()
        for thread in readers:
            thread.join()
        lines = [
            f"{name}: {_recovered(told, at):.1f} s without a good answer; first one {_first(told, back)} after it was back"
            for name, at, back in killed
        ]
        lines += [f"{name}: {seconds:.1f} s" for name, seconds in done.items()]
        return check(told, what, count, known), told, [*lines, *of_logs(processes)]
    finally:
        ended.set()
        processes.end()


def killing(processes: Processes, plan: Plan) -> list[tuple[str, float, float]]:
    """Kill as planned; which one, when, and when it was back."""
    began, killed = time.monotonic(), []
    for at, name, away in plan.kills:
        time.sleep(max(0.0, began + at - time.monotonic()))
        moment = time.monotonic()
        killed.append((name, moment, processes.kill(name, away)))
    return killed


def of_logs(processes: Processes) -> list[str]:
    """What web and worker wrote: how much, and whether a word of a complaint or a name of a person is in it."""
    found = []
    for name in processes.children:
        text = processes.log(name).read_text(encoding="utf-8", errors="replace")
        personal = sum(word in text for word in ("食堂", "示例老人", "@example", "Traceback"))
        found.append(f"log of {name}: {len(text.splitlines())} lines, {len(text)} characters, {personal} words of people or tracebacks")
    return found


def _first(told: Told, back: float) -> str:
    """Seconds from a moment to the first good answer after it."""
    after = [moment - back for moment, answer in told.answers if answer in {"200", "201"} and moment >= back]
    return f"{min(after):.1f} s" if after else "never"


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
    parser.add_argument("--kills", default=",".join(BY_DEFAULT), help="which are killed one after the other")
    parser.add_argument("--for", dest="away_for", type=float, default=RESTART, help="seconds until each is started again")
    asked = parser.parse_args()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # what was started is ended
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # a process that is started again does not compile everything again
    prepare()
    plan = Plan.of(asked)
    what = {"beds": Beds, "matters": Matters}[asked.of](int(plan.seconds * asked.rate))
    print(f"load before it: {os.getloadavg()[0]:.1f}")
    found, told, lines = run(what, plan, asked.rate)
    print(f"load after it: {os.getloadavg()[0]:.1f}")
    print(f"{len(told.done)} requests acknowledged; all answers: {dict(Counter(answer for _at, answer in told.answers))}")
    longest = max((took for _at, took, _said in told.read), default=0)
    print(f"{len(told.read)} pages read by people signed in: {dict(Counter(said for *_, said in told.read))}; the longest took {longest:.1f} s")
    for line in lines:
        print(f"  {line}")
    mails = letters()
    print(f"  e-mails: {len(mails)} notices written about, {sum(n - 1 for n in mails.values())} e-mails sent twice")
    for name, number in found.items():
        print(f"  {name}: {number}")
    allowed = {"200", "201", "no answer", "503"}
    strange = ({answer for _at, answer in told.answers} | {said for *_, said in told.read}) - allowed
    sys.exit(f"not kept: {found} {strange}" if any(found.values()) or strange else 0)


if __name__ == "__main__":
    main()
