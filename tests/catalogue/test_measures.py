"""The paper's figures come out of their published inputs, as printed; the others as worked out by hand."""

from __future__ import annotations

from decimal import Decimal

import pytest

from governance.catalogue.measures import inputs, measures, multiplier

BY_CODE = {one.code: one for one in measures()}
GOLDEN = {
    "RESERVE_MONTHS_2018": "14.68", "RESERVE_MONTHS_2021": "12.75", "RESERVE_MONTHS_2024": "12.54", "RESERVE_MONTHS_2025": "13.26", "SYS_DEPENDENCY": "0.3807",
    "PER_CAP_PENSION_2024": "3825.22", "PER_CAP_PENSION_2025": "3899.82", "PER_CAP_RESIDENTS_2024": "245.83", "PER_CAP_RESIDENTS_2025": "275.55",
    "SUBSIDY_BENEFIT_2015": "98.79", "SUBSIDY_BENEFIT_2016": "99.38", "SUBSIDY_CONTRIB_2015": "2.891", "SUBSIDY_CONTRIB_2016": "2.839", "SUBSIDY_EXP_2016": "17.28",
    "ANNUITY_GROWTH_2016": "0.389", "ANNUITY_GROWTH_2017": "0.258", "INS_DENSITY": "297.0", "INS_DEPTH": "0.460", "INS_DEPTH_2017": "0.523",
    "BED_OCCUPANCY": "45.44", "BEDS_PER_1000": "25.76", "DIBAO_RURAL_URBAN": "0.7441",
}  # fmt: skip
EXACT = {"FUND_INCOME_GDP": "0.087675", "FUND_EXP_GDP": "0.075034", "ANNUITY_FUND_GDP": "0.015693", "ANNUITY_COVER_URBAN": "0.054896",
         "ANNUITY_COVER_EPI": "0.057851", "ANNUITY_COVER_EPI_2024": "0.060649", "ANNUITY_COVER_WORKERS_2024": "0.083740", "HEALTH_DEPTH": "0.006051"}  # fmt: skip


@pytest.mark.parametrize("one", [one for one in measures() if one.printed], ids=lambda one: one.code)
def test_what_the_paper_prints_comes_out(one):
    assert one.agrees, f"{one.shown} is not {one.printed}"


@pytest.mark.parametrize(("code", "value"), GOLDEN.items())
def test_what_was_worked_out_by_hand_comes_out(code, value):
    assert BY_CODE[code].shown == Decimal(value)


@pytest.mark.parametrize(("code", "value"), EXACT.items())
def test_before_rounding(code, value):
    assert round(BY_CODE[code].exact, 6) == Decimal(value)


def test_rounding_half_up_would_not_give_the_printed_figure():
    assert round(BY_CODE["FUND_INCOME_GDP"].exact * 100, 2) == Decimal("8.77")


def test_every_figure_is_tested_and_every_input_used():
    assert {one.code for one in measures() if not one.printed} == set(GOLDEN) | (set(EXACT) & {one.code for one in measures() if not one.printed})
    assert {one.code for measure in measures() for one in measure.inputs} == set(inputs())
    assert multiplier("0.20*10000/2") == 1000
