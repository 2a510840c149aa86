"""The provincial table: what adds up, what does not and says so, what is worked out from it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from programs.insurance.measures import provinces as measures


def test_the_one_known_error_is_flagged_and_not_mended():
    nation, provinces = measures.table()
    assert [one.name for one in provinces if one.faults] == ["浙江"] and not nation.faults
    assert next(one for one in provinces if one.name == "浙江").numbers["emp_insured"] == Decimal("3631.3")


def test_what_is_worked_out():
    nation, provinces = measures.table()
    by_name = {one.name: one for one in provinces}
    assert (by_name["辽宁"].reserve_months, by_name["广东"].reserve_months) == (Decimal("1.1"), Decimal("56.4"))
    assert (nation.dependency, nation.employee_pension, nation.residents_pension) == (Decimal("0.381"), Decimal("3825.22"), Decimal("245.83"))
    assert min(one.reserve_months for one in provinces) == Decimal("1.1") and by_name["黑龙江"].surplus < 0


def test_what_belongs_to_no_province_is_said():
    """The employees' columns of the provinces leave a part "not by region"; both schemes together are what was published elsewhere."""
    nation, provinces = measures.table()
    rest = measures.not_by_region(nation, provinces)
    assert (rest["emp_retirees"], rest["emp_expenditure"]) == (Decimal("41.2"), Decimal("426.9"))
    assert round(nation.numbers["emp_insured"] + nation.numbers["res_insured"]) == 107_282


def test_a_table_that_does_not_add_up_is_refused(tmp_path):
    text = measures.DATA.read_text(encoding="utf-8")
    for wrong in (text.replace("175.1,66.3", "195.1,66.3"), text[: text.rindex("新疆")]):
        (tmp_path / "wrong.csv").write_text(wrong, encoding="utf-8")
        with pytest.raises(measures.WrongTable):
            measures.read(tmp_path / "wrong.csv")


@pytest.mark.django_db
@pytest.mark.parametrize("show", ["", *measures.MEASURES, "nothing"])
def test_everybody_sees_tiles_and_table(client, show):
    page = client.get("/insurance/provinces/", {"show": show}, headers={"accept-language": "en"}).content.decode()
    assert "does not add up" in page and "Guangdong" in page and "China Statistical Yearbook 2025" in page


@pytest.mark.django_db
def test_programs_read_the_table(client):
    found = client.get("/api/insurance/provinces/").json()
    assert len(found) == 32 and [one["name"] for one in found if one["faults"]] == ["浙江"]


@pytest.mark.django_db
def test_figures_show_formula_inputs_and_vintage(client):
    program = client.get("/catalogue/called/employee-pension/", follow=True).request["PATH_INFO"]
    page = client.get(f"{program}figures/", headers={"accept-language": "en"}).content.decode()
    assert "8.76" in page and "preliminary" in page and "900,309" in page and "as the paper prints it" in page
    assert {one["code"] for one in client.get("/api/catalogue/figures/").json() if one["agrees"] is False} == {"INS_DENSITY_2017"}
