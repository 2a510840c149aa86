"""Behind the counter of a home, over HTTP: who is entered, whom it can ring, and what it is warned of."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from governance.clocks.now import today
from programs.care import actions
from programs.care.models import Reservation
from programs.care.vocabulary import SexRule
from tests.factories import care, people

pytestmark = pytest.mark.django_db

ENGLISH = {"accept-language": "en"}
BORN = date(1941, 3, 8)
MOTHER = {"relation": "parent", "resident_name": "示例母亲", "resident_born_on": BORN}


def test_a_resident_is_entered_from_the_board(client: Any, sign_in: Callable[..., Any]):
    home = care.home()
    bed, lived_in = care.bed(home, sex_rule=SexRule.WOMEN), care.bed(home, room="102")
    care.admitted(for_bed=lived_in)
    sign_in(people.member(home.provider))
    assert f"register-resident/?bed={bed.pk}" in client.get(f"/care/homes/{home.pk}/board/").text
    address = f"/care/homes/{home.pk}/register-resident/"
    page = client.get(f"{address}?bed={bed.pk}", headers=ENGLISH).text
    assert f'value="{bed.pk}" selected>{bed.label} · ' in page
    assert f"{lived_in.label} · " not in page
    sent = {
        "resident_name": "示例老人", "resident_born_on": "1941-03-08", "sex": "male", "bed": bed.pk, "moved_in_on": today().isoformat(),
    }  # fmt: skip
    refused = client.post(address, sent, headers=ENGLISH)
    assert (refused.status_code, "kept for women" in refused.text) == (422, True)
    assert client.post(address, sent | {"sex": "female"}).status_code == 302
    assert Reservation.objects.get(resident_name="示例老人").bed == bed


def test_the_home_sees_whom_it_can_ring_and_others_do_not(client: Any, sign_in: Callable[..., Any]):
    request = care.asks(telephone="000-0000-7777")
    sign_in(people.member(request.home.provider))
    assert "tel:000-0000-7777" in client.get(f"/care/reservations/{request.pk}/").text
    client.logout()
    sign_in(people.member(care.provider().stakeholder))
    assert client.get(f"/care/reservations/{request.pk}/").status_code == 404


def test_the_home_is_warned_before_somebody_moves_in(client: Any, sign_in: Callable[..., Any]):
    who = care.citizen()
    held = care.confirmed(who, arrives_on=today())
    sign_in(people.member(held.home.provider))
    page = lambda: client.get(f"/care/reservations/{held.pk}/", headers=ENGLISH).text  # noqa: E731
    assert "Another home" not in page()
    other = care.asks(who)
    assert "Another home still keeps a bed" in page()
    assert other.home.name not in page()
    actions.WithdrawReservation.do(who, other)
    assert "Another home" not in page()


def test_the_home_is_warned_of_somebody_who_lives_elsewhere_by_name(client: Any, sign_in: Callable[..., Any]):
    held = care.confirmed(**MOTHER, arrives_on=today())
    care.admitted(**MOTHER)
    held.refresh_from_db()
    assert held.state == "moot"
    asked = care.asks(**MOTHER, arrives_on=today())
    sign_in(people.member(asked.home.provider))
    assert "still lives in another home" in client.get(f"/care/reservations/{asked.pk}/", headers=ENGLISH).text


def test_endings_are_never_the_next_step(client: Any, sign_in: Callable[..., Any]):
    stay = care.admitted()
    sign_in(people.member(stay.home.provider))
    listed = client.get("/care/reservations/?stage=living").text
    assert stay.reference in listed
    assert "discharge-resident" not in listed
    assert "record-death" not in listed
    page = client.get(f"/care/reservations/{stay.pk}/").text
    assert "discharge-resident" in page
