"""The catalogue: what is packaged, who changes it, what holds when, and that old values stay."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from django.db import DatabaseError, IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from governance.actions import NotResponsible, Refused
from governance.catalogue import actions, effects, loading, reading, rules
from governance.catalogue.models import Parameter, Program
from governance.catalogue.values import MissingParameter, values_of, values_on
from governance.embedded import PROJECT
from governance.stakeholders.actors import NOBODY
from tests.factories import care, catalogue

pytestmark = pytest.mark.django_db


def activated(parameter: Parameter) -> Parameter:
    return actions.ActivateParameter.do(catalogue.keeper(), parameter)


def test_everything_packaged_is_there_once_with_its_mark():
    assert Program.objects.listed().count() == 23
    before = Parameter.objects.count()
    loading.load()
    assert Parameter.objects.count() == before
    employer = Parameter.objects.get(program__code="employee-pension", key="contribution.employer")
    assert (employer.value, employer.mark) == ("0.16", "unverified"), "16 % is from memory"
    assert not Parameter.objects.filter(mark="verified", verified_on=None).exists()
    assert all(rules.fits(one.value, one.unit) for one in Parameter.objects.all())


def test_what_holds_depends_on_the_day():
    days = {2024: "123", 2025: "143", 2026: "163"}
    for year, amount in days.items():
        held = values_on(date(year, 6, 1), "residents-pension")
        assert held.number("residents-pension", "basic-pension") == Decimal(amount)
        assert [one.value for one in held.used] == [amount]
    assert [one.value for one in values_on(date(2025, 6, 1), "residents-pension").used] == []
    with pytest.raises(MissingParameter):
        values_on(date(2026, 1, 1), "unemployment").number("unemployment", "contribution.total")


def test_the_nearest_area_counts():
    local = activated(catalogue.value(key="contribution.employer", value="0.15"))
    day = date(2026, 5, 1)
    assert values_on(day, "employee-pension", area=care.DISTRICT).number("employee-pension", "contribution.employer") == Decimal("0.15")
    assert values_on(day, "employee-pension").number("employee-pension", "contribution.employer") == Decimal("0.16")
    assert local.mark == "example", "what is made up for the fictional territory is no law"


def test_a_value_needs_two_people():
    keeper = catalogue.keeper()
    parameter = catalogue.value(by=keeper)
    with pytest.raises(NotResponsible):
        actions.ActivateParameter.do(keeper, parameter)
    assert activated(parameter).state == "activated"


def test_the_next_version_ends_the_one_before():
    first = activated(catalogue.value(key="wage"))
    second = catalogue.value(key="wage", value="0.20", effective_from=date(2026, 7, 1))
    assert reading.preview(second)["differences"] == [{"row": "", "before": "10 %", "after": "20 %"}]
    activated(second)
    first.refresh_from_db()
    assert first.effective_until == date(2026, 7, 1)
    assert [one.value for one in Parameter.objects.in_force_on(date(2026, 6, 30)).versions_of(first)] == ["0.10"]
    assert [one.value for one in Parameter.objects.in_force_on(date(2026, 7, 1)).versions_of(first)] == ["0.20"]
    with pytest.raises(Refused):
        activated(catalogue.value(key="wage", effective_from=date(2026, 3, 1)))


def test_two_values_never_hold_at_once_whatever_the_code_does():
    first = activated(catalogue.value(key="wage"))
    with pytest.raises(IntegrityError, match="a_parameter_has_one_value_at_a_time"), transaction.atomic():
        Parameter.objects.create(program=first.program, key="wage", area=first.area, name="示例", value="1", unit="yuan", effective_from=date(2030, 1, 1), source="示例", state="activated")
    with pytest.raises(DatabaseError, match="stays as it is"), transaction.atomic():
        Parameter.objects.filter(pk=first.pk).update(value="0.5")


def test_an_old_result_is_worked_out_again_with_the_old_value():
    first = activated(catalogue.value(key="wage"))
    used = [first.reference]
    activated(catalogue.value(key="wage", value="0.20", effective_from=date(2026, 7, 1)))
    assert values_of(used, date(2027, 1, 1)).number("employee-pension", "wage") == Decimal("0.10")


def test_activation_shows_whose_results_change():
    @effects.counts("employee-pension")
    def counted(before, after):
        if before.has("employee-pension", "counted"):
            was, becomes = (values.number("employee-pension", "counted") for values in (before, after))
            yield effects.Effect("示例", int(was != becomes), 1, [("示例", str(was), str(becomes))])

    activated(catalogue.value(key="counted", value="1", unit="years"))
    found = reading.preview(catalogue.value(key="counted", value="2", unit="years", effective_from=date(2026, 8, 1)))["effects"]
    assert [(one.changed, one.total, one.examples) for one in found if one.what == "示例"] == [(1, 1, [("示例", "1", "2")])]


def test_a_source_is_confirmed_by_somebody_else_with_a_reason():
    parameter = Parameter.objects.get(program__code="employee-pension", key="contribution.person")
    keeper = catalogue.keeper("000000000000")
    with pytest.raises(Refused):
        actions.VerifyParameter.do(keeper, parameter, source="示例", source_en="")
    changed = actions.VerifyParameter.do(keeper, parameter, source="示例文件第一条", source_en="", reason="已核对原文")
    assert (changed.mark, changed.value) == ("verified", "0.08") and changed.verified_on


def test_others_change_nothing():
    with pytest.raises(Refused):
        catalogue.value(area=care.area("880100000000", "别处"))
    with pytest.raises(Refused):
        catalogue.value(value="much")
    with pytest.raises(Refused):
        catalogue.program(area=care.area("880100000000", "别处"))
    proposed = catalogue.value()
    actions.WithdrawParameter.do(catalogue.keeper(), proposed, reason="示例")
    assert not Parameter.objects.visible_to(NOBODY).filter(pk=proposed.pk).exists()
    ended = actions.EndParameter.do(catalogue.keeper(), activated(catalogue.value()), effective_until=date(2027, 1, 1), reason="示例")
    assert not ended.holds_on(date(2027, 1, 1))


def test_a_new_program_brings_its_own_fields_without_a_migration():
    schema = {"type": "object", "properties": {"hours": {"type": "integer", "title": "每月小时"}}, "required": ["hours"], "additionalProperties": False}
    with pytest.raises(Refused):
        catalogue.program(fields_schema=schema, details={"hours": "many"})
    with pytest.raises(Refused):
        catalogue.program(fields_schema={"$ref": "https://example.invalid/schema"})
    made = catalogue.program(fields_schema=schema, details={"hours": 8}, pillars_2005=["4"])
    assert not Program.objects.visible_to(NOBODY).filter(pk=made.pk).exists()
    actions.PublishProgram.do(catalogue.keeper(), made)
    assert reading.own_fields(Program.objects.visible_to(NOBODY).get(pk=made.pk)) == [("每月小时", 8)]
    described = catalogue.description(code=made.code)
    changed = {name: described[name] for name in ("name", "tier", "branch", "maturity", "basis", "protection", "payers")}
    actions.ChangeProgram.do(catalogue.keeper(), made, **changed | {"maturity": "national", "fields_schema": schema, "details": {"hours": 9}}, reason="示例")
    assert actions.EndProgram.do(catalogue.keeper(), made, reason="示例").state == "ended"
    assert actions.WithdrawProgram.do(catalogue.keeper(), catalogue.program(), reason="示例").state == "withdrawn"


numbers = st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-1000, max_value=1000).map(str)
tables = st.dictionaries(st.text(max_size=4), numbers, min_size=1, max_size=5)


@given(tables, tables)
def test_differences_tell_one_table_into_the_other(before, after):
    changed = dict(before)
    for row, _old, new in rules.differences(before, after):
        changed.pop(row, None)
        if new is not None:
            changed[row] = new
    assert {row: Decimal(cell) for row, cell in changed.items()} == {row: Decimal(cell) for row, cell in after.items()}
    assert rules.differences(before, before) == []
    assert rules.fingerprint(before) == rules.fingerprint(dict(reversed(before.items())))


AS_QUOTED = ("转引", "as quoted", "第三方", "third party", "凭记忆", "from memory", "全文待核", "to be checked", "全文未核", "not read")


def test_checked_is_said_only_where_the_text_can_be_found():
    """“Source checked” names a law with its title or a document with its number; a report or a third party's copy is “quoted”."""
    checked = [*Parameter.objects.filter(mark="verified"), *Program.objects.filter(mark="verified")]
    for one in checked:
        cited = one.source if isinstance(one, Parameter) else one.basis
        assert "《" in cited or "〔" in cited or "公告" in cited, cited
    for key in ("contribution.flexible", "pension.accrual", "base.flexible-floor", "divisor-months"):
        assert set(Parameter.objects.filter(program__code="employee-pension", key=key).values_list("mark", flat=True)) == {"quoted"}, key
    assert Parameter.objects.get(program__code="care-subsidy", key="ceiling").mark == "quoted"


