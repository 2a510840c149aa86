"""The second factor: who needs one, what happens until it is there, and that it is asked for."""

from __future__ import annotations

import json

import pytest
from allauth.mfa.models import Authenticator
from django.urls import reverse

from governance.signin.adapters import SECRET as LABEL
from governance.stakeholders import ciphers
from tests.factories import people
from tests.factories.care import stakeholder
from tests.signin.conftest import PASSWORD, SECRET, code, sent_code, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(db):
    return stakeholder("government", "government-authority", "示例局")


@pytest.fixture
def officer(somebody, office):
    return people.member(office, of=somebody, with_second_factor=False)


@pytest.fixture
def careful(officer):
    people.second_factor(officer, SECRET)
    return officer


def test_the_second_factor_is_asked_for(english, careful):
    assert sign_in(english, careful.username).url == "/account/2fa/authenticate/"
    assert "_auth_user_id" not in english.session
    assert "not right" in english.post("/account/2fa/authenticate/", {"code": "000000"}).content.decode()
    assert english.post("/account/2fa/authenticate/", {"code": code()}).url == reverse("web:worklist")
    assert english.get(reverse("web:worklist")).status_code == 200


def test_a_code_counts_once(english, careful, client):
    sign_in(english, careful.username)
    used = code()
    english.post("/account/2fa/authenticate/", {"code": used})
    sign_in(client, careful.username)
    client.post("/account/2fa/authenticate/", {"code": used})
    assert "_auth_user_id" not in client.session


def test_guessing_codes_locks(english, careful):
    sign_in(english, careful.username)
    for _ in range(5):
        english.post("/account/2fa/authenticate/", {"code": "000000"})
    assert "too many wrong attempts" in english.post("/account/2fa/authenticate/", {"code": code()}).content.decode()


def test_an_officer_without_it_is_led_to_set_it_up_and_can_do_nothing_else(english, officer):
    sign_in(english, officer.username)
    for address in (reverse("web:worklist"), "/", "/responsibilities/"):
        answer = english.get(address)
        assert (answer.status_code, answer.url) == (302, reverse("mfa_index")), address
    assert "Set up a second factor" in english.get("/", follow=True).content.decode()
    assert english.get("/language/en/").status_code == 302
    answer = english.get("/api/care/homes/")
    assert answer.status_code == 403 and json.loads(answer.content)["type"].endswith("#second-factor")


def test_acting_for_oneself_needs_none(english, officer):
    sign_in(english, officer.username)
    english.post("/me/switch/", {"stakeholder": ""})
    assert english.get("/").status_code == 200


def test_an_organisation_that_reads_no_personal_data_needs_none(english, officer, office):
    type(office).objects.filter(pk=office.pk).update(reads_personal_data=False)
    sign_in(english, officer.username)
    assert english.get("/").status_code == 200


def test_it_is_set_up_and_opens_the_way(english, officer):
    sign_in(english, officer.username)
    answer = english.get("/account/2fa/totp/activate/", follow=True)
    answer = english.post(answer.redirect_chain[-1][0], {"password": PASSWORD}, follow=True)
    text = answer.content.decode()
    assert "data:image/svg+xml" in text
    english.session["mfa.totp.secret"]
    session = english.session
    session["mfa.totp.secret"] = SECRET
    session.save()
    answer = english.post("/account/2fa/totp/activate/", {"code": code()}, follow=True)
    assert "10 codes are left" in answer.content.decode()
    assert english.get(reverse("web:worklist")).status_code == 200


def test_who_needs_one_keeps_the_last_one(english, careful):
    sign_in(english, careful.username)
    english.post("/account/2fa/authenticate/", {"code": code()})
    english.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = english.post("/account/2fa/totp/deactivate/")
    assert "Add another one first" in answer.content.decode()
    assert Authenticator.objects.filter(user=careful, type="totp").exists()


def test_a_citizen_may_have_one_and_give_it_up(english, somebody):
    people.second_factor(somebody, SECRET)
    sign_in(english, somebody.username)
    english.post("/account/2fa/authenticate/", {"code": code()})
    english.post("/account/reauthenticate/", {"password": PASSWORD})
    english.post("/account/2fa/totp/deactivate/")
    assert not Authenticator.objects.filter(user=somebody).exists()


def test_a_recovery_code_works_once(english, careful, client):
    sign_in(english, careful.username)
    english.post("/account/2fa/authenticate/", {"code": code()})
    english.post("/account/reauthenticate/", {"password": PASSWORD})
    english.post("/account/2fa/recovery-codes/generate/")
    one = english.get("/account/2fa/recovery-codes/download/").content.decode().split()[0]
    for works in (True, False):
        client.logout()
        sign_in(client, careful.username)
        client.post("/account/2fa/authenticate/", {"code": one})
        assert ("_auth_user_id" in client.session) is works


def test_its_secret_is_sealed_at_rest(careful):
    kept = Authenticator.objects.get(user=careful).data["secret"]
    assert SECRET not in kept
    assert ciphers.unseal(kept, label=LABEL) == SECRET


def test_a_new_password_does_not_replace_the_second_factor(english, careful):
    answer = english.post("/account/password/reset/", {"email": careful.email})
    english.post(answer.url, {"code": sent_code()})
    new = "另一句更长的话 2026"
    english.post("/account/password/reset/complete/", {"password1": new, "password2": new})
    assert "_auth_user_id" not in english.session
    assert sign_in(english, careful.email, new).url == "/account/2fa/authenticate/"
