"""Many people at once: a home with beds, citizens with tokens, and threads that all press the button at the same moment."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import timedelta
from itertools import count
from threading import Barrier, Thread
from typing import Any

from benchmarks.measuring import Client


def tokens(number: int) -> list[str]:
    """Access tokens of citizens who may ask for a place."""
    from tests.factories import people

    return [people.token(people.user()) for _ in range(number)]


def homes_with_beds(homes: int, beds: int) -> list[list[int]]:
    """Beds of homes that report their numbers; the beds' numbers by home."""
    from programs.care.models import Bed, Room, Unit
    from tests.factories import care

    runs, made = care.provider(), []
    for _ in range(homes):
        home = care.home(runs)
        care.reports(home, 3, maximum=beds, occupied=0, reserved=0, accepting=beds)
        room = Room.objects.create(unit=Unit.objects.create(home=home, name="一层"), name="101")
        rows = [Bed(reference=f"CH-{home.pk}-{n}", home=home, area_id=home.area_id, room=room, label=str(n), category="nursing", care_level=3)
                for n in range(beds)]  # fmt: skip
        made.append([bed.pk for bed in Bed.objects.bulk_create(rows)])
    return made


_people = count(1)


def wish(in_days: int = 3, person: int | None = None) -> bytes:
    """A stay until further notice, for somebody's mother, another one each time: nobody is kept two beds in one home."""
    from governance.clocks.now import today

    day, name = today() + timedelta(days=in_days), f"示例老人{next(_people) if person is None else person}"
    told = {"arrives_on": day.isoformat(), "relation": "parent", "resident_name": name, "resident_born_on": "1941-03-08"}
    return json.dumps(told).encode()


class Citizen:
    """Somebody who asks for beds over HTTP."""

    def __init__(self, port: int, token: str) -> None:
        self.client = Client(port, {"Authorization": f"Bearer {token}", "Content-Type": "application/json"})

    def ask(self, bed: int, body: bytes) -> int:
        """The status of the answer."""
        return self.client.post(f"/api/care/beds/{bed}/reserve-bed/", body, {})[0]


def together(work: list[Callable[[], Any]]) -> tuple[list[Any], float]:
    """Do all of these at once; what came of each, and the seconds it took."""
    gate, found = Barrier(len(work) + 1), [None] * len(work)

    def run(number: int) -> None:
        gate.wait(60)
        found[number] = work[number]()

    threads = [Thread(target=run, args=[n], daemon=True) for n in range(len(work))]
    for thread in threads:
        thread.start()
    gate.wait(60)
    began = time.perf_counter()
    for thread in threads:
        thread.join(300)
    return found, time.perf_counter() - began
