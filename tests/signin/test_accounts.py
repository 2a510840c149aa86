"""Opening an account, losing and changing what one signs in with."""

from __future__ import annotations

import pytest
from django.core import mail
from django.test import Client

from governance.stakeholders.models import User
from tests.factories.care import area
from tests.signin.conftest import PASSWORD, sent_code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def district():
    return area("990199000000", "新区")


def open_account(client, **changes):
    typed = {"name": "王示例", "place": "新区", "email": "wang@example.invalid", "password1": PASSWORD}
    return client.post("/account/signup/", typed | changes)


def test_a_citizen_opens_an_account(english, district):
    answer = open_account(english)
    assert answer.status_code == 302 and answer.url == "/account/confirm-email/"
    assert "_auth_user_id" not in english.session, "not before the address is confirmed"
    answer = english.post(answer.url, {"code": sent_code().lower().replace("-", "")}, follow=True)
    assert answer.status_code == 200
    user = User.objects.get(email="wang@example.invalid")
    assert english.session["_auth_user_id"] == str(user.pk)
    assert user.contact_confirmed_at and not user.person.identity_verified_at
    assert (user.person.kind, user.person.state, user.person.name, user.person.area_id) == ("citizen", "approved", "王示例", district.pk)
    assert "王" not in user.username and "wang" not in user.username


def test_a_known_address_is_not_given_away(english, somebody, district):
    fresh, known = open_account(Client()), open_account(english, email=somebody.email)
    assert (known.status_code, known.url) == (fresh.status_code, fresh.url)
    assert User.objects.filter(email=somebody.email).count() == 1
    assert mail.outbox[-1].to == [somebody.email] and "already" in mail.outbox[-1].subject


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"place": "无此地"}, "We know no place of this name"),
        ({"password1": "12345"}, "too short"),
        ({"password1": "password123"}, "too common"),
        ({"email": "not an address"}, "valid email"),
        ({"name": " "}, "required"),
        ({"name": "x" * 201}, "at most 200"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(english, district, changes, said):
    answer = open_account(english, **changes)
    assert said in answer.content.decode()
    assert not User.objects.filter(email__startswith="wang").exists()


def test_places_of_one_name_are_offered_to_choose_from(english, district):
    area("990202000000", "新区")
    answer = open_account(english)
    text = answer.content.decode()
    assert 'value="990199000000"' in text and 'value="990202000000"' in text
    assert open_account(english, place="990202000000").status_code == 302
    assert User.objects.get(email="wang@example.invalid").person.area_id == "990202000000"


def test_the_code_has_three_tries(english, district):
    address = open_account(english).url
    for _ in range(2):
        assert "not right" in english.post(address, {"code": "AAAAAAAA"}).content.decode()
    english.post(address, {"code": "AAAAAAAA"})
    assert english.get(address).status_code == 302


def test_a_mistyped_address_is_put_right(english, district):
    address = open_account(english, email="wrong@example.invalid").url
    english.post(address, {"action": "change", "email": "right@example.invalid"})
    assert mail.outbox[-1].to == ["right@example.invalid"]
    english.post(address, {"code": sent_code()})
    assert User.objects.filter(email="right@example.invalid", contact_confirmed_at__isnull=False).exists()


def test_a_forgotten_password_is_replaced(english, somebody):
    answer = english.post("/account/password/reset/", {"email": somebody.email})
    english.post(answer.url, {"code": sent_code()})
    new = "另一句更长的话 2026"
    assert english.post("/account/password/reset/complete/", {"password1": new, "password2": new}).status_code == 302
    assert sign_in(english, somebody.email, new).status_code == 302


def test_an_unknown_address_looks_the_same_when_a_password_is_forgotten(english, somebody):
    known = english.post("/account/password/reset/", {"email": somebody.email})
    unknown = english.post("/account/password/reset/", {"email": "nobody@example.invalid"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert "no account" in mail.outbox[-1].subject


def test_an_address_is_changed_when_the_new_one_is_confirmed(signed_in, somebody):
    signed_in.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = signed_in.post("/account/email/", {"action_add": "yes", "email": "new@example.invalid"})
    assert User.objects.get(pk=somebody.pk).email == somebody.email
    signed_in.post(answer.url, {"code": sent_code()})
    assert User.objects.get(pk=somebody.pk).email == "new@example.invalid"


def test_a_place_is_known_by_its_english_name(english):
    area("990198000000", "西新区", name_en="West New District")
    assert open_account(english, place="west new district").status_code == 302
