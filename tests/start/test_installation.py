"""What an installation calls: prepare, found, reseal."""

from __future__ import annotations

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.transaction import atomic

from governance.actions.models import Event
from governance.clocks.now import today
from governance.development.management.commands import prepare
from governance.stakeholders import ciphers, rules
from governance.stakeholders.demonstration import credit_code
from governance.stakeholders.models import IdentityDocument, Mandate, Membership, Stakeholder, User
from governance.stakeholders.vocabulary import Duty, Subkind
from tests.factories.care import area, stakeholder

pytestmark = pytest.mark.django_db


@pytest.fixture
def role():
    """A role that signs in nowhere and ends with the test."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE ROLE test_web")
    return "test_web"


def may(role: str, right: str, table: str) -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege(%s, %s, %s)", [role, table, right])
        return cursor.fetchone()[0]


def test_the_web_reads_and_writes_rows_but_changes_no_table_and_no_event(role):
    prepare.grant(role)
    assert [right for right in ("SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "TRIGGER") if may(role, right, User._meta.db_table)] == [
        "SELECT", "INSERT", "UPDATE", "DELETE",
    ]  # fmt: skip
    assert [right for right in ("SELECT", "INSERT", "UPDATE", "DELETE") if may(role, right, Event._meta.db_table)] == ["SELECT", "INSERT"]


def test_what_is_only_added_to_is_known_by_its_trigger():
    refused = {model._meta.label: prepare.refused(model) for model in apps.get_models() if prepare.refused(model)}
    assert refused["actions.Event"] == refused["care.CapacityObservation"] == refused["ledger.Leaf"] == "DELETE, UPDATE"
    assert refused["ledger.Seal"] == "DELETE"
    assert "care.Home" not in refused


@pytest.mark.parametrize("role", ["nobody_of_this_name", "postgres"])
def test_rights_go_to_another_role_that_is_there(role):
    with pytest.raises(CommandError, match=role):
        prepare.grant(role)


def test_chinese_is_found_here():
    assert prepare.reads_chinese()


def founding(**changes: str) -> dict[str, str]:
    said = {
        "area": area("990100000000").code, "name": "示例市人民政府", "uscc": credit_code(Subkind.AUTHORITY, 1), "basis": "示例市权责清单",
        "person": "王示例", "email": "first@example.invalid",
    }  # fmt: skip
    return said | changes


def test_an_installation_is_founded_once():
    call_command("found", **founding())
    body = Stakeholder.objects.get(name="示例市人民政府")
    assert set(Mandate.objects.values_list("stakeholder", "duty")) == {(body.pk, Duty.GRANT_MANDATES), (body.pk, Duty.APPROVE_ORGANISATIONS)}
    user = Membership.objects.get(stakeholder=body).user
    assert not user.has_usable_password()
    assert user.emailaddress_set.get().verified
    with pytest.raises(CommandError, match="founded already"):
        call_command("found", **founding())


def test_the_first_administrator_chooses_a_password_by_e_mail(client, mailoutbox):
    call_command("found", **founding())
    client.post("/account/password/reset/", {"email": "first@example.invalid"})
    assert [message.to for message in mailoutbox] == [["first@example.invalid"]]
    assert User.objects.get().emailaddress_set.get().verified


@pytest.mark.parametrize(("name", "value", "told"), [("area", "123", "no area"), ("uscc", "1", "uscc"), ("email", "nobody", "email")])
def test_a_founding_with_a_fault_leaves_nothing(name, value, told):
    with pytest.raises(CommandError, match=told):
        call_command("found", **founding(**{name: value}))
    assert not Stakeholder.objects.exists()
    assert not User.objects.exists()


def test_everything_is_sealed_anew_under_a_new_key(settings, capsys):
    person = stakeholder("citizen", "citizen-person", "示例居民")
    read = rules.citizen_number("11010519491231002X", today=today())
    IdentityDocument.objects.filter(stakeholder=person).delete()
    IdentityDocument.of(person, read).save()
    user = User.objects.create(username="resealed")
    factors = [
        Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data={"secret": get_adapter().encrypt("SECRET")}),
        Authenticator.objects.create(
            user=user, type=Authenticator.Type.RECOVERY_CODES, data={"seed": get_adapter().encrypt("seed"), "used_mask": 5, "viewed_at": 1.5}
        ),
    ]
    settings.FIELD_KEYS = f"2:{'e' * 64},{settings.FIELD_KEYS}"
    call_command("reseal")
    settings.FIELD_KEYS = f"2:{'e' * 64}"  # the old key is gone

    assert IdentityDocument.objects.with_number(read.number).get().number() == read.number
    for factor in factors:
        factor.refresh_from_db()
    assert get_adapter().decrypt(factors[0].data["secret"]) == "SECRET"
    assert get_adapter().decrypt(factors[1].data.pop("seed")) == "seed"
    assert factors[1].data == {"used_mask": 5, "viewed_at": 1.5}
    call_command("reseal")
    assert "0 identity numbers, secrets of 0" in capsys.readouterr().out


def test_an_unknown_key_is_named_and_nothing_is_lost(settings):
    person = stakeholder("citizen", "citizen-person", "示例居民")
    IdentityDocument.objects.filter(stakeholder=person).delete()
    IdentityDocument.of(person, rules.citizen_number("11010519491231002X", today=today())).save()
    before = IdentityDocument.objects.get().sealed
    settings.FIELD_KEYS = f"9:{'e' * 64}"
    with pytest.raises(CommandError, match="does not name"), atomic():
        call_command("reseal")
    assert IdentityDocument.objects.get().sealed == before
    assert not ciphers.is_sealed_by_newest(before)
