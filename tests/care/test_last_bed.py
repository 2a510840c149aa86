"""Many people ask for the last bed at the same moment: real threads, real connections, and the database decides.

The long version over HTTP is ``benchmarks/last_bed.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from threading import Barrier, Thread
from typing import Any

import pytest
from django.db import connection

from governance.actions import Refused
from programs.care import actions
from programs.care.models import Reservation
from tests import together
from tests.factories import care

pytestmark = pytest.mark.django_db(transaction=True)

CLIENTS, ROUNDS = 16, 5


def race(attempts: list[Callable[[], Any]]) -> list[str]:
    """Do all of these at the same moment, each over its own connection; how each of them ended."""
    start, ends = Barrier(len(attempts)), [""] * len(attempts)

    def run(number: int) -> None:
        try:
            connection.ensure_connection()
            start.wait(timeout=20)
            attempts[number]()
            ends[number] = "won"
        except Refused:
            ends[number] = "refused"
        except Exception as problem:
            ends[number] = repr(problem)
            start.abort()
        finally:
            connection.close()

    threads = [Thread(target=run, args=[n], daemon=True) for n in range(len(attempts))]
    for thread in threads:
        thread.start()
    together.ended(threads)
    assert set(ends) <= {"won", "refused"}, set(ends)
    return ends


@contextmanager
def without_the_guard() -> Iterator[None]:
    """As if nobody had thought of the constraint; it is put back afterwards."""
    guard = next(c for c in Reservation._meta.constraints if c.name == "a_bed_is_held_once")
    with connection.schema_editor() as editor:
        editor.remove_constraint(Reservation, guard)
    try:
        yield
    finally:
        with connection.schema_editor(atomic=True) as editor:
            editor.execute("TRUNCATE care_reservation CASCADE")
            editor.add_constraint(Reservation, guard)


def asking_for(bed: Any, people: list[Any]) -> list[Callable[[], Any]]:
    return [partial(care.asks, who, bed) for who in people]


def asking(home: Any) -> list[Callable[[], Any]]:
    return [partial(actions.AskForPlace.do, care.citizen(), home, arrives_on=care.in_days(3)) for _ in range(CLIENTS)]


def test_exactly_one_gets_the_last_bed():
    people, home = [care.citizen() for _ in range(CLIENTS)], care.home()
    for _round in range(ROUNDS):
        bed = care.bed(home)
        ends = race(asking_for(bed, [care.citizen(), *people[1:]]))
        assert sorted(ends) == ["refused"] * (CLIENTS - 1) + ["won"]
        assert bed.reservations.holding().count() == 1
        actions.DeclineReservation.do(care.runs(home), bed.reservations.get(), reason="下一轮", decline_ground="other")


def test_without_the_guard_a_bed_is_given_twice():
    """The test above proves something only if it can fail."""
    bed, people = care.bed(), [care.citizen() for _ in range(CLIENTS)]
    with without_the_guard():
        assert race(asking_for(bed, people)).count("won") > 1
        assert bed.reservations.holding().count() > 1


def test_asking_a_home_for_its_last_bed_is_the_same_race():
    home = care.home()
    care.bed(home)
    assert race(asking(home)).count("won") == 1


def test_places_without_a_bed_board_are_given_once():
    home = care.home()
    care.reports(home, 2, maximum=3, occupied=2, reserved=0, accepting=1)
    assert race(asking(home)).count("won") == 1
