"""Letters to whoever has no account: when one does not arrive the next way is tried, and then the office sees it."""

from __future__ import annotations

import json

import pytest
from django.core import mail
from django.urls import reverse

from governance import outbox
from governance.feedback import actions, handlers
from governance.feedback.models import Letter
from governance.notices import sending
from governance.outbox.models import Item
from tests.factories import people
from tests.factories.feedback import World, knows

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
BOTH = {"email": "li@example.invalid", "telephone": "138 0000 0000"}


@pytest.fixture
def world() -> World:
    return World()


@pytest.fixture(autouse=True)
def texts(settings, tmp_path):
    settings.SMS_CARRIER, settings.SMS_FILE = "governance.notices.sms.File", str(tmp_path / "sms.jsonl")
    return lambda: [json.loads(line) for line in (tmp_path / "sms.jsonl").read_text().splitlines()] if (tmp_path / "sms.jsonl").exists() else []


def deliver():
    while outbox.deliver_due():
        pass


def ways(matter):
    return list(matter.letters.order_by("at", "id").values_list("way", "outcome"))


def test_who_has_no_such_address_gets_a_text_message_and_nothing_is_tried_for_ever(world, settings, texts):
    settings.EMAIL_BACKEND = "tests.notices.test_ways.Refusing"
    matter = world.answered(**BOTH)
    handlers.tell_without_account({"record": matter.pk})
    handlers.tell_without_account({"record": matter.pk})
    deliver()
    assert ways(matter) == [("email", "refused"), ("sms", "sent")] and {one["to"] for one in texts()} == {"13800000000"}
    assert matter.reference in texts()[-1]["text"] and not Item.objects.undone().filter(topic__startswith="feedback.tell").exists()
    assert matter.untold == []


def test_what_comes_back_is_followed_by_the_next_way_once(world, texts):
    matter = world.answered(**BOTH)
    deliver()
    letter = Letter.objects.get(key="answered/1")
    assert any(one.extra_headers["Message-ID"].startswith(f"<{letter.pk}@") for one in mail.outbox) and not texts()
    assert sending.returned(letter.pk, "5.1.1") and sending.returned(letter.pk, "5.1.1")
    deliver()
    assert list(matter.letters.filter(key="answered/1").order_by("at").values_list("way", "outcome")) == [("email", "returned"), ("sms", "sent")]
    assert len(texts()) == 1


def test_whom_nothing_reaches_the_office_sees(client, world, settings):
    settings.EMAIL_BACKEND = "tests.notices.test_ways.Refusing"
    matter = world.answered(email="li@example.invalid", telephone="0571-88880000")
    handlers.tell_without_account({"record": matter.pk})
    deliver()
    assert [one.way for one in matter.untold] == ["sms"]
    people.second_factor(world.writer.user)
    client.force_login(world.writer.user, backend=BACKEND)
    page = client.get(matter.get_absolute_url(), headers={"Accept-Language": "en"}).text
    assert "They could not be told" in page and reverse("feedback:matter-act", args=[matter.pk, "record-delivery"]) in page


def test_the_desk_finds_by_what_somebody_at_the_telephone_has(world):
    matter = world.accepted(telephone="138 0000 0000", text="三楼一直没有暖气，请尽快修理。", name="王小明")
    other = world.accepted()
    desk = type(matter).objects.of_office(world.office.pk)
    from governance.clocks.now import now

    for sought in ("没有暖气", "13800000000", "138-0000-0000", matter.reference, matter.reference.replace("-", ""), matter.reference[3:15].lower(), "王小明"):
        found = set(desk.by_due_date().on_desk(q=sought, at=now()).values_list("pk", flat=True))
        assert matter.pk in found and (other.pk not in found or sought == matter.reference[3:15].lower()), sought
    assert knows(matter).followed and actions
