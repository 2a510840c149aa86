"""The public register: what stands in it, what leaves it and why, and the figures that are drawn from all matters."""

from __future__ import annotations

import json
from datetime import datetime, time, timedelta

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from governance.actions import NotResponsible, Refused
from governance.clocks.now import LOCAL, now, stopped_at, today
from governance.feedback import actions, handlers, measures, rules
from governance.feedback.models import Follow, Matter, Removal
from governance.feedback.vocabulary import Duty
from governance.ledger.models import Seal
from governance.notices.models import Notice
from governance.stakeholders.actors import Actor
from tests.factories import people
from tests.factories.feedback import World, knows, officer

PUBLIC = {"public_subject": "取暖费怎么收", "public_text": "九月起多收取暖费。", "public_answer": "多收的已退还。"}


@pytest.fixture
def world(db) -> World:
    return World()


@pytest.fixture
def published(world) -> Matter:
    return actions.PublishMatter.do(world.writer, world.answered(), **PUBLIC)


@pytest.fixture
def removed(world, published) -> Removal:
    return actions.TakeOutOfRegister.do(world.coordinator, published, ground="wrong", why="答复引用的标准已经作废。")


def test_what_leaves_the_register_leaves_a_line_and_not_its_words(client, world, published):
    address = f"/feedback/register/{published.pk}/"
    assert "多收的已退还" in client.get(address).content.decode()
    removal = actions.TakeOutOfRegister.do(world.coordinator, published, ground="wrong", why="答复引用的标准已经作废。")
    gone = client.get(address, headers={"Accept-Language": "zh-CN"})
    assert gone.status_code == 410 and "标准已经作废" in gone.content.decode() and "多收的已退还" not in gone.content.decode()
    log = client.get("/feedback/removals/", headers={"Accept-Language": "zh-CN"}).content.decode()
    assert published.reference in log and "标准已经作废" in log and "取暖费" not in log
    assert removal.matter.published_at is None and "多收的" not in client.get("/feedback/register/").content.decode()


def test_an_objection_is_decided_by_somebody_else(world, removed):
    with pytest.raises(NotResponsible):
        actions.ObjectToRemoval.do(world.writer, removed, objection="不对")
    objected = actions.ObjectToRemoval.do(knows(removed.matter), removed, objection="标准没有作废，见公告。")
    with pytest.raises(NotResponsible, match="whoever took it out"):
        actions.RestoreMatter.do(world.coordinator, objected, decision="核实后恢复公开。")
    another = officer(world.coordinator.stakeholder, Duty.RECEIVE_MATTERS)
    assert actions.RestoreMatter.do(another, objected, decision="核实后恢复公开。").state == "restored"
    assert Matter.objects.register().filter(pk=removed.matter_id).exists()
    told = removed.matter.events.order_by("-pk")[0]
    assert told.action == "feedback.restore-matter" and "published_at" in told.changes, "the matter's history says so too"
    assert "published_at" in json.loads(bytes(Seal.objects.get(pk=told.pk).content))["values"], "and it is sealed"


def test_an_objection_may_fail_and_everybody_reads_why(client, world, removed):
    objected = actions.ObjectToRemoval.do(knows(removed.matter), removed, objection="标准没有作废。")
    another = officer(world.coordinator.stakeholder, Duty.RECEIVE_MATTERS)
    upheld = actions.UpholdRemoval.do(another, objected, decision="新标准已于本月施行，维持下架。")
    assert upheld.state == "upheld" and "维持下架" in client.get(f"/feedback/register/{removed.matter_id}/").content.decode()


def test_the_database_refuses_who_decides_on_their_own_removal(world, removed):
    with pytest.raises(IntegrityError), transaction.atomic():
        Removal.objects.filter(pk=removed.pk).update(decided_by=removed.taken_out_by)


def test_the_reason_does_not_tell_what_was_taken_out(world):
    matter = actions.PublishMatter.do(world.writer, world.answered(name="王小明", email="x@example.invalid"), **PUBLIC)
    with pytest.raises(Refused):
        actions.TakeOutOfRegister.do(world.coordinator, matter, ground="personal", why="里面写着王小明的名字")


def test_whoever_brought_it_may_take_back_the_consent(client, published):
    actions.WithdrawConsent.do(knows(published), published)
    assert client.get(f"/feedback/register/{published.pk}/").status_code == 410
    published.refresh_from_db()
    assert not published.may_publish and Removal.objects.get().office is None


