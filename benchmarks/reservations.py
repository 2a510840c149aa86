"""What a reservation over HTTP costs beside one raw guarded statement: python -m benchmarks.reservations.

64 clients; beds of a thousand homes, then beds of one home that everybody wants. The raw statement counts a home's place
down if there is one and writes a row: no form, no rights, no event, no clock, no commitment, no notice.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
from collections import Counter
from collections.abc import Callable
from functools import partial

from benchmarks.crowd import Citizen, homes_with_beds, together, tokens, wish
from benchmarks.measuring import cpu, family, postgres, prepare, served

_RAW = """
    WITH taken AS (UPDATE raw_home SET free = free - 1 WHERE id = %s AND free > 0 RETURNING id)
    INSERT INTO raw_reservation (home_id, arrives_on, who) SELECT id, current_date, %s FROM taken"""


def raw_tables(homes: int) -> None:
    """The least that could be called a reservation."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE raw_home (id bigint PRIMARY KEY, free int NOT NULL)")
        cursor.execute("CREATE TABLE raw_reservation (id bigserial PRIMARY KEY, home_id bigint NOT NULL, arrives_on date NOT NULL, who text)")
        cursor.execute("INSERT INTO raw_home SELECT n, 1000000 FROM generate_series(0, %s) n", [homes])


class Raw:
    """A connection that does the raw statement, prepared."""

    def __init__(self) -> None:
        from django.db import connection

        own = connection.copy()
        self.connection = own.Database.connect(**own.get_connection_params() | {"autocommit": True, "prepare_threshold": 0})

    def take(self, home: int) -> int:
        """201 if it was to be had."""
        return 201 if self.connection.execute(_RAW, [home, "示例老人"]).rowcount == 1 else 422


def turns(calls: list[Callable[[], int]]) -> list[int]:
    """One after the other."""
    return [call() for call in calls]


class Measured:
    """Rounds of one contestant: reservations a second, and processor time for each without that of the clients."""

    def __init__(self) -> None:
        self.rates: list[float] = []
        self.spent: list[float] = []
        self.answers: Counter[int] = Counter()

    def round(self, work: list[Callable[[], list[int]]], pids: Callable[[], set[int]]) -> None:
        before = cpu(pids())
        found, seconds = together(work)
        done = Counter(status for statuses in found for status in statuses)
        self.answers += done
        self.spent.append((cpu(pids()) - before) / max(1, done[201]) * 1e6)
        self.rates.append(done[201] / seconds)

    def median(self, values: list[float]) -> float:
        return sorted(values)[len(values) // 2]


def contest(port: int, server: int, people: list[str], spread: list[list[int]], hot: list[int], rounds: int, each: int) -> dict[str, Measured]:
    """The four contestants in turns."""
    chance = random.Random(990000)
    clients, raw = [Citizen(port, token) for token in people], [Raw() for _ in people]
    free = [home[:] for home in spread]
    found = {name: Measured() for name in ("spread, HTTP", "spread, raw", "hot, HTTP", "hot, raw")}

    def web() -> set[int]:
        return family(server) | family(postgres())

    def alone() -> set[int]:
        return family(postgres()) | {os.getpid()}

    def somewhere() -> int:
        while not (home := chance.choice(free)):
            continue
        return home.pop()

    for _ in range(rounds):
        plans = [[partial(c.ask, somewhere(), wish()) for _ in range(each)] for c in clients]
        found["spread, HTTP"].round([partial(turns, plan) for plan in plans], web)
        plans = [[partial(r.take, chance.randrange(len(spread))) for _ in range(each * 8)] for r in raw]
        found["spread, raw"].round([partial(turns, plan) for plan in plans], alone)
        plans = [[partial(c.ask, hot.pop(), wish()) for _ in range(each)] for c in clients]
        found["hot, HTTP"].round([partial(turns, plan) for plan in plans], web)
        plans = [[partial(r.take, 0) for _ in range(each * 8)] for r in raw]
        found["hot, raw"].round([partial(turns, plan) for plan in plans], alone)
    return found


def tell(found: dict[str, Measured]) -> None:
    """The table, and the ratios the goals are about."""
    for name, one in found.items():
        print(f"  {name:14} {one.median(one.rates):8.0f} a second   {one.median(one.spent):8.0f} µs each   answers {dict(one.answers)}")
    for where, goal in (("spread", 0.28), ("hot", 0.50)):
        http, raw = found[f"{where}, HTTP"], found[f"{where}, raw"]
        rate, spent = http.median(http.rates) / raw.median(raw.rates), raw.median(raw.spent) / http.median(http.spent)
        print(f"  {where:6}: {rate:.2f} of the raw rate, {spent:.2f} by processor time; the goal was {goal}")


def oversold() -> int:
    """Beds with more than one holder, and levels with more given than there are."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("""
            SELECT (SELECT count(*) FROM (SELECT 1 FROM care_reservation GROUP BY bed_id HAVING count(*) > 1) AS twice)
                 + (SELECT count(*) FROM care_vacancy WHERE accepting < 0 OR reserved > maximum)""")
        return cursor.fetchone()[0]


def main() -> None:
    """Prepare, compete, tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--homes", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--each", type=int, default=4)
    asked = parser.parse_args()
    prepare()
    raw_tables(asked.homes)
    needed = asked.clients * asked.rounds * asked.each
    people, spread = tokens(asked.clients), homes_with_beds(asked.homes, 2 + 2 * needed // asked.homes)
    (hot,) = homes_with_beds(1, needed)
    with served("benchmarks.ours") as (port, server):
        tell(contest(port, server.pid, people, spread, hot, asked.rounds, asked.each))
    print(f"  oversold: {oversold()}")
    sys.exit(0 if oversold() == 0 else "a bed was given twice")


if __name__ == "__main__":
    main()
