"""Identifiers: golden values of the standards, and everything that must be refused."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance.stakeholders import rules
from governance.stakeholders.rules import Fault, NotAnIdentifier, Scheme

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("number", "scheme", "born_on", "is_male"),
    [
        ("11010519491231002X", Scheme.CITIZEN, date(1949, 12, 31), False),
        ("360426199101010071", Scheme.CITIZEN, date(1991, 1, 1), True),
        ("810000199408230013", Scheme.RESIDENT, date(1994, 8, 23), True),
        ("990000195001010019", Scheme.EXAMPLE, date(1950, 1, 1), True),
        ("990000196002290029", Scheme.EXAMPLE, date(1960, 2, 29), False),
    ],
)
def test_numbers_of_the_standard_are_read(number, scheme, born_on, is_male):
    read = rules.citizen_number(number, today=TODAY)
    assert (read.number, read.scheme, read.born_on, read.is_male) == (number, scheme, born_on, is_male)


def with_check(body):
    return body + rules.person_check(body)


def test_a_county_founded_after_its_people_were_born_is_no_fault():
    assert rules.citizen_number(with_check("50011219800101123"), today=TODAY).region == "500112"


@pytest.mark.parametrize("prefix", ["810000", "820000", "830000"])
def test_residence_permits_are_valid(prefix):
    assert rules.citizen_number(with_check(prefix + "19800101123"), today=TODAY).scheme is Scheme.RESIDENT


def test_foreigners_are_valid():
    assert rules.citizen_number(with_check("91112419810803002"), today=TODAY).scheme is Scheme.FOREIGNER


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", Fault.LENGTH),
        ("110105194912310", Fault.LENGTH),
        ("11010519491231002Y", Fault.CHARACTERS),
        ("X1010519491231002X", Fault.CHARACTERS),
        ("١١٠١٠٥١٩٤٩١٢٣١٠٠٢X", Fault.CHARACTERS),
        ("110105194912310021", Fault.CHECK),
        ("11010519490230002X", Fault.BIRTH),
        ("11010520270101002X", Fault.BIRTH),
        ("11010517491231002X", Fault.BIRTH),
        ("010105194912310021", Fault.REGION),
        ("660105194912310021", Fault.REGION),
        ("810105194912310021", Fault.REGION),
        ("1101051949123100\x002X", Fault.LENGTH),
    ],
)
def test_what_is_no_personal_number_is_refused_with_its_fault(text, fault):
    with pytest.raises(NotAnIdentifier) as refusal:
        rules.citizen_number(text, today=TODAY)
    assert refusal.value.fault is fault


def test_full_width_lower_case_and_blanks_are_read():
    assert rules.citizen_number("１１０１０５ 19491231-002x", today=TODAY).number == "11010519491231002X"


def test_born_today_is_valid():
    assert rules.citizen_number(with_check("99000020261123001"), today=TODAY).born_on == TODAY


@given(st.integers(0, 16), st.integers(1, 9))
def test_one_changed_digit_is_always_seen(place, step):
    body = "99000019500101001"
    changed = body[:place] + str((int(body[place]) + step) % 10) + body[place + 1 :]
    assert rules.person_check(changed) != rules.person_check(body)


@pytest.mark.parametrize(
    ("code", "side"),
    [
        ("91110000600037341L", "enterprise"),
        ("11990000DEM000014D", "government"),
        ("12990000DEM000014A", "government"),
        ("51990000DEM0000149", "social"),
        ("52990000DEM0000146", "social"),
        ("53990000DEM0000143", "social"),
        ("91990000MADEM0011K", "enterprise"),
        ("92990000DEM0000142", "enterprise"),
        ("93990000DEM000014Y", "enterprise"),
        ("N2990000DEM000014L", "enterprise"),
    ],
)
def test_credit_codes_are_read_and_suggest_a_side(code, side):
    assert rules.credit_code(code).side == side


@pytest.mark.parametrize("category", ["A1", "Y1", "N1", "N3"])
def test_codes_that_begin_with_a_letter_are_as_good_as_any(category):
    body = category + "990000DEM000014"
    assert rules.credit_code(body + rules.credit_check(body)).category == category


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("9111000060003734", Fault.LENGTH),
        ("91110000600037341I", Fault.CHARACTERS),
        ("9111000060003734 1ſ", Fault.CHARACTERS),
        ("91A10000600037341L", Fault.REGION),
        ("91110000600037341M", Fault.CHECK),
        ("91110000600037342L", Fault.CHECK),
    ],
)
def test_what_is_no_credit_code_is_refused_with_its_fault(text, fault):
    with pytest.raises(NotAnIdentifier) as refusal:
        rules.credit_code(text)
    assert refusal.value.fault is fault


def test_the_organisation_code_inside_is_only_reported():
    assert rules.organisation_check("DEM00001") == "4"
    assert rules.credit_code("11990000DEM000014D").organisation_check_holds
    body = "11990000DEM000015"
    assert not rules.credit_code(body + rules.credit_check(body)).organisation_check_holds


def test_names_and_numbers_are_masked():
    assert [rules.masked_name(n) for n in ("", "王", "王芳", "王小芳", "欧阳娜娜")] == [
        "", "＊", "王＊", "王＊芳", "欧＊＊娜",
    ]  # fmt: skip
    assert rules.masked_number("11010519491231002X") == "110105********002X"


@pytest.mark.parametrize("text", ["11010519491231002X", "wang13800138000", "1101 0519-4912 31002x"])
def test_a_name_for_signing_in_is_no_personal_number(text):
    assert rules.looks_like_personal_number(text)


def test_an_ordinary_name_is_fine():
    assert not rules.looks_like_personal_number("li-na-2026")
