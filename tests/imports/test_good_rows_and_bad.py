"""Good rows go in while bad ones wait; what looks odd is confirmed by whoever hands it in; a mistake can be read on a telephone."""

from __future__ import annotations

import csv
import io

import pytest

from governance.actions import Refused
from governance.imports import actions as import_actions
from governance.imports.models import Import, ImportRow
from governance.stakeholders import ciphers
from governance.stakeholders.models.identity import LABEL
from programs.insurance import actions
from programs.insurance.models import Insured, Spell
from tests.factories import imports, insurance
from tests.factories import people as users

pytestmark = pytest.mark.django_db
NUMBERS = [insurance.number_of(n) for n in range(11, 15)]


@pytest.fixture
def employer():
    return insurance.employer()


def hand_in(who, rows):
    return imports.rows_handed_in(who, rows, actions.ImportRoster)


def left_out(who, batch):
    import_actions.LeaveRowsOut.do(who, batch)
    imports.work()
    return Import.objects.get(pk=batch.pk)


def with_mistakes():
    good = insurance.roster_rows(NUMBERS)
    return [good[0], good[1] | {"base": "8000,50"}, good[2], good[3] | {"since": "2026/13/45", "sort": "?"}]


def test_good_rows_go_in_and_bad_ones_stay_outside(employer):
    refused = hand_in(employer, with_mistakes())
    assert (refused.state, refused.bad_count) == ("refused", 2)
    ready = left_out(employer, refused)
    assert (ready.state, ready.new_count, ready.left_out_count, ready.bad_count) == ("ready", 2, 2, 0)
    done = imports.apply(employer, ready)
    assert (done.state, done.applied_count, Spell.objects.count(), Insured.objects.count()) == ("applied", 2, 2, 2)
    assert imports.problems(done) == {(3, "base", "not-a-number"), (5, "sort", "not-listed"), (5, "since", "not-a-date")}, "still told"
    assert imports.undo(employer, done).state == "undone"
    assert Spell.objects.count() == 0


def test_bad_rows_can_be_had_as_a_file_that_comes_in_once_mended(employer, sign_in):
    ready = left_out(employer, hand_in(employer, with_mistakes()))
    imports.apply(employer, ready)
    user = users.member(employer.stakeholder)
    client = sign_in(user, f"m{user.memberships.get().pk}")
    answer = client.get(f"/imports/{ready.pk}/problems/?format=rows", headers={"accept-language": "zh-hans"})
    lines = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))
    assert [line[1] for line in lines[1:]] == ["职工2", "职工4"]
    assert lines[0][-1] == "备注" and "缴费基数" in lines[1][-1]
    assert not any(number in cell for number in NUMBERS for line in lines for cell in line)
    place = lines[0].index("证件号码")
    for line, number in zip(lines[1:], (NUMBERS[1], NUMBERS[3]), strict=True):
        line[place] = number
        line[lines[0].index("缴费基数")], line[lines[0].index("参保起始日")], line[lines[0].index("就业形式")] = "8000.50", "2026-01-01", "企业"
    text = io.StringIO()
    csv.writer(text).writerows(lines)
    made = actions.ImportRoster.do(employer, file=imports.raw(text.getvalue().encode()))
    imports.work()
    again = Import.objects.get(pk=made.pk)
    assert (again.state, again.new_count) == ("ready", 2), imports.problems(again)


def test_checking_again_brings_back_what_was_left_out(employer):
    ready = left_out(employer, hand_in(employer, with_mistakes()))
    import_actions.CheckImportAgain.do(employer, ready)
    imports.work()
    again = Import.objects.get(pk=ready.pk)
    assert (again.state, again.bad_count, again.left_out_count) == ("refused", 2, 0)


def test_a_file_of_nothing_but_mistakes_leaves_nothing_to_go_on_with(employer):
    refused = hand_in(employer, [with_mistakes()[1]])
    assert import_actions.LeaveRowsOut not in Import.objects.with_actions(employer).get(pk=refused.pk).available


def test_another_name_for_a_known_number_is_confirmed_before_it_goes_in(employer):
    """A mistyped number that is valid belongs to a stranger."""
    insured = insurance.insured(name="王小明")
    number = ciphers.unseal(insured.sealed, label=LABEL)
    rows = insurance.roster_rows([number, NUMBERS[0]])
    for same in ("王小明", " 王 小 明 ", "王·小明"):
        assert hand_in(employer, [rows[0] | {"name": same}]).warning_count == 0, same
    ready = hand_in(employer, [rows[0] | {"name": "赵大海"}, rows[1]])
    assert (ready.state, ready.warning_count, ready.bad_count) == ("ready", 1, 0)
    assert imports.problems(ready) == {(2, "name", "other-name")}
    with pytest.raises(Refused) as refusal:
        import_actions.ApplyImport.do(employer, ready)
    assert refusal.value.field == "looked" and not Spell.objects.exists()
    import_actions.ApplyImport.do(employer, ready, looked=True)
    imports.work()
    assert Spell.objects.count() == 2
    insured.refresh_from_db()
    assert insured.name == "王小明"


def test_nothing_is_asked_where_nothing_is_to_be_confirmed(employer):
    ready = hand_in(employer, insurance.roster_rows(NUMBERS))
    assert not import_actions.ApplyImport.form(employer, ready).fields
    assert imports.apply(employer, ready).state == "applied"


def test_the_page_says_what_is_left_out_and_what_is_to_be_confirmed(employer, sign_in):
    insured = insurance.insured(name="王小明")
    rows = with_mistakes() + insurance.roster_rows([ciphers.unseal(insured.sealed, label=LABEL)])
    ready = left_out(employer, hand_in(employer, rows))
    user = users.member(employer.stakeholder)
    client = sign_in(user, f"m{user.memberships.get().pk}")
    for language, words in (("en", ("2 rows with mistakes are left out", "1 row is to be confirmed")), ("zh-hans", ("2 行有误", "1 行需要您确认"))):
        seen = client.get(ready.get_absolute_url(), headers={"accept-language": language}).content.decode()
        assert all(word in seen for word in words), language
        form = client.get(f"{ready.get_absolute_url()}apply-import/", headers={"accept-language": language}).content.decode()
        assert 'name="looked"' in form
    assert client.get(f"/imports/{ready.pk}/rows/left-out/").status_code == 200
    assert ImportRow.objects.of(ready).that_are("left-out").count() == 2


def test_mistakes_are_read_on_a_telephone(employer, visit):
    """No word is broken to one letter a line: every cell has the width of the page."""
    refused = hand_in(employer, with_mistakes())
    user = users.member(employer.stakeholder)
    page = visit(user, choice=f"m{user.memberships.get().pk}", width=390)
    page.goto(f"/imports/{refused.pk}/problems/")
    wide = page.evaluate("[...document.querySelectorAll('main tbody td, main tbody th')].map(cell => cell.getBoundingClientRect().width)")
    assert wide and min(wide) > 300
