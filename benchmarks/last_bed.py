"""Many clients ask for the last bed at the same moment, over HTTP: python -m benchmarks.last_bed [--clients N] [--rounds N].

Then the same with the database's guard taken away: that run must see a bed given twice, or the first one proves nothing.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from functools import partial

from benchmarks.crowd import Citizen, homes_with_beds, together, tokens, wish
from benchmarks.measuring import prepare, served

GUARD = "a_bed_is_held_once"


def play(port: int, people: list[str], beds: list[int]) -> list[Counter[int]]:
    """One round for each bed: how many got which answer."""
    clients = [Citizen(port, token) for token in people]
    return [Counter(together([partial(client.ask, bed, wish()) for client in clients])[0]) for bed in beds]


def holders(beds: list[int]) -> list[int]:
    """How many hold each bed, as the database has it."""
    from django.db.models import Count

    from programs.care.models import Reservation

    held = dict(Reservation.objects.filter(bed_id__in=beds).holding().values_list("bed_id").annotate(Count("pk")).order_by())
    return [held.get(bed, 0) for bed in beds]


def main() -> None:
    """With the guard, then without it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--clients", type=int, default=64)
    parser.add_argument("--rounds", type=int, default=50)
    asked = parser.parse_args()
    prepare()
    from django.db import connection

    people = tokens(asked.clients)
    (guarded,) = homes_with_beds(1, asked.rounds)
    (unguarded,) = homes_with_beds(1, 5)
    with served("benchmarks.ours") as (port, _server):
        answers, held = play(port, people, guarded), holders(guarded)
        with connection.cursor() as cursor:
            cursor.execute(f"ALTER TABLE care_reservation DROP CONSTRAINT {GUARD}")
        loose, doubled = play(port, people, unguarded), holders(unguarded)
    others = sum(answers, Counter())
    print(f"{asked.clients} clients, {asked.rounds} rounds: {held.count(1)} beds with one holder, {sum(n > 1 for n in held)} with more")
    print(f"  answers: {dict(sorted(others.items()))}")
    print(f"without the guard, 5 rounds: holders of each bed {doubled}, answers {dict(sorted(sum(loose, Counter()).items()))}")
    sound = set(held) == {1} and all(round_[201] == 1 for round_ in answers) and set(others) <= {201, 409, 422}
    sys.exit(0 if sound and max(doubled) > 1 else "the last bed was not given exactly once, or the guard was not what prevented it")


if __name__ == "__main__":
    main()
