"""The calculators: answers with their steps, versions and doubts, on pages and for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from governance.catalogue import actions, reading
from governance.catalogue.values import values_of, values_on
from programs.insurance import reading as insurance
from programs.insurance.rules.retirement import Month
from tests.factories import care, catalogue

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)
ASKED = {"wage": "8000", "index": "0.8", "paid_years": 25, "balance": "120000", "age_years": 60}
WOMAN = {"year": 1971, "month": 4, "group": "women-55"}


def ask(client, address, **asked):
    return client.get(f"/api/insurance/{address}/", asked, headers={"accept-language": "en"})


def test_when_a_woman_born_in_april_1971_retires(client):
    found = ask(client, "retirement", **WOMAN).json()
    assert found["values"] == {"delay_months": 4, "age_months": 664, "earliest": "2026-04", "statutory": "2026-08", "latest": "2029-08", "needed_months": 180}
    assert found["outcome"] == "unknown" and found["missing"], "nobody said how long she has paid in"
    assert {one["mark"] for one in found["parameters"]} == {"verified"}
    assert ask(client, "retirement", **WOMAN, paid_years=15).json()["outcome"] == "yes"
    short = ask(client, "retirement", **WOMAN, paid_years=12, paid_months=5).json()
    assert (short["outcome"], short["would_change"]) == ("no", "31 more months of contributions would be enough.")


def test_pensions_of_both_schemes(client):
    found = ask(client, "pension", **ASKED).json()
    assert found["values"] == {"basic": "1800.00", "account": "863.31", "total": "2663.31", "divisor": "139"}
    assert "divisor-interpolation" not in {one["key"] for one in found["parameters"]}, "at a whole age nothing lies between two rows of the table"
    between = ask(client, "pension", **ASKED | {"age_months": 1}).json()
    assert "divisor-interpolation" in {one["key"] for one in between["parameters"] if one["mark"] == "unverified"}
    assert ask(client, "pension", **ASKED | {"paid_years": 14}).json()["warnings"]
    assert ask(client, "residents-pension", balance="30000").json()["values"]["total"] == "378.83"


def test_the_combined_rate_is_told_only_for_days_for_which_values_are_known_to_hold(client):
    for day, total in (("1990-01-01", "0"), ("2018-06-01", "0"), ("2025-06-01", "0")):
        found = ask(client, "combined-rate", on=day).json()
        assert (found["outcome"], Decimal(found["values"]["total"])) == ("unknown", Decimal(total)), day
        assert len(found["missing"]) == 4 and not any("employee-pension" in one for one in found["missing"])
    now = ask(client, "combined-rate", on="2026-11-24").json()
    assert (now["outcome"], Decimal(now["values"]["total"])) == ("unknown", Decimal("0.344")) and "Unemployment" in now["missing"][0]
    for key in ("contribution.employer", "contribution.person"):
        proposed = catalogue.value(catalogue.published("unemployment"), by=catalogue.keeper("000000000000"), area=care.area("000000000000"), key=key, value="0.005")
        actions.ActivateParameter.do(catalogue.keeper("000000000000"), proposed)
    whole = ask(client, "combined-rate", on="2026-11-24").json()
    assert (whole["outcome"], Decimal(whole["values"]["total"])) == ("yes", Decimal("0.354"))


def retiring(client, **asked):
    return ask(client, "retirement", **asked).json()


def test_early_by_choice_is_open_only_to_who_has_paid_in_long_enough(client):
    man = {"year": 1966, "month": 1, "group": "men"}
    told = {name: retiring(client, **man, paid_years=years, paid_months=months)["values"].get("earliest") for name, years, months in (("short", 14, 11), ("enough", 15, 0))}
    assert told == {"short": None, "enough": "2026-01"}
    assert retiring(client, **man)["values"]["earliest"] == "2026-01", "nobody said how long: told with its condition"
    page = client.get("/insurance/retirement/", man | {"paid_years": 10}, headers={"accept-language": "en"}).content.decode()
    assert "not open: 15 years of contributions come first" in page and "5 years are lacking" in page
    assert "in writing 3 months before" in page and "1 month before" in page


def test_who_reached_the_age_before_2025_is_told_so_and_of_no_rule_that_did_not_exist(client):
    old = retiring(client, year=1955, month=5, group="men", paid_years=30)
    assert old["values"]["statutory"] == "2015-05" and not {"earliest", "latest"} & set(old["values"])
    assert "has passed" in old["sentence"] and "May 2015" in old["sentence"]
    assert "latest" not in retiring(client, year=1964, month=12, group="men", paid_years=30)["values"]
    assert retiring(client, year=1965, month=1, group="men", paid_years=30)["values"]["latest"] == "2028-02"


def test_months_are_written_as_months(client):
    page = client.get("/insurance/retirement/", {"year": 1971, "month": 4, "group": "women-55"}, headers={"accept-language": "en"}).content.decode()
    assert "August 2026" in page and "08 of 2026" not in page
    chinese = client.get("/insurance/retirement/", {"year": 1957, "month": 3, "group": "men"}, headers={"accept-language": "zh-CN"}).content.decode()
    assert "2017 年 3 月" in chinese and "03 月" not in chinese and "已过" in chinese


def test_the_headline_never_says_more_than_the_law(client):
    short = ask(client, "pension", **ASKED | {"paid_years": 5}).json()
    assert (short["outcome"], short["sentence"]) == ("no", "No monthly pension yet: 5 years paid in, 15 years needed; 10 years more would do.")
    unsure = ask(client, "pension", **ASKED | {"paid_years": 15, "paid_months": 6}).json()
    assert unsure["outcome"] == "unknown" and "year in which you retire" in unsure["missing"][0] and "if the time paid in suffices" in unsure["sentence"]
    told = ask(client, "pension", **ASKED | {"paid_years": 15, "paid_months": 6, "age_years": 63, "begins_in": 2040}).json()
    assert told["outcome"] == "no" and "20 years needed" in told["sentence"]
    assert ask(client, "pension", **ASKED | {"paid_years": 15, "paid_months": 6, "begins_in": 2030}).json()["outcome"] == "yes"
    assert ask(client, "pension", **ASKED | {"paid_years": 15, "paid_months": 6, "begins_in": 2031}).json()["outcome"] == "no"
    assert ask(client, "pension", **ASKED | {"paid_years": 20}).json()["outcome"] == "yes", "twenty years suffice in every year"


@pytest.mark.parametrize("wrong", [{"age_years": 71}, {"age_years": 70, "age_months": 5}, {"wage": "0"}, {"index": "9"}, {"balance": "-1"}])
def test_what_makes_no_sense_is_refused(client, wrong):
    assert ask(client, "pension", **ASKED | wrong).status_code in (400, 422)
    assert client.get("/insurance/pension/", ASKED | wrong).status_code == 200


def test_the_page_shows_steps_sources_and_doubt_without_script(client):
    page = client.get("/insurance/pension/", ASKED, headers={"accept-language": "en"}).content.decode()
    assert "2,663.31 yuan" in page and "source not verified" not in page and "divided by 139 months" in page
    assert "source not verified" in client.get("/insurance/pension/", ASKED | {"age_months": 1}, headers={"accept-language": "en"}).content.decode()
    chinese = client.get("/insurance/retirement/", WOMAN, headers={"accept-language": "zh-CN"}).content.decode()
    assert "法定退休时间是 2026 年 8 月" in chinese and "55 岁零 4 个月" in chinese
    for address in ("retirement", "pension", "residents-pension", "combined-rate"):
        assert client.get(f"/insurance/{address}/").status_code == 200


def test_an_old_result_comes_out_the_same_after_the_law_has_changed():
    def worked_out(values):
        return insurance.employee_pension(values, wage=Decimal(8000), index=Decimal("0.8"), paid=300, balance=Decimal(120000), age=720)

    before = worked_out(values_on(DAY, "employee-pension"))
    proposed = catalogue.value(by=catalogue.keeper("000000000000"), area=before.used[0].area, key="pension.accrual", value="0.012", effective_from=date(2026, 12, 1))
    effects = reading.preview(proposed)["effects"]
    assert [(one.changed, one.total) for one in effects if one.total == 3] == [(3, 3)], "every worked example of a pension changes"
    actions.ActivateParameter.do(catalogue.keeper("000000000000"), proposed)
    after = worked_out(values_on(date(2026, 12, 1), "employee-pension"))
    again = worked_out(values_of([one.reference for one in before.used], DAY))
    assert after.values["total"] > before.values["total"] == again.values["total"]
    assert (again.fingerprint, again.trace) == (before.fingerprint, before.trace) and after.fingerprint != before.fingerprint


def test_a_fact_that_is_missing_is_never_nought():
    values = values_on(DAY, "employee-pension")
    found = [insurance.when_to_retire(values, born=Month.of("1980-06"), group="women-50", paid=paid).outcome for paid in (None, 0)]
    assert found == ["unknown", "no"]
