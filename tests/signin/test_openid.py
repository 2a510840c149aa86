"""Signing in at an identity provider: a provider of our own stands in for it."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest

from governance.signin import openid
from governance.signin.adapters import SocialAdapter
from governance.stakeholders.models import User
from tests.factories.care import area

pytestmark = pytest.mark.django_db
ISSUER = "https://id.example"
START, BACK = "/account/oidc/id/login/", "/account/oidc/id/login/callback/"


class Answer:
    """An answer of the provider."""

    status_code = 200
    headers = {"content-type": "application/json"}

    def __init__(self, data: dict[str, Any]) -> None:
        self.data = data

    def json(self) -> dict[str, Any]:
        return self.data

    def raise_for_status(self) -> None:
        pass


class Provider:
    """What the provider says at each of its addresses; also the session through which it is asked."""

    def __init__(self) -> None:
        self.claims: dict[str, Any] = {"sub": "p-1", "name": "王示例", "email": "wang@example.invalid", "email_verified": True}

    def get(self, url: str, **options: Any) -> Answer:
        return self.request("GET", url, **options)

    def request(self, method: str, url: str, **options: Any) -> Answer:
        now = int(time.time())
        token = jwt.encode({"iss": ISSUER, "aud": "gongzhi", "iat": now, "exp": now + 60, **self.claims}, "x" * 32)
        return Answer(
            {
                "/.well-known/openid-configuration": {
                    "issuer": ISSUER, "authorization_endpoint": f"{ISSUER}/authorize", "token_endpoint": f"{ISSUER}/token",
                    "userinfo_endpoint": f"{ISSUER}/me", "jwks_uri": f"{ISSUER}/keys",
                },
                "/token": {"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": token},
                "/me": self.claims,
            }[urlsplit(url).path]
        )  # fmt: skip

    def __enter__(self) -> Provider:  # noqa: PYI034 - nobody derives from it
        return self

    def __exit__(self, *problem: object) -> None:
        pass


@pytest.fixture
def provider(settings, monkeypatch):
    for name, value in {"OIDC_ISSUER": ISSUER, "OIDC_NAME": "示例身份认证", "OIDC_CLIENT_ID": "gongzhi", "OIDC_SECRET": "s"}.items():
        monkeypatch.setenv(name, value)
    settings.SOCIALACCOUNT_PROVIDERS = openid.provider()
    settings.OIDC_VERIFIED_CLAIM = "assurance=high"
    standing_in = Provider()
    monkeypatch.setattr(SocialAdapter, "get_requests_session", lambda self: standing_in)
    return standing_in


def go_there_and_back(client):
    there = client.post(START)
    asked = parse_qs(urlsplit(there.url).query)
    assert there.url.startswith(f"{ISSUER}/authorize") and asked["code_challenge_method"] == ["S256"]
    return client.get(BACK, {"code": "c", "state": asked["state"][0]})


def open_account(client):
    area("990199000000", "新区")
    answer = go_there_and_back(client)
    form = client.get(answer.url)
    assert 'value="王示例"' in form.content.decode()
    return client.post(answer.url, {"name": "王示例", "place": "新区", "email": "wang@example.invalid"})


def test_the_sign_in_page_offers_it_only_where_there_is_one(english, provider):
    assert "示例身份认证" in english.get("/account/login/").content.decode()


def test_without_one_nothing_is_offered(english):
    assert openid.provider() == {} and openid.origin() == []
    assert "prove who you are" not in english.get("/account/login/").content.decode()


def test_the_browser_may_be_led_there_and_nowhere_else(provider):
    assert openid.origin() == [ISSUER]


@pytest.mark.parametrize(("claim", "verified"), [("high", True), ("low", False), (None, False)])
def test_a_person_of_whom_the_provider_is_sure_is_verified(english, provider, claim, verified):
    provider.claims |= {"assurance": claim} if claim else {}
    open_account(english)
    user = User.objects.get(email="wang@example.invalid")
    assert english.session["_auth_user_id"] == str(user.pk)
    assert bool(user.person.identity_verified_at) is verified
    assert user.contact_confirmed_at, "the provider has confirmed the address"
    assert user.person.name == "王示例" and user.person.area_id == "990199000000"


def test_who_comes_again_signs_in_and_may_be_surer_by_then(english, provider):
    open_account(english)
    english.logout()
    provider.claims["assurance"] = "high"
    assert go_there_and_back(english).url == "/"
    user = User.objects.get(email="wang@example.invalid")
    assert english.session["_auth_user_id"] == str(user.pk) and user.person.identity_verified_at


def test_an_address_of_another_account_opens_nothing(english, provider, somebody):
    provider.claims["email"] = somebody.email
    answer = go_there_and_back(english)
    assert "_auth_user_id" not in english.session and answer.status_code == 302
    assert User.objects.count() == 1


def test_a_forged_way_back_is_refused(english, provider):
    answer = english.get(BACK, {"code": "c", "state": "forged"})
    assert answer.status_code == 401 and "did not answer as it should" in answer.content.decode()


def test_who_stops_there_is_told_that_nothing_happened(english, provider):
    there = english.post(START)
    state = parse_qs(urlsplit(there.url).query)["state"][0]
    answer = english.get(BACK, {"error": "access_denied", "state": state}, follow=True)
    assert "Nothing has changed" in answer.content.decode()
