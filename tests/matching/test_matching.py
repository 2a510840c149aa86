"""From a row that names somebody without a number to a decision: a person decides, what follows is told, and can be taken back."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction

from governance.access.models import Access
from governance.actions import CLOCK, NotNow, NotVisible, Refused
from governance.determinations import actions as determinations
from governance.determinations.vocabulary import Duty as DeterminationDuty
from governance.imports.models import Import, ImportRow
from governance.matching import actions, registers, searching, sources
from governance.matching.models import Entry, Pair
from governance.matching.rules.scoring import Named
from governance.stakeholders.models import Household
from programs.annuities import actions as annuity_actions
from programs.annuities.models import Account
from programs.policies.models import Policy
from tests.factories import annuities, care, feedback, imports, matching, people, policies
from tests.factories.determinations import asked

pytestmark = pytest.mark.django_db
ENGLISH = {"accept-language": "en"}


def look():
    """What the task does each minute."""
    registers.refresh()
    searching.drop()
    return searching.look()


@pytest.fixture
def insurer():
    return policies.insurer()


@pytest.fixture
def person():
    return matching.somebody("欧阳若兰", phone="139 0000 0001")


@pytest.fixture
def unnumbered(insurer, person):
    """A policy of a file that names its holder in traditional characters, with a dot and without a number."""
    batch = imports.apply(insurer, matching.policy_file(insurer, policies.on_sale(insurer), {"person_name": "歐陽·若蘭", "person_born_on": "1957年3月8日"}))
    assert batch.state == "applied", imports.problems(batch)
    return batch


def test_a_row_without_a_number_goes_to_whoever_an_officer_finds_and_back(insurer, person, unnumbered):
    policy = Policy.objects.get()
    assert (policy.holder, policy.holder_index) == (None, "")
    assert look() == 1 and look() == 0, "asked once"
    pair = Pair.objects.get()
    assert (pair.person, pair.twin, pair.is_duplicate, pair.evidence["name"], pair.evidence["birth"]) == (person, None, False, "variant", "same")
    assert pair.clocks.get().rule.code == "matching.decide"
    clerk = matching.officer()
    with pytest.raises(Refused):
        actions.ConfirmSame.do(clerk, pair, reason=" ")
    pair = actions.ConfirmSame.do(clerk, pair, reason="电话核对过保单号和生日。")
    policy.refresh_from_db()
    assert (policy.holder, pair.decided_by) == (person, clerk.user)
    assert policy.holder_index == "" and Entry.objects.get(source="policies").named == Named("歐陽·若蘭", date(1957, 3, 8)), "what was reported stays as it was"
    assert policy.events.filter(action="policies.give-to-holder").exists()
    with pytest.raises(NotNow):
        actions.DenySame.do(clerk, pair, reason="x")
    actions.ReopenQuestion.do(clerk, pair, reason="本人说不是自己的。")
    policy.refresh_from_db()
    assert policy.holder is None
    actions.DenySame.do(clerk, pair, reason="不是同一人。")
    assert look() == 0 and Policy.objects.get().holder is None, "what was denied is not asked again"
    assert imports.undo(insurer, unnumbered).state != "undone", "it was used since"


def test_an_import_that_is_taken_back_takes_its_question_along(insurer, person, unnumbered):
    look()
    assert imports.undo(insurer, unnumbered).state == "undone"
    look()
    assert Pair.objects.get().state == "moot" and not Pair.objects.get().clocks.open().exists()


def test_nothing_of_a_name_or_date_is_in_the_clear_at_rest(insurer, person, unnumbered):
    look()
    with connection.cursor() as cursor:
        for table in ("matching_entry", "matching_pair", "imports_importrow", "policies_policy"):
            cursor.execute(f"SELECT string_agg(t::text, ' ') FROM {table} t")
            text = cursor.fetchone()[0]
            assert not any(word in text for word in ("若", "歐", "欧", "1957-03-08", "19570308")), table
    assert ImportRow.objects.exists()


def test_a_row_must_name_somebody_and_a_number_counts_first(insurer, person):
    product = policies.on_sale(insurer)
    bad = matching.policy_file(insurer, product, {}, {"person_name": "李明", "person_born_on": ""}, {"person_name": "李明", "person_born_on": "2999-01-01"}, {"person_name": "李" * 61, "person_born_on": "1957-03-08"})
    assert imports.problems(bad) == {(2, "holder_number", "nobody-named"), (3, "holder_number", "nobody-named"), (4, "person_born_on", "not-a-date"), (5, "person_name", "too-long")}
    who, number = policies.person()
    imports.apply(insurer, matching.policy_file(insurer, product, {"holder_number": number, "person_name": "欧阳若兰", "person_born_on": "1957-03-08"}))
    assert Policy.objects.get().holder == who
    assert not Entry.objects.filter(source="policies").exists()


def test_it_is_not_given_to_somebody_whose_identity_was_not_verified(insurer, unnumbered, person):
    look()
    type(person).objects.filter(pk=person.pk).update(identity_verified_at=None)
    with pytest.raises(Refused):
        actions.ConfirmSame.do(matching.officer(), Pair.objects.get(), reason="x")
    assert Pair.objects.get().state == "waiting"


def test_people_registered_twice_are_found_and_households_that_count_somebody_twice():
    one, other = matching.somebody("王小芳", None, phone="13900000007"), matching.somebody("王曉芳", None, phone="139-0000-0007")
    matching.somebody("王小芳", None, phone="13900000008")
    head, neighbour = matching.somebody("李建国"), matching.somebody("赵六")
    for whose in (head, neighbour):
        household = Household.objects.create(head=whose, area=whose.area)
        household.members.create(name="李小妹", relation="child", since=date(2015, 6, 1), born_on=date(2015, 6, 1))
    assert look() == 2
    twice, counted = Pair.objects.order_by("person_id" if one.pk else "id").exclude(twin=None).get(), Pair.objects.get(twin=None)
    assert {twice.person, twice.twin} == {one, other} and twice.is_duplicate
    assert (counted.entry.source, counted.other.source, counted.evidence["birth"]) == ("households", "households", "same")
    assert look() == 0
    type(one).objects.filter(pk=one.pk).update(phone="13911111111")
    assert registers.refresh() == 1, "only what changed is read again"


def test_a_likely_duplicate_holds_what_is_new_until_a_second_person_lets_it_pass():
    pair = matching.twins()
    assert pair.holds
    office = care.stakeholder("government", "government-authority", "示例市社保局")
    first, second = matching.officer(office), matching.officer(office)
    clerk = feedback.officer(care.stakeholder("government", "government-authority", "示例市人社局"), DeterminationDuty.DETERMINE, code=care.CITY)
    made = asked(care.Acting(pair.person))
    with pytest.raises(Refused, match=pair.reference):
        determinations.GiveDetermination.do(clerk, made)
    with pytest.raises(DatabaseError, match="registered twice"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT set_config('governance.action', 'x', true)")
        cursor.execute("UPDATE determinations_determination SET state = 'given', decided_by_id = %s WHERE id = %s", [clerk.user_id, made.pk])
    concerned = [care.Acting(one) for one in (pair.person, pair.twin)]
    assert not any(Pair.objects.visible_to(one).exists() for one in concerned), "a suspicion is shown to nobody whom it may be wrong about"
    pair = actions.ConfirmSame.do(first, pair, reason="同一人注册了两次。")
    assert all(Pair.objects.visible_to(one).exists() for one in concerned), "a decision is"
    with pytest.raises(NotNow):
        actions.LetPass.do(second, pair, reason="没有人提出。")
    pair = actions.AskToPass.do(first, pair, reason="养老金月底前要发，另一个账号已停用。")
    with pytest.raises(Refused):
        actions.LetPass.do(first, pair, reason="自己放行。")
    for change in (f"passed_by_id = {first.user_id}", f"passed_by_id = {second.user_id}, pass_ground = ''", f"passed_by_id = {second.user_id}, pass_asked_by_id = NULL"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE matching_pair SET {change} WHERE id = %s", [pair.pk])
    pair = actions.KeepHolding.do(second, pair, reason="请先说明另一个账号的待遇。")
    pair = actions.AskToPass.do(first, pair, reason="另一个账号没有领过待遇。")
    pair = actions.LetPass.do(second, pair, reason="已核对，没有重复领取。")
    assert not pair.holds and pair.events.filter(action="matching.let-pass").get().user == second.user
    assert determinations.GiveDetermination.do(clerk, made).state == "given"
    assert not actions.ReopenQuestion.do(first, pair, reason="又有新情况。").passed_by, "a pass does not outlive the decision"


@pytest.mark.parametrize("decide, holds", [(actions.DenySame, False), (actions.LeaveUnclear, False), (actions.ConfirmSame, True)])
def test_only_sameness_holds(decide, holds):
    assert decide.do(matching.officer(), matching.twins(), reason="示例理由").holds == holds


def test_nobody_decides_about_themselves():
    pair, clerk = matching.twins(), matching.officer()
    Pair.objects.filter(pk=pair.pk).update(twin=clerk.user.person)
    for action in (actions.ConfirmSame, actions.OpenEntries, actions.AskToPass):
        with pytest.raises(Refused):
            action.do(clerk, pair, reason="x")
    with pytest.raises(DatabaseError, match="themselves"), transaction.atomic():
        Pair.objects.filter(pk=pair.pk).update(decided_by=clerk.user)
    with pytest.raises(Refused):
        actions.ConfirmSame.do(care.Acting(clerk.stakeholder, clerk.duties), matching.twins(), reason="程序")


def test_only_officers_of_the_place_see_a_question_and_only_masked_until_they_say_why(sign_in):
    pair = matching.twins()
    elsewhere = matching.officer(code="990300000000")
    assert not Pair.objects.visible_to(elsewhere).exists()
    with pytest.raises(NotVisible):
        actions.ConfirmSame.do(elsewhere, pair, reason="x")
    clerk, other = (matching.officer(pair_office) for pair_office in [care.stakeholder("government", "government-authority", "示例市社保局")] * 2)
    for user in (clerk.user, other.user):
        people.second_factor(user)
    client = sign_in(clerk.user, clerk.current)
    for address in ("/matching/pairs/", pair.get_absolute_url(), "/api/matching/pairs/"):
        page = client.get(address, headers=ENGLISH).content.decode()
        assert pair.reference in page and "欧阳若兰" not in page and "1957-03" not in page, address
    assert "欧＊＊兰" in client.get(pair.get_absolute_url(), headers=ENGLISH).content.decode()
    assert Access.objects.about(pair.person_id).count() == Access.objects.about(pair.twin_id).count() >= 3, "both see that somebody looked"
    actions.OpenEntries.do(clerk, pair, reason="核对两个账号的笔迹。")
    assert "欧阳若兰" in client.get(pair.get_absolute_url(), headers=ENGLISH).content.decode()
    assert "欧阳若兰" not in client.get("/matching/pairs/?held=1", headers=ENGLISH).content.decode()
    page = sign_in(other.user, other.current).get(pair.get_absolute_url(), headers=ENGLISH).content.decode()
    assert pair.reference in page and "欧阳若兰" not in page, "whoever gave no reason sees it masked"


def test_everybody_reads_how_likeness_is_judged_and_how_well(client):
    matching.twins()
    page = client.get("/matching/how/", headers=ENGLISH).content.decode()
    assert "Fellegi" in page and "twins, and brothers or sisters" in page and " %" in page
    assert "0 of 1" in page


def test_a_crowd_of_namesakes_makes_a_few_questions_about_one_row():
    for serial in range(8):
        matching.somebody("张伟", date(1990, 5, 1), serial=100 + 2 * serial)
    matching.entry(Named("张偉", date(1990, 5, 1)))
    registers.refresh()
    Entry.objects.exclude(source="policies").update(looked_at=matching.now())
    assert searching.look() == searching.MOST


def test_a_program_that_is_gone_leaves_its_questions_to_be_decided():
    said = Named("阿卜杜热合曼", matching.BORN)
    pair = actions.AskWhetherSame.do(CLOCK, pair=Pair.of(matching.entry(said, "former"), matching.entry(said, "people", matching.somebody(said.name)), ()))
    assert sources.source("former").title == "former"
    assert actions.ConfirmSame.do(matching.officer(), pair, reason="核对过").state == "same"


def test_a_member_named_without_a_number_is_found_again_and_finds_the_account_once_an_officer_has_decided(person):
    company = annuities.employer()
    plan = annuities.in_force(company)
    row = {"plan": plan.reference, "number": "", "name": "欧阳若兰", "person_born_on": "1957-03-08", "joined_on": "2024-01-01"}

    def members(*rows):
        made = annuity_actions.ImportAnnuityMembers.do(company, file=imports.file_of(list(rows)))
        imports.work()
        return Import.objects.get(pk=made.pk)

    assert imports.problems(members(row, row, row | {"person_born_on": "", "name": "李明"})) == {(2, "number", "twice"), (3, "number", "twice"), (4, "number", "nobody-named")}
    done = imports.apply(company, members(row, row | {"name": "李明"}))
    assert done.state == "applied", imports.problems(done)
    assert members(row).unchanged_count == 1, "found again by name and first day"
    look()
    pair, account = Pair.objects.get(), Account.objects.get(name="欧阳若兰")
    assert [value for _label, value in sources.source("annuities").facts(account.pk)] == [company.stakeholder.name, date(2024, 1, 1)]
    actions.ConfirmSame.do(matching.officer(), pair, reason="单位出具了证明。")
    assert Account.objects.visible_to(care.Acting(person)).get() == account
    actions.ReopenQuestion.do(matching.officer(), pair, reason="本人否认。")
    assert not Account.objects.visible_to(care.Acting(person)).exists()
