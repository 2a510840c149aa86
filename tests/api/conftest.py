"""A client that speaks JSON for somebody."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from tests.factories import people


class Program:
    """A program that uses the interface, with or without a token."""

    def __init__(self, token: str = "", language: str = "en") -> None:
        self.client = Client(raise_request_exception=False)
        self.headers = {"Accept-Language": language} | ({"Authorization": f"Bearer {token}"} if token else {})

    def get(self, path: str, **headers: str) -> Any:
        return self.client.get(path, headers=self.headers | headers)

    def post(self, path: str, data: Any = None, **headers: str) -> Any:
        body = data if isinstance(data, bytes) else json.dumps(data or {})
        return self.client.post(path, body, content_type="application/json", headers=self.headers | headers)


@pytest.fixture
def anybody() -> Program:
    return Program()


@pytest.fixture
def for_user() -> Any:
    def make(user: Any, stakeholder: Any = None, **fields: Any) -> Program:
        return Program(people.token(user, stakeholder, **fields))

    return make