@pytest.mark.parametrize("area", ["governance/catalogue", "governance/learning", "programs/insurance", "programs/annuities", "programs/policies", "programs/care"])
def test_no_internal_note_is_read_by_the_public(area):
    """How far a source was checked is a mark beside it, never a remark within a text."""
    for path in sorted((PROJECT / area / "data").glob("*.json")):
        text = path.read_text(encoding="utf-8")
        assert not [note for note in AS_QUOTED if note in text], path.name


def test_the_tax_rule_of_the_personal_pension_is_older_than_the_nationwide_system():
    """Announcement 2024 No. 21: nationwide since 1 January 2024; the system itself since 15 December."""
    assert values_on(date(2024, 6, 1), "personal-pension").number("personal-pension", "ceiling") == 12000
    assert values_on(date(2024, 6, 1), "personal-pension").number("personal-pension", "withdrawal-tax") == Decimal("0.03")
    assert not values_on(date(2023, 12, 31), "personal-pension").has("personal-pension", "ceiling")
    assert Program.objects.get(code="personal-pension").since == date(2024, 12, 15)


def test_what_has_no_first_day_does_not_hold_from_the_beginning_of_time(client):
    medical = Parameter.objects.get(program__code="employee-medical", key="contribution.employer")
    assert (medical.since, medical.known_since) == (None, date(2025, 1, 1))
    assert values_on(date(2025, 1, 1), "employee-medical").has("employee-medical", "contribution.employer")
    assert not values_on(date(2024, 12, 31), "employee-medical").has("employee-medical", "contribution.employer")
    assert not values_on(date(1990, 1, 1), *Program.objects.values_list("code", flat=True))._held
    ages = Parameter.objects.get(program__code="employee-pension", key="retirement-age.men", effective_until=date(2025, 1, 1))
    assert ages.known_since == date(2024, 1, 2), "what has ended is known for the year before"
    page = client.get(medical.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "first day not recorded" in page and "2025-01-01" in page


def test_a_quoted_value_says_so_on_its_page_and_in_the_interface(client):
    one = Parameter.objects.get(program__code="care-subsidy", key="ceiling")
    page = client.get(one.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "known only as another text quotes it" in page
    assert client.get(f"/api/catalogue/parameters/{one.pk}/").json()["mark"] == "quoted"
    with pytest.raises(IntegrityError), transaction.atomic():
        Parameter.objects.filter(pk=one.pk).update(mark="checked")
