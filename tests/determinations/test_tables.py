"""What the table of determinations holds by itself: each constraint takes what is right and refuses what is just beside it."""

from __future__ import annotations

import pytest

from tests.tables import Told, after, each, one, wrong

pytestmark = pytest.mark.django_db
REFUSED = {"state": "refused", "outcome": "no", "decided_by_id": 1, "ground": "a"}
GIVEN, ASKED = {"state": "given", "outcome": "yes", "decided_by_id": 1}, {"person_id": 1, "rule": "a", "state": "asked"}

DETERMINATION: Told = {
    "an_adverse_one_has_a_human_and_a_reason": (
        [(REFUSED,), one(state="asked", outcome="no", decided_by_id=None, ground="")],
        [(REFUSED | wrong,) for wrong in ({"outcome": "yes"}, {"outcome": "unknown"}, {"decided_by_id": None}, {"ground": ""})],
    ),
    "what_is_given_is_due": (
        [(GIVEN,), one(state="asked", outcome="no", decided_by_id=None)],
        [(GIVEN | wrong,) for wrong in ({"outcome": "no"}, {"outcome": "unknown"}, {"decided_by_id": None})],
    ),
    "one_asks_once_at_a_time": (
        [after(ASKED, person_id=2), after(ASKED, rule="b"), *(after(ASKED, state=state) for state in ("given", "refused", "withdrawn"))],
        [after(ASKED), after(ASKED, state="incomplete")],
    ),
}  # fmt: skip


@each("determinations", {"Determination": DETERMINATION})
def test_each_constraint_takes_what_is_right_and_refuses_what_is_beside_it(model, told):
    assert wrong(model, told) == []
