"""The calculators: answers with their steps, versions and doubts, on pages and for programs."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from governance.catalogue import actions, reading
from governance.catalogue.values import values_of, values_on
from programs.insurance import reading as insurance
from programs.insurance.rules.retirement import Month
from tests.factories import catalogue

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
    assert "divisor-interpolation" in {one["key"] for one in found["parameters"] if one["mark"] == "unverified"}
    assert ask(client, "pension", **ASKED | {"paid_years": 14}).json()["warnings"]
    assert ask(client, "residents-pension", balance="30000").json()["values"]["total"] == "378.83"


def test_the_combined_rate_is_not_known_where_a_rate_is_not(client):
    known = ask(client, "combined-rate", on="2025-06-01").json()
    assert (known["outcome"], Decimal(known["values"]["total"])) == ("yes", Decimal("0.354"))
    unknown = ask(client, "combined-rate", on="2026-06-01").json()
    assert unknown["outcome"] == "unknown" and unknown["missing"]


@pytest.mark.parametrize("wrong", [{"age_years": 71}, {"age_years": 70, "age_months": 5}, {"wage": "0"}, {"index": "9"}, {"balance": "-1"}])
def test_what_makes_no_sense_is_refused(client, wrong):
    assert ask(client, "pension", **ASKED | wrong).status_code in (400, 422)
    assert client.get("/insurance/pension/", ASKED | wrong).status_code == 200


def test_the_page_shows_steps_sources_and_doubt_without_script(client):
    page = client.get("/insurance/pension/", ASKED, headers={"accept-language": "en"}).content.decode()
    assert "2,663.31 yuan" in page and "source not verified" in page and "divided by 139 months" in page
    chinese = client.get("/insurance/retirement/", WOMAN, headers={"accept-language": "zh-CN"}).content.decode()
    assert "法定退休时间是 2026 年 08 月" in chinese and "55 岁零 4 个月" in chinese
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
