"""Signing in: with a name or an address and a password."""

from __future__ import annotations

import pytest

from tests.factories import people

pytestmark = pytest.mark.django_db
PASSWORD = "松风里的长青树 42"


@pytest.fixture
def somebody():
    return people.account(password=PASSWORD)


def sign_in(client, name, password=PASSWORD, **more):
    return client.post("/account/login/", {"login": name, "password": password, **more}, headers={"Accept-Language": "en"})


def test_a_name_or_an_address_signs_in(client, somebody):
    for name in (somebody.username, somebody.email, somebody.email.upper()):
        client.logout()
        answer = sign_in(client, name)
        assert answer.status_code == 302, answer.content.decode()
        assert client.session["_auth_user_id"] == str(somebody.pk)
