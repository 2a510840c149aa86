"""The demonstration's world: whole by its own audit, the same wherever it was interrupted, every grant of power with its event."""

from __future__ import annotations

from itertools import count
from types import SimpleNamespace

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import call_command

from governance.actions import Event, registry
from governance.development import demonstration, views
from governance.feedback.models import Matter
from governance.ledger.models import Leaf
from governance.stakeholders import demonstration as people
from governance.stakeholders.demonstration import credit_code
from governance.stakeholders.models import Mandate, Membership, Stakeholder
from governance.stakeholders.vocabulary import Subkind
from tests import audited
from tests.factories.care import area
from tests.start import lives

pytestmark = pytest.mark.django_db
INVENTED = ("stakeholders.Stakeholder", "stakeholders.Mandate", "stakeholders.Membership", "stakeholders.Household", "catalogue.Parameter", "care.Home", "care.Bed")


def references() -> dict[str, list[str]]:
    """What does not come by chance: what the parts make themselves."""
    return {
        model._meta.label: sorted(model._base_manager.values_list("reference", flat=True)) for model in registry.records() if model._meta.label in INVENTED
    }


# Committed part by part, as a start does: of rows that nobody has committed the server's own ANALYZE counts none, and in the
# minutes that this takes it may look. What then is planned for empty tables reads each of them once for every row of another.
@pytest.mark.django_db(transaction=True)
def test_the_untouched_world_is_whole_and_each_part_is_made_in_a_process_of_its_own(monkeypatch):
    audited.found_what_is_there()
    made = demonstration.parts()
    for part in made:
        people._numbers = count(1)  # what a process remembers begins anew
        monkeypatch.setattr(demonstration, "parts", lambda part=part: [part])
        demonstration.fill(lambda words: None)
    assert all(part.is_complete() for part in made)
    shown = {*(persona.username for persona in people.PERSONAS), *(one.username for one in views.others(chinese=True))}
    needs_a_code = set(Authenticator.objects.filter(type=Authenticator.Type.TOTP).values_list("user__username", flat=True))
    assert needs_a_code <= shown and all(map(views.code_of, needs_a_code)), "whoever needs a code finds it on the page"
    assert {Stakeholder.objects.get(user__username=name).reference for name in people.COLLEAGUES} == {
        people.reference_of("ST", people.date(2026, 1, 5), people.FIRST_COLLEAGUE + n) for n in range(len(people.COLLEAGUES))
    }
    assert Matter.objects.exists() and Event.objects.filter(action="actions.founded").count() > 6000
    assert lives.contradictions() == []
    assert "\n".join(audited.breaks()) == ""
    call_command("ledger", "audit", verbosity=0)
    Mandate.objects.filter(pk=Mandate.objects.last().pk).update(legal_basis="another")
    Membership.objects.filter(pk=Membership.objects.last().pk).update(roles=["administrator"])
    assert len(audited.breaks()) == 2


def test_founding_an_installation_leaves_an_event_for_each_who_gets_power():
    audited.found_what_is_there()
    area("110101000000", "示例区")
    call_command(
        "found", area="110101000000", name="示例区人民政府", name_en="", uscc=credit_code(Subkind.AUTHORITY, 7), basis="示例", person="周示一",
        email="first@example.invalid", verbosity=0, stdout=SimpleNamespace(write=lambda *words: None),
    )  # fmt: skip
    for record in (*Mandate.objects.all(), *Membership.objects.all(), *Stakeholder.objects.all()):
        assert [event.right for event in record.events.all()] == [{"as": "system", "command": "manage.py found"}]
    assert Leaf.objects.filter(kind="bundle", pk=Mandate.objects.first().events.get().part.bundle).count() == 1
    assert audited.breaks() == []
