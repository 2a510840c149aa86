"""Rosters and contributions, from the employer's file into the register and back."""

from datetime import date

import pytest
from django.db import connection

from governance.imports.models import ImportPiece, ImportRow
from governance.stakeholders import ciphers
from governance.stakeholders.models.identity import LABEL
from programs.insurance import actions
from programs.insurance.models import Base, Contribution, Insured, Spell
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


def test_nobody_is_declared_by_file_before_the_sixteenth_or_after_the_hundredth_birthday(employer):
    """Born on 2 July 1984, and somebody on 2 January 1926: the same days on which the action refuses."""
    old = insurance.number_of(7, date(1926, 1, 2))
    rows = [
        *insurance.roster_rows(NUMBERS[:1], since="2000-07-01"), *insurance.roster_rows(NUMBERS[1:2], since="2000-07-02"),
        *insurance.roster_rows([old], since="2026-01-02"), *insurance.roster_rows([old], since="2026-01-01", until="2026-01-01"),
    ]  # fmt: skip
    done = hand_in(employer, rows, actions.ImportRoster)
    assert imports.problems(done) == {(2, "since", "outside-working-life"), (4, "since", "outside-working-life")}
    assert not Insured.objects.exists()


def test_contributions_come_in_once_and_every_bad_row_is_reported(employer, roster):
    register()
    rows = insurance.contribution_rows(NUMBERS)
    done = imports.apply(employer, hand_in(employer, rows, actions.ImportContributions))
    assert (done.state, Contribution.objects.paid()) == ("applied", 3 * 1920)
    assert hand_in(employer, rows, actions.ImportContributions).unchanged_count == 3
    bad = [
        rows[0] | {"month": "2026-13"}, rows[0] | {"month": "2030-01"}, rows[0] | {"number": insurance.number_of(9)},
        rows[0] | {"number": "123"}, rows[0] | {"month": "2020-01", "paid_on": "2020-01-20"}, rows[0] | {"month": "2026-09", "employer_part": "9000"}, rows[1], rows[1],
        rows[2] | {"employer_part": "0", "person_part": "0.00"}, rows[2] | {"paid_on": "2026-11-25"}, rows[2] | {"paid_on": "2025-09-29"},
    ]  # fmt: skip
    found = imports.problems(hand_in(employer, bad, actions.ImportContributions))
    assert found == {
        (2, "month", "no-month"), (2, "number", "not-on-roster"), (3, "month", "month-to-come"), (3, "paid_on", "paid-long-before"), (4, "number", "not-insured"), (5, "number", "no-identity-number"),
        (6, "number", "not-on-roster"), (7, "employer_part", "more-than-base"), (8, "branch", "twice"), (9, "branch", "twice"),
        (10, "employer_part", "nothing-paid"), (11, "paid_on", "paid-tomorrow"), (12, "paid_on", "paid-long-before"),
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


# What registered facts stand against ----------------------------------------------------------------------------------------


def test_a_roster_leaves_what_is_registered_as_it_is(employer, roster):
    """The usual monthly file with another base, other branches or another way of working: nothing of it is written."""
    register()
    for wrong, found in (({"base": "12000"}, "registered-base"), ({"base": "3000"}, "registered-base"), ({"branches": "pension"}, "registered-branches"), ({"sort": "institution"}, "registered-sort")):
        batch = hand_in(employer, insurance.roster_rows(NUMBERS[:1], **wrong), actions.ImportRoster)
        assert {code for _line, _column, code in imports.problems(batch)} == {found}
    assert set(Spell.objects.values_list("base", flat=True)) == {8000}


def test_a_roster_never_opens_ended_work_again(employer, roster):
    register()
    spell = Spell.objects.get(insured__blind=ciphers.blind(NUMBERS[0], label=LABEL))
    actions.EndSpell.do(employer, spell, until=date(2026, 9, 30))
    for until in ("", "2026-12-31"):
        batch = hand_in(employer, insurance.roster_rows(NUMBERS[:1], until=until), actions.ImportRoster)
        assert imports.problems(batch) == {(2, "until", "spell-ended")}
    assert hand_in(employer, insurance.roster_rows(NUMBERS[:1], until="2026-09-30"), actions.ImportRoster).unchanged_count == 1
    back = hand_in(employer, insurance.roster_rows(NUMBERS[:1], since="2026-11-01"), actions.ImportRoster)
    assert (back.state, back.new_count) == ("ready", 1), imports.problems(back)
    twice = hand_in(employer, insurance.roster_rows(NUMBERS[:1], since="2026-09-30"), actions.ImportRoster)
    assert imports.problems(twice) == {(2, "since", "overlaps")}


def test_a_last_day_that_was_entered_stays(employer, roster):
    register()
    imports.apply(employer, hand_in(employer, insurance.roster_rows(NUMBERS[:1], until="2026-12-31"), actions.ImportRoster))
    assert imports.problems(hand_in(employer, insurance.roster_rows(NUMBERS[:1]), actions.ImportRoster)) == {(2, "until", "end-stays")}


def test_what_the_office_refused_is_declared_anew_with_its_true_first_day(employer, roster):
    spell = Spell.objects.order_by("pk").first()
    actions.RefuseSpell.do(insurance.agency(), spell, reason="基数过低")
    again = imports.apply(employer, hand_in(employer, insurance.roster_rows(NUMBERS, base="9000"), actions.ImportRoster))
    assert (again.state, again.new_count, again.changed_count) == ("applied", 1, 2), imports.problems(again)


def test_a_file_of_new_bases_is_registered_by_the_office_and_the_roster_agrees_with_it(employer, roster):
    register()
    done = imports.apply(employer, hand_in(employer, insurance.base_rows(NUMBERS), actions.ImportBases))
    assert (done.state, done.applied_count) == ("applied", 3), imports.problems(done)
    assert {(base.state, base.base, base.since) for base in Base.objects.all()} == {("declared", 12000, date(2026, 11, 1))}
    office = insurance.agency()
    for base in Base.objects.all():
        actions.RegisterBase.do(office, base)
    assert set(Spell.objects.values_list("base", flat=True)) == {8000}
    assert hand_in(employer, insurance.roster_rows(NUMBERS, base="12000"), actions.ImportRoster).unchanged_count == 3
    assert {code for *_rest, code in imports.problems(hand_in(employer, insurance.roster_rows(NUMBERS), actions.ImportRoster))} == {"registered-base"}
    bad = [*insurance.base_rows(NUMBERS[:1], month="2026-10"), *insurance.base_rows(NUMBERS[1:2], month="2027-04"), *insurance.base_rows(NUMBERS[2:], base="0"), *insurance.base_rows([insurance.number_of(9)])]
    assert {(2, "month", "past-month"), (3, "month", "too-late"), (4, "base", "out-of-range"), (5, "number", "not-on-roster")} <= imports.problems(hand_in(employer, bad, actions.ImportBases))


def paid_and_settled(employer):
    """October, paid by a file for three people in both branches, and settled."""
    rows = [*insurance.contribution_rows(NUMBERS), *insurance.contribution_rows(NUMBERS, branch="medical", employer_part="640", person_part="160")]
    done = imports.apply(employer, hand_in(employer, rows, actions.ImportContributions))
    assert done.state == "applied", imports.problems(done)
    made = insurance.statement(employer)
    assert (made.due_amount, made.missing_count) == (8160, 0)
    return done, rows, actions.SettleStatement.do(insurance.agency(), made)


def test_a_file_is_not_undone_that_a_settled_month_rests_on(employer, roster):
    register()
    done, rows, settled = paid_and_settled(employer)
    kept = imports.undo(employer, done)
    assert (kept.state, {code for *_rest, code in imports.problems(kept)}) == ("applied", {"used-since"})
    assert Contribution.objects.count() == 6
    lower = hand_in(employer, [rows[0] | {"employer_part": "1"}, rows[1] | {"employer_part": "1281"}], actions.ImportContributions)
    assert imports.problems(lower) == {(2, "employer_part", "month-settled")}
    assert hand_in(employer, rows, actions.ImportContributions).unchanged_count == 6
    settled.refresh_from_db()
    assert settled.state == "settled"


def test_nothing_is_paid_in_for_who_is_gone(employer, roster):
    register()
    account = Insured.objects.get(blind=ciphers.blind(NUMBERS[0], label=LABEL))
    actions.EndSpell.do(employer, account.spells.get(), until=date(2026, 9, 30))
    actions.CloseAccount.do(insurance.agency(), account, reason="死亡", closed_on=date(2026, 9, 30))
    found = imports.problems(hand_in(employer, insurance.contribution_rows(NUMBERS[:1]), actions.ImportContributions))
    assert (2, "month", "account-ended") in found
    assert (2, "number", "account-closed") in imports.problems(hand_in(employer, insurance.roster_rows(NUMBERS[:1], since="2026-11-01"), actions.ImportRoster))


def test_parts_of_different_days_are_different_rows(employer, roster):
    register()
    parts = [*insurance.contribution_rows(NUMBERS[:1], employer_part="640", person_part="320"), *insurance.contribution_rows(NUMBERS[:1], employer_part="640", person_part="320", paid_on="2026-11-04")]
    done = imports.apply(employer, hand_in(employer, parts, actions.ImportContributions))
    assert done.applied_count == 2, imports.problems(done)
    assert [(row.paid_on, row.employer_part) for row in Contribution.objects.order_by("paid_on")] == [(date(2026, 10, 20), 640), (date(2026, 11, 4), 640)]
