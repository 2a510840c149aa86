"""What the tables of annuities hold by themselves: each constraint takes what is right and refuses what is just beside it."""

from __future__ import annotations

from datetime import date

import pytest

from tests.tables import Told, after, each, one, wrong

pytestmark = pytest.mark.django_db
DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)
AGREED = {"form": "single", "consent": "congress", "agreed_on": DAY, "present": 9, "in_favour": 5, "highest": 2, "average": 1}
MEMBER, LINE = {"plan_id": 1, "blind": "a", "state": "active"}, {"account_id": 1, "kind": "contribution", "month": DAY}
WISH, VERSION = {"account_id": 1, "heir_blind": "", "state": "asked"}, {"employer_id": 1, "name": "a", "state": "in-force"}
OFFER, TOLD = {"offered_by_id": 1, "name": "a", "state": "offered"}, {"plan_id": 1, "sender_id": 1, "as_of": DAY, "state": "told"}
HEIR = {"heir_blind": "b", "share": 50, "occasion": "inheritance"}

ACCOUNT: Told = {
    "a_member_joins_a_plan_once": (
        [after(MEMBER, plan_id=2), after(MEMBER, blind="b"), after(MEMBER | {"state": "left"}, state="active")],
        [after(MEMBER)],
    ),
    "nobody_leaves_before_joining": (
        [one(joined_on=DAY, left_on=DAY), one(joined_on=DAY, left_on=None)], [one(joined_on=NEXT, left_on=DAY)],
    ),
    "whoever_has_left_has_a_day_and_a_reason": (
        [one(state="active", cause="", left_on=None, forfeiture="none"), one(state="left", cause="retires", left_on=DAY), one(state="closed", cause="retires", left_on=DAY)],
        [
            one(state="active", cause="", left_on=DAY, forfeiture="none"), one(state="active", cause="retires", left_on=None, forfeiture="none"),
            one(state="active", cause="", left_on=None, forfeiture="told"), one(state="left", cause="", left_on=DAY, forfeiture="none"),
            one(state="left", cause="retires", left_on=None, forfeiture="none"),
        ],
    ),
    "what_is_held_is_held_for_a_reason": (
        [*(one(forfeiture=why, held_amount="0.01") for why in ("untold", "told", "objected")), *(one(forfeiture=why, held_amount=0) for why in ("none", "given", "gone"))],
        [*(one(forfeiture=why, held_amount=0) for why in ("untold", "told", "objected")), *(one(forfeiture=why, held_amount="0.01") for why in ("none", "given", "gone"))],
    ),
    "annuities_account_told_on_after_left_on": (
        [one(left_on=DAY, told_on=DAY), one(left_on=None, told_on=DAY), one(left_on=DAY, told_on=None)], [one(left_on=NEXT, told_on=DAY)],
    ),
}  # fmt: skip
ENTRY: Told = {
    "a_month_is_paid_once": (
        [after(LINE, account_id=2), after(LINE, month=NEXT), after(LINE, kind="returns"), after(LINE | {"kind": "paid"})],
        [after(LINE), after(LINE | {"kind": "returns"})],
    ),
    "what_comes_in_is_not_negative": (
        [one(kind="contribution", employer_amount=0, own_amount=0), one(kind="returns", employer_amount=-1, own_amount=-1)],
        [one(kind=kind, employer_amount=a, own_amount=b) for kind in ("contribution", "carried-in") for a, b in (("-0.01", 1), (1, "-0.01"))],
    ),
    "what_goes_out_is_not_positive": (
        [one(kind="paid", employer_amount=0, own_amount=0), one(kind="returns", employer_amount=1, own_amount=1)],
        [one(kind=kind, employer_amount=a, own_amount=b) for kind in ("forfeited", "carried-out", "paid") for a, b in (("0.01", -1), (-1, "0.01"))],
    ),
    "only_what_a_unit_pays_is_written_down": (
        [*(one(kind=kind, booked_amount=1) for kind in ("contribution", "returns", "funded")), one(kind="paid", booked_amount=0)],
        [one(kind=kind, booked_amount="0.01") for kind in ("forfeited", "carried-in", "carried-out", "paid")],
    ),
}  # fmt: skip
PLAN: Told = {
    "no_more_are_in_favour_than_present": ([one(present=9, in_favour=9)], [one(present=9, in_favour=10)]),
    "the_highest_credit_is_no_less_than_the_average": (
        [one(highest="5000.00", average="5000.00")], [one(highest="4999.99", average="5000.00")],
    ),
    "the_employers_part_vests_whole": ([one(vesting=[100]), one(vesting=[0, 100])], [one(vesting=[99]), one(vesting=[100, 99])]),
    "an_enterprise_plan_was_agreed_to": (
        [(AGREED,), one(form="occupational")], [(AGREED | {name: None},) for name in AGREED if name != "form"],
    ),
    "only_an_occupational_annuity_is_written_down": (
        [one(is_notional=True, form="occupational"), one(is_notional=False, form="single")],
        [one(is_notional=True, form="single"), one(is_notional=True, form="collective")],
    ),
    "one_version_of_a_plan_is_in_force": (
        [after(VERSION, name="b"), after(VERSION, employer_id=2), after(VERSION, state="filed")], [after(VERSION)],
    ),
    "a_plan_is_amended_once_at_a_time": (
        [after({"previous_id": 1, "state": "filed"}, previous_id=2), after({"previous_id": 1, "state": "withdrawn"}, state="filed")],
        [after({"previous_id": 1, "state": "filed"}, state="questioned"), after({"previous_id": 1, "state": "questioned"}, state="filed")],
    ),
}  # fmt: skip
COLLECTIVE: Told = {
    "the_part_of_a_joining_employer_vests_whole": ([one(vesting=[0, 100])], [one(vesting=[0, 99]), one(vesting=[100, 0])]),
    "a_trustee_offers_a_plan_once": (
        [after(OFFER, name="b"), after(OFFER, offered_by_id=2), after(OFFER, state="refused"), after(OFFER, state="closed")],
        [after(OFFER), after(OFFER, state="open")],
    ),
}  # fmt: skip
PAYOUT: Told = {
    "an_account_is_drawn_on_once_at_a_time": (
        [after(WISH, account_id=2), after(WISH, heir_blind="b"), after(WISH, state="completed"), after(WISH, state="refused")],
        [after(WISH, state=state) for state in ("asked", "granted", "released")],
    ),
    "an_heir_has_a_part": (
        [one(heir_blind="", share=None), (HEIR,), (HEIR | {"share": 100},), (HEIR | {"share": "0.001"},)],
        [one(heir_blind="", share=50), (HEIR | {"share": 0},), (HEIR | {"share": "100.001"},), (HEIR | {"occasion": "retirement"},)],
    ),
    "only_what_is_carried_over_has_a_target": (
        [one(way="carried", into_id=1), one(way="once", into_id=None)], [one(way="carried", into_id=None), one(way="once", into_id=1)],
    ),
    "what_is_granted_has_an_amount": (
        [*(one(state=state, granted_amount=None) for state in ("asked", "refused", "taken-back")), one(state="granted", granted_amount=1)],
        [one(state=state, granted_amount=None) for state in ("granted", "released", "completed")],
    ),
}  # fmt: skip
REPORT: Told = {
    "a_report_tells_one_thing": (
        [one(assets_amount=1, percent=None), one(assets_amount=None, percent=1, since=DAY)],
        [one(assets_amount=1, percent=1, since=DAY), one(assets_amount=None, percent=None), one(assets_amount=None, percent=1, since=None)],
    ),
    "a_day_is_told_once": (
        [after(TOLD, plan_id=2), after(TOLD, sender_id=2), after(TOLD, as_of=NEXT), after(TOLD | {"state": "corrected"}, state="told")], [after(TOLD)],
    ),
    "annuities_report_as_of_after_since": ([one(since=DAY, as_of=NEXT), one(since=None, as_of=DAY)], [one(since=DAY, as_of=DAY)]),
}  # fmt: skip


@each("annuities", {"Account": ACCOUNT, "Entry": ENTRY, "Plan": PLAN, "Collective": COLLECTIVE, "Payout": PAYOUT, "Report": REPORT})
def test_each_constraint_takes_what_is_right_and_refuses_what_is_beside_it(model, told):
    assert wrong(model, told) == []
