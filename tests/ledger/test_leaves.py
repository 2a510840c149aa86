"""Leaves come with what they commit to, get their numbers soon, and are never changed."""

from __future__ import annotations

import hashlib
import json
from threading import Barrier
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction

from governance import ledger
from governance.actions.models import Event
from governance.clocks.identity import uuid7
from governance.ledger.canonical import canonical
from governance.ledger.models import Checkpoint, Cosignature, Entry, Leaf, Node, Seal, Waiting, Witness
from governance.ledger.notes import verifier_key
from governance.ledger.proofs import Tree
from governance.ledger.sequencing import rows, sequence
from governance.ledger.verifier import check_inclusion, leaf_hash, read_checkpoint
from tests import together
from tests.conftest import let_the_ledger_be_emptied
from tests.factories import care
from tests.factories.ledger import leaves
from tests.ledger import naive

pytestmark = pytest.mark.django_db


def test_canonical_json_has_one_form():
    assert canonical({"b": [1, None, True], "a": "示例 \"x\""}) == '{"a":"示例 \\"x\\"","b":[1,null,true]}'.encode()


def test_an_action_leaves_a_leaf_that_its_content_opens():
    request = care.asks()
    event = request.events.get()
    leaf = Leaf.objects.get(pk=event.pk)
    told, seal = json.loads(bytes(leaf.data)), leaf.seal
    assert bytes(leaf.data) == canonical(told) and sorted(told) == ["commitment", "id", "time", "type", "v"]
    assert (told["v"], told["type"], told["id"]) == (1, "event", str(event.pk))
    assert told["commitment"] == hashlib.sha256(seal.opens + bytes(seal.content)).hexdigest()
    assert json.loads(bytes(seal.content))["action"] == "care.reserve-bed"
    assert len(seal.opens) == 32 == len(seal.key) and 0 <= seal.code < 2**60


def test_an_action_that_fails_leaves_no_leaf():
    before = Leaf.objects.count()
    with pytest.raises(RuntimeError), transaction.atomic():
        care.asks()
        raise RuntimeError
    assert Leaf.objects.count() == before == Waiting.objects.count()


def test_an_action_is_not_done_when_the_ledger_cannot_take_the_leaf():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE ledger_leaf ADD CONSTRAINT broken CHECK (kind = '')")
    before = Event.objects.count()
    with pytest.raises(DatabaseError), transaction.atomic():
        care.asks()
    assert Event.objects.count() == before


def test_numbering():
    ids = [ledger.append("test", {"n": n}) for n in range(3)]
    assert sequence() == 3 and sequence() == 0
    ids += [ledger.append("test", {"n": n}) for n in range(3, 600)]
    assert sequence(batch=100) == 597
    entries = list(Entry.objects.order_by("number").select_related("leaf"))
    assert [entry.number for entry in entries] == list(range(600))
    assert sorted(ids) == [entry.leaf_id for entry in entries] and not Waiting.objects.exists()
    texts = [bytes(entry.leaf.data) for entry in entries]
    assert Checkpoint.objects.count() == 7
    for checkpoint in Checkpoint.objects.all():
        assert read_checkpoint(checkpoint.note, verifier_key()) == (checkpoint.size, naive.root(texts[: checkpoint.size]))
    assert Node.objects.count() == 2
    check_inclusion(leaf_hash(texts[5]), 5, 600, Tree(600, rows).inclusion(5), naive.root(texts))


GUARDED = [Leaf, Entry, Node, Checkpoint, Cosignature, Seal]


@pytest.fixture
def one_of_each():
    leaves(256)
    sequence()
    witness = Witness.objects.create(name="example.org/witness", key="x")
    Cosignature.objects.create(checkpoint_id=256, witness=witness, line="x", signed_at="2026-01-01T00:00Z")


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {} CASCADE", "UPDATE {} SET {} = {}"])
def test_the_tables_refuse_changes_even_to_their_owner(one_of_each, statement):
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        let_the_ledger_be_emptied(False)  # undone with the test's transaction
        for model in GUARDED:
            column = "code" if model is Seal else model._meta.pk.column
            with pytest.raises(DatabaseError, match="never emptied|Cannot"), transaction.atomic():
                cursor.execute(statement.format(model._meta.db_table, column, column))


@pytest.mark.parametrize("statement", ["DELETE FROM {}", "TRUNCATE {}", "UPDATE {} SET {} = NULL", "ALTER TABLE {} DISABLE TRIGGER ALL", "DROP TABLE {}"])
def test_a_role_that_only_serves_has_no_right_to_change_the_log(statement):
    """The tables belong to a role nobody signs in as; who is granted adding and reading can do nothing else."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE serves_only_here NOLOGIN; GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA public TO serves_only_here")
        cursor.execute("SET LOCAL ROLE serves_only_here")
        for model in GUARDED:
            table = model._meta.db_table
            cursor.execute("SELECT tableowner, (SELECT count(*) FROM ledger_leaf) FROM pg_tables WHERE tablename = %s", [table])
            assert cursor.fetchone() == ("gongzhi_ledger", 0)
            with pytest.raises(DatabaseError, match="permission denied|must be owner"), transaction.atomic():
                cursor.execute(statement.format(table, model._meta.pk.column))


def test_a_seal_is_erased_whole_or_not_at_all(one_of_each):
    seal = Seal.objects.first()
    for wrong in ({"salt": None}, {"content": None, "salt": None}, {"salt": None, "content": None, "code": 5}):
        with pytest.raises(DatabaseError), transaction.atomic():
            Seal.objects.filter(pk=seal.pk).update(**wrong)
    assert Seal.objects.filter(pk=seal.pk).update(salt=None, content=None, code=None) == 1


@pytest.mark.django_db(transaction=True)
def test_who_comes_second_leaves_at_once_and_no_number_is_given_twice():
    ids: list[UUID] = []
    start = Barrier(6, timeout=together.LONGEST)

    def write(count: int) -> None:
        try:
            start.wait()
            for _ in range(count):
                with transaction.atomic():
                    ids.append(ledger.append("test", {"x": str(uuid7())}))
        finally:
            connection.close()

    def number() -> None:
        try:
            start.wait()
            for _ in range(40):
                sequence()
        finally:
            connection.close()

    together.run(*[lambda: write(40)] * 4, *[number] * 2)
    sequence()
    entries = list(Entry.objects.order_by("number").select_related("leaf"))
    assert [entry.number for entry in entries] == list(range(160))
    assert {entry.leaf_id for entry in entries} == set(ids)
    assert Checkpoint.objects.order_by("-size").first().root == naive.root([bytes(entry.leaf.data) for entry in entries])