def test_the_register_is_narrowed_paged_and_followed(client, world, published):
    page = client.get("/feedback/register/?category=care&kind=complaint&area=990101").content.decode()
    assert "取暖费怎么收" in page
    assert "取暖费怎么收" not in client.get("/feedback/register/?category=pension").content.decode()
    assert "取暖费怎么收" in client.get("/feedback/register/?q=取暖费").content.decode()
    feed = client.get("/feedback/register/register.atom?q=取暖费&category=care")
    assert feed["Content-Type"].startswith("application/atom+xml") and "取暖费怎么收" in feed.content.decode()
    assert "取暖费怎么收" not in client.get("/feedback/register/register.atom?q=助餐").content.decode()
    for asked in ("kind=nothing", "area=nowhere", "after=zzz", "q=%27%29%20%26", "office=x"):
        assert client.get(f"/feedback/register/?{asked}", follow=True).status_code == 200


def test_whoever_follows_is_told_what_becomes_of_it(client, world, published):
    reader = people.user()
    client.force_login(reader, backend="allauth.account.auth_backends.AuthenticationBackend")
    address = f"/feedback/register/{published.pk}/"
    client.post(address + "following/")
    assert Follow.objects.get().stakeholder == reader.person
    removal = actions.TakeOutOfRegister.do(world.coordinator, published, ground="wrong", why="答复引用的标准已经作废。")
    handlers.tell_of_removal({"record": removal.pk})
    assert Notice.objects.get(recipient=reader.person).event.action == "feedback.take-out-of-register"
    assert Actor(reader, reader.person) is not None


# Figures -------------------------------------------------------------------------------------------------------------


@pytest.fixture
def later():
    """What is counted is counted seventy days from now."""
    with stopped_at(now() + timedelta(days=70)):
        yield


def some(world, count, *, days=3, solved=None, **fields):
    """So many matters, answered after some days, and what people said."""
    begun = now() - timedelta(days=60)
    for _ in range(count):
        with stopped_at(begun):
            matter = world.accepted(**fields)
        with stopped_at(begun + timedelta(days=days)):
            matter = world.answered(matter)
        if solved is not None:
            actions.RateAnswer.do(knows(matter), matter, solved=solved, satisfaction=5 if solved else 1, conduct=4, remark="")


def test_figures_are_what_one_counts_by_hand(client, world, later):
    some(world, 3, solved=True)
    some(world, 3, solved=False)
    some(world, 2, days=45)
    whole = measures.figures("office", (now() - timedelta(days=365)).date()).whole
    assert (whole.received, whole.on_time.count, whole.on_time.total) == (8, 6, 8)
    assert (whole.resolution.count, whole.resolution.total, whole.heard.total) == (3, 6, 8), "who says nothing is in neither"
    assert (whole.reply.median, whole.reply.ninth) == (3.0, 45.0)
    told = client.get("/api/feedback/figures/?by=category").json()
    assert told["rows"][0]["on_time"]["percent"] == 75.0 and told["rows"][0]["key"] == "care"
    assert "75.0" in client.get("/feedback/figures/?by=month").content.decode()
    assert "75.0" in client.get("/feedback/figures/?by=office&format=csv").content.decode()


def test_few_people_are_not_shown_nor_to_be_worked_out(client, world, later):
    some(world, 3, category="pension")
    some(world, 5, category="medical")
    some(world, 6)
    rows = {row.key: row for row in measures.figures("category", (now() - timedelta(days=365)).date()).rows}
    assert rows["pension"].is_hidden and rows["medical"].is_hidden and not rows["care"].is_hidden
    assert rows["pension"].told["received"] is None
    assert client.get("/feedback/figures/?by=category", headers={"Accept-Language": "en"}).content.decode().count("not shown: people could be known") == 2


@given(st.lists(st.integers(0, 50), max_size=12))
def test_a_hidden_cell_cannot_be_worked_out_from_the_sum(counts):
    hidden = rules.hidden(counts)
    small = {at for at, count in enumerate(counts) if 0 < count < rules.SMALLEST}
    assert small <= hidden and not any(counts[at] == 0 for at in hidden)
    if not small:
        assert not hidden, "nothing is hidden without a reason"
        return
    values = [counts[at] for at in hidden]
    shown = [count for at, count in enumerate(counts) if at not in hidden and count]
    # Either what is hidden could be many other things, or there is nothing left to hide.
    assert not shown or (len(values) > 1 and sum(values) - len(values) >= 5 and (max(values) >= 5 or 4 * len(values) - sum(values) >= 5))
    secondary = sorted(set(values) - {1, 2, 3, 4})
    assert all(count >= secondary[-1] for count in shown) if secondary and shown else True, "the smallest first"


