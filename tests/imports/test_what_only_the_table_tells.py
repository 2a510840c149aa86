"""What only the table tells, when rows are written: each row is named, beside its field, and the others go
on.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.clocks.now import today
from governance.imports import actions as import_actions
from governance.imports import trying
from governance.imports.faults import row_sentence
from governance.imports.models import Import
from governance.imports.trying import column_of
from programs.care.imports import Beds
from programs.insurance import actions
from programs.insurance.imports import Contributions, Roster
from programs.insurance.models import Spell
from tests.factories import imports, insurance

pytestmark = pytest.mark.django_db
NUMBERS = [insurance.number_of(n) for n in range(21, 26)]


@pytest.fixture
def employer():
    return insurance.employer()


def hand_in(who, rows):
    return imports.rows_handed_in(who, rows, actions.ImportRoster)


def overlapping(count=4):
    """Rows of as many people, and a second spell of the first that begins a week later."""
    rows = insurance.roster_rows(NUMBERS[:count])
    later = (today() - timedelta(days=7)).isoformat()
    return [*rows, rows[0] | {"since": later}]


def test_two_rows_of_one_file_that_exclude_each_other_are_told_and_the_others_go_on(employer):
    refused = hand_in(employer, overlapping())
    assert (refused.state, refused.bad_count, refused.fault) == ("refused", 1, None)
    assert imports.problems(refused) == {(6, "number", "table:nobody_works_twice_at_one_employer")}
    import_actions.LeaveRowsOut.do(employer, refused)
    imports.work()
    done = imports.apply(employer, Import.objects.get())
    assert (done.state, done.applied_count, done.left_out_count, Spell.objects.count()) == ("applied", 4, 1, 4)


def test_of_a_long_file_it_is_told_when_it_is_applied_and_nothing_is_written(employer, monkeypatch):
    monkeypatch.setattr(trying, "AT_ONCE", 3)
    ready = hand_in(employer, overlapping())
    assert ready.state == "ready"
    refused = imports.apply(employer, ready)
    assert (refused.state, refused.bad_count, Spell.objects.count()) == ("refused", 1, 0)
    assert imports.problems(refused) == {(6, "number", "table:nobody_works_twice_at_one_employer")}
    assert "apply" not in str(refused.fault)


def test_a_file_as_long_as_is_tried_is_tried_and_one_row_more_is_not(employer, monkeypatch):
    monkeypatch.setattr(trying, "AT_ONCE", 5)
    assert hand_in(employer, overlapping(4)).state == "refused"
    assert hand_in(employer, overlapping(5)).state == "ready"




def test_what_a_constraint_says_stands_beside_its_field():
    assert column_of(Roster(), "nobody_works_twice_at_one_employer") == "number"
    assert column_of(Roster(), "a_spell_ends_after_it_begins") == "until"
    assert column_of(Contributions(), "a_contribution_is_more_than_nothing") == "employer_part"
    assert column_of(Roster(), "a_closed_account_stays_closed") == column_of(Beds(), "no_such_thing") == ""


@pytest.mark.parametrize("name", ["nobody_works_twice_at_one_employer", "a_closed_account_stays_closed", "no_such_thing", ""])
def test_whatever_refuses_has_a_sentence(name):
    said = row_sentence(Roster(), f"table:{name}")
    assert said and "_" not in said
