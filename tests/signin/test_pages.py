"""Every page of signing in opens in both languages, in our own look."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.factories import people
from tests.signin.conftest import PASSWORD, SECRET, code, sign_in

pytestmark = pytest.mark.django_db
OUTSIDE = ["account_login", "account_signup", "account_reset_password", "account_inactive", "socialaccount_login_cancelled", "socialaccount_login_error"]
INSIDE = [
    "account_logout", "account_email", "account_change_password", "account_reauthenticate", "mfa_index", "usersessions_list",
    "mfa_reauthenticate", "mfa_list_webauthn", "socialaccount_connections", "mfa_activate_totp", "mfa_deactivate_totp",
    "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes",
]  # fmt: skip
LANGUAGES = ["zh-hans", "en"]


def look_at(client, name, language):
    answer = client.get(reverse(name), headers={"Accept-Language": language}, follow=True)
    text = answer.content.decode()
    assert answer.status_code in (200, 401), f"{name}: {answer.status_code}"
    assert 'class="masthead"' in text or 'class="staff"' in text, f"{name} is not in our look"
    assert "style=" not in text and "onclick" not in text
    assert "Menu:" not in text
    return text


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_before_signing_in(client, name, language):
    look_at(client, name, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("with_factor", [False, True])
def test_the_pages_of_an_account(somebody, language, with_factor):
    client = Client()
    if with_factor:
        people.second_factor(somebody, SECRET)
    sign_in(client, somebody.email)
    if with_factor:
        client.post("/account/2fa/authenticate/", {"code": code()})
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    client.post("/account/2fa/recovery-codes/generate/")
    for name in INSIDE:
        if not (name == "mfa_view_recovery_codes" and not with_factor) and not (name == "mfa_deactivate_totp" and not with_factor):
            look_at(client, name, language)


def test_scripts_for_security_keys_are_files_of_ours(somebody):
    client = Client()
    sign_in(client, somebody.email)
    client.post("/account/reauthenticate/", {"password": PASSWORD})
    answer = client.get("/account/2fa/webauthn/add/")
    text = answer.content.decode()
    assert 'src="/static/mfa/js/webauthn.js"' in text and 'data-allauth-onload="allauth.webauthn.forms.addForm"' in text
    assert "unsafe" not in answer["Content-Security-Policy"] and "nonce" not in answer["Content-Security-Policy"]
