"""The pages of the catalogue and its interface."""

from __future__ import annotations

from datetime import date

import pytest
from django.urls import reverse

from governance.catalogue.models import Parameter
from governance.catalogue.vocabulary import Duty
from tests.factories import care, catalogue, people

pytestmark = pytest.mark.django_db


@pytest.fixture
def client(client):
    """A visitor who reads English."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    return client


def test_anybody_reads_programs_values_and_differences(client):
    page = client.get("/catalogue/programs/").content.decode()
    assert "Enterprise annuity" in page and "source not verified" in page
    program = client.get("/catalogue/called/residents-pension/", follow=True)
    assert "163 yuan a month" in program.content.decode()
    differences = client.get(f"{program.request['PATH_INFO']}differences/", {"first": "2025-12-31", "second": "2026-01-01"}).content.decode()
    assert "143 yuan a month" in differences and "163 yuan a month" in differences
    table = Parameter.objects.get(program__code="employee-pension", key="divisor-months")
    assert "139" in client.get(table.get_absolute_url()).content.decode()
    assert client.get(f"{program.request['PATH_INFO']}differences/?first=never&second=").status_code == 200
    assert client.get("/catalogue/called/nothing/").status_code == 404


def test_who_activates_sees_what_would_change(client, sign_in):
    office = care.stakeholder("government", "government-authority", "示例局")
    people.mandate(office, Duty.KEEP_CATALOGUE)
    sign_in(people.member(office, "officer"))
    address = reverse("catalogue:act", args=["propose-program"])
    assert client.get(address).status_code == 200
    proposal = catalogue.value(key="contribution.employer", value="0.15")
    assert "The source of this value was not checked" not in client.get(proposal.get_absolute_url()).content.decode(), "it is an example"
    shown = client.get(f"{proposal.get_absolute_url()}activate-parameter/").content.decode()
    assert "16 %" in shown and "15 %" in shown
    done = client.post(f"{proposal.get_absolute_url()}activate-parameter/", {"once": "1"})
    assert done.status_code == 302
    proposal.refresh_from_db()
    assert proposal.state == "activated"


def test_programs_read_the_same(client):
    found = client.get("/api/catalogue/parameters/", {"program": "residents-pension", "key": "basic-pension", "on": "2025-03-01"}).json()
    assert [(one["value"], one["mark"], one["value_in_words"]) for one in found["results"]] == [("143", "unverified", "143 yuan a month")]
    tiers = {one["tier"] for one in client.get("/api/catalogue/programs/").json()["results"]}
    assert tiers == {"first", "second", "third", "floor", "services"}
    assert date.fromisoformat(found["results"][0]["effective_until"]) == date(2026, 1, 1)
