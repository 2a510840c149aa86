"""Rosters and contributions, from the employer's file into the register and back."""

import pytest
from django.db import connection

from governance.imports.models import ImportPiece, ImportRow
from programs.insurance import actions
from programs.insurance.models import Contribution, Insured, Spell
from tests.factories import imports, insurance

pytestmark = pytest.mark.django_db
NUMBERS = [insurance.number_of(n) for n in range(1, 4)]


def hand_in(who, rows, action):
    made = action.do(who, file=imports.file_of(rows))
    imports.work()
    made.refresh_from_db()
    return made


@pytest.fixture
def employer():
    return insurance.employer()


@pytest.fixture
def roster(employer):
    done = imports.apply(employer, hand_in(employer, insurance.roster_rows(NUMBERS), actions.ImportRoster))
    assert (done.state, done.applied_count) == ("applied", 3), imports.problems(done)
    return done


def register():
    office = insurance.agency()
    for spell in Spell.objects.filter(state="declared"):
        actions.RegisterSpell.do(office, spell)


def test_a_roster_makes_accounts_and_spells_and_takes_them_back(employer, roster):
    assert Insured.objects.count() == Spell.objects.filter(state="declared", employer=employer.stakeholder).count() == 3
    again = hand_in(employer, insurance.roster_rows(NUMBERS), actions.ImportRoster)
    assert (again.new_count, again.changed_count, again.unchanged_count) == (0, 0, 3)
    assert imports.undo(employer, roster).state == "undone"
    assert not Spell.objects.exists() and not Insured.objects.exists()


def test_a_known_person_gets_their_own_account(employer):
    who, account = insurance.person_with_account()
    number = who.stakeholder.identity.number()
    imports.apply(employer, hand_in(employer, insurance.roster_rows([number]), actions.ImportRoster))
    assert Spell.objects.get().insured == account


def test_contributions_come_in_once_and_every_bad_row_is_reported(employer, roster):
    register()
    rows = insurance.contribution_rows(NUMBERS)
    done = imports.apply(employer, hand_in(employer, rows, actions.ImportContributions))
    assert (done.state, Contribution.objects.paid()) == ("applied", 3 * 1920)
    assert hand_in(employer, rows, actions.ImportContributions).unchanged_count == 3
    bad = [
        rows[0] | {"month": "2026-13"}, rows[0] | {"month": "2030-01"}, rows[0] | {"number": insurance.number_of(9)},
        rows[0] | {"number": "123"}, rows[0] | {"month": "2020-01"}, rows[0] | {"month": "2026-09", "employer_part": "9000"}, rows[1], rows[1],
    ]  # fmt: skip
    found = imports.problems(hand_in(employer, bad, actions.ImportContributions))
    assert found == {
        (2, "month", "no-month"), (2, "number", "not-on-roster"), (3, "month", "month-to-come"), (4, "number", "not-insured"), (5, "number", "no-identity-number"),
        (6, "number", "not-on-roster"), (7, "employer_part", "more-than-base"), (8, "branch", "twice"), (9, "branch", "twice"),
    }  # fmt: skip
    assert imports.undo(employer, done).state == "undone"
    assert not Contribution.objects.exists()


def test_nobody_pays_for_the_people_of_others(employer, roster):
    register()
    stranger = insurance.employer()
    batch = hand_in(stranger, insurance.contribution_rows(NUMBERS[:1]), actions.ImportContributions)
    assert imports.problems(batch) == {(2, "number", "not-on-roster")}


def test_numbers_are_unreadable_wherever_the_file_was_kept(employer):
    made = actions.ImportRoster.do(employer, file=imports.file_of(insurance.roster_rows(NUMBERS)))
    piece = bytes(ImportPiece.objects.get(batch=made).content)
    assert all(number.encode() not in piece for number in NUMBERS)
    imports.work()
    imports.apply(employer, made)
    assert ImportRow.objects.filter(batch=made).count() == 3
    with connection.cursor() as cursor:
        for table in ("imports_importrow", "insurance_insured", "insurance_spell", "imports_import", "actions_event", "outbox_item"):
            cursor.execute("SELECT to_regclass(%s)", [table])
            if cursor.fetchone()[0] is None:
                continue
            cursor.execute(f"SELECT string_agg(x::text, '') FROM {table} x")
            kept = cursor.fetchone()[0] or ""
            assert all(number not in kept for number in NUMBERS), table
