"""People are not read by counting ids; under a delegation both are known; what has ended is not begun."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.access.models import Access
from governance.actions import Assurance, Refused
from governance.clocks.now import today
from governance.stakeholders import actions
from governance.stakeholders.actors import Actor
from governance.stakeholders.models import Delegation, Membership, Stakeholder
from governance.stakeholders.vocabulary import Duty
from tests.factories import care, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"
NUMBER = "990000198407020026"


@pytest.fixture
def officer(client):
    office = care.stakeholder("government", "government-authority", "示例局")
    for duty in (Duty.VERIFY_IDENTITIES, Duty.APPROVE_ORGANISATIONS):
        people.mandate(office, duty)
    user = people.member(office, "officer")
    client.force_login(user, backend=BACKEND)
    session = client.session
    session["acting_for"] = f"m{Membership.objects.get(user=user).pk}"
    session.save()
    return user


def test_no_office_reads_people_by_counting(client, officer):
    met, passed = (people.user(verified=False).person for _ in range(2))
    for one in (met, passed):
        assert client.get(f"/stakeholders/{one.pk}/").status_code == 404
        assert client.get(f"/api/stakeholders/stakeholders/{one.pk}/").status_code == 404
        assert client.get(f"/stakeholders/{one.pk}/verify-identity/").status_code == 404
    assert client.post("/counter/", {"reference": met.reference}).status_code == 302
    assert client.get(f"/stakeholders/{met.pk}/verify-identity/").status_code == 200
    assert client.get(f"/stakeholders/{passed.pk}/verify-identity/").status_code == 404
    assert [(one.subject, one.duty) for one in Access.objects.all()] == [(met, "stakeholders.verify-identities")]


def test_who_was_met_is_verified_and_met_no_more(client, officer):
    met = people.user(verified=False).person
    client.post("/counter/", {"reference": met.reference})
    done = client.post(f"/stakeholders/{met.pk}/verify-identity/", {"name": met.name, "number": NUMBER})
    assert (done.status_code, done["Location"]) == (302, "/counter/")
    assert Stakeholder.objects.get(pk=met.pk).identity_verified_at
    assert client.get(f"/stakeholders/{met.pk}/verify-identity/").status_code == 404


def test_an_office_still_reads_the_organisations_it_approves(client, officer):
    waiting = care.stakeholder("social", "social-care", "示例待核", state="registered")
    assert client.get(f"/stakeholders/{waiting.pk}/").status_code == 200


@pytest.mark.parametrize(("delegate", "principal", "known"), [(True, True, 2), (True, False, 1), (False, True, 1), (False, False, 1)])
def test_under_a_delegation_both_have_to_be_known(delegate, principal, known):
    daughter, father = people.user(verified=delegate), people.user(verified=principal)
    way = Delegation.objects.create(
        principal=father.person, delegate=daughter.person, scopes=["*"], starts_on=today(), state="accepted", area=father.person.area
    )
    assert Actor(daughter, father.person, way).assurance == known == (Assurance.IDENTITY if delegate and principal else Assurance.CONTACT)


@pytest.mark.parametrize(("last", "refused"), [(None, False), (0, False), (-1, True)])
def test_a_delegation_whose_last_day_has_passed_is_not_given(last, refused):
    user = people.user()
    giver = care.Acting(user.person, user=user)
    told = {"email": "b@example.invalid", "scopes": ["*"], "starts_on": today() - timedelta(days=5), "ends_on": None if last is None else today() + timedelta(days=last)}
    if refused:
        with pytest.raises(Refused) as problem:
            actions.LetSomebodyAct.do(giver, **told)
        assert problem.value.field == "ends_on"
    else:
        assert actions.LetSomebodyAct.do(giver, **told).state == "offered"


@pytest.mark.parametrize(("scopes", "theirs"), [(["*"], True), (["care"], False)])
def test_accesses_are_those_of_whom_one_acts_for(client, scopes, theirs):
    """Opened by a home after the father asked for a place: neither "nobody has looked" nor somebody else's."""
    daughter, father = people.user(), people.user()
    way = Delegation.objects.create(
        principal=father.person, delegate=daughter.person, scopes=scopes, starts_on=today(), state="accepted", area=father.person.area
    )
    reservation = care.asks(care.Acting(father.person))
    staff = people.member(reservation.home.provider, "officer")
    client.force_login(staff, backend=BACKEND)
    assert client.get(f"/care/reservations/{reservation.pk}/").status_code == 200
    client.force_login(daughter, backend=BACKEND)
    session = client.session
    session["acting_for"] = f"d{way.pk}"
    session.save()
    page = client.get("/me/accesses/", headers={"accept-language": "en"}).content.decode()
    assert (reservation.reference in page) is theirs
    assert ("what is kept about you yourself" in page) is not theirs and (father.person.name in page) is True
