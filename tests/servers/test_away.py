"""While PostgreSQL or Valkey is away: nothing is done by halves, nobody waits long, and what only makes quicker is done without."""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.core.cache.backends.base import BaseCache
from django.db import OperationalError, connection
from psycopg_pool import PoolTimeout
from redis import Redis

from governance import ledger, outbox, servers
from governance.api import throttling
from governance.clocks.now import now
from governance.feedback.models import Matter
from governance.ledger.models import Waiting
from governance.ledger.numbering import number
from governance.outbox import delivery, tasks
from governance.outbox.models import MOST_ATTEMPTS, Item
from governance.servers.base import SHORT, SOON, DatabaseWrapper
from governance.servers.keeping import Cache
from governance.servers.steady import Steadily
from tests import together
from tests.factories import care, people
from tests.factories.feedback import World

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
TRIES = 1200  # of a twentieth of a second
NOBODY_LISTENS = "redis://127.0.0.1:1/0"


# PostgreSQL ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def handled(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Numbers of the items that a handler was called for; what it does besides is said by ``effects``."""
    called: list[int] = []

    def handler(payload: dict[str, Any]) -> None:
        called.append(payload["number"])
        if statement := payload.get("does"):
            with connection.cursor() as cursor:
                cursor.execute(statement)

    monkeypatch.setitem(delivery._handlers, "test.work", handler)
    return called


def work(*effects: str) -> None:
    for n, effect in enumerate(effects):
        outbox.add("test.work", {"number": n, "does": effect})


END_OF_THE_SERVER = "SELECT pg_terminate_backend(pg_backend_pid())"


@pytest.mark.django_db(transaction=True)
def test_a_database_that_dies_ends_the_batch_at_once_and_nothing_counts_as_tried(handled):
    work("SELECT 1", END_OF_THE_SERVER, "SELECT 1", "SELECT 1")
    assert tasks.deliver() == 0
    connection.close()
    assert handled == [0, 1]
    assert set(Item.objects.filter(topic="test.work").values_list("attempts", "done_at")) == {(0, None)}

    Item.objects.filter(payload__number=1).update(payload={"number": 1})
    assert tasks.deliver() == 4
    assert handled == [0, 1, 0, 1, 2, 3]


@pytest.mark.django_db(transaction=True)
def test_an_item_that_takes_the_database_too_long_holds_up_no_other(handled):
    work("SELECT 1", "SET LOCAL statement_timeout = 1; SELECT pg_sleep(1)", "SELECT 1")
    assert tasks.deliver() == 3
    assert handled == [0, 1, 2]
    assert list(Item.objects.undone().values_list("payload__number", "problem")) == [(1, "OperationalError")]


@pytest.mark.django_db
@pytest.mark.parametrize("attempts", [11, 46, 47, 500, MOST_ATTEMPTS])
def test_what_has_failed_for_days_is_tried_again_within_the_hour(handled, attempts):
    """Twice as long each time is longer than any span of time can be, after two days."""
    item = Item.objects.create(topic="test.work", payload={"nothing": "that the handler knows"}, attempts=attempts)
    delivery._do(item)
    item.save()
    item.refresh_from_db()
    assert item.attempts == min(attempts + 1, MOST_ATTEMPTS) and item.problem == "KeyError"
    assert timedelta(minutes=30) < item.due_at - now() <= delivery.LONGEST_WAIT


@pytest.mark.django_db(transaction=True)
def test_a_turn_ends_in_the_middle_of_a_batch(handled, monkeypatch):
    moments = iter([1.0, 3.0])
    monkeypatch.setattr(delivery, "monotonic", lambda: next(moments, 9.0))
    work(*["SELECT 1"] * 5)
    assert delivery.deliver_due(50, until=2.0) == 2
    assert handled == [0, 1]
    assert sorted(Item.objects.undone().values_list("payload__number", "attempts")) == [(2, 0), (3, 0), (4, 0)]


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """From now on the database is away; what it was asked for."""
    asked: list[str] = []

    def gone(*_: Any, **__: Any) -> None:
        asked.append("cursor")
        raise OperationalError("couldn't get a connection after 5.00 sec")

    monkeypatch.setattr(connection, "cursor", gone)
    return asked


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/me/", "/", "/account/", "/api/care/reservations/", "/feedback/new/", "/worklist/"])
def test_whoever_is_signed_in_is_told_at_once_that_we_cannot_answer(client, request, address):
    client.force_login(people.user(), backend=BACKEND)
    client.raise_request_exception = False
    asked = request.getfixturevalue("statements")
    answer = client.get(address)
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")
    assert answer.content
    assert asked == ["cursor"]  # the page that says so asks nothing


