"""Many records at once: each has its event, all share a leaf, and the audit sees what is changed afterwards."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection, transaction

from governance import ledger
from governance.actions import Event, bulk
from governance.actions.columns import columns_of, digests
from governance.actions.models import GONE, Part
from governance.clocks.now import now
from governance.ledger.models import Leaf
from programs.care.models import Bed, Home
from tests import audited
from tests.architecture.examples import EXAMPLES
from tests.factories import care

pytestmark = pytest.mark.django_db


def read(model, pk):
    return model._base_manager.get(pk=pk)


@pytest.mark.parametrize("model", EXAMPLES, ids=lambda model: model._meta.label)
def test_a_value_is_sealed_alike_in_python_and_in_sql(model):
    record = read(model, EXAMPLES[model]().pk)
    with bulk.bundle("test") as bundle:
        told = bundle.founded(model, [record.pk])
    part = Part.objects.get(event__record_id=record.pk, bundle=bundle.id)
    content = json.loads(bytes(part.content))
    assert told.count == 1 and len(content["values"]) >= 2
    assert content["values"] == digests(record, bytes(part.salt)[32:])


ODD = {
    "name": "示例“院”\\\"'；\t%s{x}", "price_from_amount": Decimal("1200.50"), "price_to_amount": Decimal(10000), "longitude": 101.1, "latitude": 5.0,
    "services": ["meals", "respite"], "price_includes": [], "deposit_amount": Decimal(0), "stars_valid_until": date(2027, 2, 28), "price_note": "a\nb",
    "created_at": now().replace(microsecond=0),
}  # fmt: skip


def test_odd_values_too():
    home = care.home()
    Home.objects.filter(pk=home.pk).update(**ODD)
    with bulk.bundle("test") as bundle:
        bundle.founded(Home, [home.pk])
        bundle.changed(Home, [home.pk], names=[*ODD, "meal_fee_amount"])
    for part in Part.objects.filter(bundle=bundle.id):
        told, key = json.loads(bytes(part.content))["values"], bytes(part.salt)[32:]
        assert told == {name: value for name, value in digests(read(Home, home.pk), key, columns_of(Home)).items() if name in told}
    assert "price_includes" not in json.loads(bytes(Part.objects.filter(bundle=bundle.id).earliest("pk").content))["values"]


def test_python_tells_a_value_as_the_table_will_have_it():
    """What an action writes is not read back: a fifth place behind the point, a text for a day, an enumeration."""
    home = care.home()
    home.price_from_amount, home.stars_valid_until, home.longitude, home.star_rating = Decimal("1200.005"), "2027-02-28", "101.10", "3"
    key = b"k" * 32
    before = digests(home, key)
    home.save()
    assert before == digests(read(Home, home.pk), key)


@pytest.fixture
def beds():
    """Two hundred beds that came by a file."""
    home = care.home()
    rows = [care.Bed(home=home, area_id=home.area_id, room=care.bed(home).room, label=f"b{n}", care_level=1, reference=f"CH-x-{n}") for n in range(200)]
    with audited.founded():
        pass
    made = Bed.objects.bulk_create(rows)
    with bulk.bundle("file") as bundle:
        bundle.founded(Bed, "SELECT id FROM care_bed WHERE label LIKE %(like)s", {"like": "b%"}, action="care.add-beds", right={"import": "IM-1"})
    return [read(Bed, bed.pk) for bed in made]


def test_one_leaf_for_all_and_an_event_for_each(beds):
    audited.found_what_is_there()
    event = beds[7].events.get()
    assert (event.action, event.right, event.end, event.start) == ("care.add-beds", {"import": "IM-1"}, "open", "")
    bundle = event.part.bundle
    leaf = Leaf.objects.get(pk=bundle, kind="bundle")
    content = json.loads(bytes(leaf.seal.content))
    assert (content["parts"], content["command"]) == (200, "file") and not Leaf.objects.filter(pk=event.pk).exists()
    assert audited.breaks() == []


@pytest.mark.parametrize(
    ("statement", "fault"),
    [
        ("UPDATE care_bed SET label = 'other' WHERE id = %s", "the label of"),
        ("UPDATE care_bed SET care_level = 2 WHERE id = %s", "the care_level of"),
        ("DELETE FROM care_bed WHERE id = %s", "is gone"),
        ("UPDATE actions_part SET digest = sha256('x') WHERE event_id = (SELECT id FROM actions_event WHERE record_id = %s AND action = 'care.add-beds')", "salt or content"),
        ("DELETE FROM actions_part WHERE event_id = (SELECT id FROM actions_event WHERE record_id = %s AND action = 'care.add-beds')", "199 events of bundle"),
        ("DELETE FROM actions_event WHERE record_id = %s AND action = 'care.add-beds'", "the event of part"),
        ("UPDATE actions_event SET \"right\" = '{}' WHERE record_id = %s AND action = 'care.add-beds'", "is not what was sealed"),
        ("UPDATE actions_part SET salt = NULL, content = NULL WHERE event_id = (SELECT id FROM actions_event WHERE record_id = %s AND action = 'care.add-beds')", "no tombstone"),
    ],
)  # fmt: skip
def test_what_came_by_a_file_is_not_changed_unseen(beds, statement, fault):
    audited.found_what_is_there()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in ("care_bed", "actions_part", "actions_event"):
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        cursor.execute(statement, [beds[7].pk])
    assert any(fault in told for told in audited.breaks())


def test_one_is_erased_alone(beds):
    audited.found_what_is_there()
    event = beds[7].events.get()
    assert ledger.erase(event.pk, "示例") is not None and ledger.erase(event.pk, "示例") is None
    assert Part.objects.get(pk=event.pk).content is None
    assert audited.breaks() == []


def test_changed_and_taken_away_by_a_file(beds):
    audited.found_what_is_there()
    bed, gone = beds[3], beds[4]
    with connection.cursor() as cursor, bulk.bundle("file") as bundle:
        cursor.execute("UPDATE care_bed SET label = 'new' WHERE id = %s", [bed.pk])
        bundle.changed(Bed, [bed.pk], names=["label"])
        bundle.removed(Bed, [gone.pk])
        cursor.execute("DELETE FROM care_bed WHERE id = %s", [gone.pk])
    assert [event.end for event in bed.events.order_by("pk")] == ["open", "open"]
    assert Event.objects.filter(record_id=gone.pk, end=GONE).count() == 1
    assert audited.breaks() == []


def test_a_clock_that_a_file_starts_is_sealed_with_its_date(beds):
    from governance import clocks

    audited.found_what_is_there()
    with bulk.bundle("file") as bundle:
        told = bundle.changed(Bed, [beds[0].pk], names=["label"])
        with connection.cursor() as cursor:
            cursor.execute(told.events)
            ((event, _record),) = cursor.fetchall()
        for row in clocks.opened(beds[0], "care.answer-reservation", at=bundle.at, then="", by=clocks.Doing(None, event, "", "", [])):
            row.save(force_insert=True)
        bundle.tells_dates = True
    assert audited.breaks() == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE clocks_clock SET due_at = due_at + interval '1 day'")
    assert any(told.startswith("date") for told in audited.breaks())


def test_nothing_told_leaves_nothing():
    before = Leaf.objects.count()
    with transaction.atomic(), bulk.bundle("file") as bundle:
        bundle.founded(Bed, [])
    assert Leaf.objects.count() == before


def test_what_was_there_before_is_adopted_once():
    """An event of a former version sealed no values, and some rows had no event at all."""
    request = care.asks()
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE ledger_seal DISABLE TRIGGER ALL; ALTER TABLE ledger_leaf DISABLE TRIGGER ALL")
        cursor.execute("UPDATE ledger_seal SET salt = substr(salt, 1, 32)")
    with_seal = bulk.adopt("test")
    assert with_seal > 1 and [event.action for event in request.events.order_by("pk")] == ["care.reserve-bed", "actions.adopted"]
    assert bulk.adopt("test") == 0
    Home.objects.filter(pk=request.home_id).update(name="another")
    assert [told for told in audited.breaks() if told.startswith(("record", "founding"))] == [f"record: the name of {request.home.reference} is not what its events say"]
