"""The interface describes itself, and does what it says under generated requests."""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote

import pytest
import schemathesis
from django.core.management import call_command
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.core import NotSet

from tests.factories import care, people

EXAMPLES = 6  # for each of the addresses and roles; benchmarks/fuzz.py sends as many as you like


def described() -> dict[str, Any]:
    from drf_spectacular.generators import SchemaGenerator

    return json.loads(json.dumps(SchemaGenerator().get_schema(public=True), default=str))


def test_the_description_is_valid(tmp_path):
    call_command("spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "schema.yml"))


@pytest.mark.django_db
def test_the_description_can_be_fetched(client):
    answer = client.get("/api/schema/?format=json")
    assert answer.status_code == 200 and "/api/care/homes/" in answer.json()["paths"]


def operations() -> list[Any]:
    schema = schemathesis.openapi.from_dict(described())
    return [operation.ok() for operation in schema.get_all_operations()]


@pytest.mark.django_db
@pytest.mark.parametrize("role", ["anybody", "citizen", "home"])
def test_generated_requests_never_break_it(role):
    """No 5xx, and every refusal is problem details, whatever is sent by whomever."""
    home = care.home()
    bed = care.bed(home)
    user = people.user()
    reservation = care.asks(care.Acting(user.person), bed)
    tokens = {"anybody": "", "citizen": people.token(user), "home": people.token(people.member(home.provider), home.provider)}
    headers = {"Authorization": f"Bearer {tokens[role]}"} if tokens[role] else {}
    known = {"homes": home.pk, "beds": bed.pk, "reservations": reservation.pk}
    client, problems = Client(raise_request_exception=False), []
    for operation in operations():
        send_generated(operation, client, headers, known, problems)
    assert not problems, problems[:5]


def send_generated(operation: Any, client: Client, headers: dict[str, str], known: dict[str, int], problems: list[Any]) -> None:
    """Send what the description allows, and note every answer that it does not."""

    @settings(max_examples=EXAMPLES, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(), real=st.booleans())
    def check(case: Any, real: bool) -> None:
        values = dict(case.path_parameters or {})
        if "id" in values and real:
            values["id"] = known.get(operation.path.split("/")[3], 1)
        path = operation.path.format(**{name: quote(str(value), safe="") for name, value in values.items()})
        sent = case.body if isinstance(case.body, bytes) else b"" if isinstance(case.body, NotSet) else json.dumps(case.body).encode()
        extra = {name: str(value) for name, value in dict(case.headers or {}).items() if name != "Authorization"}
        query = {name: value for name, value in dict(case.query or {}).items() if value is not None}
        answer = client.generic(case.method, path, sent, content_type="application/json", headers=extra | headers, query_params=query)
        if answer.status_code >= 500 or (answer.status_code >= 400 and answer["Content-Type"] != "application/problem+json"):
            problems.append((case.method, path, query, sent[:300], answer.status_code, answer.content[:200]))

    check()
