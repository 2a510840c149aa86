"""Signing in and out: names, lock-out, what strangers can learn, how long it lasts."""

from __future__ import annotations

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.auth.hashers import make_password
from django.contrib.sessions.models import Session
from django.test import Client

from governance.clocks.now import now
from governance.signin.adapters import WRONG
from governance.signin.passwords import Hasher
from governance.signin.tasks import tidy
from tests.factories import people
from tests.signin.conftest import PASSWORD, sign_in

pytestmark = pytest.mark.django_db


def is_signed_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


@pytest.mark.parametrize("write", [lambda u: u.username, lambda u: u.email, lambda u: u.email.upper()])
def test_a_name_or_an_address_signs_in(english, somebody, write):
    assert sign_in(english, write(somebody)).status_code == 302
    assert is_signed_in(english)


def test_a_wrong_password_says_one_thing_for_known_and_unknown_names(english, somebody):
    bodies = []
    for name in (somebody.username, "nobody", somebody.email, "nobody@example.invalid"):
        answer = sign_in(english, name, "wrong " * 3)
        assert answer.status_code == 200 and not is_signed_in(english)
        assert str(WRONG) in answer.content.decode()
        bodies.append(_without_changing_parts(answer.content.decode(), name))
    assert len(set(bodies)) == 1


def _without_changing_parts(text: str, name: str) -> str:
    return "\n".join(line for line in text.replace(name, "NAME").splitlines() if "csrfmiddlewaretoken" not in line)


@pytest.mark.parametrize("form", ["{}", "{}@example.invalid"])
def test_a_wrong_password_is_hashed_as_often_for_an_unknown_name(english, settings, monkeypatch, form):
    """Hashing is nearly all the time a sign-in takes: as many hashes for both means nobody learns which name is known."""
    settings.PASSWORD_HASHERS = ["governance.signin.passwords.Hasher"]
    settings.ACCOUNT_RATE_LIMITS = False
    people.account(password=PASSWORD, username="known", email="known@example.invalid")
    hashed: list[str] = []
    whole = Hasher.encode
    monkeypatch.setattr(Hasher, "encode", lambda self, password, salt: hashed.append(password) or whole(self, password, salt))
    monkeypatch.setattr(Hasher, "verify", lambda self, password, encoded: hashed.append(password) or False)
    counts = []
    for name in ("known", "unknown"):
        hashed.clear()
        sign_in(english, form.format(name), "wrong")
        counts.append(len(hashed))
    assert counts[0] == counts[1] >= 1



def test_five_wrong_passwords_lock_the_account_under_all_its_names(english, somebody):
    for n in range(5):
        sign_in(english, somebody.username if n % 2 else somebody.email, "wrong")
    answer = sign_in(english, somebody.username)
    assert "too many wrong attempts" in answer.content.decode() and not is_signed_in(english)
    elsewhere = Client(headers={"Accept-Language": "en"}, REMOTE_ADDR="10.1.2.3")
    assert "too many wrong attempts" in sign_in(elsewhere, somebody.email).content.decode()
    other = people.account(password=PASSWORD)
    assert sign_in(elsewhere, other.username).status_code == 302


def test_an_unknown_name_is_locked_just_the_same(english, somebody):
    for _ in range(5):
        sign_in(english, "nobody", "wrong")
    assert "too many wrong attempts" in sign_in(english, "nobody", "wrong").content.decode()


def test_an_address_that_tries_many_names_is_locked_for_all(english, somebody, settings):
    settings.ACCOUNT_RATE_LIMITS = {"login_failed": "8/15m/ip,5/15m/key"}
    for n in range(8):
        sign_in(english, f"name{n}", "wrong")
    assert "too many wrong attempts" in sign_in(english, somebody.username).content.decode()
    assert sign_in(Client(REMOTE_ADDR="10.1.2.3"), somebody.username).status_code == 302


def test_who_signs_in_does_not_count_as_wrong(english, somebody):
    for _ in range(8):
        english.logout()
        assert sign_in(english, somebody.username).status_code == 302


def test_a_forged_address_header_does_not_help(english, somebody):
    for n in range(5):
        english.post("/account/login/", {"login": somebody.username, "password": "wrong"}, headers={"X-Forwarded-For": f"10.0.0.{n}"})
    assert "too many wrong attempts" in sign_in(english, somebody.username).content.decode()


def test_the_session_changes_at_sign_in_and_dies_at_sign_out(english, somebody):
    english.get("/account/login/")
    english.session.save()
    before = english.session.session_key
    sign_in(english, somebody.username)
    inside = english.cookies["sessionid"].value
    assert inside != before
    english.post("/account/logout/")
    thief = Client()
    thief.cookies["sessionid"] = inside
    assert thief.get("/me/").status_code == 302


def test_a_session_that_is_too_old_ends(signed_in, settings, monkeypatch):
    assert signed_in.get("/me/").status_code == 200
    begun = time.time()
    monkeypatch.setattr("governance.signin.sessions.time.time", lambda: begun + settings.SESSION_LONGEST + 1)
    answer = signed_in.get("/me/", follow=True)
    assert "signed in for a long time" in answer.content.decode()
    assert not is_signed_in(signed_in)


def test_a_session_in_use_does_not_end_by_idling(signed_in, settings, monkeypatch):
    signed_in.get("/me/")
    first = signed_in.session["seen_at"]
    begun = time.time()
    monkeypatch.setattr("governance.signin.sessions.time.time", lambda: begun + 301)
    signed_in.get("/me/")
    assert signed_in.session["seen_at"] - first >= 300
    assert signed_in.session.get_expiry_age() == settings.SESSION_COOKIE_AGE == 3600


def test_the_session_cookie_is_closed_to_scripts_and_ends_with_the_browser(english, somebody):
    sign_in(english, somebody.username)
    cookie = english.cookies["sessionid"]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and not cookie["max-age"]


def test_sign_in_leads_where_one_wanted_to_go_but_not_outside(english, somebody):
    assert sign_in(english, somebody.username, next="/me/").url == "/me/"
    english.logout()
    assert sign_in(english, somebody.username, next="https://example.org/").url == "/"


def test_everywhere_else_ends_after_a_new_password(english, somebody):
    sign_in(english, somebody.username)
    other = Client()
    sign_in(other, somebody.username)
    new = "另一句更长的话 2026"
    english.post("/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert other.get("/me/").status_code == 302
    assert english.get("/me/").status_code == 200


def test_the_other_sessions_are_listed_and_ended(english, somebody):
    other = Client(headers={"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Firefox/140.0"})
    sign_in(other, somebody.username)
    sign_in(english, somebody.username)
    assert "Firefox · Windows" in english.get("/account/sessions/").content.decode()
    english.post("/account/sessions/")
    assert other.get("/me/").status_code == 302 and english.get("/me/").status_code == 200


def test_passwords_are_kept_with_argon2_at_46_mib(settings):
    settings.PASSWORD_HASHERS = ["governance.signin.passwords.Hasher"]
    assert make_password("x" * 12).startswith("argon2$argon2id$v=19$m=47104,t=1,p=1$")


def test_ended_sessions_leave_nothing_behind(english, somebody):
    sign_in(english, somebody.username)
    key = english.session.session_key
    tidy()
    assert UserSession.objects.filter(session_key=key).exists()
    Session.objects.filter(session_key=key).update(expire_date=now() - timedelta(seconds=1))
    tidy()
    assert not Session.objects.filter(session_key=key).exists()
    assert not UserSession.objects.filter(session_key=key).exists()
