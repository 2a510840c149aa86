"""Records are read: what one may see, page by page, with what one may do."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.clocks.now import now, today
from tests.factories import care, people

pytestmark = pytest.mark.django_db


def test_everybody_finds_homes(anybody):
    home = care.home(name="示例松风院")
    care.reports(home)
    found = anybody.get("/api/care/homes/?q=songfeng").json()["results"]
    assert [(one["name"], one["accepting"], one["freshness"]) for one in found] == [("示例松风院", 3, "fresh")]
    whole = anybody.get(found[0]["href"]).json()
    assert (whole["reference"], whole["state"], whole["is_synthetic"]) == (home.reference, "open", True)
    assert anybody.get(f"/api/care/homes/{home.pk}/capacity/").json()[0]["accepting"] == 3


def test_unknown_is_null(anybody):
    care.home(name="示例未报院")
    assert anybody.get("/api/care/homes/").json()["results"][0]["accepting"] is None


def test_a_wrong_filter_says_so(anybody):
    answer = anybody.get("/api/care/homes/?pmin=9&pmax=2&level=x")
    assert answer.status_code == 422
    assert {error["pointer"] for error in answer.json()["errors"]} == {"/pmax", "/level"}


def test_the_applicant_and_the_home_see_a_reservation_with_what_they_may_do(for_user):
    applicant = people.user()
    reservation = care.asks(care.Acting(applicant.person))
    home = people.member(reservation.home.provider)
    address = f"/api/care/reservations/{reservation.pk}/"
    mine, theirs = for_user(applicant).get(address).json(), for_user(home, reservation.home.provider).get(address).json()
    assert [a["key"] for a in mine["actions"]] == ["care.ask-for-neighbouring-bed", "care.withdraw-reservation"]
    assert {"care.confirm-reservation", "care.decline-reservation"} <= {a["key"] for a in theirs["actions"]}
    assert mine["clocks"][0]["due_at"] and mine["events"][0]["action"] == "care.reserve-bed"


def test_a_list_holds_only_one_s_own_and_is_walked_to_the_end(for_user):
    applicant = people.user()
    mine = {care.asks(care.Acting(applicant.person)).pk for _ in range(7)}
    care.asks()
    program, address, seen = for_user(applicant), "/api/care/reservations/?limit=3", []
    while address:
        body = program.get(address).json()
        seen += [one["id"] for one in body["results"]]
        address = body["next"]
    assert len(seen) == 7 and set(seen) == mine


def test_a_list_does_as_many_statements_for_thirty_as_for_three(for_user, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    applicant = people.user()
    program, counts = for_user(applicant), []
    for more in (3, 27):
        for _ in range(more):
            care.asks(care.Acting(applicant.person))
        with CaptureQueriesContext(connection, ) as captured:
            assert program.get("/api/care/reservations/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1]


def test_a_found_home_is_written_as_its_fields_say(anybody):
    """The database writes the lines of the search; the schema describes them."""
    from programs.care.querysets import answers
    from programs.care.serializers import FoundHomeSerializer

    care.home(price_from_amount="1200.5", price_to_amount=None)
    care.reports(care.home(services=["medical"], price_from_amount="900", price_to_amount="1000"), observed_at=now())
    found = anybody.get("/api/care/homes/?near=120,30").json()
    assert found["total"] == 2
    assert list(answers.FIELDS) == list(FoundHomeSerializer().fields)
    for line in found["results"]:
        read = FoundHomeSerializer(data=line)
        assert read.is_valid(), read.errors
        assert read.data == line


def test_asking_for_a_bed_costs_two_statements(for_user, django_assert_num_queries):
    """Locking the bed, and everything else in one batch; who is asking, and the transaction, apart."""
    citizen, wish = people.user(), {"arrives_on": today().isoformat(), "relation": "parent", "resident_born_on": "1941-03-08"}
    program = for_user(citizen)
    for number, bed in enumerate(care.beds(care.home(), 2)):
        with CaptureQueriesContext(connection) as captured:
            asked = wish | {"resident_name": f"示例老人{number}"}
            assert program.post(f"/api/care/beds/{bed.pk}/reserve-bed/", asked).status_code == 201
    work = [q["sql"] for q in captured if not re.search(r'^(BEGIN|COMMIT|SAVEPOINT|RELEASE)|FROM "stakeholders_', q["sql"])]
    assert len(work) == 2, "\n\n".join(work)


@pytest.mark.django_db(transaction=True)
def test_asking_for_a_bed_is_one_commit(for_user):
    """The reservation, its event, clock, leaf, and what is to be told: all of it is there or none, and nothing is written twice to disk."""
    wish = {"arrives_on": today().isoformat(), "relation": "parent", "resident_name": "示例老人", "resident_born_on": "1941-03-08"}
    program = for_user(people.user())
    first, second = care.beds(care.home(), 2)
    assert program.post(f"/api/care/beds/{first.pk}/reserve-bed/", wish).status_code == 201  # what is kept in memory is kept from here on
    with CaptureQueriesContext(connection) as captured:
        assert program.post(f"/api/care/beds/{second.pk}/reserve-bed/", wish | {"resident_name": "示例岳母"}).status_code == 201
    told = [query["sql"].split()[0] for query in captured]
    inside = told[told.index("BEGIN") + 1 : told.index("COMMIT")]
    assert (told.count("BEGIN"), told.count("COMMIT")) == (1, 1)
    writing = [sql for sql in (query["sql"] for query in captured) if re.match(r"\s*(INSERT|UPDATE|DELETE|WITH)", sql)]
    assert len(writing) == sum(word in {"INSERT", "UPDATE", "DELETE", "WITH"} for word in inside), "something is written outside of the transaction"
