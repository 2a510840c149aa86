"""What a worker does all the time; and what is told of an outage: once when it begins, once a minute."""

from __future__ import annotations

import logging
from threading import Event
from typing import Any

import pytest
from django.conf import settings
from django.db import OperationalError
from redis.exceptions import ConnectionError as NoConnection

from governance import outbox
from governance.celery import app
from governance.outbox import delivery, tasks
from governance.outbox.models import Item
from governance.servers import steady
from governance.servers.outages import PERIOD, QUIET, OncePerPeriod, away
from tests import together


def line(
    problem: BaseException | None = None, *, logger: str = "django.request", level: int = logging.ERROR
) -> logging.LogRecord:
    given = (type(problem), problem, None) if problem else None
    return logging.LogRecord(logger, level, __file__, 1, "something", (), given)


class Moments:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.at = 1000.0

    def __call__(self) -> float:
        return self.at


def test_an_outage_of_ninety_seconds_is_two_lines_however_often_somebody_tried():
    moments, written = Moments(), []
    outages = OncePerPeriod(moments)
    for _ in range(900):
        told = line(OperationalError("gone"))
        if outages.filter(told):
            written.append(told.outage)
        moments.at += 0.1
    assert [one["away"] for one in written] == ["PostgreSQL"] * 2
    assert written[0]["counted"] == 0
    assert written[1]["counted"] in {599, 600}  # a tenth is no exact number


@pytest.mark.parametrize(
    ("after", "lines"),
    [(QUIET - 0.5, 0), (QUIET, 1), (PERIOD - 0.5, 1), (PERIOD, 1)],
    ids=["the same", "another", "another later", "much later"],
)
def test_the_next_outage_is_told_at_once(after, lines):
    moments = Moments()
    outages = OncePerPeriod(moments)
    assert outages.filter(line(OperationalError("gone")))
    moments.at += after
    assert outages.filter(line(OperationalError("gone"))) == bool(lines)


def test_the_other_server_and_everything_else_are_told_meanwhile():
    outages = OncePerPeriod(Moments())
    assert outages.filter(line(OperationalError("gone")))
    assert outages.filter(line(NoConnection("gone")))
    assert not outages.filter(line(NoConnection("gone")))
    assert outages.filter(line(ValueError("ours"))) and outages.filter(line(ValueError("ours")))
    assert outages.filter(line()) and outages.filter(line())


def test_a_statement_that_took_too_long_is_no_outage():
    class Cause(Exception):
        sqlstate = "57014"

    late = OperationalError("canceling statement due to statement timeout")
    late.__cause__ = Cause()
    assert away(line(late)) == ""


def test_what_libraries_and_our_own_lines_say_counts_as_well():
    assert away(line(logger="psycopg.pool", level=logging.WARNING)) == "PostgreSQL"
    assert away(line(logger="psycopg.pool", level=logging.INFO)) == ""
    assert away(line(logger="celery.worker.consumer.consumer")) == "Valkey"
    answered = line()
    assert away(answered) == ""
    for status, said in ((500, ""), (503, "unknown")):
        answered.status_code = status
        assert away(answered) == said
    ours = line(logger="governance.outbox.tasks")
    ours.msg = {"event": "the database is away", "away": "PostgreSQL"}
    assert away(ours) == "PostgreSQL"
    try:
        raise NoConnection("gone")
    except NoConnection:
        ours.msg = {"event": "something failed", "exc_info": True}
        assert away(ours) == "Valkey"


def test_the_log_is_written_through_it():
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["outages"]


# Without the broker ----------------------------------------------------------------------------------------


def test_a_worker_looks_into_the_outbox_and_numbers_without_being_told_by_the_broker():
    app.loader.import_default_modules()  # as a worker does when it starts
    assert {made().name for made in steady._made} >= {"outbox", "numbering"}
    assert "outbox.deliver" not in {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}


@pytest.mark.django_db(transaction=True)
def test_what_the_broker_lost_is_done_by_the_worker_s_own_thread(monkeypatch):
    done: list[int] = []
    monkeypatch.setitem(delivery._handlers, "test.work", lambda payload: done.append(payload["number"]))
    monkeypatch.setattr(delivery, "wake", lambda: None)
    outbox.add("test.work", {"number": 1})
    relay = steady.Steadily("outbox", 0.01, tasks.go_on)
    relay.start()
    try:
        for _ in range(1200):
            if not Item.objects.undone().exists():
                break
            relay.ended.wait(0.05)
    finally:
        relay.ended.set()
        together.ended([relay])
    assert done == [1]


def test_what_is_left_after_a_turn_is_done_without_a_pause(monkeypatch):
    moments, batches = iter([0.0, 2.0, 10.0, 10.5]), iter([50, 3])
    monkeypatch.setattr(tasks.time, "monotonic", lambda: next(moments))
    monkeypatch.setattr(tasks, "deliver_due", lambda _limit, until: next(batches))
    assert tasks.take_turn() == (50, True)
    assert tasks.take_turn() == (3, False)


def test_a_fault_ends_no_thread(monkeypatch):
    turns: list[Any] = []

    def work() -> bool:
        turns.append(1)
        if len(turns) == 1:
            raise ValueError("ours")
        thread.ended.set()
        return True

    thread = steady.Steadily("test", 0.01, work)
    thread.start()
    together.ended([thread])
    assert len(turns) == 2


def test_a_worker_that_ends_finishes_what_it_has_begun(monkeypatch):
    begun, may_end, finished = Event(), Event(), []

    def work() -> None:
        begun.set()
        may_end.wait(together.LONGEST)
        finished.append(1)

    thread = steady.Steadily("test", 0.01, work)
    monkeypatch.setattr(steady, "_running", [])
    monkeypatch.setattr(steady, "_made", [lambda: thread])
    steady.begin()
    assert begun.wait(together.LONGEST)
    steady.end()
    may_end.set()
    steady.finish()
    assert finished == [1] and not thread.is_alive()
