"""Whatever a superuser changes behind the back of the system is seen: by the audit, or by whoever kept a checkpoint."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from governance import ledger
from governance.ledger import auditing, notes, reading
from governance.ledger.models import Checkpoint, Entry, Leaf, Node, Waiting
from governance.ledger.sequencing import sequence
from tests import audited
from tests.factories import care, feedback, insurance, people
from tests.factories.ledger import leaves

pytestmark = pytest.mark.django_db

OTHER = "'\\x00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff'::bytea"
TABLES = (
    "ledger_leaf", "ledger_seal", "ledger_entry", "ledger_node", "ledger_checkpoint", "actions_event", "actions_part", "care_reservation", "care_bed", "clocks_clock",
    "clocks_clockevent", "feedback_matter", "feedback_answer", "care_home", "insurance_claim", "stakeholders_mandate", "stakeholders_membership", "stakeholders_stakeholder",
)  # fmt: skip


@pytest.fixture
def world():
    """A few matters, a body with a mandate and members, an insured person with a claim, and a log of more than one tile."""
    with audited.founded():
        matters = [care.confirmed(), care.asks()]
        feedback.World().answered()
        insurance.claim()
        care.bed(care.home(price_from_amount=2000, price_to_amount=3000))
        people.user(verified=False)
    leaves(300)
    sequence(batch=100)
    return matters


@pytest.fixture
def superuser(world):
    """SQL past every trigger and constraint."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER ALL")
        yield cursor


def faults(known: str | None = None) -> set[str]:
    return {found.fault for found in auditing.audit(known)}


def test_an_untouched_world_is_whole(world):
    assert list(auditing.audit(reading.head().note)) == []
    call_command("ledger", "audit", verbosity=0)


