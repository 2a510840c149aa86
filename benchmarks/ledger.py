"""What the ledger costs: python benchmarks/ledger.py [--seconds N] [--leaves N].

First several clients append at a steady rate while another process numbers the leaves, as a worker does; then very many leaves
are written at once, and proofs, the audit inside and the audit by the verifier over HTTP are measured on them.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import resource
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.embedded")
os.environ["EMBEDDED_NAME"] = "benchmark"


def prepare(*, empty: bool = False) -> None:
    """Embedded servers of our own, unless the environment names real ones; with ``empty``, nothing but fresh tables."""
    from governance.embedded import ensure_servers

    ensure_servers("benchmark")
    import django
    from django.core.management import call_command
    from django.db import connection, connections

    django.setup()
    if empty:
        with connection.cursor() as cursor:
            cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
        connections.close_all()
        call_command("migrate", verbosity=0)


def percentile(values: list[float], part: float) -> float:
    """The value that this part of all stays below."""
    return sorted(values)[min(int(len(values) * part), len(values) - 1)]


# Appending ----------------------------------------------------------------------------------------------------------------


WARM = 5  # transactions of every client that are not counted: the first ones connect and plan


def append_steadily(rate: float, seconds: float, seed: int) -> list[tuple[float, float]]:
    """One client: transactions of one batch each, as an action writes, in turn without and with the leaf; milliseconds of both."""
    prepare()
    from django.db import connection, transaction

    from governance import ledger, outbox
    from governance.actions.writing import Batch
    from governance.clocks.identity import uuid7
    from governance.clocks.now import now

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
    chance, taken = random.Random(seed), []
    connection.ensure_connection()
    start = time.monotonic() + chance.random() / rate
    for n in range(WARM + int(rate * seconds)):
        time.sleep(max(start + n / rate - time.monotonic(), 0))
        pair = []
        for with_leaf in chance.sample((False, True), 2):
            began = time.perf_counter()
            with transaction.atomic():
                batch = Batch()
                batch.insert(*outbox.items("benchmark", {"n": n}))
                if with_leaf:
                    batch.insert(*ledger.leaf("event", uuid7(), {"action": "benchmark", "n": n, "changes": {"arrives_on": "2026-11-24"}}, now()))
                batch.send()
            pair.append((with_leaf, (time.perf_counter() - began) * 1000))
        pair.sort()
        taken.append((pair[0][1], pair[1][1]))
    connection.close()
    return taken[WARM:]


def number_until(over: str) -> list[float]:
    """The worker: numbers what waits, once a second; milliseconds of every round."""
    prepare()
    from governance.ledger.sequencing import sequence

    rounds = []
    while not Path(over).exists():
        began = time.perf_counter()
        sequence()
        rounds.append((time.perf_counter() - began) * 1000)
        time.sleep(max(1 - (time.perf_counter() - began), 0))
    sequence()
    return rounds


MERGE = """
SELECT extract(epoch FROM c.signed_at - (convert_from(l.data, 'UTF8')::json->>'time')::timestamptz)
FROM ledger_leaf l JOIN ledger_entry e ON e.leaf_id = l.id
CROSS JOIN LATERAL (SELECT signed_at FROM ledger_checkpoint WHERE size > e.number ORDER BY size LIMIT 1) c
"""


def appending(clients: int, rate: float, seconds: float) -> None:
    """Several clients and one worker, each a process of its own."""
    from django.db import connection

    from governance.ledger import auditing
    from governance.ledger.models import Entry, Leaf

    with ProcessPoolExecutor(clients + 1, mp_context=multiprocessing.get_context("spawn")) as pool:
        over = Path(tempfile.mkdtemp()) / "over"
        worker = pool.submit(number_until, str(over))
        asked = [pool.submit(append_steadily, rate / clients, seconds, n) for n in range(clients)]
        pairs = [pair for one in asked for pair in one.result()]
        over.touch()
        rounds = worker.result()
    without, with_leaf = [a for a, _b in pairs], [b for _a, b in pairs]
    added = percentile(with_leaf, 0.99) - percentile(without, 0.99)
    print(f"{len(pairs):,} leaves by {clients} clients, {rate:.0f}/s for {seconds:.0f} s")
    for name, values in (("without the leaf", without), ("with the leaf", with_leaf)):
        print(f"  a transaction {name}: median {statistics.median(values):.1f} ms, p99 {percentile(values, 0.99):.1f} ms")
    print(f"  added: median {statistics.median(b - a for a, b in pairs):.1f} ms, at p99 {added:.1f} ms")
    with connection.cursor() as cursor:
        cursor.execute(MERGE)
        waits = [float(row[0]) for row in cursor.fetchall()]
    print(f"  until numbered and signed: median {statistics.median(waits):.2f} s, p99 {percentile(waits, 0.99):.2f} s, longest {max(waits):.2f} s")
    print(f"  a round of numbering: median {statistics.median(rounds):.0f} ms, longest {max(rounds):.0f} ms")
    numbers = list(Entry.objects.order_by("number").values_list("number", flat=True))
    whole = numbers == list(range(Leaf.objects.count()))
    faults = [found for found in auditing.audit() if "event" not in found.fault]  # these leaves are of no event
    print(f"  numbers without gap: {whole}; breaks found by the audit: {len(faults)}")


# Very many ----------------------------------------------------------------------------------------------------------------


def fill(count: int) -> None:
    """Leaves as any other, by COPY."""
    from django.db import connection, transaction

    from governance.clocks.identity import uuid7
    from governance.clocks.now import now
    from governance.ledger.canonical import canonical, commitment, leaf_data

    at = now()
    with transaction.atomic(), connection.cursor() as cursor:
        rows = []
        for n in range(count):
            id, salt, content = uuid7(), secrets.token_bytes(32), canonical({"action": "benchmark", "n": n})
            rows.append((id, leaf_data("benchmark", id, at, commitment(salt, content)), salt, content))
        with cursor.copy("COPY ledger_leaf (id, kind, data) FROM STDIN") as copy:
            for id, data, _salt, _content in rows:
                copy.write_row((id, "benchmark", data))
        with cursor.copy("COPY ledger_seal (leaf_id, salt, content) FROM STDIN") as copy:
            for id, _data, salt, content in rows:
                copy.write_row((id, salt, content))


def proofs(size: int, asked: int = 2000) -> None:
    """Inclusion proofs of random entries, checked."""
    from governance.ledger import reading
    from governance.ledger.models import Entry
    from governance.ledger.verifier import check_inclusion

    head, chance, wall, own = reading.head(), random.Random(6962), [], []
    for _ in range(asked):
        number = chance.randrange(head.size)
        began, processor = time.perf_counter(), time.process_time()
        proof = reading.inclusion(number, head)
        wall.append((time.perf_counter() - began) * 1000)
        own.append((time.process_time() - processor) * 1000)
        if _ % 100 == 0:
            check_inclusion(bytes(Entry.objects.get(pk=number).hash), number, head.size, proof.path, bytes(head.root))
    print(f"  an inclusion proof in {size:,}: median {statistics.median(wall):.2f} ms, p99 {percentile(wall, 0.99):.2f} ms "
          f"(of it in Python {statistics.median(own):.2f} ms)")


def over_http() -> None:
    """The verifier as it is downloaded, against the web server."""
    from governance.ledger import notes

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    web = subprocess.Popen([sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--workers", "2",
                            "--log-level", "warning", "governance.wsgi:application"], cwd=PROJECT)
    try:
        address = f"http://127.0.0.1:{port}/ledger"
        for _ in range(600):  # a machine that others use takes its time to start
            try:
                with urllib.request.urlopen(f"{address}/checkpoint", timeout=10):
                    break
            except OSError:
                time.sleep(0.2)
        began, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
        program = [sys.executable, "-I", str(PROJECT / "governance/ledger/verifier.py"), "audit", address, "--key", notes.verifier_key()]
        said = subprocess.run(program, capture_output=True, text=True, check=False).stdout.strip()
        used = resource.getrusage(resource.RUSAGE_CHILDREN)
        own = used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime
        print(f"  the whole log audited by the verifier over HTTP: {time.perf_counter() - began:.1f} s (its own processor time {own:.1f} s): {said[:60]}")
    finally:
        web.terminate()
        web.wait()


def many(count: int) -> None:
    """Very many leaves, and what is asked of them."""
    from governance.ledger import auditing
    from governance.ledger.sequencing import sequence

    began = time.perf_counter()
    fill(count)
    print(f"{count:,} leaves written in {time.perf_counter() - began:.0f} s")
    began = time.perf_counter()
    numbered = sequence()
    spent = time.perf_counter() - began
    print(f"  numbered: {numbered:,} in {spent:.0f} s ({numbered / spent:,.0f}/s)")
    proofs(count)
    began = time.perf_counter()
    found = [one for one in auditing.audit() if "event" not in one.fault]
    print(f"  audited inside (manage.py ledger audit): {time.perf_counter() - began:.1f} s, {len(found)} breaks, "
          f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MiB")
    over_http()


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clients", type=int, default=8)
    asked.add_argument("--rate", type=float, default=50)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--leaves", type=int, default=1_000_000)
    options = asked.parse_args()
    prepare(empty=True)
    print(json.dumps({"load average": [round(one, 1) for one in os.getloadavg()], "processors": os.cpu_count()}))
    if options.seconds:
        appending(options.clients, options.rate, options.seconds)
        prepare(empty=True)
    if options.leaves:
        many(options.leaves)


if __name__ == "__main__":
    main()
