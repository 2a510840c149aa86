"""Identifiers sort as they were made, also within one millisecond: what ends at the same instant keeps its declared order."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from governance.clocks.identity import uuid7


def test_identifiers_of_one_millisecond_keep_their_order(monkeypatch):
    monkeypatch.setattr(time, "time_ns", lambda: 1_796_000_000_000_000_000)
    made = [uuid7() for _ in range(2_000)]
    assert made == sorted(made) and len(set(made)) == 2_000
    assert {one.version for one in made} == {7} and {one.variant for one in made} == {"specified in RFC 4122"}


def test_a_clock_set_back_does_not_turn_the_order_round(monkeypatch):
    moments = iter([1_796_000_000_500_000_000, 1_796_000_000_000_000_000, 1_796_000_000_501_000_000])
    monkeypatch.setattr(time, "time_ns", lambda: next(moments))
    first, second, third = uuid7(), uuid7(), uuid7()
    assert first < second < third


def test_the_moment_can_be_read_from_an_identifier():
    before, made, after = time.time_ns() // 1_000_000, uuid7(), time.time_ns() // 1_000_000
    assert before <= made.int >> 80 <= after + 1
    assert abs(datetime.fromtimestamp((made.int >> 80) / 1000, UTC) - datetime.now(UTC)) < timedelta(minutes=1)  # noqa: TID251


def test_threads_never_make_the_same():
    with ThreadPoolExecutor(4) as threads:
        made = list(threads.map(lambda _n: uuid7(), range(4_000)))
    assert len(set(made)) == 4_000
