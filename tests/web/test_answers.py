"""Errors say what to do and lose nothing; public pages may be kept for a moment, signed-in pages by nobody."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import OperationalError
from django.test import Client

from governance.clocks.now import today
from tests.factories import care, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def test_a_public_page_is_kept_for_a_moment_and_not_sent_twice(client):
    first = client.get("/care/homes/")
    assert first["Cache-Control"] == "public, max-age=30" and first["ETag"]
    assert {"Accept-Language", "Cookie"} <= {name.strip() for name in first["Vary"].split(",")}
    assert client.get("/care/homes/", headers={"If-None-Match": first["ETag"]}).status_code == 304


def test_what_somebody_signed_in_sees_is_kept_by_nobody(client):
    client.force_login(people.user(), backend=BACKEND)
    for address in ("/", "/care/homes/", "/me/", "/api/care/homes/"):
        assert client.get(address)["Cache-Control"] == "no-store"


def test_a_page_with_a_form_of_one_s_own_is_kept_by_nobody(client):
    answer = client.get("/account/login/")
    assert answer.status_code == 200 and "no-store" in answer["Cache-Control"]


@pytest.mark.parametrize(("language", "word"), [("en", "There is nothing here for you"), ("zh-CN", "这里没有您可以查看的内容")])
def test_a_wrong_address(client, language, word):
    answer = client.get("/nowhere/", headers={"Accept-Language": language})
    assert answer.status_code == 404 and word in answer.content.decode()


def test_a_database_that_is_away_is_a_503_without_touching_it(monkeypatch):
    def gone(*args, **kwargs):
        raise OperationalError("server closed the connection")

    monkeypatch.setattr("governance.web.home.offers.live_figures", gone)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 503 and answer["Retry-After"] == "5" and "server closed" not in answer.content.decode()


def test_a_mistake_of_ours_is_a_500_without_internals(monkeypatch):
    def broken(*args, **kwargs):
        raise RuntimeError("secret detail")

    monkeypatch.setattr("governance.web.home.offers.live_figures", broken)
    answer = Client(raise_request_exception=False).get("/")
    assert answer.status_code == 500 and "secret" not in answer.content.decode()


def test_a_page_that_was_open_too_long_keeps_what_was_typed():
    client, bed = Client(enforce_csrf_checks=True), care.bed()
    client.force_login(people.user(), backend=BACKEND)
    sent = {"arrives_on": "2027-01-02", "wish": "靠窗", "password": "s3cr3t-word"}
    answer = client.post(f"/care/beds/{bed.pk}/reserve-bed/", sent, headers={"Origin": "http://testserver"})
    page = answer.content.decode()
    assert answer.status_code == 403 and 'value="靠窗"' in page and "s3cr3t-word" not in page
    assert f'action="/care/beds/{bed.pk}/reserve-bed/"' in page


def test_nothing_from_another_site_is_offered_to_be_sent():
    client, bed = Client(enforce_csrf_checks=True), care.bed()
    client.force_login(people.user(), backend=BACKEND)
    answer = client.post(f"/care/beds/{bed.pk}/reserve-bed/", {"wish": "靠窗"}, headers={"Origin": "https://elsewhere.invalid"})
    assert answer.status_code == 403 and "靠窗" not in answer.content.decode()


def test_a_form_whose_hidden_parts_were_tampered_with_is_a_form_all_the_same(client):
    client.force_login(people.user(), backend=BACKEND)
    answer = client.post(f"/care/beds/{care.bed().pk}/reserve-bed/", {"once": "a\0b", "arrives_on": (today() + timedelta(days=9)).isoformat(), "relation": "self"})
    assert answer.status_code == 302


def test_a_session_that_ended_keeps_what_was_typed(client):
    answer = client.post(f"/care/beds/{care.bed().pk}/reserve-bed/", {"wish": "靠窗"}, headers={"Origin": "http://testserver"})
    assert answer.status_code == 401 and 'value="靠窗"' in answer.content.decode()


def test_no_other_site_may_use_a_page(client):
    answer = client.get("/")
    assert answer["Cross-Origin-Resource-Policy"] == "same-origin" and "default-src 'none'" in answer["Content-Security-Policy"]


@pytest.mark.parametrize("address", ["/", "/public.atom", "/language/en/", "/account/login/", "/ledger/checkpoint"])
def test_a_method_that_no_page_has(address):
    client = Client(enforce_csrf_checks=True)
    for method in ("TRACE", "PUT", "DELETE", "TRACK"):
        answer = client.generic(method, address, b"<script>", headers={"Origin": "http://testserver"})
        assert answer.status_code == 405 and "POST" in answer["Allow"] and not answer.content
        assert "default-src 'none'" in client.generic(method, "/api/nothing/")["Content-Security-Policy"]
