"""Somebody with an account, and the codes that they get."""

from __future__ import annotations

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.core import mail
from django.test import Client

from tests.factories import people

PASSWORD = "松风里的长青树 42"
SECRET = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"


@pytest.fixture
def english() -> Client:
    return Client(headers={"Accept-Language": "en"})


@pytest.fixture
def somebody(db):
    return people.account(password=PASSWORD)


@pytest.fixture
def signed_in(english, somebody) -> Client:
    sign_in(english, somebody.email)
    return english


def sign_in(client, name, password=PASSWORD, **more):
    return client.post("/account/login/", {"login": name, "password": password, **more})


def code(later: int = 0) -> str:
    """The authenticator app's six digits."""
    return format_hotp_value(hotp_value(SECRET, int(time.time()) // 30 + later))


def sent_code() -> str:
    """The code in the newest e-mail."""
    return next(line.strip() for line in mail.outbox[-1].body.splitlines() if line.startswith("    "))