@pytest.mark.parametrize(
    ("counts", "hidden"),
    [
        ([20, 1, 1], {0, 1, 2}), ([20, 4, 4], {0, 1, 2}), ([5, 6], set()), ([5, 5, 5], set()), ([4, 9, 30], {0, 1}), ([3, 5, 6], {0, 1}), ([1, 5, 30], {0, 1, 2}),
        ([1, 6, 30], {0, 1}), ([0, 0, 7], set()), ([2, 3, 4, 1, 50], {0, 1, 2, 3}), ([4], {0}), ([], set()),
    ],
)  # fmt: skip
def test_as_many_cells_are_hidden_as_it_takes_and_no_more(counts, hidden):
    assert rules.hidden(counts) == hidden


def test_where_nothing_is_left_to_hide_the_sum_is_not_said_either(client, world, later):
    some(world, 2, category="pension")
    some(world, 2, category="medical")
    found = measures.figures("category", (now() - timedelta(days=365)).date())
    assert all(row.is_hidden for row in found.rows) and found.whole.told["received"] is None
    assert client.get("/api/feedback/figures/?by=category").json()["whole"]["received"] is None
    assert "matters since" not in client.get("/feedback/figures/?by=category", headers={"Accept-Language": "en"}).text


def test_the_place_of_a_hidden_row_does_not_tell_how_many_there_were(world, later):
    some(world, 1, category="pension")
    some(world, 2, category="assistance")
    some(world, 6, category="medical")
    some(world, 8)
    rows = measures.figures("category", (now() - timedelta(days=365)).date()).rows
    hidden = [row.label for row in rows if row.is_hidden]
    assert len(hidden) == 3 and hidden == sorted(hidden) and [row.is_hidden for row in rows] == sorted(row.is_hidden for row in rows)


@pytest.mark.parametrize(
    ("months", "told"),
    [
        ([], ""), ([(9, 10)], ""), ([(90, 100), None], ""),
        ([(5, 6), (8, 9)], "unclear"), ([(7, 9), (8, 9)], "unclear"), ([(700, 1000), (900, 1000)], "rising"), ([(900, 1000), (700, 1000)], "falling"),
        ([(9000, 10000), (9010, 10000)], "level"), ([(10, 100), None, (90, 100)], "rising"), ([(0, 5), (5, 5)], "rising"),
    ],
)  # fmt: skip
def test_a_headline_claims_only_what_the_numbers_carry(months, told):
    assert rules.trend(months) == told


def test_the_interval_of_a_difference_as_it_is_printed():
    """Newcombe (1998), Statistics in Medicine 17, 873-890, table II, method 10: 56/70 less 48/80."""
    assert [round(bound, 4) for bound in rules._difference(56, 70, 48, 80)] == [0.0524, 0.3339]


def test_the_month_that_is_not_over_makes_no_headline(world, later):
    with stopped_at(now().replace(day=20)):
        some(world, 6)
        found = measures.figures("month", (now() - timedelta(days=365)).date())
        assert len(found.over_finished_months("on_time")) == len([row for row in found.months if row.key < f"{now():%Y-%m}"])


def test_the_first_morning_in_beijing_counts(world):
    first = today() + timedelta(days=30)
    for hour in ((1, 30), (7, 30), (9, 30)):
        with stopped_at(datetime.combine(first, time(*hour), LOCAL)):
            world.routed()
    with stopped_at(datetime.combine(first - timedelta(days=1), time(23, 59), LOCAL)):
        world.routed()
    with stopped_at(datetime.combine(first + timedelta(days=90), time(12), LOCAL)):
        assert measures.figures("office", first).whole.received == 3


def test_what_nobody_foresaw_in_a_column_takes_no_page_down():
    assert measures._labels("category", ["zzz"]).get("zzz", "zzz") == "zzz"


@given(st.integers(0, 400), st.integers(1, 400))
def test_intervals_hold_the_share(count, total):
    low, high = rules.wilson(min(count, total), total)
    assert 0 <= low <= min(count, total) / total <= high <= 1


def test_intervals_as_tables_print_them():
    assert [round(100 * bound, 2) for bound in rules.wilson(8, 10)] == [49.02, 94.33]
