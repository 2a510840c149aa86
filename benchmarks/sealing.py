"""What it costs that every value is sealed: python -m benchmarks.sealing [--times 300] [--rows 20000].

One action with and without the digests of its values, in turns in the same run (processor time of this process); how large what is
sealed is; rows that are founded together, beside the same INSERT without their events; and the audit of all of it.
"""

from __future__ import annotations

import argparse
import statistics
import time
from typing import Any

from benchmarks.measuring import prepare

STATES = ("sealed", "masked")


def actions(times: int) -> dict[str, list[float]]:
    """Milliseconds of processor time of a reservation, with digests and without."""
    from django.db import transaction

    from governance.actions import conclusion
    from tests.factories import care

    own, spent = conclusion.digests, {state: [] for state in STATES}
    home, who = care.home(), care.citizen()
    for turn in range(2 * times + 20):
        state = STATES[turn % 2]
        bed = care.bed(home)
        conclusion.digests = own if state == "sealed" else (lambda record, key, names=None: {})
        with transaction.atomic():
            began = time.process_time()
            care.asks(who, bed)
            if turn >= 20:
                spent[state].append((time.process_time() - began) * 1000)
            transaction.set_rollback(True)
    conclusion.digests = own
    return spent


def sizes() -> dict[str, int]:
    """Bytes of what is sealed of a reservation that is asked for, and confirmed."""
    from governance.ledger.models import Seal
    from tests.factories import care

    made = care.confirmed()
    first, last = made.events.order_by("pk")
    return {event.action: len(bytes(Seal.objects.get(pk=event.pk).content)) for event in (first, last)}


def together(rows: int) -> tuple[float, float, float]:
    """Seconds: beds inserted, told with their events and leaf, audited."""
    from django.db import connection, transaction

    from governance.actions import bulk
    from governance.ledger import auditing
    from governance.ledger.sequencing import sequence
    from programs.care.models import Bed
    from tests.factories import care

    room = care.bed(care.home()).room
    bulk.adopt("benchmark")
    with transaction.atomic(), bulk.bundle("benchmark") as bundle, connection.cursor() as cursor:
        began = time.perf_counter()
        cursor.execute(
            "INSERT INTO care_bed (reference, created_at, area_id, home_id, room_id, label, category, care_level, state) "
            "SELECT 'CH-b-' || n, now(), area_id, home_id, room_id, 'b' || n, category, care_level, state "
            "FROM care_bed, generate_series(1, %s) n WHERE room_id = %s",
            [rows, room.pk],
        )
        inserted = time.perf_counter() - began
        bundle.founded(Bed, "SELECT id FROM care_bed WHERE reference LIKE %(like)s", {"like": "CH-b-%"})
        bundle.seal()
        told = time.perf_counter() - began - inserted
    sequence()
    began = time.perf_counter()
    breaks = [str(one) for one in auditing.audit()]
    assert not breaks, breaks[:3]
    return inserted, told, time.perf_counter() - began


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=300)
    parser.add_argument("--rows", type=int, default=20_000)
    chosen = parser.parse_args()
    prepare()
    report(actions(chosen.times), sizes(), together(chosen.rows), chosen.rows)


def report(spent: dict[str, list[float]], bytes_of: dict[str, int], seconds: tuple[float, float, float], rows: int) -> None:
    """Say it."""
    said: list[Any] = [f"{state}: median {statistics.median(found):.2f} ms of an action" for state, found in spent.items()]
    said += [f"{action}: {size} bytes sealed" for action, size in bytes_of.items()]
    said += [f"{rows} rows: inserted in {seconds[0]:.2f} s, told and sealed in {seconds[1]:.2f} s, the whole audited in {seconds[2]:.2f} s"]
    print("\n".join(said))


if __name__ == "__main__":
    main()
