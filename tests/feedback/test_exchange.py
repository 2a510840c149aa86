"""Open311 GeoReport v2: checked by its own client and by the shapes the standard prints, in both forms."""

from __future__ import annotations

from datetime import datetime
from xml.etree import ElementTree

import pytest
from georeport import GeoReport
from jsonschema import Draft202012Validator, FormatChecker

from governance.clocks.now import local, now
from governance.feedback import actions, handlers
from governance.feedback.exchange import requests
from governance.feedback.models import Matter
from tests.factories import care, people
from tests.factories.feedback import DISTRICT, World, brought

TEXT, OPTIONAL = {"type": "string", "minLength": 1}, {"type": ["string", "null"]}
MOMENT = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}[+-]\d{2}:\d{2}$"}


def every(**fields):
    """Objects that have exactly these."""
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def several(one):
    return {"type": "array", "items": one}


SERVICES = several(
    every(
        service_code=TEXT, service_name=TEXT, description=TEXT, metadata={"type": "boolean"}, keywords=TEXT, group=TEXT,
        type={"enum": ["realtime", "batch", "blackbox"]},
    )
)  # fmt: skip
VALUES = several(every(key=TEXT, name=TEXT))
ATTRIBUTE = {
    "type": "object", "additionalProperties": False,
    "required": ["variable", "code", "datatype", "required", "datatype_description", "order", "description"],
    "properties": {
        "variable": {"type": "boolean"}, "code": TEXT, "required": {"type": "boolean"}, "datatype_description": OPTIONAL,
        "datatype": {"enum": ["string", "number", "datetime", "text", "singlevaluelist", "multivaluelist"]},
        "order": {"type": "integer"}, "description": TEXT, "values": VALUES,
    },
}  # fmt: skip
DEFINITION = every(service_code=TEXT, attributes=several(ATTRIBUTE))
REQUEST = every(
    service_request_id=TEXT, status={"enum": ["open", "closed"]}, status_notes=OPTIONAL, service_name=TEXT, service_code=TEXT, description=OPTIONAL,
    agency_responsible=OPTIONAL, service_notice=OPTIONAL, requested_datetime=MOMENT, updated_datetime=MOMENT, expected_datetime={"anyOf": [MOMENT, {"type": "null"}]},
    address=TEXT, address_id=TEXT, zipcode=OPTIONAL, lat={"type": ["number", "null"]}, long={"type": ["number", "null"]}, media_url=OPTIONAL,
)  # fmt: skip
ERRORS = several(every(code={"type": "integer"}, description=TEXT))
UPDATES = several(
    every(update_id=TEXT, service_request_id=TEXT, status={"enum": ["open", "closed"]}, updated_datetime=MOMENT, description=TEXT, media_url=OPTIONAL)
)


def fits(schema, told):
    Draft202012Validator(schema, format_checker=FormatChecker()).validate(told)
    return told


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def key(world) -> str:
    company = care.stakeholder("social", "social-care", "示例热线公司")
    return people.token(people.member(company, "officer", with_second_factor=False), company)


def published(**fields) -> Matter:
    matter = brought(**fields)
    Matter.objects.filter(pk=matter.pk).update(public_subject="公开的标题", public_text="公开的内容", public_answer="公开的答复", published_at=now(), published_round=1)
    return matter


COMPLAINT = {"service_code": "complaint-care", "description": "食堂三天没有开门。\n请问什么时候恢复？", "attribute[area]": DISTRICT}


def post(client, key, **told):
    return client.post("/open311/v2/requests.json", {"api_key": key} | COMPLAINT | told, headers={"Accept-Language": "en"})


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("form", ["json", "xml"])
def test_the_client_of_the_standard_reads_everything(live_server, form):
    World()
    matter, _hidden = published(), brought()
    client = GeoReport(live_server.url + "/open311/v2", jurisdiction="990101", output_format=form)
    services = client.get_service_list()
    assert {"complaint-care", "question-pension"} <= {one["service_code"] for one in services}
    definition = client.get_service_definition("complaint-care")
    assert definition["service_code"] == "complaint-care"
    found = client.get_service_requests(status="open", service_code="complaint-care,praise-care")
    found = found if isinstance(found, list) else [found]
    assert [one["service_request_id"] for one in found] == [matter.reference]
    assert client.get_service_request(matter.reference)["description"] == "公开的标题\n公开的内容"
    assert datetime.fromisoformat(found[0]["expected_datetime"]) > now()


