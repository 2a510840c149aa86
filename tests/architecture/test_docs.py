"""What the documents claim of the product is so: addresses are there, counts count."""

import re
from collections import Counter
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import Resolver404, get_resolver, resolve

PAPER = (Path(settings.PROJECT) / "docs" / "paper.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| ([A-Z]\d[\w.]*) \| .* \| (met|partly|not yet) \| (.*) \|$", PAPER, re.M)


def test_the_rows_of_the_paper_are_counted_as_they_stand():
    count = Counter(state for _row, state, _where in ROWS)
    said = f"{count['met']} met · {count['partly']} partly · {count['not yet']} not yet, of {len(ROWS)}."
    assert said in PAPER and len(ROWS) == len({row for row, _state, _where in ROWS}) == 191


def test_what_is_met_says_where_and_what_is_not_says_nothing():
    assert [row for row, state, where in ROWS if (state == "not yet") == bool(where.strip())] == []


def is_there(address: str) -> bool:
    """Whether something answers, with a number or a word in place of what is left open."""
    for filled in (address.replace("…", "1"), address.replace("…", "x")):
        try:
            resolve(filled)
        except Resolver404:
            continue
        return True
    return any(str(one.pattern) == address.strip("/") + "/" for one in get_resolver().url_patterns)


@pytest.mark.parametrize("address", sorted(set(re.findall(r"`(/[\w/…-]*)`", PAPER))))
def test_an_address_that_is_named_is_there(address):
    assert is_there(address)
