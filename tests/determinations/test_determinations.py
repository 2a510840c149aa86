"""What is determined: by facts and versions that are kept, never against anybody without a human and a reason."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils.translation import gettext as _

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from governance.actions.actors import CLOCK
from governance.catalogue import effects
from governance.catalogue.values import values_on
from governance.determinations import actions, deciding
from governance.determinations.models import Determination
from governance.determinations.vocabulary import Duty
from governance.notices.reading import told
from tests.factories import care, people
from tests.factories.determinations import ENOUGH, SHORT, UNSAID, asked
from tests.factories.feedback import officer

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@pytest.fixture
def clerk():
    return officer(care.stakeholder("government", "government-authority", "示例市人社局"), Duty.DETERMINE, code=care.CITY)


def test_what_the_rule_gives_is_confirmed_by_an_officer_and_never_changes(clerk):
    made = asked()
    assert (made.outcome, made.values["statutory"], len(made.fingerprint)) == ("yes", "2026-08", 64)
    assert made.parameters and not made.clocks.get().rule.verified
    given = actions.GiveDetermination.do(clerk, made)
    assert (given.state, given.decided_by) == ("given", clerk.user)
    for change in ({"outcome": "no"}, {"fingerprint": "x" * 64}, {"said": SHORT}):
        with pytest.raises(ProgrammingError), transaction.atomic():
            Determination.objects.filter(pk=given.pk).update(**change)
    with pytest.raises(ProgrammingError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DELETE FROM determinations_determination WHERE id = %s", [given.pk])


def test_an_adverse_one_needs_a_human_and_a_reason_or_the_database_refuses_it(clerk):
    made = asked(facts=SHORT)
    assert made.outcome == "no"
    with pytest.raises(NotNow):
        actions.GiveDetermination.do(clerk, made)
    with pytest.raises(Refused):
        actions.RefuseDetermination.do(clerk, made, reason="  ")
    with pytest.raises(NotResponsible):
        actions.RefuseDetermination.do(CLOCK, made, reason="自动")
    for row in ("state = 'refused'", "state = 'refused', ground = 'x'", f"state = 'refused', decided_by_id = {clerk.user_id}", "state = 'given'"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT set_config('governance.action', 'x', true)")
            cursor.execute(f"UPDATE determinations_determination SET {row} WHERE id = %s", [made.pk])
    refused = actions.RefuseDetermination.do(clerk, made, reason="缴费年限不足，还差八年。")
    assert (refused.state, refused.ground) == ("refused", "缴费年限不足，还差八年。")
    assert deciding.again(refused).would_change


def test_what_is_not_known_is_not_a_no(clerk):
    who = care.Acting(people.user().person)
    made = asked(who, UNSAID)
    assert made.outcome == "unknown"
    for action in (actions.GiveDetermination, actions.RefuseDetermination):
        with pytest.raises(NotNow):
            action.do(clerk, made, reason="x")
    made = actions.AskForFacts.do(clerk, made, reason="请补充缴费年限")
    made = actions.AddFacts.do(who, made, facts=ENOUGH)
    assert (made.state, made.outcome) == ("asked", "yes")
    with pytest.raises(Refused):
        asked(who)  # one at a time
    actions.WithdrawRequest.do(who, made)
    assert asked(who).state == "asked"


def test_an_old_case_gives_the_same_under_its_old_values(clerk):
    made = actions.GiveDetermination.do(clerk, asked(rule="insurance.employee-pension", facts={"wage": "8000", "index": "0.8", "paid_years": "25", "balance": "120000", "age_years": "60"}))
    assert made.values["total"] == "2663.31"
    assert deciding.again(made).fingerprint == made.fingerprint


def test_nobody_decides_for_themselves_nor_sees_another_s(clerk):
    made = asked(care.Acting(clerk.user.person))
    myself = officer(clerk.stakeholder)
    assert Determination.objects.visible_to(myself).filter(pk=made.pk).exists()
    stranger, elsewhere = care.Acting(people.user().person), officer(care.stakeholder("government", "government-authority", "他市人社局"), Duty.DETERMINE, code="990300000000")
    for other in (stranger, elsewhere):
        assert not Determination.objects.visible_to(other).filter(pk=made.pk).exists()
        with pytest.raises(NotVisible):
            actions.WithdrawRequest.do(other, made)


def test_a_program_with_the_duty_decides_nothing(clerk):
    """Also where it has the office's right: the sentence says so before the table refuses it."""
    program = care.office(Duty.DETERMINE, name="示例市人社局")
    assert program.user_id is None
    for action, facts in ((actions.GiveDetermination, ENOUGH), (actions.RefuseDetermination, SHORT)):
        made = asked(facts=facts)
        with pytest.raises(Refused) as refused:
            action.do(program, made, reason="自动")
        assert str(refused.value) == _("A person decides, not a program.")
        made.refresh_from_db()
        assert (made.state, made.decided_by) == ("asked", None)


