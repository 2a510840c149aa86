"""What the tables of basic insurance hold by themselves: each constraint takes what is right and refuses what is just beside it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tables import Told, after, each, one, wrong

pytestmark = pytest.mark.django_db
FIRST, SECOND, NEXT = date(2026, 3, 1), date(2026, 3, 2), date(2026, 4, 1)
LINE = {"payer_id": 1, "month": FIRST, "insured_id": 1, "branch": "pension", "paid_on": FIRST}
WORK = {"insured_id": 1, "employer_id": 1, "since": FIRST, "until": NEXT, "state": "registered"}
ALONE = WORK | {"employer_id": None}
GRANTED = {"state": "granted", "kind": "pension", "determined_by_id": 1, "granted_by_id": 2, "monthly_amount": "0.01"}
SETTLED = {
    "state": "settled", "covered_amount": 9, "due_amount": 9, "fee_amount": 0, "head_count": 1, "missing_count": 0, "settled_on": FIRST,
}  # fmt: skip
UNPAID = {"covered_amount": 8, "fee_amount": None, "head_count": 0, "missing_count": 1, "settled_on": None}
DRAWN_UP = {"amount": 1, "drawn_on": FIRST, "months": 1}
SAME = {"employer_part": 1, "person_part": 2, "former_employer_part": 1, "former_person_part": 2}
INJURED = {"kind": "injury", "happened_on": FIRST, "employer_id": 1, "is_clear": True}
ILL = {"kind": "medical", "happened_on": None, "employer_id": None, "is_clear": None}
CLAIM, TRANSFER, BASE_OF = {"insured_id": 1, "kind": "pension", "state": "received"}, {"insured_id": 1, "state": "asked"}, {"spell_id": 1, "since": FIRST}


def _first_of_a_month(column: str) -> tuple[list, list]:
    return [one(**{column: FIRST})], [one(**{column: SECOND}), one(**{column: date(2026, 2, 28)})]


INSURED: Told = {
    "a_closed_account_has_its_last_day": (
        [one(state="closed", closed_on=FIRST), one(state="insured", closed_on=None)],
        [one(state="closed", closed_on=None), one(state="insured", closed_on=FIRST)],
    ),
}  # fmt: skip
MOVED: Told = {
    "one_transfer_at_a_time": (
        [after(TRANSFER, insured_id=2), *(after(TRANSFER, state=state) for state in ("done", "refused", "withdrawn"))],
        [after(TRANSFER, state=state) for state in ("asked", "requested", "informed")],
    ),
    "an_account_is_drawn_up_before_it_moves": (
        [(DRAWN_UP | {"state": "informed"},), (DRAWN_UP | {"state": "done"},), one(state="requested", amount=None, drawn_on=None, months=None)],
        [(DRAWN_UP | {"state": state, name: None},) for state in ("informed", "done") for name in DRAWN_UP],
    ),
    "a_transfer_goes_elsewhere": ([one(old_area_id="1", area_id="2")], [one(old_area_id="1", area_id="1")]),
}  # fmt: skip
CLAIMS: Told = {
    "a_claim_is_examined_once": (
        [after(CLAIM, insured_id=2), after(CLAIM, kind="medical"), *(after(CLAIM, state=state) for state in ("granted", "refused", "withdrawn"))],
        [after(CLAIM, state=state) for state in ("received", "accepted", "waiting")],
    ),
    "a_claim_is_granted_from_a_determination": (
        [one(state="granted", determination_id=1, granted_on=FIRST), one(state="received", determination_id=None, granted_on=None)],
        [one(state="granted", determination_id=None, granted_on=FIRST), one(state="granted", determination_id=1, granted_on=None)],
    ),
    "two_people_grant_a_claim": (
        [(GRANTED,), one(state="received", determined_by_id=1, granted_by_id=1)],
        [(GRANTED | wrong,) for wrong in ({"granted_by_id": 1}, {"granted_by_id": None}, {"determined_by_id": None})],
    ),
    "what_is_granted_is_more_than_nothing": (
        [(GRANTED,), *((GRANTED | {"kind": kind, "monthly_amount": None},) for kind in ("injury", "ability")), one(state="received", kind="pension", monthly_amount=0)],
        [(GRANTED | {"monthly_amount": 0},), (GRANTED | {"monthly_amount": None},), (GRANTED | {"kind": "injury"},), (GRANTED | {"kind": "ability"},)],
    ),
    "an_injury_has_its_day": (
        [(INJURED,), (ILL,)], [(INJURED | {"happened_on": None},), *((ILL | {name: INJURED[name]},) for name in ("happened_on", "employer_id", "is_clear"))],
    ),
    "only_injuries_are_accepted_first": (
        [one(kind="injury", state="accepted"), one(kind="injury", state="waiting"), one(kind="medical", state="granted")],
        [one(kind="medical", state="accepted"), one(kind="pension", state="waiting")],
    ),
}  # fmt: skip
SPELL: Told = {
    "nobody_works_twice_at_one_employer": (
        [
            after(WORK, insured_id=2), after(WORK, employer_id=2), after(WORK, state="refused"), after(WORK, since=date(2026, 4, 2), until=None),
            after(ALONE, employer_id=1), after(ALONE, since=date(2026, 4, 2), until=None),
        ],
        [after(WORK, since=NEXT, until=None), after(ALONE), *(after(WORK, state=state) for state in ("declared", "ended"))],
    ),
    "a_spell_ends_after_it_begins": ([one(since=FIRST, until=FIRST), one(since=FIRST, until=None)], [one(since=SECOND, until=FIRST)]),
    "work_that_has_ended_has_its_last_day": ([one(state="ended", until=FIRST), one(state="registered", until=None)], [one(state="ended", until=None)]),
    "only_flexible_workers_have_no_employer": (
        [one(sort="flexible", employer_id=None), one(sort="enterprise", employer_id=1)],
        [one(sort="flexible", employer_id=1), *(one(sort=sort, employer_id=None) for sort in ("enterprise", "institution", "government", "platform"))],
    ),
    "a_spell_has_a_branch": ([one(branches=["pension"])], [one(branches=[])]),
}  # fmt: skip
BASE: Told = {
    "a_month_has_one_new_base": (
        [after(BASE_OF | {"state": "refused"}, state="declared"), after(BASE_OF | {"state": "declared"}, since=NEXT), after(BASE_OF | {"state": "declared"}, spell_id=2)],
        [after(BASE_OF | {"state": "declared"}), after(BASE_OF | {"state": "registered"}, state="declared")],
    ),
    "a_base_begins_with_a_month": _first_of_a_month("since"),
    "past_months_keep_their_base": (
        [one(since=FIRST, declared_on=date(2026, 3, 31)), one(since=NEXT, declared_on=FIRST)], [one(since=FIRST, declared_on=NEXT)],
    ),
    "a_base_has_a_branch": ([one(branches=["pension"])], [one(branches=[])]),
}  # fmt: skip
RATE: Told = {
    "an_employer_has_one_injury_rate": (
        [after({"employer_id": 1, "since": FIRST, "state": "set"}, **other) for other in ({"employer_id": 2}, {"since": NEXT}, {"state": "withdrawn"})],
        [after({"employer_id": 1, "since": FIRST, "state": "set"})],
    ),
    "an_injury_rate_begins_with_a_month": _first_of_a_month("since"),
    "the_first_class_floats_up_only": (
        [*(one(industry=1, floating=step) for step in "034"), one(industry=2, floating="1"), one(industry=2, floating="2")],
        [one(industry=1, floating="1"), one(industry=1, floating="2")],
    ),
}  # fmt: skip
CONTRIBUTION: Told = {
    "a_contribution_is_entered_once": (
        [after(LINE, **{name: other}) for name, other in {"payer_id": 2, "month": NEXT, "insured_id": 2, "branch": "medical", "paid_on": NEXT}.items()],
        [after(LINE)],
    ),
    "a_contribution_is_for_a_month": _first_of_a_month("month"),
    "a_contribution_is_more_than_nothing": (
        [one(employer_part="0.01", person_part=0), one(employer_part=0, person_part="0.01")], [one(employer_part=0, person_part=0)],
    ),
}  # fmt: skip
STATEMENT: Told = {
    "a_month_is_stated_once": (
        [after({"employer_id": 1, "month": FIRST}, month=NEXT), after({"employer_id": 1, "month": FIRST}, employer_id=2)],
        [after({"employer_id": 1, "month": FIRST})],
    ),
    "a_statement_is_of_a_month": _first_of_a_month("month"),
    "a_month_is_owed_after_it_begins": ([one(month=FIRST, due_on=SECOND)], [one(month=FIRST, due_on=FIRST)]),
    "no_more_covers_than_came_in": (
        [one(covered_amount=9, due_amount=9, paid_amount=9)],
        [one(covered_amount="9.01", due_amount=9, paid_amount=10), one(covered_amount="9.01", due_amount=10, paid_amount=9)],
    ),
    "a_settled_month_is_paid_for_everybody": (
        [(SETTLED,), (SETTLED | UNPAID | {"state": "arrears"},)], [(SETTLED | {name: value},) for name, value in UNPAID.items()],
    ),
    "a_fee_is_fixed_when_the_month_is_paid": (
        [one(fee_amount=None, state="drawn"), one(fee_amount=1, state="settled")], [one(fee_amount=1, state="drawn"), one(fee_amount=0, state="arrears")],
    ),
    "a_month_is_declared_before_it_is_settled": (
        [one(billed_by="roster", state="settled"), one(billed_by="before", state="drawn")], [one(billed_by="before", state="settled")],
    ),
}  # fmt: skip
CORRECTION: Told = {
    "one_correction_at_a_time": (
        [after(LINE | {"state": "asked"}, **{name: other}) for name, other in {"payer_id": 2, "month": NEXT, "insured_id": 2, "branch": "medical", "paid_on": NEXT, "state": "refused"}.items()],
        [after(LINE | {"state": "asked"})],
    ),
    "a_correction_is_of_a_month": _first_of_a_month("month"),
    "a_correction_changes_something": ([(SAME | {"employer_part": 2},), (SAME | {"person_part": 1},)], [(SAME,)]),
}  # fmt: skip
TABLES = {
    "Insured": INSURED, "Transfer": MOVED, "Claim": CLAIMS, "Spell": SPELL, "Base": BASE, "InjuryRate": RATE, "Contribution": CONTRIBUTION,
    "Statement": STATEMENT, "Correction": CORRECTION,
}  # fmt: skip


@each("insurance", TABLES)
def test_each_constraint_takes_what_is_right_and_refuses_what_is_beside_it(model, told):
    assert wrong(model, told) == []
