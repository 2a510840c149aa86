"""Finding who is alike: a hundred thousand rows without a number against a hundred thousand people.

    python -m benchmarks.matching [--people 100000] [--rows 100000]

Names, dates and places are invented as in the labelled set; half of the rows are of people in the register, written wrongly in some way.
What is measured: entering (keys, sealing, one statement for each thousand), looking (shared keys, opening, scoring), asking
(an action with its event, clock and leaf for each question, measured on a few hundred).
"""

from __future__ import annotations

import argparse
import time
from random import Random
from typing import Any

from benchmarks.measuring import prepare


def entries(named: Any, source: str, start: int) -> float:
    """Enter them; seconds."""
    from governance.matching import keeping
    from governance.matching.models import Entry

    began, rows = time.perf_counter(), []
    for place, one in enumerate(named, start):
        rows.append(Entry(source=source, row=place, sealed=keeping.sealed(one), tokens=keeping.tokens(one)))
        if len(rows) == 1000:
            Entry.objects.bulk_create(rows)
            rows = []
    Entry.objects.bulk_create(rows)
    return time.perf_counter() - began


def main() -> None:
    """Fill, measure, tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--people", type=int, default=100_000)
    parser.add_argument("--rows", type=int, default=100_000)
    told = parser.parse_args()
    prepare()
    from django.db import connection

    from governance.clocks.now import now
    from governance.matching import searching
    from governance.matching.models import Entry
    from governance.matching.rules import measuring

    dice = Random(1)
    measuring.PEOPLE = told.people
    people = measuring.register(dice)
    spent = entries(people, "people", 1)
    print(f"  entering {told.people:,} people: {spent:.0f} s, {spent / told.people * 1e6:.0f} µs each")
    known = [dice.randrange(told.people) for _ in range(told.rows // 2)]
    rows = [measuring._WRONG[dice.choice(measuring.SLIPS)](dice, people[place]) for place in known] + [measuring._person(dice) for _ in range(told.rows - len(known))]
    spent = entries(rows, "policies", 1)
    print(f"  entering {told.rows:,} rows: {spent:.0f} s, {spent / told.rows * 1e6:.0f} µs each")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE matching_entry")
    Entry.objects.filter(source="people").update(looked_at=now())
    looked, found, right, began, cpu = 0, 0, 0, time.perf_counter(), time.process_time()
    while batch := list(Entry.objects.not_looked_at(searching.AT_ONCE)):
        for one in searching.alike(batch):
            found += 1
            right += one.entry.row <= len(known) and one.other.row == known[one.entry.row - 1] + 1
        Entry.objects.filter(pk__in=[one.pk for one in batch]).update(looked_at=now())
        looked += len(batch)
    spent, cpu = time.perf_counter() - began, time.process_time() - cpu
    print(f"  looking for {looked:,} rows: {spent:.0f} s, {spent / looked * 1e3:.2f} ms each ({cpu / looked * 1e3:.2f} ms of processor time in Python)")
    print(f"  {found:,} questions, of {len(known):,} that are one {right:,} found ({right / len(known):.1%})")


if __name__ == "__main__":
    main()