@pytest.mark.django_db
def test_a_form_sent_meanwhile_is_a_503_too(client, request):
    client.force_login(people.user(), backend=BACKEND)
    client.raise_request_exception = False
    asked = request.getfixturevalue("statements")
    answer = client.post(f"/care/beds/{1}/reserve-bed/", {"wish": "靠窗"})
    assert (answer.status_code, answer["Retry-After"], asked) == (503, "5", ["cursor"])


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/api/care/reservations/"])
def test_a_session_that_cannot_be_kept_is_a_503_and_no_bad_request(client, address, monkeypatch):
    client.force_login(people.user(), backend=BACKEND)
    client.raise_request_exception = False

    def gone(*_: Any, **__: Any) -> None:
        raise OperationalError("the connection is lost")

    monkeypatch.setattr("django.contrib.sessions.models.Session.save", gone)
    answer = client.get(address)  # the first page after signing in notes when that was
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_an_error_that_came_of_a_server_away_counts_as_that():
    try:
        try:
            raise OperationalError("gone")
        except OperationalError:
            raise ValueError("could not be read")  # noqa: B904 - as code does that does not think of it
    except ValueError as problem:
        assert servers.is_away(problem)
    assert not servers.is_away(ValueError("ours"))
    assert not servers.is_away(None)


@pytest.fixture
def pooled() -> Iterator[DatabaseWrapper]:
    """A connection to the test's database, out of a pool."""
    options = connection.settings_dict["OPTIONS"] | {"pool": {"min_size": 0, "max_size": 1, "timeout": 0.01, "reconnect_timeout": 0.01}}
    wrapper = DatabaseWrapper(connection.settings_dict | {"OPTIONS": options}, alias="pooled")
    yield wrapper
    wrapper.close_pool()


@pytest.mark.django_db
def test_nobody_waits_long_soon_after_somebody_waited_in_vain(pooled, monkeypatch):
    moment = [100.0]
    monkeypatch.setattr("governance.servers.base.monotonic", lambda: moment[0])
    monkeypatch.setattr(DatabaseWrapper, "short_until", 0.0)
    held = pooled.pool
    held.open()
    only = held.getconn(timeout=30)
    with pytest.raises(PoolTimeout):
        pooled.get_new_connection(pooled.get_connection_params())
    held.putconn(only)
    for seconds, patience in ((0.1, SHORT), (SOON - 0.1, SHORT), (SOON, 0.01)):
        moment[0] = 100.0 + seconds
        held.putconn(pooled.get_new_connection(pooled.get_connection_params()))
        assert held.timeout == patience


@pytest.mark.django_db
def test_readiness_is_asked_on_a_connection_of_its_own(client, request, monkeypatch):
    asked = request.getfixturevalue("statements")
    assert client.get("/readyz").json()["database"] is True
    params = connection.get_connection_params()
    monkeypatch.setattr(connection, "get_connection_params", lambda: params | {"host": "127.0.0.1", "port": 1})
    answer = client.get("/readyz")
    assert (answer.status_code, answer.json()["database"], asked) == (503, False, [])


@pytest.mark.django_db
def test_a_migration_may_put_rows_right_and_change_their_table(statements_of_a_migration):
    with connection.schema_editor() as editor:
        for statement in statements_of_a_migration:
            editor.execute(statement)


@pytest.fixture
def statements_of_a_migration() -> list[str]:
    """A check that is put off until the end, a row that it has to look at, and a change of the table meanwhile."""
    return [
        "CREATE TABLE whole (id int PRIMARY KEY)",
        "CREATE TABLE part (whole int REFERENCES whole DEFERRABLE INITIALLY DEFERRED)",
        "INSERT INTO whole VALUES (1)",
        "INSERT INTO part VALUES (1)",
        "ALTER TABLE part ADD COLUMN other int",
    ]


# The log's numbers --------------------------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_leaves_are_numbered_by_a_thread_that_survives_a_database_away(monkeypatch):
    ledger.append("test", {"n": 1})
    with monkeypatch.context() as away:
        away.setattr("governance.ledger.numbering.sequencing.sequence", lambda _batch: (_ for _ in ()).throw(OperationalError("gone")))
        Steadily("numbering", 1.0, number).once()
    assert Waiting.objects.count() == 1
    numbering = Steadily("numbering", 0.01, number)
    numbering.start()
    try:
        for _ in range(TRIES):
            if not Waiting.objects.exists():
                break
            assert numbering.is_alive()
            numbering.ended.wait(0.05)
    finally:
        numbering.ended.set()
        together.ended([numbering])
    assert not Waiting.objects.exists()