ONE_EVENT = "id = (SELECT min(e.id::text)::uuid FROM actions_event e JOIN ledger_leaf l ON l.id = e.id WHERE e.stakeholder_id IS NOT NULL)"
CHANGES = {
    "what an event says": (f"UPDATE actions_event SET reason = 'another' WHERE {ONE_EVENT}", "event"),
    "who did it": (f"UPDATE actions_event SET stakeholder_id = NULL WHERE {ONE_EVENT}", "event"),
    "when it was done": (f"UPDATE actions_event SET done_at = done_at - interval '1 day' WHERE {ONE_EVENT}", "event"),
    "an event is gone": (f"DELETE FROM actions_event WHERE {ONE_EVENT}", "event"),
    "an event without a leaf": (
        f"INSERT INTO actions_event SELECT (jsonb_populate_record(e, '{{\"id\": \"00000000-0000-7000-8000-000000000000\"}}')).* FROM actions_event e WHERE {ONE_EVENT}",
        "event",
    ),
    "a leaf": (f"UPDATE ledger_leaf SET data = data || ' '::bytea WHERE {ONE_EVENT}", "leaf"),
    "the hash of a leaf": (f"UPDATE ledger_entry SET hash = {OTHER} WHERE number = 3", "leaf"),
    "a node": (f"UPDATE ledger_node SET hash = {OTHER}", "node"),
    "a node is gone": ("DELETE FROM ledger_node", "node"),
    "the state of a record": ("UPDATE care_reservation SET state = 'declined' WHERE state = 'requested'", "record"),
    "a value of a record": ("UPDATE care_reservation SET arrives_on = arrives_on - 1", "record"),
    "the reference of a record": ("UPDATE care_reservation SET reference = reference || 'x'", "event"),
    "a record is gone": ("DELETE FROM care_reservation WHERE state = 'requested'", "record"),
    "a salt": (f"UPDATE ledger_seal SET salt = {OTHER} WHERE leaf_id IN (SELECT id FROM actions_event)", "seal"),
    "a content": ("UPDATE ledger_seal SET content = content || ' '::bytea WHERE leaf_id IN (SELECT id FROM actions_event)", "seal"),
    "a seal is erased without a tombstone": (
        "UPDATE ledger_seal SET salt = NULL, content = NULL, code = NULL WHERE leaf_id IN (SELECT id FROM actions_event)", "seal",
    ),
    "a seal is gone": ("DELETE FROM ledger_seal WHERE leaf_id IN (SELECT id FROM actions_event)", "seal"),
    "an entry is gone": ("DELETE FROM ledger_entry WHERE number = 7", "number"),
    "a leaf and its entry are gone": (
        "".join(f"DELETE FROM {table} = (SELECT leaf_id FROM ledger_entry WHERE number = 7);" for table in ("ledger_seal WHERE leaf_id", "ledger_leaf WHERE id"))
        + "DELETE FROM ledger_entry WHERE number = 7", "number",
    ),
    "two entries change places": (
        "UPDATE ledger_entry SET number = -1 - number WHERE number IN (5, 6); UPDATE ledger_entry SET number = 12 + number WHERE number < 0", "checkpoint",
    ),
    "the last entries are gone": ("DELETE FROM ledger_entry WHERE number > 290", "checkpoint"),
    "a signed root": (f"UPDATE ledger_checkpoint SET root = {OTHER} WHERE size = 200", "checkpoint"),
    "a signature": ("UPDATE ledger_checkpoint SET note = replace(note, '\n200\n', '\n201\n') WHERE size = 200", "signature"),
    "a promised date": ("UPDATE clocks_clock SET due_at = due_at + interval '1 day' WHERE state = 'running'", "date"),
    "a promised date and what was told of it": (
        "UPDATE clocks_clock SET due_at = due_at + interval '1 day'; UPDATE clocks_clockevent SET due_at = due_at + interval '1 day'", "event",
    ),
    "an extension nobody decided": (
        ("INSERT INTO clocks_clockevent (id, clock_id, kind, at, due_at, reason, document, amount)"
        " SELECT gen_random_uuid(), id, 'extend', now(), due_at + interval '9 days', '', '', 9 FROM clocks_clock WHERE state = 'running';"
        "UPDATE clocks_clock SET due_at = due_at + interval '9 days' WHERE state = 'running'"), "date",
    ),
    "that a date was told": ("DELETE FROM clocks_clockevent WHERE kind = 'start'", "event"),
    "late made to be in time": ("UPDATE clocks_clock SET closed_at = started_at WHERE state = 'stopped'", "date"),
    "what is late made to be done": ("UPDATE clocks_clock SET state = 'stopped', closed_at = started_at WHERE state = 'running'", "date"),
    "the last checkpoint is gone": ("DELETE FROM ledger_checkpoint WHERE size > 200", "checkpoint"),
    # What people wrote, and who was given power.
    "the text of a complaint": ("UPDATE feedback_matter SET text = 'forged text'", "record"),
    "who brought it": ("UPDATE feedback_matter SET telephone = '13900000000'", "record"),
    "the bed of a reservation": ("UPDATE care_reservation SET bed_id = (SELECT max(id) FROM care_bed) WHERE state = 'requested'", "record"),
    "the applicant of a reservation": ("UPDATE care_reservation SET applicant_id = (SELECT max(id) FROM stakeholders_stakeholder)", "record"),
    "the sex of a resident": ("UPDATE care_reservation SET sex = CASE sex WHEN 'male' THEN 'female' ELSE 'male' END", "record"),
    "a mandate nobody granted": (
        ("INSERT INTO stakeholders_mandate (reference, created_at, duty, legal_basis, legal_basis_is_verified, starts_on, state, area_id, stakeholder_id)"
        " SELECT 'MD-forged', created_at, 'care.approve-homes', legal_basis, true, starts_on, state, area_id, stakeholder_id FROM stakeholders_mandate LIMIT 1"), "founding",
    ),
    "the place of a mandate": ("UPDATE stakeholders_mandate SET area_id = '990000000000' WHERE area_id <> '990000000000'", "record"),
    "the last day of a mandate": ("UPDATE stakeholders_mandate SET ends_on = NULL, starts_on = starts_on - 1", "record"),
    "a reader made an administrator": ("UPDATE stakeholders_membership SET roles = array_append(roles, 'administrator')", "record"),
    "a membership of somebody else": ("UPDATE stakeholders_membership SET user_id = (SELECT max(id) FROM stakeholders_user) WHERE id = (SELECT max(id) FROM stakeholders_membership)", "record"),
    "an identity verified": ("UPDATE stakeholders_stakeholder SET identity_verified_at = now() WHERE identity_verified_at IS NULL AND kind = 'citizen'", "record"),
    "an identity verified earlier": ("UPDATE stakeholders_stakeholder SET identity_verified_at = identity_verified_at - interval '1 microsecond'", "record"),
    "an amount": ("UPDATE insurance_claim SET monthly_amount = coalesce(monthly_amount, 0) + 0.01", "record"),
    "an amount taken away": ("UPDATE care_home SET price_from_amount = NULL WHERE price_from_amount IS NOT NULL", "record"),
    "a bed is gone": ("DELETE FROM care_bed WHERE id NOT IN (SELECT bed_id FROM care_reservation)", "record"),
    "somebody is gone": ("DELETE FROM stakeholders_mandate WHERE id = (SELECT max(id) FROM stakeholders_mandate)", "record"),
}  # fmt: skip


