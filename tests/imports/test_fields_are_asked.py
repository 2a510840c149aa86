"""What the field of a model refuses on a page, a row of a file is refused for as well: every column of every
sheet, by probes.
"""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from governance.clocks.near import Near
from governance.clocks.now import today
from governance.imports import SHEETS
from governance.imports.columns import Choice, Day, Month, Number, Several, Text
from governance.imports.faults import row_sentence
from governance.imports.identities import Identity
from programs.insurance import actions
from tests.factories import imports, insurance

pytestmark = pytest.mark.django_db
DAYS = (-200 * 366, -80 * 366, -366, -93, -92, -1, 0, 1, 31, 92, 93, 124, 365, 367, 733, 5000)
NUMBERS = ("-1", "0", "0.01", "0.001", "1", "5", "6", "90", "91", "180", "181", "32000", "32768", "1000000", "99999999", "999999999", "7.5")
LETTERS = ("a", "示例", "0001-2", "x" * 20, "x" * 41, "x" * 61, "x" * 121, "x" * 201, "<b>", "a@b", "tel:1", "#1", "“”", "a\x07b", "1;2", "_", "/")
COLUMNS = [(kind, column.name) for kind, sheet in SHEETS.items() for column in sheet.columns if sheet.field_of(column) is not None]


def hand_in(who, rows):
    return imports.rows_handed_in(who, rows, actions.ImportRoster)


def probes(column):
    """Cells as people may write them, and what the model's field makes of each."""
    if column.as_day:
        days = [today() + timedelta(days=many) for many in DAYS]
        return [(f"{day:%Y-%m}", day.replace(day=1)) for day in days] if isinstance(column, Month) else [(f"{day}", day) for day in days]
    if isinstance(column, Number):
        return [(number, Decimal(number)) for number in NUMBERS]
    if isinstance(column, Several):
        return [(one, [one]) for one in LETTERS[:3]]
    return [(letters, letters) for letters in LETTERS]


def refused_by_the_field(field, value):
    try:
        field.run_validators(field.to_python(value))
        if field.choices and not isinstance(value, list):
            field.validate(field.to_python(value), None)
    except (ValidationError, ValueError):
        return True
    return False


def refused_by_the_sheet(sheet, column, cell):
    """Asked in SQL as ``checking`` does: by every check, and by the one that finds nearly all sound."""
    name = f"r.{column.name}"
    bad = [check.bad.replace("{c}", name) for check in column.checks()] + list(sheet.asked_of_days(column).values())
    bad += [f"({column.fine().replace('{c}', name)}) IS NOT TRUE"] if not column.may_be_empty else []
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {' OR '.join(f'coalesce({one}, false)' for one in bad)} FROM (SELECT %(cell)s::text AS {column.name}) AS r",
            {"cell": cell, "today": today()},
        )
        return cursor.fetchone()[0]


@pytest.mark.parametrize(("kind", "name"), COLUMNS)
def test_what_the_field_refuses_the_file_refuses(kind, name):
    sheet = SHEETS[kind]
    column, field = sheet.by_name[name], sheet.field_of(sheet.by_name[name])
    if field.is_relation or (column.found and not column.as_day) or isinstance(column, Identity):
        return  # it is looked up: whatever is written there, only what is found is kept
    passed = [cell for cell, value in probes(column) if refused_by_the_field(field, value) and not refused_by_the_sheet(sheet, column, cell)]
    assert not passed


def test_every_day_that_has_to_be_near_is_asked_for():
    near = {
        (kind, column.name) for kind, sheet in SHEETS.items() for column in sheet.columns
        if (field := sheet.field_of(column)) is not None and any(isinstance(one, Near) for one in field.validators)
    }  # fmt: skip
    asked = {(kind, column.name) for kind, sheet in SHEETS.items() for column in sheet.columns if sheet.asked_of_days(column)}
    assert near == asked >= {("roster", "since"), ("roster", "until"), ("bases", "month")}


def test_kinds_of_columns_are_all_probed():
    kinds = {type(SHEETS[kind].by_name[name]) for kind, name in COLUMNS}
    assert kinds >= {Text, Number, Choice, Several, Day, Month, Identity}


@pytest.mark.parametrize(("ahead", "state"), [(92, "ready"), (93, "refused")])
def test_both_sides_of_the_boundary_in_a_roster(ahead, state):
    employer = insurance.employer()
    last = (today() + timedelta(days=ahead)).isoformat()
    batch = hand_in(employer, [insurance.roster_rows([insurance.number_of(31)])[0] | {"until": last}])
    assert batch.state == state
    if state == "refused":
        assert imports.problems(batch) == {(2, "until", "too-late")}
        said = row_sentence(batch.sheet, "too-late", batch.sheet.by_name["until"])
        assert str((today() + timedelta(days=92)).year) in said and "%" not in said
