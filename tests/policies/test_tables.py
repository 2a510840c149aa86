"""What the tables of policies hold by themselves: each constraint takes what is right and refuses what is just beside it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tables import Told, after, each, one, wrong

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)
VERSION = {"insurer_id": 1, "code": "a", "version": 1, "state": "on-sale"}
REVIEWED = {"insurer_id": 1, "code": "a", "version": 1, "state": "filed"}
NUMBER = {"insurer_id": 1, "number_index": "a"}

PRODUCT: Told = {
    "a_version_of_a_product_is_one": (
        [after(VERSION, insurer_id=2), after(VERSION, code="b"), after(VERSION, version=2)], [after(VERSION), after(VERSION, state="filed")],
    ),
    "one_version_of_a_product_is_sold": (
        [after(VERSION, insurer_id=2), after(VERSION, code="b"), after(VERSION, state="stopped")], [after(VERSION, version=2)],
    ),
    "one_version_of_a_product_is_reviewed": (
        [after(REVIEWED, insurer_id=2), after(REVIEWED, code="b"), after(REVIEWED, state="on-sale"), after(REVIEWED, state="refused")],
        [after(REVIEWED, version=2, state=state) for state in ("filed", "questioned", "reviewed")],
    ),
    "policies_product_sold_until_after_sold_from": (
        [one(sold_from=DAY, sold_until=DAY), one(sold_from=DAY, sold_until=None)], [one(sold_from=NEXT, sold_until=DAY)],
    ),
}  # fmt: skip
POLICY: Told = {
    "a_policy_number_is_one_policy": ([after(NUMBER, insurer_id=2), after(NUMBER, number_index="b")], [after(NUMBER)]),
    "a_policy_ends_after_it_begins": (
        [one(effective_on=DAY, expires_on=NEXT), one(effective_on=DAY, expires_on=None)],
        [one(effective_on=DAY, expires_on=DAY), one(effective_on=NEXT, expires_on=DAY)],
    ),
    "nothing_is_paid_without_a_claim": (
        [one(claims_count=0, claims_paid=0), one(claims_count=1, claims_paid="0.01"), one(claims_count=1, claims_paid=0)],
        [one(claims_count=0, claims_paid="0.01")],
    ),
}  # fmt: skip


@each("policies", {"Product": PRODUCT, "Policy": POLICY})
def test_each_constraint_takes_what_is_right_and_refuses_what_is_beside_it(model, told):
    assert wrong(model, told) == []
