"""Actions are posted: once, by whom they belong to, with the same refusals as on the pages."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connections

from governance.actions.models import Event
from programs.care.models import Reservation
from tests.factories import care, people


@pytest.mark.django_db
def test_from_the_request_to_the_bed(for_user):
    applicant, bed = people.user(), care.bed()
    home = for_user(people.member(bed.home.provider), bed.home.provider)
    made = for_user(applicant).post(f"/api/care/beds/{bed.pk}/reserve-bed/", {"arrives_on": care.in_days(1).isoformat()})
    assert made.status_code == 201, made.content
    address = made.json()["href"]
    assert home.post(f"{address}confirm-reservation/").json()["state"] == "confirmed"
    again = home.post(f"{address}confirm-reservation/")
    assert (again.status_code, again.json()["type"]) == (409, "/api/problems/#not-now")


@pytest.mark.django_db
def test_somebody_else_s_action(for_user):
    applicant = people.user()
    reservation = care.asks(care.Acting(applicant.person))
    address = f"/api/care/reservations/{reservation.pk}/confirm-reservation/"
    assert for_user(applicant).post(address).status_code == 403
    assert for_user(people.user()).post(address).status_code == 404
    assert not Event.objects.filter(action="care.confirm-reservation").exists()


@pytest.mark.django_db
def test_what_the_clock_does_has_no_address(for_user):
    reservation = care.asks()
    assert for_user(people.user()).post(f"/api/care/reservations/{reservation.pk}/lapse-reservation/").status_code == 404


@pytest.mark.django_db
def test_a_repeated_request_gets_the_first_answer(for_user):
    program, bed = for_user(people.user()), care.bed()
    send = {"arrives_on": care.in_days(1).isoformat()}
    first, second = (program.post(f"/api/care/beds/{bed.pk}/reserve-bed/", send, **{"Idempotency-Key": "k1"}) for _ in range(2))
    assert (first.status_code, first.json()) == (second.status_code, second.json())
    other = program.post(f"/api/care/beds/{bed.pk}/reserve-bed/", send | {"wish": "靠窗"}, **{"Idempotency-Key": "k1"})
    assert (other.status_code, other.json()["type"]) == (422, "/api/problems/#key-reused")
    assert Reservation.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_thirty_two_copies_at_once_do_one_thing(for_user):
    program, bed = for_user(people.user()), care.bed()
    send = {"arrives_on": care.in_days(1).isoformat()}

    def copy(_number):
        try:
            return program.post(f"/api/care/beds/{bed.pk}/reserve-bed/", send, **{"Idempotency-Key": "same"})
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(copy, range(32)))
    assert {a.status_code for a in answers} == {201}
    assert len({a.json()["id"] for a in answers}) == 1 and Reservation.objects.count() == 1
