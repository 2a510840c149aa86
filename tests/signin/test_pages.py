"""Every page of signing in opens in both languages, in our own look."""

from __future__ import annotations

import pytest
from django.urls import reverse

from tests.factories import people

pytestmark = pytest.mark.django_db
PASSWORD = "松风里的长青树 42"
OUTSIDE = ["account_login", "account_signup", "account_reset_password", "account_inactive", "socialaccount_login_cancelled", "socialaccount_login_error"]
INSIDE = [
    "account_logout", "account_email", "account_change_password", "account_reauthenticate", "mfa_index", "usersessions_list",
    "mfa_reauthenticate", "mfa_list_webauthn", "socialaccount_connections",
]  # fmt: skip
GUARDED = ["mfa_activate_totp", "mfa_deactivate_totp", "mfa_add_webauthn", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_reauthenticate_webauthn"]
LANGUAGES = ["zh-hans", "en"]


def look_at(client, name, language):
    answer = client.get(reverse(name), headers={"Accept-Language": language}, follow=True)
    text = answer.content.decode()
    assert answer.status_code in (200, 401), f"{name}: {answer.status_code}"
    assert 'class="masthead"' in text or 'class="staff"' in text, f"{name} is not in our look"
    assert "style=" not in text and "onclick" not in text
    assert "Menu:" not in text
    return text


@pytest.fixture
def signed_in(client):
    who = people.account(password=PASSWORD)
    client.post("/account/login/", {"login": who.email, "password": PASSWORD})
    return client


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", OUTSIDE)
def test_a_page_before_signing_in(client, name, language):
    look_at(client, name, language)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", INSIDE + GUARDED)
def test_a_page_of_the_account(signed_in, name, language):
    if name in ("mfa_reauthenticate", "mfa_deactivate_totp", "mfa_view_recovery_codes", "mfa_reauthenticate_webauthn"):
        pytest.skip("needs a second factor")
    look_at(signed_in, name, language)
