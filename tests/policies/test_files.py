"""Files of policies: to their holders, kept apart without one, brought up to date, and no number anywhere in the clear."""

import pytest
from django.db import connection

from governance.imports.models import Import, ImportPiece
from programs.policies import actions
from programs.policies.models import Policy
from tests.factories import care, imports, policies

pytestmark = pytest.mark.django_db


@pytest.fixture
def insurer():
    return policies.insurer()


def hand_in(who, rows):
    return imports.rows_handed_in(who, rows, actions.ImportPolicies)


def row(product, holder, number="P-2024-0001", **changes):
    return {
        "product": product.code, "policy_number": number, "holder_number": holder, "effective_on": "2024-01-01", "cover": "2000000", "premium": "3600", "claims_count": "0",
        "claims_paid": "0", "as_of": "2026-01-31",
    } | changes  # fmt: skip


def test_each_policy_goes_to_its_holder_and_the_others_stay_apart(insurer):
    product = policies.on_sale(insurer)
    who, number = policies.person()
    unknown = policies.identity_number()
    done = imports.apply(insurer, hand_in(insurer, [row(product, number), row(product, unknown, "P-2024-0002")]))
    assert (done.state, done.applied_count) == ("applied", 2), imports.problems(done)
    assert Policy.objects.visible_to(care.Acting(who)).get().cover == 2_000_000
    assert Policy.objects.of_insurer(insurer.stakeholder_id).numbers() == {"all": 2, "apart": 1, "in_force": 2}
    later, _number = policies.person(unknown)
    again = hand_in(insurer, [row(product, number), row(product, unknown, "P20240002", as_of="2026-02-28", premium="3700")])
    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 1, 1), imports.problems(again)
    again = imports.apply(insurer, again)
    assert Policy.objects.visible_to(care.Acting(later)).get().premium == 3700, "whoever came later is found with the next file"
    assert imports.undo(insurer, again).state == "undone" and imports.undo(insurer, done).state == "undone"
    assert not Policy.objects.exists()


def test_a_policy_of_a_file_is_the_same_as_one_registered_by_hand(insurer):
    product = policies.on_sale(insurer)
    _who, number = policies.person()
    policies.policy(insurer, product, number, policy_number="p 2024 0001", as_of=policies.today())
    assert imports.problems(hand_in(insurer, [row(product, number)])) == {(2, "as_of", "older")}


def test_every_bad_row_is_told(insurer):
    product, group = policies.on_sale(insurer), policies.on_sale(insurer, kind="group")
    number, others = policies.person()[1], policies.on_sale()
    rows = [
        row(others, number, "A1"), row(group, number, "A2"), row(product, "12", "A3"), row(product, number, "A4", expires_on="2023-01-01"), row(product, number, "A5", as_of="2999-01-01"),
        row(product, number, "A6"), row(product, number, "a-6"),
    ]  # fmt: skip
    found = imports.problems(hand_in(insurer, rows))
    assert found == {
        (2, "product", "unknown-product"), (3, "product", "group-cover"), (4, "holder_number", "no-identity-number"), (5, "expires_on", "runs-backwards"), (6, "as_of", "to-come"),
        (7, "policy_number", "twice"), (8, "policy_number", "twice"),
    }  # fmt: skip
    assert not Policy.objects.exists()


def test_what_the_table_refuses_is_told_row_by_row(insurer):
    """No policy without a premium, nothing paid without a claim: a row says so, and not the database for the whole file."""
    product, number = policies.on_sale(insurer), policies.person()[1]
    rows = [
        row(product, number, "B1", premium="0"), row(product, number, "B2", premium="0.01"), row(product, number, "B3", claims_paid="5"),
        row(product, number, "B4", claims_count="1", claims_paid="5"),
    ]  # fmt: skip
    assert imports.problems(hand_in(insurer, rows)) == {(2, "premium", "no-premium"), (4, "claims_paid", "paid-without-claim")}


def test_a_file_does_not_move_a_policy_to_somebody_else(insurer):
    product = policies.on_sale(insurer)
    imports.apply(insurer, hand_in(insurer, [row(product, policies.person()[1])]))
    assert imports.problems(hand_in(insurer, [row(product, policies.person()[1], as_of="2026-02-01")])) == {(2, "holder_number", "other-holder")}


def test_nobody_else_reads_the_file_and_no_number_is_kept(insurer):
    product = policies.on_sale(insurer)
    number, policy_number = policies.person()[1], "POL20240099887766"
    done = imports.apply(insurer, hand_in(insurer, [row(product, number, policy_number)]))
    readers = [policies.insurer(), policies.office(), care.citizen(), care.office()]
    assert not any(Import.objects.visible_to(reader).filter(pk=done.pk).exists() for reader in readers)
    assert number.encode() not in b"".join(bytes(one.content) for one in ImportPiece.objects.all())
    with connection.cursor() as cursor:
        for table in ("imports_importrow", "policies_policy", "imports_import", "actions_event"):
            cursor.execute(f"SELECT coalesce(string_agg(x::text, ''), '') FROM {table} x")
            kept = cursor.fetchone()[0]
            assert number not in kept and policy_number not in kept, table
