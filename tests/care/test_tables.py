"""What the tables of care hold by themselves: each constraint takes what is right and refuses what is just beside it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tests.tables import Told, after, each, one, wrong

pytestmark = pytest.mark.django_db
DAY, NEXT, LATER = date(2026, 3, 1), date(2026, 3, 2), date(2026, 3, 9)
LEFT, LIVED = ("discharged", "transferred", "deceased"), ("admitted", "discharged", "transferred", "deceased")
FILED = {"filing_number": "a", "state": "open"}
HELD = {"bed_id": 1, "arrives_on": DAY, "leaves_on": NEXT, "state": "requested"}
ASKS, NAMED = {"home_id": 1, "resident_id": 1, "state": "requested"}, {"home_id": 1, "resident_key": "a", "resident_born_on": DAY, "state": "requested"}
COUNTED = {"maximum": 6, "occupied": 1, "reserved": 2, "accepting": 3, "remark": "", "source": "report"}


def _once(first: dict[str, Any], **others: Any) -> tuple[list, list]:
    """Not twice the same; each of the others in its column is another one."""
    return [after(first, **{name: value}) for name, value in others.items()], [after(first)]


def _lives_once(who: dict[str, Any], **others: Any) -> tuple[list, list]:
    """Whoever moves in on the day on which another stay ended is in one place; the day before they are in two."""
    stay = {"moved_in_on": DAY, "moved_out_on": LATER, "state": "discharged"} | who
    apart = [after(stay, **{name: value}) for name, value in others.items()]
    return (
        [*apart, after(stay, moved_in_on=LATER, moved_out_on=None, state="admitted"), after(stay, state="requested")],
        [after(stay, moved_in_on=date(2026, 3, 8), moved_out_on=None, state="admitted"), *(after(stay, state=state) for state in LIVED)],
    )


HOME: Told = {
    "a_filing_number_names_one_home": (
        [after(FILED, filing_number="b"), after(FILED, state="closed"), after(FILED | {"filing_number": ""})], [after(FILED), after(FILED, state="suspended")],
    ),
    "a_price_runs_upwards": (
        [one(price_from_amount=1, price_to_amount=1), one(price_from_amount=None, price_to_amount=1), one(price_from_amount=1, price_to_amount=None)],
        [one(price_from_amount="1.01", price_to_amount=1)],
    ),
    "a_point_has_two_coordinates": (
        [one(latitude=None, longitude=None), one(latitude=90, longitude=180), one(latitude=-90, longitude=-180)],
        [
            one(latitude=1, longitude=None), one(latitude=None, longitude=1), one(latitude="90.00001", longitude=0), one(latitude="-90.00001", longitude=0),
            one(latitude=0, longitude="180.00001"), one(latitude=0, longitude="-180.00001"),
        ],
    ),
}  # fmt: skip
BAND: Told = {
    "a_level_has_one_price_band": _once({"home_id": 1, "care_level": 1}, home_id=2, care_level=2),
    "a_band_runs_upwards": ([one(from_amount=1, to_amount=1)], [one(from_amount="1.01", to_amount=1)]),
}  # fmt: skip
BED: Told = {
    "a_bed_number_is_given_once": (
        [after({"home_id": 1, "label": "a", "state": "open"}, **other) for other in ({"home_id": 2}, {"label": "b"}, {"state": "removed"})],
        [after({"home_id": 1, "label": "a", "state": "open"}), after({"home_id": 1, "label": "a", "state": "open"}, state="out-of-use")],
    ),
}  # fmt: skip
CAPACITY: Told = {
    "the_unknown_has_no_number": (
        [one(precision="unknown", accepting=None), one(precision="exact", accepting=1), one(precision="exact", accepting=None)],
        [one(precision="unknown", accepting=0)],
    ),
    "the_numbers_add_up_or_say_why": (
        [(COUNTED,), *((COUNTED | {"maximum": 7} | other,) for other in ({"remark": "a"}, {"source": "reservation"}, {"occupied": None}, {"reserved": None}, {"accepting": None})), (COUNTED | {"maximum": None},)],
        [(COUNTED | {"maximum": 7},), (COUNTED | {"maximum": 5},), (COUNTED | {"maximum": 7, "source": "import"},)],
    ),
}  # fmt: skip
RESERVATION: Told = {
    "a_bed_is_held_once": (
        [after(HELD, bed_id=2), after(HELD, arrives_on=LATER, leaves_on=None), *(after(HELD, state=state) for state in ("declined", "lapsed", "withdrawn", "moot"))],
        [after(HELD, state=state) for state in ("requested", "confirmed", "admitted")],
    ),
    "one_resident_in_one_bed": _lives_once({"bed_id": 1}, bed_id=2),
    "a_person_asks_a_home_once": (
        [after(ASKS, home_id=2), after(ASKS, resident_id=2), after(ASKS, state="admitted"), after(ASKS, state="withdrawn")],
        [after(ASKS), after(ASKS, state="confirmed")],
    ),
    "a_named_person_asks_a_home_once": (
        [after(NAMED, home_id=2), after(NAMED, resident_key="b"), after(NAMED, resident_born_on=NEXT), after(NAMED | {"resident_born_on": None}), after(NAMED, state="admitted")],
        [after(NAMED), after(NAMED, state="confirmed")],
    ),
    "a_person_lives_in_one_home": _lives_once({"resident_id": 1}, resident_id=2),
    "a_named_person_lives_in_one_home": _lives_once({"resident_key": "a", "resident_born_on": DAY}, resident_key="b", resident_born_on=NEXT),
    "a_stay_ends_after_it_begins": ([one(arrives_on=DAY, leaves_on=NEXT), one(arrives_on=DAY, leaves_on=None)], [one(arrives_on=DAY, leaves_on=DAY)]),
    "who_lives_here_moved_in_on_a_day": (
        [one(state="requested", moved_in_on=None), *(one(state=state, moved_in_on=DAY) for state in LIVED)], [one(state=state, moved_in_on=None) for state in LIVED],
    ),
    "nobody_moves_out_before_moving_in": (
        [one(moved_in_on=DAY, moved_out_on=DAY), one(moved_in_on=DAY, moved_out_on=None)], [one(moved_in_on=NEXT, moved_out_on=DAY)],
    ),
    "who_has_left_moved_out_on_a_day": (
        [one(state="admitted", moved_out_on=None), *(one(state=state, moved_out_on=DAY) for state in LEFT)],
        [one(state="admitted", moved_out_on=DAY), *(one(state=state, moved_out_on=None) for state in LEFT)],
    ),
}  # fmt: skip
TABLES = {
    "Home": HOME, "PriceBand": BAND, "Bed": BED, "CapacityObservation": CAPACITY, "Reservation": RESERVATION,
    "Unit": {"a_unit_is_named_once": _once({"home_id": 1, "name": "a"}, home_id=2, name="b")},
    "Room": {"a_room_is_named_once": _once({"unit_id": 1, "name": "a"}, unit_id=2, name="b")},
    "Vacancy": {"a_need_has_one_vacancy": _once({"home_id": 1, "need": 1}, home_id=2, need=2)},
}  # fmt: skip


@each("care", TABLES)
def test_each_constraint_takes_what_is_right_and_refuses_what_is_beside_it(model, told):
    assert wrong(model, told) == []