# Valkey -------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def no_valkey(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Cache:
    """Nobody listens where Valkey should be."""
    settings.CACHES = {"default": settings.CACHES["default"] | {"LOCATION": NOBODY_LISTENS}}
    settings.CELERY_BROKER_URL = NOBODY_LISTENS
    monkeypatch.setattr(throttling, "_valkey", lambda: Redis.from_url(NOBODY_LISTENS))
    monkeypatch.setattr(delivery, "_broker", lambda: Redis.from_url(NOBODY_LISTENS))
    for module in (throttling, delivery):
        monkeypatch.setattr(module, "_asking", type(module._asking)())
    return cache._connections["default"]


def exercised(kept: BaseCache) -> list[Any]:
    """What a cache answers to all that can be asked of it."""
    kept.set("a", "甲", 60)
    kept.set_many({"b": 1, "c": None})
    said = [kept.get("a"), kept.get("d", "none"), kept.add("a", 2), kept.add("e", 0), kept.incr("e"), kept.incr("e", 4)]
    said += [kept.get_many(["a", "b"]), kept.has_key("b"), kept.touch("b"), kept.delete("b"), kept.has_key("b"), kept.decr("e")]
    kept.delete_many(["a", "e"])
    return [*said, kept.get("a"), kept.get_or_set("f", 7)]


def test_the_cache_answers_the_same_whether_valkey_is_there_or_not(no_valkey, settings):
    there = Cache(settings.CELERY_RESULT_BACKEND, {"KEY_PREFIX": "test-of-both"})
    away = Cache(NOBODY_LISTENS, {})
    assert exercised(there) == exercised(away)
    assert there.asking.was_away is False
    assert away.asking.was_away is True
    for kept in (there, away):
        with pytest.raises(ValueError, match="not found"):
            kept.incr("nothing-of-this-name")
        kept.clear()
    assert there.get("f") is away.get("f") is None


def test_what_a_process_kept_alone_is_forgotten_when_valkey_is_back(settings, monkeypatch):
    kept = Cache(settings.CELERY_RESULT_BACKEND, {"KEY_PREFIX": "test-back"})
    kept.clear()

    def closed(*_: Any, **__: Any) -> None:
        raise ValueError("I/O operation on closed file")  # as redis-py says when a time limit strikes in a handshake

    with monkeypatch.context() as away:
        away.setattr("django.core.cache.backends.redis.RedisCache.get", closed)
        away.setattr("django.core.cache.backends.redis.RedisCache.set", closed)
        kept.set("a", 1)
        assert kept.get("a") == 1
    assert kept.get("a") == 1  # for a moment nobody asks
    kept.asking.silent_until = 0
    assert kept.get("a") is None
    assert kept.own.get("a") is None


def test_nothing_of_somebody_else_is_thrown_away(settings):
    theirs = Redis.from_url(settings.CACHES["default"]["LOCATION"])
    theirs.set("somebody-elses", "value")
    cache.set("ours", 1)
    cache.clear()
    assert cache.get("ours") is None
    assert theirs.get("somebody-elses") == b"value"
    theirs.delete("somebody-elses")


@pytest.mark.django_db(transaction=True)
def test_a_complaint_by_a_program_is_taken_while_valkey_is_away(client, no_valkey):
    area = care.area().pk
    told = {"kind": "complaint", "category": "care", "subject": "食堂停供", "text": "食堂三天没有开门，请问什么时候恢复？", "area": area}
    answer = client.post("/api/feedback/do/submit-matter/", told, content_type="application/json", headers={"Idempotency-Key": str(uuid.uuid4())})
    assert answer.status_code == 201, answer.content
    assert Item.objects.undone().exists()  # the relay finds it by itself


@pytest.mark.django_db
def test_rates_hold_in_every_process_while_valkey_is_away(client, no_valkey, monkeypatch):
    monkeypatch.setattr(throttling.ByAddress, "rate", "2/min", raising=False)
    monkeypatch.setattr(throttling.ByAddress, "timer", lambda _self: 1000.0)
    assert [client.get("/api/care/homes/").status_code for _ in range(3)] == [200, 200, 429]


@pytest.mark.django_db(transaction=True)
def test_a_complaint_on_the_pages_is_taken_while_valkey_is_away(client, no_valkey):
    World()
    steps = {
        "": {"kind": "complaint"}, "about/": {"category": "care", "area": "990101"}, "files/": {}, "contact/": {},
        "text/": {"subject": "多收取暖费", "text": "九月起每月多收一百八十元。"},
    }  # fmt: skip
    client.force_login(people.user(), backend=BACKEND)
    for step in ("", "about/", "text/", "files/", "contact/"):
        assert client.post(f"/feedback/new/{step}", steps[step]).status_code == 302
    assert client.post("/feedback/new/check/").status_code == 302
    assert Matter.objects.get().subject == "多收取暖费"
