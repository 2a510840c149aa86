"""How many statements a page costs: a constant, however many rows there are (who is reading apart)."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.clocks.now import today
from programs.care.models import Home
from tests.factories import care, people

pytestmark = pytest.mark.django_db

# The session, the account, whom it acts for and by what mandate, what is unread: looked up for every page.
SHELL = re.compile(
    r'FROM "(django_session|usersessions_usersession|account_emailaddress|mfa_authenticator)"'
    r'|FROM "stakeholders_(user|stakeholder|membership|mandate|delegation)"|FROM "notices_notice"'
)


def statements(client: Any, address: str) -> list[str]:
    with CaptureQueriesContext(connection) as captured:
        answer = client.get(address)
        b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert answer.status_code == 200, address
    return [query["sql"] for query in captured if not SHELL.search(query["sql"])]


def furnish(home: Home, number: int) -> None:
    """Beds, people in them, requests, and what the home says of its places."""
    for n, bed in enumerate(care.beds(home, number, room=f"{number}")):
        (care.admitted, care.asks, care.confirmed)[n % 3](for_bed=bed, arrives_on=today())
    care.reports(home, 2, maximum=5, occupied=4, reserved=0, accepting=1)


CITIZENS = {
    "/care/homes/": 3,
    "/care/homes/?q=songfeng&level=2&near=990101000000&km=50&sort=nearest&fr=fresh": 3,
    "/care/homes/provinces/": 2,
    "/care/homes.csv": 2,
    "/care/homes/compare/?home={home}": 3,
    "/care/homes/{home}/": 4,
    "/care/homes/{home}/capacity/": 2,
}
STAFF = {
    "/care/workspace/": 5,
    "/care/homes/{home}/board/": 4,
    "/care/homes/{home}/vacancies/": 4,
    "/care/reservations/": 4,  # one of them writes down whose data was shown
    "/care/reservations/{reservation}/": 4,
    "/worklist/": 5,
}


@pytest.mark.parametrize(("address", "most"), [*CITIZENS.items(), *STAFF.items()])
def test_a_page_costs_as_much_with_many_rows_as_with_few(client: Any, address: str, most: int, sign_in: Callable[..., Any]):
    runs = care.provider()
    home = care.home(runs)
    if address in STAFF:
        sign_in(people.member(runs.stakeholder))
    furnish(home, 3)
    where = address.format(home=home.pk, reservation=home.reservations.first().pk)
    statements(client, where)  # what is kept in memory is kept from here on
    few = statements(client, where)
    for n in range(2):
        furnish(care.home(runs), 1)
        furnish(home, 2 + n)
    many = statements(client, where)
    assert len(many) == len(few), "\n".join(many)
    assert len(few) <= most, "\n".join(few)
