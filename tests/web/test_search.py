"""The search over everything, and the home page that begins with it."""

import pytest

from governance.actions import registry
from tests.factories import care

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return care.home(name="示例松风养老院")


def test_words_find_ways_to_go_and_things_kind_by_kind(client, home):
    def main(text):
        return client.get("/search/", {"q": text}, headers={"Accept-Language": "zh-CN"}).content.decode().partition("<main")[2].partition("</main>")[0]

    assert "示例松风养老院" in main("松风") and "养老机构" in main("松风")
    assert "/insurance/retirement/" in main("退休") and "/insurance/retirement/" not in main("松风")


@pytest.mark.parametrize("asked", ["", "   ", "没有这样的东西", "'; DROP TABLE care_home; --", "%", "(a|b) & !c <->", "x" * 5000, "a\0b"])
def test_any_text_gets_a_page(client, asked):
    assert client.get("/search/", {"q": asked}).status_code == 200


def test_a_reference_leads_to_its_record_for_whoever_may_see_it(client, home):
    asked = care.asks(for_bed=care.bed(home))
    assert client.get("/search/", {"q": home.reference.lower()})["Location"] == home.get_absolute_url()
    assert client.get("/search/", {"q": asked.reference}).status_code == 200, "somebody else's reservation is not even said to exist"


def test_every_kind_of_record_has_a_prefix_of_its_own():
    prefixes = [model.reference_prefix for model in registry.records()]
    assert len(set(prefixes)) == len(prefixes), sorted(prefixes)


def test_the_home_page_begins_with_two_needs_and_loses_none(client):
    page = client.get("/").content.decode()
    assert page.count("need--big") == 2 and "/feedback/new/" in page and "/search/" in page