def test_everything_has_the_shape_the_standard_prints(client, world, key):
    matter = published()
    handlers.route({"record": matter.pk})
    assert len(fits(SERVICES, client.get("/open311/v2/services.json").json())) == 56
    fits(DEFINITION, client.get("/open311/v2/services/report-care.json").json())
    (one,) = fits(several(REQUEST), client.get("/open311/v2/requests.json").json())
    assert one["agency_responsible"] and one["expected_datetime"]
    assert [step["status"] for step in fits(UPDATES, client.get("/open311/v2/servicerequestupdates.json").json())] == ["open", "open"]
    fits(several(every(service_request_id=TEXT, service_notice=TEXT, account_id=OPTIONAL)), post(client, key).json())
    assert client.get("/open311/v2/discovery.json").json()["endpoints"][0]["formats"] == ["text/xml", "application/json"]


@pytest.mark.parametrize("form", ["json", "xml"])
def test_content_types_are_the_standards(client, world, form):
    answer = client.get(f"/open311/v2/requests.{form}")
    assert answer["Content-Type"] == {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}[form]
    wrong = client.get(f"/open311/v2/requests/TS-0.{form}")
    assert wrong.status_code == 404 and wrong["Content-Type"] == answer["Content-Type"]
    if form == "json":
        fits(ERRORS, wrong.json())
    else:
        assert [child.tag for child in ElementTree.fromstring(wrong.content).find("error")] == ["code", "description"]
    assert client.get("/open311/v2/requests.yaml").status_code == 404


def test_what_is_handed_over_goes_the_way_of_every_matter(client, world, key):
    answer = post(client, key, email="wang@example.invalid", first_name="小明", last_name="王", phone="13900000000", address_string="松风路 1 号")
    assert answer.status_code == 201, answer.content
    matter = Matter.objects.get(reference=answer.json()[0]["service_request_id"])
    assert (matter.kind, matter.category, matter.area_id, matter.subject) == ("complaint", "care", DISTRICT, "食堂三天没有开门。")
    assert (matter.name, matter.email, matter.telephone) == ("王小明", "wang@example.invalid", "13900000000")
    assert "松风路 1 号" in matter.text and matter.author is None
    assert matter.events.get().action == "feedback.submit-matter" and matter.clocks.exists()
    handlers.route({"record": matter.pk})
    (shown,) = client.get("/open311/v2/requests.json", {"api_key": key, "service_request_id": matter.reference}).json()
    assert shown["status"] == "open" and shown["expected_datetime"] and shown["description"] is None
    assert client.get("/open311/v2/requests.json", {"service_request_id": matter.reference}).json() == [], "without the key it is not public"


@pytest.mark.parametrize(
    ("told", "area"), [({"address_string": "示例省示例市示例区松风路 1 号"}, DISTRICT), ({"lat": "30.02", "long": "120.01"}, DISTRICT), ({"address_id": DISTRICT}, DISTRICT)]
)
def test_a_place_is_told_in_any_way_the_standard_has(client, world, key, told, area):
    place = care.area()
    place.full_name, place.lon, place.lat = "示例省示例市示例区", 120, 30
    place.save()
    answer = client.post("/open311/v2/requests.json", {"api_key": key, "service_code": "question-pension", "description": "九十岁以上老人的津贴何时发放？"} | told)
    assert answer.status_code == 201, answer.content
    assert Matter.objects.get().area_id == area


def test_a_confidential_matter_gives_a_token_and_is_shown_to_nobody(client, world, key):
    (told,) = post(client, key, service_code="report-conduct", **{"attribute[may_publish]": "yes"}).json()
    assert "service_request_id" not in told
    (known,) = client.get(f"/open311/v2/tokens/{told['token']}.json").json()
    assert known["service_request_id"] == Matter.objects.get().reference
    assert client.get(f"/open311/v2/requests/{known['service_request_id']}.json").status_code == 404
    assert client.get("/open311/v2/tokens/AAAA-BBBB-CCCC.json").status_code == 404


def test_a_citizens_program_brings_it_for_the_citizen(client, world):
    user = people.user()
    post(client, people.token(user))
    assert Matter.objects.get().author == user.person