@pytest.mark.parametrize("change", CHANGES)
def test_a_change_by_hand_is_seen(superuser, change):
    statement, fault = CHANGES[change]
    superuser.execute("ALTER TABLE ledger_entry DROP CONSTRAINT entries_count_from_zero")
    superuser.execute(statement)
    assert superuser.rowcount, "something was changed"
    told = StringIO()
    with pytest.raises(CommandError, match="break"):
        call_command("ledger", "audit", stdout=told)
    assert fault in {line.partition(":")[0] for line in told.getvalue().splitlines()}


def test_a_leaf_that_got_lost_on_its_way_is_seen(superuser):
    superuser.execute("ALTER TABLE ledger_leaf ENABLE TRIGGER ALL")
    ledger.append("test", {"n": "lost"})
    assert faults() == set()
    Waiting.objects.all().delete()
    assert faults() == {"number"}


def test_a_leaf_that_waits_too_long_is_seen(superuser):
    superuser.execute("ALTER TABLE ledger_leaf ENABLE TRIGGER ALL")
    ledger.append("test", {"n": "late"})
    superuser.execute("UPDATE ledger_waiting SET since = since - interval '61 seconds'")
    assert faults() == {"late"}


def test_a_log_written_anew_and_signed_anew_is_seen_by_whoever_kept_a_checkpoint(superuser):
    """Everything fits together again: no look at the inside can tell."""
    kept = reading.head().note
    superuser.execute("DELETE FROM ledger_seal WHERE leaf_id = (SELECT leaf_id FROM ledger_entry WHERE number = 250)")
    superuser.execute("DELETE FROM ledger_leaf WHERE id = (SELECT leaf_id FROM ledger_entry WHERE number = 250)")
    superuser.execute("DELETE FROM ledger_entry; DELETE FROM ledger_node; DELETE FROM ledger_checkpoint")
    superuser.execute("INSERT INTO ledger_waiting SELECT id, now() FROM ledger_leaf")
    sequence()
    assert faults() == set(), "positive control: without an outside memory this is not seen"
    assert faults(kept) == {"rewritten"}
    superuser.execute("ALTER TABLE ledger_leaf ENABLE TRIGGER ALL")
    ledger.append("test", {"n": "one more, so that the size is the same"})
    sequence()
    assert faults(kept) == {"rewritten"}


def test_a_checkpoint_of_another_log_is_no_memory(world):
    assert faults(reading.head().note.replace(notes.verifier_key()[:5], "other")) == {"known"}


def test_erasing_leaves_a_tree_that_verifies_and_a_public_tombstone(world):
    event = world[0].events.first()
    before = bytes(Leaf.objects.get(pk=event.pk).data)
    stone = ledger.erase(event.pk, "示例：第一条")
    assert ledger.erase(event.pk, "again") is None
    sequence()
    leaf = Leaf.objects.select_related("seal").get(pk=event.pk)
    assert bytes(leaf.data) == before and (leaf.seal.salt, leaf.seal.content, leaf.seal.code) == (None, None, None)
    assert faults() == set()
    assert [one.pk for one in reading.tombstones(5)] == [stone]


def test_nothing_is_checked_only_by_accident(superuser):
    """Counts of what the audit walked over: a check that sees no rows would find no fault."""
    assert Entry.objects.count() > 300 and Node.objects.count() == 1 and Checkpoint.objects.count() == 4
