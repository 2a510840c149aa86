"""Bringing something from a record; drafts that outlive a session; very many from one hand."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.actions import Refused
from governance.clocks.now import now, stopped_at
from governance.feedback import moderation, tasks, things
from governance.feedback.models import Draft, Matter
from governance.stakeholders.actors import NOBODY
from tests.factories import care, people
from tests.factories.feedback import World, brought

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
STEPS = (
    ("", {"kind": "complaint"}), ("about/", {"category": "care", "area": "990101"}), ("text/", {"subject": "多收取暖费", "text": "九月起每月多收一百八十元。"}),
    ("files/", {}), ("contact/", {}),
)  # fmt: skip


@pytest.fixture
def world(db) -> World:
    return World()


def write(client, upto=5):
    for step, told in STEPS[:upto]:
        answer = client.post(f"/feedback/new/{step}", told)
        assert answer.status_code == 302, answer.content.decode()


def test_from_a_home_the_intake_knows_what_it_is_about(client, world):
    home = care.home(name="示例松风养老院")
    page = client.get(home.get_absolute_url()).content.decode()
    assert f"about=care.home:{home.pk}" in page
    page = client.get(f"/feedback/new/?about=care.home:{home.pk}").content.decode()
    assert "示例松风养老院" in page
    write(client)
    client.post("/feedback/new/check/")
    matter = Matter.objects.get()
    assert matter.thing == home and matter.organisation == home.provider
    assert "示例松风养老院" in client.get(matter.get_absolute_url()).content.decode()


def test_nothing_is_told_of_a_record_one_may_not_see(client, world):
    theirs = brought()
    assert theirs.subject not in client.get(f"/feedback/new/?about=feedback.matter:{theirs.pk}").content.decode()
    with pytest.raises(Refused):
        brought(NOBODY, about=things.named(theirs))
    for text in ("", "care.home:0", "care.home", "no.model:1", "care.home:1; DROP", "auth.user:1"):
        assert things.found(NOBODY, text) is None


def test_a_draft_outlives_the_session_of_whoever_has_an_account(client, world):
    user = people.user()
    client.force_login(user, backend=BACKEND)
    write(client, 3)
    client.logout()
    client.force_login(user, backend=BACKEND)
    assert "多收取暖费" in client.get("/feedback/new/text/").content.decode()
    write(client)
    client.post("/feedback/new/check/")
    assert Matter.objects.get().author == user.person and not Draft.objects.exists()
    client.post("/feedback/new/", {"kind": "praise"})
    assert Draft.objects.get().data["data"]["kind"] == "praise"
    client.get("/feedback/new/?anew=1")
    assert not Draft.objects.exists()


def test_old_drafts_are_forgotten(world):
    user = people.user()
    with stopped_at(now() - timedelta(days=31)):
        Draft.objects.keep(user.pk, {"data": {}})
    tasks.tidy()
    assert not Draft.objects.exists()


def test_very_many_are_asked_why_and_nobody_is_turned_away(client, world, monkeypatch):
    monkeypatch.setattr(moderation, "USUAL", 1)
    monkeypatch.setattr(moderation, "question", lambda: ("2 + 3?", 5))
    write(client)
    client.post("/feedback/new/check/")
    write(client)
    page = client.get("/feedback/new/check/").content.decode()
    assert "2 + 3?" in page
    assert client.post("/feedback/new/check/", {"why_many": "替邻居填写", "sum": "6"}).status_code == 422
    assert Matter.objects.count() == 1
    client.post("/feedback/new/check/", {"why_many": "替邻居填写", "sum": "5"})
    assert "替邻居填写" in Matter.objects.order_by("id").last().text
