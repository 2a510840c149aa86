"""Promised dates for programs."""

from datetime import date, datetime

import pytest

from governance import clocks
from governance.clocks.now import LOCAL
from tests.factories import care

pytestmark = pytest.mark.django_db
MOMENT = datetime(2026, 1, 30, 10, tzinfo=LOCAL)


def test_every_rule_with_its_mark(client):
    rules = {rule["code"]: rule for rule in client.get("/api/periods/").json() if not rule["area"].startswith("99")}
    assert rules["GID_ANSWER"] | {"amount": 20, "unit": "workday", "verified": True, "extension_amount": 20} == rules["GID_ANSWER"]
    assert rules["GID_FEE_PAY"]["verified"] is False
    assert (rules["GID_ANSWER"]["mark"], rules["GID_FEE_PAY"]["mark"], rules["HOT_MAIL"]["mark"]) == ("verified", "unverified", "quoted")
    assert (rules["HOT_FB_COMPLEX"]["area"], rules["PET_OBJECT"]["is_promised"], rules["PET_HANDLE"]["is_promised"]) == ("110000000000", False, True)
    assert rules["care.answer-reservation"]["is_example"] is True
    before = {rule["code"] for rule in client.get("/api/periods/?on=2019-01-01").json()}
    assert "GID_ANSWER" not in before


def test_the_calculator(client):
    body = client.get("/api/periods/GID_ANSWER/due/?on=2026-01-30&pause_from=2026-02-05&pause_until=2026-03-04").json()
    assert (body["due_on"], body["provisional"], "33" in body["rule"]["basis"]) == ("2026-03-26", False, True)
    marks = {step["day"]: step["mark"] for step in body["steps"]}
    assert (marks["2026-01-30"], marks["2026-02-10"], marks["2026-03-26"]) == ("start", "paused", "counted")


def test_a_local_rule_is_that_of_the_area(client):
    for area, example in (("110105000000", False), ("990101000000", True)):
        body = client.get(f"/api/periods/HOT_FB_COMPLEX/due/?on=2026-11-23&area={area}").json()
        assert (body["due_on"], body["rule"]["is_example"]) == ("2026-12-08", example)
    body = client.get("/api/periods/REC_EXAMINE/due/?on=2026-09-30").json()
    assert (body["due_on"], body["rule"]["unit"], body["rule"]["effective_from"]) == ("2026-10-13", "workday", "2024-01-01")


def test_what_is_wrong_is_a_problem(client):
    for address, status in (
        ("/api/periods/REC_EXAMINE/due/?on=2023-12-31", 422),
        ("/api/periods/NOTHING/due/?on=2026-01-30", 404),
        ("/api/periods/GID_ANSWER/due/?on=soon", 422),
        ("/api/periods/GID_ANSWER/due/", 422),
        ("/api/periods/?on=soon", 422),
        ("/api/working-calendar/2035/", 404),
        ("/api/working-days/soon/", 422),
        ("/api/clocks/018f0000-0000-7000-8000-000000000000/", 404),
    ):
        answer = client.get(address)
        assert answer.status_code in {status, 400}, address
        assert answer["Content-Type"] == "application/problem+json", address


def test_the_working_calendar(client):
    body = client.get("/api/working-calendar/2026/").json()
    assert sum(day["worked"] for day in body["days"]) == 6
    day = client.get("/api/working-days/2026-02-14/").json()
    assert (day["worked"], day["why"], day["known"]) == (True, "make_up", True)


def test_a_clock_explains_itself_to_anybody(client):
    record = care.asks(care.citizen(), care.beds(care.home(), 1)[0])
    clock, event = clocks.opened(record, "GID_ANSWER", at=MOMENT)
    clock.save(force_insert=True)
    event.save(force_insert=True)
    body = client.get(f"/api/clocks/{clock.pk}/").json()
    assert datetime.fromisoformat(body["due_at"]).astimezone(LOCAL).date() == date(2026, 3, 5)
    assert [told["because"] for told in body["dates_told"]] == ["start"]
    assert sum(step["number"] is not None for step in body["steps"]) == 20
    assert record.reference not in str(body)
