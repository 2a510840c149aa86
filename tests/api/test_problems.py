"""Whatever is wrong comes back as problem details, in the reader's language, and nothing is written."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from governance.clocks.now import today
from programs.care.models import Reservation
from tests.api.conftest import Program
from tests.factories import care, people

pytestmark = pytest.mark.django_db


def is_problem(answer, status, slug=""):
    assert answer.status_code == status, answer.content
    assert answer["Content-Type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status and body["title"] and body["detail"]
    assert "Traceback" not in str(body) and "select" not in str(body).lower()
    if slug:
        assert body["type"].endswith(f"#{slug}")
    return body


def test_an_address_that_is_not_there(anybody):
    is_problem(anybody.get("/api/nothing/"), 404, "not-found")


def test_what_may_not_be_seen_looks_like_what_is_not_there(for_user):
    mine, foreign = for_user(people.user()), care.asks()
    there, not_there = mine.get(f"/api/care/reservations/{foreign.pk}/"), mine.get("/api/care/reservations/999999999/")
    assert is_problem(there, 404) == is_problem(not_there, 404)


def test_a_method_that_is_not_declared(anybody):
    for method in ("put", "delete", "patch", "trace"):
        is_problem(getattr(anybody.client, method)("/api/care/homes/"), 405, "method-not-allowed")
    assert "GET" in anybody.client.put("/api/care/homes/")["Allow"]


def test_one_is_told_to_sign_in(anybody):
    answer = anybody.get("/api/care/reservations/")
    is_problem(answer, 401, "not-signed-in")
    assert answer["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize("token", ["wrong", "", "gz_", "é", "a b"])
def test_a_token_that_is_none(token):
    client = Client(raise_request_exception=False)
    is_problem(client.get("/api/care/homes/", HTTP_AUTHORIZATION=f"Bearer {token}"), 401)


def test_a_token_of_yesterday(for_user):
    is_problem(for_user(people.user(), expires_on=today() - timedelta(days=1)).get("/api/care/reservations/"), 401)


def test_a_token_of_somebody_who_has_left(for_user):
    home = care.home()
    who = people.member(home.provider)
    program = for_user(who, home.provider)
    assert program.get("/api/care/reservations/").status_code == 200
    who.memberships.update(until=today())
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('governance.action', 'test', true)")
    who.memberships.update(state="left")
    is_problem(program.get("/api/care/reservations/"), 401)


@pytest.mark.parametrize("body", [b"{", b"\xff\xfe", b"[1, 2", b"nonsense"])
def test_json_that_is_none(for_user, body):
    is_problem(for_user(people.user()).post(f"/api/care/beds/{care.bed().pk}/reserve-bed/", body), 400, "malformed")


@pytest.mark.parametrize(
    ("data", "pointer"),
    [
        ({}, "/arrives_on"),
        ({"arrives_on": "yesterday"}, "/arrives_on"),
        ({"arrives_on": "2020-01-01"}, "/arrives_on"),
        ({"arrives_on": 20270101}, "/arrives_on"),
        ({"arrives_on": "2026-02-30"}, "/arrives_on"),
        ({"arrives_on": care.in_days(5).isoformat(), "leaves_on": care.in_days(4).isoformat()}, "/leaves_on"),
        ({"arrives_on": care.in_days(5).isoformat(), "wish": "a\x00b"}, "/wish"),
        ({"arrives_on": care.in_days(5).isoformat(), "wish": "x" * 501}, "/wish"),
        ({"arrives_on": care.in_days(5).isoformat(), "state": "admitted"}, "/state"),
        ({"arrives_on": care.in_days(5).isoformat(), "care_need": 77}, "/care_need"),
        ([1], ""),
    ],
)
def test_inputs_that_are_wrong_are_named(for_user, data, pointer):
    body = is_problem(for_user(people.user()).post(f"/api/care/beds/{care.bed().pk}/reserve-bed/", data), 422)
    assert pointer in [error["pointer"] for error in body["errors"]]
    assert not Reservation.objects.exists()


def test_the_reader_s_language():
    there = {language: Program(language=language).get("/api/nothing/").json()["title"] for language in ("en", "zh-CN")}
    assert there["en"] == "There is nothing here for you" and there["zh-CN"] != there["en"]


def test_a_form_in_place_of_json(for_user):
    program = for_user(people.user())
    answer = program.client.post(f"/api/care/beds/{care.bed().pk}/reserve-bed/", {"arrives_on": "x"}, headers=program.headers)
    is_problem(answer, 415, "unsupported-type")


def test_a_session_needs_the_csrf_token():
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(people.user(), backend="allauth.account.auth_backends.AuthenticationBackend")
    is_problem(client.post(f"/api/care/beds/{care.bed().pk}/reserve-bed/", "{}", content_type="application/json"), 403)


@pytest.mark.parametrize("limit", ["0", "-1", "201", "99999999999999999999", "x", "1.5", "%00"])
def test_pages_have_a_largest_size(for_user, limit):
    is_problem(for_user(people.user()).get(f"/api/care/reservations/?limit={limit}"), 422)


@pytest.mark.parametrize("cursor", ["x", "bm90anNvbg", "W251bGxd", "WyJhIiwgImIiXQ", "a" * 5000])
def test_page_addresses_that_we_did_not_make(for_user, cursor):
    is_problem(for_user(people.user()).get(f"/api/care/reservations/?after={cursor}"), 400)


def test_a_database_that_is_away(anybody, monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("programs.care.api.answer", gone)
    answer = anybody.get("/api/care/homes/")
    is_problem(answer, 503, "unavailable")
    assert int(answer["Retry-After"]) > 0


def test_a_mistake_of_ours_shows_nothing_of_the_inside(anybody, monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("programs.care.api.answer", broken)
    body = is_problem(anybody.get("/api/care/homes/"), 500, "failure")
    assert "secret" not in str(body)


def test_too_many_requests(for_user, settings, monkeypatch):
    from governance.api.throttling import ByAccount

    monkeypatch.setattr(ByAccount, "THROTTLE_RATES", {"account": "2/min", "address": "600/min"})
    program, bed = for_user(people.user()), care.bed()
    codes = [program.post(f"/api/care/beds/{bed.pk}/reserve-bed/", {}).status_code for _ in range(4)]
    assert codes == [422, 422, 429, 429]
