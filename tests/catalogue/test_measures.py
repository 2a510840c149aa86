"""The paper's figures come out of their published inputs, as printed; the others as worked out by hand."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from governance.catalogue.measures import Claim, inputs, measures, measures_of, multiplier

BY_CODE = {one.code: one for one in measures()}
GOLDEN = {
    "RESERVE_MONTHS_2018": "14.68", "RESERVE_MONTHS_2021": "12.75", "RESERVE_MONTHS_2024": "12.54", "RESERVE_MONTHS_2025": "13.26", "SYS_DEPENDENCY": "0.3807",
    "PER_CAP_PENSION_2024": "3825.22", "PER_CAP_PENSION_2025": "3899.82", "PER_CAP_RESIDENTS_2024": "245.83", "PER_CAP_RESIDENTS_2025": "275.55",
    "SUBSIDY_BENEFIT_2015": "98.79", "SUBSIDY_BENEFIT_2016": "99.38", "SUBSIDY_CONTRIB_2015": "2.891", "SUBSIDY_CONTRIB_2016": "2.839", "SUBSIDY_EXP_2016": "16.64", "SUBSIDY_OUTLAYS_2016": "17.28",
    "ANNUITY_GROWTH_2016": "0.389", "ANNUITY_GROWTH_2017": "0.258", "INS_DENSITY": "297.0", "INS_DEPTH": "0.460", "INS_DEPTH_2017": "0.523",
    "BED_OCCUPANCY": "45.44", "BED_VACANCY": "54.56", "BEDS_PER_1000": "25.76", "DIBAO_RURAL_URBAN": "0.7441", "SUBSIDY_OUTLAYS_2015": "17.51", "PENSION_RATIO_2025": "14.15",
    "INS_DENSITY_2013": "138.5", "INS_DENSITY_2014": "159.4", "INS_DENSITY_2015": "192.7", "INS_DENSITY_2016": "252.3", "INS_DENSITY_2017": "308.7",
    "INS_DEPTH_2013": "0.317", "INS_DEPTH_2014": "0.339", "INS_DEPTH_2015": "0.384", "INS_DEPTH_2016": "0.469",
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


def test_other_vintages_would_not_give_the_printed_figure():
    def others(code):
        return [str(one.shown) for one in BY_CODE[code].with_other_vintages]

    assert (others("FUND_INCOME_GDP"), others("FUND_EXP_GDP")) == (["8.77", "8.59"], ["7.50", "7.35"])
    assert others("ANNUITY_FUND_GDP") == ["1.57", "1.56", "1.55"] and others("ANNUITY_GROWTH_2016") == ["0.345"]
    assert others("SUBSIDY_BENEFIT_2015") + others("SUBSIDY_BENEFIT_2016") == ["95.74", "96.23"] and others("HEALTH_DEPTH") == ["0.59"]


def test_what_the_paper_says_in_words_is_tried_too():
    assert {one.code for one in measures() if one.claim and not one.agrees} == {"INS_DENSITY_2017"}, "308.7 is above the 300 it says"
    assert sum(one.claim is not None for one in measures()) == 21
    assert Claim(above="98").holds(Decimal("98.01")) and not Claim(above="98").holds(Decimal(98)) and not Claim(below="0.5").holds(Decimal("0.5"))
    assert Claim(low="140", high="300", to="10").holds(Decimal("138.5")) and not Claim(high="20").holds(Decimal("20.1"))
    assert (BY_CODE["THREE_EXPENDITURE"].shown, BY_CODE["THREE_EXPENDITURE"].agrees) == (49207, True), "1 off by rounding"


def test_each_program_offers_its_own_figures_and_says_what_it_cannot_work_out(client, db):
    rooms = {"employee-pension": "insurance", "enterprise-annuity": "annuities", "exclusive-pension": "policies", "care-beds": "care"}
    for code, room in rooms.items():
        assert {one.code for one in measures_of(code)} <= {row["code"] for row in json.loads(Path(f"programs/{room}/data/measures.json").read_text("utf-8"))["measures"]}
        page = client.get(client.get(f"/catalogue/called/{code}/")["Location"] + "figures/", headers={"accept-language": "en"}).content.decode()
        assert all(one.name_en.split("2")[0].strip() in page for one in measures_of(code)) and "Inputs" in page
    page = client.get(client.get("/catalogue/called/exclusive-pension/")["Location"] + "figures/", headers={"accept-language": "en"}).content.decode()
    assert "308.7" in page and "it is not" in page and "3,445 dollars a head" in page and "<svg" in page
    assert "come out" in client.get("/catalogue/figures/", headers={"accept-language": "en"}).content.decode()


def test_every_figure_is_tested_and_every_input_used():
    assert {one.code for one in measures() if not one.printed} == set(GOLDEN) | (set(EXACT) & {one.code for one in measures() if not one.printed})
    used = {one.code for measure in measures() for shown in (measure, *measure.with_other_vintages) for one in shown.inputs}
    assert used == set(inputs())
    assert multiplier("0.20*10000/2") == 1000