@pytest.mark.parametrize(
    ("told", "status", "said"),
    [
        ({"api_key": ""}, 403, "api_key is needed"),
        ({"api_key": "gz_wrong"}, 403, "not valid"),
        ({"service_code": ""}, 400, "not provided"),
        ({"service_code": "potholes"}, 404, "no such service_code"),
        ({"description": ""}, 400, "description"),
        ({"attribute[area]": "没有这个地方"}, 400, "address_string"),
        ({"email": "not an address"}, 400, "email"),
        ({"description": "x" * 6000}, 400, "description"),
        ({"description": "a\0b"}, 400, "Null"),
        ({"jurisdiction_id": "000001"}, 404, "jurisdiction_id"),
        ({"attribute[area]": "", "lat": "north", "long": "1"}, 400, "degrees"),
    ],
)
def test_what_cannot_be_taken_is_said_and_nothing_is_written(client, world, key, told, status, said):
    answer = post(client, key, **told)
    assert answer.status_code == status and said in str(fits(ERRORS, answer.json())), answer.content
    assert not Matter.objects.exists()


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("start_date=yesterday", "start_date"), ("start_date=2026-01-01T00:00:00Z&end_date=2026-06-01T00:00:00Z", "90 days"), ("status=pending", "status"),
        ("start_date=2026-02-01&end_date=2026-01-01", "later"), ("page=0", "page"), ("page_size=1001", "page_size"), ("jurisdiction_id=x", "jurisdiction_id"),
    ],
)  # fmt: skip
def test_what_is_asked_wrongly_is_said(client, world, asked, said):
    answer = client.get(f"/open311/v2/requests.json?{asked}", headers={"Accept-Language": "en"})
    assert answer.status_code in (400, 404) and said in str(fits(ERRORS, answer.json()))


def test_many_come_in_pages_with_as_many_statements_as_one(client, world, django_assert_max_num_queries):
    references = {published().reference for _ in range(5)}
    with django_assert_max_num_queries(4):
        first = client.get("/open311/v2/requests.json?page_size=3&extensions=true&jurisdiction_id=990101")
    assert 'rel="next"' in first["Link"]
    second = client.get(first["Link"].split(">")[0].strip("<"))
    assert {one["service_request_id"] for one in first.json() + second.json()} == references and "Link" not in second
    assert first.json()[0]["extended_attributes"]["state"] == "received"


def test_a_request_sent_twice_is_taken_once(client, world, key):
    told = {"api_key": key} | COMPLAINT
    answers = [client.post("/open311/v2/requests.json", told, headers={"Idempotency-Key": "abc"}).json() for _ in range(2)]
    assert answers[0] == answers[1] and Matter.objects.count() == 1


def test_a_day_asked_for_is_the_whole_day_and_nothing_beyond_the_calendar_is_a_failure(client, world):
    matter = published()
    day = f"{local(now()):%Y-%m-%d}"
    for asked in ({"start_date": day, "end_date": day}, {"updated_after": day}, {"status": "Open"}, {"status": "OPEN,closed"}):
        assert [one["service_request_id"] for one in client.get("/open311/v2/requests.json", asked).json()] == [matter.reference], asked
    assert client.get("/open311/v2/requests.json", {"updated_after": "2190-01-01"}).json() == []
    for name, wrong in (("end_date", "0001-01-01"), ("start_date", "9999-12-31T23:59:59Z"), ("start_date", "9999-12-31"), ("updated_after", "0001-01-01T00:00:00+14:00"), ("page", "²"), ("page_size", "١")):
        for method in ("requests", "servicerequestupdates") if name != "updated_after" else ("requests",):
            assert client.get(f"/open311/v2/{method}.json", {name: wrong}).status_code == 400, (method, name, wrong)


def test_what_is_answered_expects_nothing_and_what_is_urgent_the_earliest_day(client, world):
    answered = world.answered(kind="petition")
    urgent = world.accepted()
    urgent = actions.TreatAsUrgent.do(world.writer, urgent, urgency="utility", reason="暖气停了")
    Matter.objects.filter(pk__in=[answered.pk, urgent.pk]).update(published_at=now(), published_round=1, public_answer="x", public_subject="x")
    told = {one["service_request_id"]: one for one in client.get("/open311/v2/requests.json").json()}
    assert told[answered.reference]["expected_datetime"] is None
    assert told[urgent.reference]["expected_datetime"] == requests.w3c(urgent.clocks.get(rule__code="HOT_FB_UTIL").due_at)


def test_what_is_published_meanwhile_moves_no_page(client, world):
    first = [published() for _ in range(4)]
    hidden = brought()
    newest = published()
    answer = client.get("/open311/v2/requests.json?page_size=2")
    seen = [one["service_request_id"] for one in answer.json()]
    assert seen == [newest.reference, first[3].reference]
    Matter.objects.filter(pk=hidden.pk).update(published_at=now(), public_subject="x", public_answer="x", published_round=1)
    while link := answer.get("Link"):
        answer = client.get(link[1 : link.index(">")])
        seen += [one["service_request_id"] for one in answer.json()]
    assert seen == [newest.reference, *(one.reference for one in reversed(first))]
    steps, answer = [], client.get("/open311/v2/servicerequestupdates.json?page_size=4")
    while True:
        steps += [one["update_id"] for one in answer.json()]
        if not (link := answer.get("Link")):
            break
        answer = client.get(link[1 : link.index(">")])
    assert len(steps) == len(set(steps)) == 6
