"""The search of the public register: in either kind of characters, by pinyin and initials, and by the index."""

from __future__ import annotations

import importlib

import pytest
from django.apps import apps
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from governance import text
from governance.feedback import actions, words
from governance.feedback.models import Matter
from tests import audited
from tests.factories.feedback import World

PUBLIC = {"public_subject": "养老院押金不退", "public_text": "電梯壞了三個月，合同ＰＤＦ看不了。", "public_answer": "押金已退还。"}
OTHER = {"public_subject": "医保报销", "public_text": "门诊怎么报销。", "public_answer": "请到窗口办理。"}
FOUND_BY = [
    "养老院", "養老院", "押金", "押", "電梯", "电梯", "坏", "壞", "ｐｄｆ", "PDF", "yanglaoyuan", "YangLaoYuan", "yang lao yuan", "yly",
    "yajin", "yanglaoyuanyajin", "yang lao yuan ya jin", "dianti", "養老院 yajin",
]  # fmt: skip


@pytest.fixture
def published(db) -> Matter:
    world = World()
    actions.PublishMatter.do(world.writer, world.answered(), **OTHER)
    return actions.PublishMatter.do(world.writer, world.answered(), **PUBLIC)


@pytest.mark.parametrize("address", ["/feedback/register/", "/feedback/register/register.atom"])
def test_the_register_is_found_by_what_people_type(client, published, address):
    for asked in FOUND_BY:
        if len(asked) == 1 and address.endswith("atom"):
            continue  # a single character is in no index; the page alone looks through the texts
        page = client.get(address, {"q": asked}).content.decode()
        assert "养老院押金不退" in page and "医保报销" not in page, asked


@pytest.mark.parametrize("asked", ["yanglaoyuan yibao", "ylx", "香蕉", "xiangjiao", "|", "' | &", "a|b", "\\", "ya|jin'", "醫", "yi bao bao xiao"])
def test_what_is_not_in_it_is_not_found_and_signs_do_no_harm(client, published, asked):
    page = client.get("/feedback/register/", {"q": asked})
    assert page.status_code == 200
    if asked not in ("yanglaoyuan yibao", "ya|jin'"):
        assert "养老院押金不退" not in page.content.decode()


def test_what_was_published_before_is_indexed_anew_and_the_audit_stays_green(published):
    Matter.objects.filter(pk=published.pk).update(words="养老院 押金")
    assert not list(Matter.objects.register(words.asked_words("dianti")))
    assert [one for one in audited.breaks() if "words" in one], "what the register is searched by is sealed as well"
    migration = importlib.import_module("governance.feedback.migrations.0007_words_with_pinyin")
    with connection.schema_editor() as editor:
        migration.index_again(apps, editor)
    assert list(Matter.objects.register(words.asked_words("dianti"))) == [published]
    assert not [one for one in audited.breaks() if "words" in one]


@pytest.mark.parametrize("asked", ["養老院", "yly", "yanglaoyuanyajin", "yang lao yuan 押金"])
def test_the_index_answers(published, asked):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        for other in ("matters_in_public", "public_matters_by_day"):  # of a few rows all are read as quickly by these
            cursor.execute(f"DROP INDEX {other}")
        plan = Matter.objects.published().with_words(words.asked_words(asked)).explain()
    assert "public_matters_by_their_words" in plan


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(written):
    assert text.sought(text.sought(written)) == text.sought(written)


@given(st.text(alphabet="abeghinouzy |'&\\养養押", max_size=60))
def test_any_question_is_one_that_can_be_asked(asked):
    assert all(len(one) <= words.LONGEST for said in words.asked_words(asked).split() for one in said.split(words.ONE_OF)) or not asked.isalpha()


def test_every_spelling_of_a_character_is_looked_for_alike():
    assert set(text.spellings("養")) == set(text.spellings("养")) >= {"养", "養"}
    assert [text.sought(one) for one in ("養老院", "乾燥", "Ｐｄｆ", "臺灣")] == ["养老院", "干燥", "pdf", "台湾"]