def test_what_waits_for_facts_is_not_refused_but_may_be_taken_back(clerk):
    who = care.Acting(people.user().person)
    made = actions.AskForFacts.do(clerk, asked(who, SHORT), reason="请核对缴费年限")
    assert (made.state, made.outcome) == ("incomplete", "no")
    with pytest.raises(NotNow):
        actions.RefuseDetermination.do(clerk, made, reason="缴费年限不足")
    assert actions.WithdrawRequest.do(who, made).state == "withdrawn"


def test_whoever_asked_is_told_what_was_decided_and_does_not_decide_it(clerk):
    for action, facts, state in (
        (actions.GiveDetermination, ENOUGH, "given"),
        (actions.RefuseDetermination, SHORT, "refused"),
        (actions.AskForFacts, UNSAID, "incomplete"),
    ):
        who = care.Acting(people.user().person)
        made = asked(who, facts)
        with pytest.raises(NotResponsible):
            action.do(who, made, reason="请核对")
        made = action.do(clerk, made, reason="请核对")
        assert made.state == state
        assert told(made.events.get(action=action.key)) == [who.stakeholder]


@pytest.mark.parametrize("facts", [{}, ENOUGH | {"month": "13"}, ENOUGH | {"group": "x"}])
def test_facts_that_make_no_sense_are_refused(facts):
    with pytest.raises(Refused) as refused:
        asked(facts=facts or {"year": ""})
    assert refused.value.field == "facts"


def test_before_a_value_is_activated_the_people_are_counted_whose_result_it_changes():
    asked(rule="insurance.employee-pension", facts={"wage": "8000", "index": "0.8", "paid_years": "25", "balance": "120000", "age_years": "60"})
    before = values_on(date(2026, 11, 24), "employee-pension")
    accrual = before.parameter("employee-pension", "pension.accrual")
    accrual.value = "0.02"
    found = [one for one in effects.effects("employee-pension", values_on(date(2026, 11, 24), "employee-pension"), before.replaced(accrual)) if one.are_people]
    assert [(one.changed, one.total) for one in found] == [(1, 1)]


def test_from_the_calculator_to_the_request_with_the_same_facts(client):
    who = people.user()
    client.force_login(who, BACKEND)
    page = client.get("/insurance/retirement/", ENOUGH, headers={"accept-language": "en"}).content.decode()
    address = page.split('govuk-button--secondary" href="')[1].split('"')[0].replace("&amp;", "&")
    form = client.get(address, headers={"accept-language": "en"})
    assert "With these facts" in form.content.decode() and "1971" in form.content.decode()
    sent = client.post(address.split("?")[0], {"rule": "insurance.when-to-retire", "facts": json.dumps(ENOUGH), "once": "a"}, follow=True, headers={"accept-language": "en"})
    assert sent.status_code == 200
    said = sent.content.decode()
    assert "the same result" in said
    assert Determination.objects.get().person == who.person
    again = client.get("/insurance/retirement/", SHORT, headers={"accept-language": "en"}).content.decode()
    assert "add-facts" in again  # corrected, not asked twice


def test_programs_ask_with_plain_json(client):
    key = people.token(people.user())
    told = {"rule": "insurance.when-to-retire", "facts": ENOUGH}
    answer = client.post("/api/determinations/do/ask-for-determination/", json.dumps(told), content_type="application/json", headers={"authorization": f"Bearer {key}"})
    assert answer.status_code == 201, answer.content
    assert Determination.objects.get().outcome == "yes"
