"""Undoing takes back the rows on which nothing rests, says which stay and why, and tells whom it concerns,
once each.
"""

from __future__ import annotations

import pytest

from governance.actions.models import GONE, Event
from governance.imports import actions as import_actions
from governance.imports.models import Import
from governance.notices.models import Notice
from programs.insurance import actions
from programs.insurance.models import Spell
from tests import audited
from tests.factories import imports, insurance
from tests.factories import people as users

pytestmark = pytest.mark.django_db


@pytest.fixture
def employer():
    return insurance.employer()


@pytest.fixture
def people():
    """Three people with accounts, and their numbers."""
    made = [insurance.person_with_account() for _ in range(3)]
    return [(who, account, who.stakeholder.identity.number()) for who, account in made]


def applied(who, rows, action=actions.ImportRoster):
    made = action.do(who, file=imports.file_of(rows))
    imports.work()
    done = imports.apply(who, Import.objects.get(pk=made.pk))
    assert done.state == "applied", (done.fault, imports.problems(done))
    return done


def registered_one(employer, people):
    """A roster of three, of whom the office has registered the first."""
    done = applied(employer, insurance.roster_rows([number for _w, _a, number in people]))
    spell = Spell.objects.get(insured=people[0][1])
    actions.RegisterSpell.do(insurance.agency(), spell)
    imports.work()
    return done, spell


def test_what_nothing_rests_on_is_taken_back_and_the_rest_is_listed(employer, people, sign_in):
    done, spell = registered_one(employer, people)
    part = imports.undo(employer, done)
    assert (part.state, part.undone_count, part.fault) == ("applied", 2, {"code": "in-part", "rows": 1, "undone": 2})
    assert list(Spell.objects.all()) == [spell]
    assert imports.problems(part) == {(2, "", "used-since")}
    assert sorted(part.rows.values_list("line", "verdict")) == [(2, "new"), (3, "taken-back"), (4, "taken-back")]
    client = sign_in(user := users.member(employer.stakeholder), f"m{user.memberships.get().pk}")
    page = client.get(part.get_absolute_url(), headers={"accept-language": "en"}).content.decode()
    assert "2 rows were taken back. 1 rows stay" in page


def test_what_is_taken_back_once_is_not_taken_back_again(employer, people):
    done, _spell = registered_one(employer, people)
    imports.undo(employer, done)
    again = applied(employer, insurance.roster_rows([people[1][2]]))
    second = imports.undo(employer, done)
    assert (second.state, second.undone_count, second.fault["code"]) == ("applied", 2, "in-the-way")
    assert Spell.objects.count() == 2, "the row of the other file stays"
    assert imports.undo(employer, again).state == "undone"


def test_people_are_told_of_what_was_taken_back_and_the_others_are_not(employer, people, sign_in):
    done, _spell = registered_one(employer, people)
    imports.undo(employer, done)
    told = Notice.objects.filter(event__end=GONE)
    assert {notice.recipient for notice in told} == {who.stakeholder for who, _a, _n in people[1:]}
    client = sign_in(users.user(people[1][0].stakeholder))
    assert "no longer in the register" in client.get("/notices/", headers={"accept-language": "en"}).content.decode()


def test_a_file_that_touches_much_of_one_stakeholder_tells_once_and_says_how_many_more():
    provider, office = imports.runs_homes(), imports.keeps_register()
    done = imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(4))))
    notice = Notice.objects.get(recipient=provider.stakeholder)
    assert notice.more == 3
    assert "And 3 more, with the same file." in str(notice.says)
    imports.undo(office, done)
    gone = Notice.objects.get(recipient=provider.stakeholder, event__end=GONE)
    assert (gone.more, Event.objects.filter(end=GONE).count()) == (3, 4)


def test_of_one_record_nobody_is_told_of_more():
    provider, office = imports.runs_homes(), imports.keeps_register()
    imports.apply(office, imports.hand_in(office, imports.file_of(imports.homes(1))))
    notice = Notice.objects.get(recipient=provider.stakeholder)
    assert notice.more == 0 and "more" not in str(notice.says)


def test_undoing_says_what_is_in_the_way_where_everything_is(employer, people):
    done = applied(employer, insurance.roster_rows([people[0][2]]))
    actions.RegisterSpell.do(insurance.agency(), Spell.objects.get())
    import_actions.UndoImport.do(employer, done, reason="看错了文件")
    imports.work()
    stays = Import.objects.get(pk=done.pk)
    assert (stays.state, stays.undone_count, stays.fault) == ("applied", None, {"code": "in-the-way", "rows": 1})


def test_the_audit_is_green_where_a_part_was_taken_back(employer):
    with audited.founded():
        done = applied(employer, insurance.roster_rows([insurance.number_of(n) for n in (41, 42, 43)]))
        actions.RegisterSpell.do(insurance.agency(), Spell.objects.order_by("pk").first())
        assert imports.undo(employer, done).undone_count == 2
        assert audited.breaks() == []
