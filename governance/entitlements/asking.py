"""Asking every program about a person, each within its own time: one that is dead or hangs costs its own lines and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import structlog
from django.db import DatabaseError, OperationalError, connection, transaction

from governance.entitlements.contract import Asked, Line, Offer, Person, offers
from governance.entitlements.vocabulary import Answered, Standing

log = structlog.get_logger(__name__)
ALL_TOGETHER, LEAST = 1.5, 0.2  # seconds: if several hang, those asked last get what is left
GOOD = (Standing.HAVE, Standing.ACCRUING, Standing.UNCLAIMED)
TOO_LATE = "57014"  # PostgreSQL: the statement was cancelled because of its time limit


@dataclass
class Source:
    """A program that was asked: what it holds, what became of asking, how long it took."""

    offer: Offer
    status: Answered
    held: Any = None
    took: float = 0.0

    @property
    def is_good(self) -> bool:
        return self.status == Answered.IN_TIME


def ask(person: Person, day: date, *, may: Callable[[str], bool] = lambda key: True) -> list[Source]:
    """Every program, one after the other in one transaction, each behind a savepoint and within its limit.

    The database ends a statement that takes longer, also one that waits for a lock; programs read their own tables only,
    so nothing else can hang. Leaving one savepoint, setting the next and its limit is one statement.
    """
    until = time.perf_counter() + ALL_TOGETHER
    with transaction.atomic():
        _send("SAVEPOINT asking")
        found = [_asked(one, person, day, until) if may(one.key) else Source(one, Answered.BARRED) for one in offers()]
        _send("RELEASE SAVEPOINT asking", "SET LOCAL statement_timeout TO DEFAULT")
    return found


def _asked(one: Offer, person: Person, day: date, until: float) -> Source:
    began = time.perf_counter()
    source = Source(one, Answered.IN_TIME)
    limit = min(one.limit, max(LEAST, until - began))
    try:
        _send("RELEASE SAVEPOINT asking", "SAVEPOINT asking", f"SET LOCAL statement_timeout = {round(limit * 1000)}")
        source.held = one.read(person, day)
    except Exception as problem:  # whatever is wrong with one program must not take the page from the person
        source.status = _what_became_of(one, problem)
        connection.needs_rollback = False  # a program may have left a block of its own half done; all of it is taken back here
        _send("ROLLBACK TO SAVEPOINT asking")
    source.took = time.perf_counter() - began
    if not source.is_good:
        log.warning("entitlements.program_silent", program=one.key, status=str(source.status), seconds=round(source.took, 3))
    return source


def _what_became_of(one: Offer, problem: Exception) -> Answered:
    """The database ended it because it took too long, or it failed."""
    if isinstance(problem, OperationalError) and getattr(problem.__cause__, "sqlstate", "") == TOO_LATE:
        return Answered.LATE
    if not isinstance(problem, DatabaseError):
        log.error("entitlements.program_failed", program=one.key, exc_info=problem)
    return Answered.FAILED


def _send(*statements: str) -> None:
    """Several in one round trip."""
    with connection.cursor() as cursor:
        cursor.execute("; ".join(statements))


def answer(sources: Iterable[Source], asked: Asked) -> list[Line]:
    """The lines of every program that answered, worked out for these facts; a program whose rules fail is marked."""
    found: list[Line] = []
    for source in sources:
        if not source.is_good:
            continue
        try:
            found += source.offer.lines(asked, source.held)
        except Exception:  # as above
            log.exception("entitlements.rules_failed", program=source.offer.key)
            source.status = Answered.FAILED
    return found


def answer_and_try(sources: Iterable[Source], asked: Asked) -> list[Line]:
    """The lines, each with what would change it if that is so: the program is asked again with other facts, and must stand by it."""
    sources = list(sources)
    return [replace(line, would_change=line.turn.words) if line.turn and _turns(sources, asked, line) else line for line in answer(sources, asked)]


def _turns(sources: list[Source], asked: Asked, line: Line) -> bool:
    tried = answer(sources, replace(asked, facts=asked.facts | line.turn.facts))  # type: ignore[union-attr]
    return any(one.standing in GOOD for one in tried if (one.key, one.record) == (line.key, line.record))
