"""An identity number in free text is kept by nobody: not in a reason, not in a record, not in an event."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import connection, models

from governance import text
from governance.actions.models import Event
from governance.stakeholders import actions
from governance.stakeholders.models import Mandate
from governance.stakeholders.vocabulary import Duty
from tests.factories import care, feedback, people

pytestmark = pytest.mark.django_db

NUMBER = "11010519491231002X"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def granting() -> tuple[care.Acting, Mandate]:
    return care.office(Duty.GRANT_MANDATES), people.mandate(care.stakeholder("government", "government-authority", "示例局"), Duty.KEEP_HOUSEHOLDS)


@pytest.mark.parametrize("written", [NUMBER, "110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ", "110105-19491231-002x"])
def test_a_reason_keeps_no_number(written):
    office, mandate = granting()
    done = actions.EndMandate.do(office, mandate, reason=f"与 {written} 有关")
    reason = Event.objects.latest("done_at").reason
    assert (written not in reason and reason.endswith("002X 有关")) or reason.endswith("002x 有关")
    assert done.numbers_hidden == 1


@pytest.mark.parametrize("written", ["110105194912310021", "20260101000000000123", "GB 11643-1999", "3,000.00"])
def test_other_figures_stay(written):
    office, mandate = granting()
    done = actions.EndMandate.do(office, mandate, reason=f"见 {written}")
    assert Event.objects.latest("done_at").reason == f"见 {written}" and done.numbers_hidden == 0


def test_a_text_of_a_record_keeps_no_number():
    matter = feedback.brought(text=f"我的身份证号是{NUMBER}，请按此核对我的缴费记录。")
    assert NUMBER not in matter.text and matter.numbers_hidden, "in the text, and in the words by which it is found"
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM feedback_matter m WHERE m::text LIKE %s", [f"%{NUMBER}%"])
        assert cursor.fetchone() == (0,)


def test_it_is_said(client):
    office, mandate = granting()
    user = people.member(office.stakeholder, "officer")
    people.mandate(office.stakeholder, Duty.GRANT_MANDATES)
    client.force_login(user, backend=BACKEND)
    page = client.post(f"/mandates/{mandate.pk}/end-mandate/", {"reason": f"与 {NUMBER} 有关"}, follow=True, headers={"accept-language": "en"})
    assert "An identity number in what you wrote was hidden" in page.content.decode()


@pytest.mark.parametrize("name", ["subject", "named", "name"])
def test_a_short_line_where_people_write_freely_keeps_no_number(name):
    matter = feedback.brought(**{name: f"关于 {NUMBER}"})
    assert getattr(matter, name) == "关于 **************002X" and matter.numbers_hidden


def test_what_is_free_is_decided_by_the_kind_of_column():
    """Everything with words for people that is no choice, code or pattern; never a digest, a cipher, a key, a reference."""
    ours = [model for model in apps.get_models() if model.__module__.startswith(("governance.", "programs."))]
    columns = [field for model in ours for field in model._meta.concrete_fields if isinstance(field, models.CharField)]
    free = {f"{field.model.__name__}.{field.name}" for field in columns if text.is_free(field)}
    assert {
        "Matter.subject", "Matter.named", "Matter.public_subject", "Stakeholder.name", "Stakeholder.asked_name_en", "Home.name",
        "Household.address", "Claim.words", "Removal.why", "Commitment.text", "Reservation.wish",
    } <= free  # fmt: skip
    kept_whole = ("digest", "blind", "sealed", "fingerprint", "_index", "_key", "reference", "uscc", "telephone", "filing_number")
    codes = {one for one in free if one.endswith(kept_whole)}
    assert codes <= {"Matter.telephone", "Product.filing_number"}, "whoever writes a number of a card there did so by mistake"
