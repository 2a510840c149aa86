"""Threads of a test, with an end: what waits for ever fails its test and does not hold up the run."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Thread
from typing import Any

LONGEST = 120.0  # seconds: no promise about speed, a machine may be busy


def run(*works: Callable[[], Any], limit: float = LONGEST) -> None:
    """Do all of these at once and wait for them; the first error of one of them is the test's."""
    problems: list[BaseException] = []

    def kept(work: Callable[[], Any]) -> None:
        try:
            work()
        except BaseException as problem:
            problems.append(problem)

    threads = [Thread(target=kept, args=[work], daemon=True) for work in works]
    for thread in threads:
        thread.start()
    ended(threads, limit)
    if problems:
        raise problems[0]


def ended(threads: Iterable[Thread], limit: float = LONGEST) -> None:
    """Wait for threads; one that does not end fails the test."""
    for thread in threads:
        thread.join(limit)
        assert not thread.is_alive(), f"{thread.name} did not end within {limit:.0f} s"
