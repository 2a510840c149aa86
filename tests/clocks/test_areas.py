"""How areas nest, told once for clocks, routing, registers and files."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from governance import areas
from governance.feedback.rules import Sorted, fits


@pytest.mark.parametrize(
    ("code", "level", "start", "stop"),
    [
        ("000000000000", 1, "000000000000", "A"),
        ("330000000000", 2, "330000000000", "340000000000"),
        ("990000000000", 2, "990000000000", "A"),
        ("330100000000", 3, "330100000000", "330200000000"),
        ("339900000000", 3, "339900000000", "340000000000"),
        ("330106000000", 4, "330106000000", "330107000000"),
        ("330106001000", 5, "330106001000", "330106002000"),
        ("330106001001", 6, "330106001001", "330106001002"),
        ("330110000000", 4, "330110000000", "330111000000"),
    ],
)
def test_an_area_is_a_range_of_codes(code, level, start, stop):
    assert areas.level_of(code) == level
    assert areas.range_of(code) == (start, stop)


def test_areas_around_an_area():
    assert areas.around("330106001001") == [
        "000000000000", "330000000000", "330100000000", "330106000000", "330106001000",
    ]  # fmt: skip
    assert areas.around("000000000000") == []


NESTING = [
    ("000000000000", "990101101000", True),
    ("330000000000", "330106001002", True),
    ("330000000000", "340000000000", False),
    ("330100000000", "330106001002", True),
    ("330100000000", "330200000000", False),
    ("330110000000", "330110001000", True),
    ("330110000000", "330111000000", False),
    ("330106001000", "330106001002", True),
    ("330106001000", "330106002000", False),
    ("330106001002", "330106001000", False),
    # The county town (镇 100) is not the towns 101 to 199, nor a village 010 those from 011 to 019.
    ("990101100000", "990101100001", True),
    ("990101100000", "990101101000", False),
    ("990101100000", "990101199000", False),
    ("990101100010", "990101100011", False),
    ("990101110000", "990101111000", False),
]


@pytest.mark.parametrize(("outer", "inner", "covered"), NESTING)
def test_areas_nest_by_their_code(outer, inner, covered):
    assert areas.covers(outer, inner) is covered


@pytest.mark.parametrize(("outer", "inner", "covered"), NESTING)
def test_a_rule_of_routing_reaches_its_own_area_and_no_other(outer, inner, covered):
    rule = SimpleNamespace(area_id=outer, kinds=[], categories=[], words=[])
    assert fits(rule, Sorted("complaint", "care", inner, "")) is covered
