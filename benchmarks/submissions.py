"""What it costs to bring a matter, over HTTP, beside one raw insert with its commit: python -m benchmarks.submissions.

Two clients. Ours: validated, with a key against repetition, in a register of words, with its event, its commitment in the log,
its period and the work to be done, in one durable commit. The raw one: one row of the same text.
"""

from __future__ import annotations

import argparse
import json
import os
import uuid
from functools import partial

from benchmarks.crowd import together, tokens
from benchmarks.measuring import Client, cpu, family, postgres, prepare, served

TEXT = "食堂三天没有开门，老人只能自己买饭，请问什么时候恢复？" * 4


class Citizen:
    """Somebody who complains over HTTP, each time about something else."""

    def __init__(self, port: int, token: str) -> None:
        self.client = Client(port, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})

    def complain(self, area: str) -> int:
        """The status of the answer."""
        told = {"kind": "complaint", "category": "care", "subject": "食堂停供", "text": TEXT, "area": area}
        status, said = self.client.post("/api/feedback/do/submit-matter/", json.dumps(told).encode(), {"Idempotency-Key": uuid.uuid4().hex})
        assert status == 201, (status, said[:500].decode())
        return status


class Raw:
    """A connection that inserts and commits, prepared."""

    def __init__(self) -> None:
        from django.db import connection

        own = connection.copy()
        self.connection = own.Database.connect(**own.get_connection_params() | {"autocommit": True, "prepare_threshold": 0})

    def insert(self) -> int:
        """201, as nothing can refuse it."""
        self.connection.execute("INSERT INTO raw_matter (subject, body) VALUES (%s, %s)", ["食堂停供", TEXT])
        return 201


def main() -> None:
    """Prepare, take turns, tell."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=6)
    asked.add_argument("--each", type=int, default=50)
    options = asked.parse_args()
    prepare()
    from django.db import connection

    from tests.factories import care

    area = care.area().pk
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_matter (id bigserial PRIMARY KEY, subject text, body text, at timestamptz DEFAULT now())")
    rates: dict[str, list[float]] = {"ours": [], "raw": []}
    spent: dict[str, list[float]] = {"ours": [], "raw": []}
    with served("benchmarks.ours") as (port, server):
        people, raw = [Citizen(port, token) for token in tokens(2)], [Raw(), Raw()]
        people[0].complain(area)
        for _ in range(options.rounds):
            for name, one, others, many in (
                ("ours", [partial(p.complain, area) for p in people], family(server.pid), options.each),
                ("raw", [r.insert for r in raw], {os.getpid()}, options.each * 20),
            ):
                before = cpu(others | family(postgres()))
                found, seconds = together([partial(lambda ask, n: [ask() for _ in range(n)], ask, many) for ask in one])
                assert {status for statuses in found for status in statuses} == {201}, found
                spent[name].append((cpu(others | family(postgres())) - before) / (2 * many) * 1e6)
                rates[name].append(2 * many / seconds)
    middle = {name: sorted(values)[len(values) // 2] for name, values in spent.items()}
    for name, values in rates.items():
        print(f"  {name:5} {sorted(values)[len(values) // 2]:8.0f} a second   {middle[name]:8.0f} µs each")
    print(f"  {middle['raw'] / middle['ours']:.2f} by processor time; the goal was 0.28")


if __name__ == "__main__":
    main()
