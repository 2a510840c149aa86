"""The system starts."""

import pytest


@pytest.mark.django_db
def test_it_lives(client):
    assert client.get("/healthz").json() == {"status": "ok"}
