"""For whom a program acts, by which keys it is known, and what it may send."""

from __future__ import annotations

import json
from uuid import uuid4

import pytest
from django.utils.translation import override

from governance.feedback.models import Matter
from programs.care.models import Reservation
from tests.factories import care, people

pytestmark = pytest.mark.django_db

SECRET = uuid4().hex


def complaint(**more):
    care.area(care.DISTRICT, "示例区")
    return {"kind": "complaint", "category": "care", "area": care.DISTRICT, "subject": "暖气不热", "text": "三天没有暖气，请派人来看一看，老人受不了。"} | more


@pytest.fixture
def submit(client):
    def send(told, key):
        return client.post("/api/feedback/do/submit-matter/", json.dumps(told), content_type="application/json", headers={"Idempotency-Key": key})

    return send


@pytest.mark.parametrize("key", ["1", "complaint-2026", "a" * 64, "12121212121212121212121212"])
def test_a_stranger_s_key_that_can_be_guessed_is_refused(submit, key):
    answer = submit(complaint(), key)
    assert answer.status_code == 422 and answer.json()["errors"][0]["pointer"] == "/Idempotency-Key"
    assert not Matter.objects.exists()


def test_a_stranger_s_random_key_is_good_once(submit):
    first, second = submit(complaint(), SECRET), submit(complaint(), SECRET)
    assert first.status_code == 201 and first.json() == second.json() and Matter.objects.count() == 1


def test_a_program_that_means_somebody_else_does_nothing(client):
    person, bed = people.user(), care.bed()
    token, told = people.token(person), {"arrives_on": "2027-01-02", "relation": "self"}

    def post(meant):
        headers = {"Authorization": f"Bearer {token}", "Acting-For": meant}
        return client.post(f"/api/care/beds/{bed.pk}/reserve-bed/", json.dumps(told), content_type="application/json", headers=headers)

    with override("en"):
        refused = post(care.stakeholder("citizen", "citizen-person", "别人").reference)
    assert refused.status_code == 409 and refused.json()["type"].endswith("#other-party") and not Reservation.objects.exists()
    assert post(person.person.reference.lower()).status_code == 201


@pytest.mark.parametrize("body", ["[" * 3000, "[" * 900 + "]" * 900, '{"a":' * 30 + "1" + "}" * 30, '{"a":' * 3000])
def test_what_is_nested_too_deeply_is_refused_and_no_failure(client, body):
    for address in ("/api/feedback/do/submit-matter/", "/api/receipts/verify/"):
        assert client.post(address, body, content_type="application/json").status_code in (400, 404, 405)
