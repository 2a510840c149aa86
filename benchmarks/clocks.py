"""What a due date costs, and what the nightly count of very many: python benchmarks/clocks.py [--clocks N] [--publish]."""

from __future__ import annotations

import argparse
import json
import os
import random
import resource
import statistics
import sys
import time
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(PROJECT))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "governance.settings.test")
EVENTFUL = 0.15  # so many were paused and went on, or were extended
CLOCK = "id, record_type_id, record_id, area_id, rule_id, state, started_at, due_at, closed_at, provisional, \"then\", trace, counted_at"
EVENT = "id, clock_id, kind, at, due_at, user_id, cause, reason, document, amount"


def prepare() -> None:
    """Embedded servers of our own with empty tables, unless the environment names real ones."""
    os.environ["EMBEDDED_NAME"] = "benchmark"
    from governance.embedded import ensure_servers

    ensure_servers("benchmark")
    import django
    from django.core.management import call_command
    from django.db import connection, connections

    django.setup()
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    connections.close_all()
    call_command("migrate", verbosity=0)


class Made:
    """Clocks that do not exist, the same at every run: rules of every law, begun between 2024 and the end of 2026."""

    def __init__(self) -> None:
        from django.contrib.contenttypes.models import ContentType

        from governance.clocks.models import ClockRule
        from governance.clocks.now import LOCAL, now
        from governance.stakeholders.models import Stakeholder

        self.rules = [rule for rule in ClockRule.objects.all() if rule.amount]
        self.extendable = [rule for rule in self.rules if rule.extension_amount]
        self.pausable = [rule for rule in self.rules if rule.pausable]
        self.kind = ContentType.objects.get_for_model(Stakeholder).pk
        self.chance = random.Random(20261123)
        self.first = datetime(2024, 1, 2, 9, tzinfo=LOCAL)
        self.now = now()
        self.known: dict[tuple[int, Any], tuple[Any, str]] = {}

    def rows(self, count: int) -> Iterator[tuple[tuple, list[tuple]]]:
        """Each clock with its events, as they are kept."""
        for number in range(count):
            start = self.first + timedelta(days=self.chance.randrange(1090), seconds=self.chance.randrange(30_000))
            yield self.eventful(number, start) if self.chance.random() < EVENTFUL else self.simple(number, start)

    def simple(self, number: int, start: datetime) -> tuple[tuple, list[tuple]]:
        from governance.clocks import keeping, rules

        rule = self.chance.choice(self.rules)
        key = (rule.pk, start if rule.unit in rules.SHORT_UNITS else start.date())
        if key not in self.known:
            due = keeping.counted(rule, start)
            self.known[key] = due, json.dumps(rules.runs(due.steps), ensure_ascii=False)
        due, trace = self.known[key]
        if rule.unit in rules.SHORT_UNITS:
            self.known.clear()
        return self.kept(number, rule, start, due, trace, [("start", start, due.at, None)])

    def eventful(self, number: int, start: datetime) -> tuple[tuple, list[tuple]]:
        from governance.clocks import keeping, rules

        events = [("start", start, None, None)]
        if self.chance.random() < 0.5:
            rule = self.chance.choice(self.pausable)
            pause = start + timedelta(days=self.chance.randrange(1, 6))
            resume = pause + timedelta(days=self.chance.randrange(1, 40))
            due = keeping.counted(rule, start, pauses=[rules.Pause(pause, resume)])
            events += [("pause", pause, None, None), ("resume", resume, due.at, None)]
        else:
            rule = self.chance.choice(self.extendable)
            due = keeping.counted(rule, start, extensions=[rule.extension_amount])
            events += [("extend", start + timedelta(days=1), due.at, rule.extension_amount)]
        return self.kept(number, rule, start, due, json.dumps(rules.runs(due.steps), ensure_ascii=False), events)

    def kept(self, number: int, rule: Any, start: datetime, due: Any, trace: str, events: list[tuple]) -> tuple[tuple, list[tuple]]:
        from governance.clocks.identity import uuid7

        key = uuid7()
        row = (key, self.kind, number, None, rule.pk, "running", start, due.at, None, due.provisional, "", trace, min(start, self.now))
        return row, [(uuid7(), key, kind, at, told, None, None, "", "", amount) for kind, at, told, amount in events]


def fill(count: int) -> None:
    """Very many clocks in the tables."""
    from django.db import connection

    made, written = Made(), 0
    for batch in _batches(made.rows(count), 50_000):
        with connection.cursor() as cursor:
            with cursor.copy(f"COPY clocks_clock ({CLOCK}) FROM STDIN") as copy:
                for row, _events in batch:
                    copy.write_row(row)
            with cursor.copy(f"COPY clocks_clockevent ({EVENT}) FROM STDIN") as copy:
                for _row, events in batch:
                    for event in events:
                        copy.write_row(event)
        written += len(batch)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def _batches(rows: Iterator[Any], size: int) -> Iterator[list[Any]]:
    from itertools import islice

    while batch := list(islice(rows, size)):
        yield batch


def one_by_one(count: int = 5000) -> None:
    """A due date with its trace as it is kept, nothing remembered from one to the next; processor time, whatever else runs here."""
    from governance.clocks import keeping, rules

    made, taken = Made(), []
    for rule in made.rules:
        keeping.counted(rule, made.first)  # the calendar is read once
    for _ in range(count):
        rule, start = made.chance.choice(made.rules), made.first + timedelta(days=made.chance.randrange(1090))
        pauses = [rules.Pause(start + timedelta(days=2), start + timedelta(days=20))] if rule.pausable else []
        began = time.thread_time()
        rules.runs(keeping.counted(rule, start, pauses=pauses).steps)
        taken.append((time.thread_time() - began) * 1000)
    taken.sort()
    print(
        f"a due date with its trace, processor time: mean {statistics.mean(taken):.3f} ms, median {taken[count // 2]:.3f} ms,"
        f" p99 {taken[int(count * 0.99)]:.3f} ms, longest {taken[-1]:.3f} ms"
    )


def nightly(name: str) -> None:
    """The nightly count as the worker runs it."""
    from governance.promises.tasks import recount

    began, used = time.perf_counter(), time.process_time()
    found = recount.run()
    seconds = time.perf_counter() - began
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name}: {found}, {seconds:.0f} s ({time.process_time() - used:.0f} s in Python, {found['checked'] / seconds:,.0f} a second), {memory:.0f} MiB at most")


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--clocks", type=int, default=1_000_000)
    asked.add_argument("--publish", action="store_true", help="then publish an invented year 2027 and count again")
    options = asked.parse_args()
    prepare()
    one_by_one()
    began = time.perf_counter()
    fill(options.clocks)
    print(f"{options.clocks:,} clocks written in {time.perf_counter() - began:.0f} s")
    nightly("the nightly count")
    if options.publish:
        _publish()
        nightly("the night after a year was published")


def _publish() -> None:
    from datetime import date

    from governance.clocks import imports

    days = [date(2027, 1, 1), *(date(2027, 2, 5) + timedelta(days=n) for n in range(7)), date(2027, 4, 5), date(2027, 5, 3), date(2027, 6, 9)]
    imports.publish(2027, [imports.Line(day, False, "示例") for day in days], source="2027 年放假安排（虚构，用于测量）")


if __name__ == "__main__":
    main()
