"""What a file does is what the action does: period, history, notice, worklist, states and columns; and it is taken back with its trace."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.db.models import CheckConstraint, Q

from governance.actions import registry
from governance.actions.models import GONE, Event
from governance.clocks.models import Clock, ClockEvent
from governance.clocks.now import today
from governance.imports import SHEETS, checking, declarations
from governance.imports import actions as import_actions
from governance.imports.declarations import problems
from governance.imports.faults import row_sentence
from governance.imports.models import Import
from governance.notices.models import Notice
from programs.annuities.imports import AnnuityMembers
from programs.care import actions as care_actions
from programs.care.imports import Beds, Homes
from programs.care.models import Home
from programs.insurance import actions
from programs.insurance.imports import Roster
from programs.insurance.models import Insured, Spell
from programs.policies import actions as policy_actions
from programs.policies.imports import Policies
from tests import audited
from tests.factories import care, imports, insurance
from tests.factories import people as users

pytestmark = pytest.mark.django_db


def hand_in(who, rows, action=actions.ImportRoster):
    return imports.rows_handed_in(who, rows, action)


def applied(who, rows, action=actions.ImportRoster):
    done = imports.apply(who, hand_in(who, rows, action))
    assert done.state == "applied", (done.fault, imports.problems(done))
    return done


@pytest.fixture
def employer():
    return insurance.employer()


@pytest.fixture
def people():
    """Two people with accounts, and their numbers."""
    found = [insurance.person_with_account() for _ in range(2)]
    return [(who, account, who.stakeholder.identity.number()) for who, account in found]


# Period, history, notice ------------------------------------------------------------------------------------------------------


def test_a_spell_by_file_has_the_period_the_history_and_the_notice_of_one_declared_by_hand(employer, people):
    (_w, by_hand, _n), (who, by_file, number) = people
    one = actions.DeclareSpell.do(
        employer, account=by_hand.reference, sort="enterprise", branches=["pension", "medical"], base=Decimal(8000), since=today() - timedelta(days=40),
    )  # fmt: skip
    imports.work()
    done = applied(employer, insurance.roster_rows([number]))
    two = Spell.objects.get(insured=by_file)
    assert two.state == one.state == "declared"
    clocks = [list(Clock.objects.filter(record_id=spell.pk, record_type__model="spell").values("rule__code", "due_at", "state", "area_id")) for spell in (one, two)]
    assert clocks[0] == clocks[1] and len(clocks[1]) == 1
    told = [ClockEvent.objects.get(clock__record_id=spell.pk) for spell in (one, two)]
    assert [event.kind for event in told] == ["start", "start"]
    event = two.events.get()
    assert (event.action, event.start, event.end) == ("insurance.declare-spell", "", "declared")
    assert (event.stakeholder_id, event.right) == (employer.stakeholder_id, {"as": "import", "import": done.reference})
    assert (told[1].cause, told[1].at) == (event.pk, event.done_at)
    assert [notice.event for notice in Notice.objects.filter(recipient=who.stakeholder)] == [event]


def test_the_office_has_what_came_by_file_on_its_worklist_and_can_decide_it(employer, people):
    applied(employer, insurance.roster_rows([people[1][2]]))
    office, spell = insurance.agency(), Spell.objects.get()
    assert Clock.objects.get(record_id=spell.pk, state="running").rule.code in actions.RegisterSpell.stops
    actions.RegisterSpell.do(office, spell)
    assert not Clock.objects.filter(record_id=spell.pk, state="running").exists()
    assert [event.action for event in spell.events.order_by("done_at")] == ["insurance.declare-spell", "insurance.register-spell"]


def test_an_imported_home_is_reminded_of_its_numbers_as_one_that_was_filed(people):
    provider, office = imports.runs_homes(), imports.keeps_register()
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(3))))
    assert Home.objects.filter(state="open").count() == 3
    clocks = Clock.objects.filter(record_id__in=Home.objects.values("pk"))
    assert {(clock.rule.code, clock.then, clock.state) for clock in clocks} == {("care.confirm-capacity", "care.remind-of-capacity", "running")}
    assert clocks.count() == 3
    assert {event.action for home in Home.objects.all() for event in home.events.all()} == {"care.accept-filing"}
    assert Notice.objects.filter(recipient=provider.stakeholder).count() == 1, "one for the whole file"


def test_accounts_that_come_along_have_a_history_too(employer):
    done = applied(employer, insurance.roster_rows([insurance.number_of(5)]))
    event = Insured.objects.get().events.get()
    assert (event.action, event.right["import"]) == ("actions.founded", done.reference)


def test_the_history_says_by_which_file(employer, people, sign_in):
    done = applied(employer, insurance.roster_rows([people[0][2]]))
    user = users.member(employer.stakeholder)
    client = sign_in(user, f"m{user.memberships.get().pk}")
    for language, words in (("en", f"with the file {done.reference}"), ("zh-hans", f"文件 {done.reference}")):
        assert words in client.get(Spell.objects.get().get_absolute_url(), headers={"accept-language": language}).content.decode()


def test_a_change_by_file_is_told_in_the_history(people):
    office = imports.keeps_register()
    imports.runs_homes()
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2))))
    done = imports.apply(office, imports.hand_in(office, imports.file_of([imports.homes(1)[0] | {"address": "新址 9 号"}, imports.homes(2)[1]])))
    changed, same = Home.objects.order_by("filing_number")
    last = changed.events.order_by("-done_at", "-id").first()
    assert (last.action, last.right["import"], "address" in last.changes) == ("care.change-home-details", done.reference, True)
    assert same.events.count() == 1


# What a file may not do -------------------------------------------------------------------------------------------------------


def test_a_file_changes_what_was_declared_and_nothing_that_was_registered_or_ended(employer, people):
    number = people[0][2]
    rows = insurance.roster_rows([number], name="示例职工")
    applied(employer, rows)
    spell = Spell.objects.get()
    assert applied(employer, [rows[0] | {"base": "9000"}]).changed_count == 1, "declared anew before anybody decided"
    actions.RegisterSpell.do(insurance.agency(), spell)
    for change in ({"base": "12000"}, {"base": "3000"}, {"branches": "medical"}, {"sort": "platform"}):
        refused = hand_in(employer, [rows[0] | {"base": "9000"} | change])
        assert {(line, column) for line, column, _code in imports.problems(refused)} == {(2, next(iter(change)))}, change
    spell.refresh_from_db()
    actions.EndSpell.do(employer, spell, until=today())
    assert {column for _line, column, _code in imports.problems(hand_in(employer, [rows[0] | {"base": "9000", "until": ""}]))} == {"until"}
    spell.refresh_from_db()
    assert (spell.state, spell.base, spell.until) == ("ended", 9000, today())
    assert hand_in(employer, [rows[0] | {"base": "9000", "until": today().isoformat()}]).unchanged_count == 1


def test_what_the_table_refuses_is_told_by_row_and_in_its_own_words(people):
    """A rule that stands only in the table is a mistake of its row, not a file that stops."""
    office = imports.keeps_register()
    imports.runs_homes()
    good, bad = imports.homes(2)
    refused = imports.hand_in(office, imports.file_of([good | {"longitude": "", "latitude": ""}, bad | {"longitude": "1", "latitude": "1"}]))
    assert refused.state == "ready"
    rule = CheckConstraint(condition=~Q(name__contains="院2"), name="no_second_home", violation_error_message="Not this one.")
    Home._meta.constraints.append(rule)
    try:
        assert checking.against_the_table(refused, refused.sheet) == 1
        assert imports.problems(refused) == {(3, "name", "table:no_second_home")}
        assert row_sentence(refused.sheet, "table:no_second_home") == "Not this one."
    finally:
        Home._meta.constraints.pop()


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_every_sheet_does_only_what_its_actions_do(kind):
    """No final state, no state of its own, no column that none of its actions writes; asked at every start as well."""
    sheet = SHEETS[kind]
    assert list(problems(sheet)) == []
    if sheet.is_of_records:
        assert sheet.state not in sheet.model.final_states
        assert all(action.key in {one.key for one in registry.actions()} for action in sheet.stands_for)


@pytest.mark.parametrize(
    ("base", "change", "words"),
    [
        (Roster, {"stands_for": ()}, "does not say for which actions"),
        (Roster, {"stands_for": (actions.EndSpell,)}, "final state"),
        (Roster, {"stands_for": (actions.RefuseSpell,)}, "final state"),
        (Roster, {"made": {"employer_id": "%(sender)s", "state": "'registered'"}}, "sets a state by itself"),
        (Roster, {"through": {}}, "which none of its actions writes"),
        (Roster, {"through": Roster.through | {"until": actions.DrawUpStatement}}, "does not stand for"),
        (Policies, {"corrects": (policy_actions.UpdatePolicy,), "through": Policies.through}, "does not stand for"),
        (Homes, {"corrects": (care_actions.ChangePrices,), "through": {k: v for k, v in Homes.through.items() if k != "pinyin"}}, "pinyin"),
        (Beds, {"made": Beds.made | {"reference_of_home": "''"}}, "which none of its actions writes"),
        (AnnuityMembers, {"stands_for": ()}, "does not say for which actions"),
    ],
)  # fmt: skip
def test_a_sheet_that_does_more_is_found_at_the_start(base, change, words):
    kept = dict(SHEETS)
    try:
        made = type("Wrong", (base,), change | {"kind": "wrong"})
        assert any(words in problem for problem in problems(made()))
        with pytest.raises(declarations.WrongSheet):
            declarations.check()
    finally:
        SHEETS.clear()
        SHEETS.update(kept)


def test_the_kit_itself_bars_what_no_action_may_change(employer, people, monkeypatch):
    """Where a sheet has no rule of its own against it."""
    rows = insurance.roster_rows([people[0][2]], name="示例职工")
    applied(employer, rows)
    actions.RegisterSpell.do(insurance.agency(), Spell.objects.get())
    monkeypatch.setattr(Roster, "rules", ())
    for change in ({"base": "12000"}, {"branches": "medical"}, {"sort": "platform"}):
        assert imports.problems(hand_in(employer, [rows[0] | change])) == {(2, next(iter(change)), "says-otherwise")}, change
    assert Spell.objects.get().base == 8000


# Taken back -------------------------------------------------------------------------------------------------------------------


def test_taking_back_closes_periods_and_leaves_the_history(employer, people):
    done = applied(employer, insurance.roster_rows([people[0][2]]))
    spell = Spell.objects.get()
    assert imports.undo(employer, done).state == "undone"
    assert not Spell.objects.exists()
    assert set(Clock.objects.filter(record_id=spell.pk).values_list("state", flat=True)) == {"void"}
    ends = [event.end for event in Event.objects.filter(record_id=spell.pk, record_type__model="spell").order_by("done_at", "id")]
    assert ends == ["declared", GONE]


def test_what_somebody_went_on_with_is_not_taken_back_and_is_named(employer, people):
    rows = insurance.roster_rows([number for _w, _a, number in people])
    done = applied(employer, rows)
    actions.RegisterSpell.do(insurance.agency(), Spell.objects.order_by("pk").first())
    stays = imports.undo(employer, done)
    assert (stays.state, stays.fault["rows"]) == ("applied", 1)
    assert imports.problems(stays) == {(2, "", "used-since")}


def test_what_refers_to_a_row_keeps_it_whatever_refers(people):
    """Asked of every reference there is, not of a list somebody has to remember."""
    office = imports.keeps_register()
    imports.runs_homes()
    done = imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2))))
    home = Home.objects.order_by("filing_number").first()
    care.beds(home)
    stays = imports.undo(office, done)
    assert {code for _l, _c, code in imports.problems(stays)} >= {"rests:care.bed", "rests:care.unit"}
    assert "bed" in row_sentence(stays.sheet, "rests:care.bed")
    assert list(Home.objects.all()) == [home], "the other is taken back"


def test_a_correction_by_file_is_taken_back_while_nobody_went_on(people):
    office = imports.keeps_register()
    imports.runs_homes()
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2))))
    done = imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(2, address="新址 9 号"))))
    first = Home.objects.order_by("filing_number").first()
    care_actions.SuspendHome.do(care.office(), first, reason="消防整改")
    stays = imports.undo(office, done)
    assert (stays.state, imports.problems(stays)) == ("applied", {(2, "", "used-since")})
    assert import_actions.UndoImport in Import.objects.with_actions(office).get(pk=done.pk).available


def test_the_audit_is_green_after_files_and_after_taking_them_back(employer):
    """Every value that a file wrote is sealed; changed by SQL afterwards it is noticed."""
    with audited.founded():
        number = insurance.number_of(7)
        rows = insurance.roster_rows([number, insurance.number_of(8)])
        applied(employer, rows)
        applied(employer, [rows[0] | {"base": "9000"}, rows[1]])
        assert audited.breaks() == []
        spell = Spell.objects.get(insured__name="职工2")
        with connection.cursor() as cursor:
            cursor.execute("UPDATE insurance_spell SET base = 1 WHERE id = %s", [spell.pk])
            assert [one for one in audited.breaks() if spell.reference in one]
            cursor.execute("UPDATE insurance_spell SET base = 8000 WHERE id = %s", [spell.pk])
        other = applied(employer, insurance.roster_rows([insurance.number_of(9)], name="职工9"))
        assert imports.undo(employer, other).state == "undone"
        assert audited.breaks() == []
