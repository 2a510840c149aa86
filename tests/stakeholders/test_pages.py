"""Pages of who is who, as each of them sees them."""

from __future__ import annotations

import pytest

from governance.stakeholders.models import AccessToken, Delegation, Membership, Stakeholder
from governance.stakeholders.vocabulary import Duty
from tests.factories import care, people

pytestmark = pytest.mark.django_db
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def signed_in(client, user, choice=None):
    client.force_login(user, backend=BACKEND)
    if choice is not None:
        session = client.session
        session["acting_for"] = choice
        session.save()
    return client


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_the_public_pages_open(client, language):
    body = care.stakeholder("government", "government-authority", "示例局")
    people.mandate(body, Duty.VERIFY_IDENTITIES)
    for address in ("/stakeholders/", f"/stakeholders/{body.pk}/", "/responsibilities/", f"/mandates/{body.mandates.get().pk}/", "/api/", "/api/problems/"):
        assert client.get(address, headers={"Accept-Language": language}).status_code == 200, address


def test_a_strange_address_of_the_list_of_duties_opens_all_the_same(client):
    for name in ("area", "program", "duty", "q"):
        assert client.get("/responsibilities/", {name: "a\0" + "9" * 300}).status_code == 200


def test_no_person_is_in_the_public_register(client):
    person = people.user().person
    page = client.get("/stakeholders/?format=csv")
    assert person.name not in b"".join(page.streaming_content).decode()
    assert client.get(f"/stakeholders/{person.pk}/").status_code == 404
    assert signed_in(client, people.user()).get(f"/stakeholders/{person.pk}/").status_code == 404


def test_the_register_is_searched(client):
    care.stakeholder("social", "social-care", "示例松风中心")
    assert "示例松风中心" in client.get("/stakeholders/?q=songfeng".replace("songfeng", "song")).content.decode()
    assert "示例松风中心" not in client.get("/stakeholders/?kind=enterprise").content.decode()


def test_my_account_shows_what_waits_for_me(client):
    user = people.user()
    organisation = care.stakeholder("social", "social-care", "示例邀请中心")
    Membership.objects.create(stakeholder=organisation, area=organisation.area, invited_email=user.email.upper(), roles=["reader"])
    father = care.stakeholder("citizen", "citizen-person", "示例父亲")
    Delegation.objects.create(principal=father, area=father.area, delegate_email=user.email, scopes=["*"], starts_on="2026-01-01")
    page = signed_in(client, user).get("/me/").content.decode()
    assert organisation.name in page and father.name in page


def test_switching_shows_for_whom_one_acts(client):
    home = care.home()
    user = people.member(home.provider, "officer")
    way = Membership.objects.get(user=user)
    signed_in(client, user, "")
    answer = client.post("/me/switch/", {"stakeholder": f"m{way.pk}", "next": "/me/"}, follow=True)
    assert answer.redirect_chain[-1][0] == "/me/" and home.provider.name in answer.content.decode()
    assert client.post("/me/switch/", {"stakeholder": "m999999", "next": "https://elsewhere.invalid/"})["Location"] == "/"


def test_an_organisation_is_registered_on_the_page(client):
    signed_in(client, people.user(), "")
    care.area()
    page = client.get("/do/register-organisation/")
    assert page.status_code == 200
    sent = {"subkind": "social-community", "name": "示例新社", "place": "nowhere", "once": "a"}
    wrong = client.post("/do/register-organisation/", sent)
    assert wrong.status_code == 422 and 'value="示例新社"' in wrong.content.decode()
    done = client.post("/do/register-organisation/", sent | {"place": "示例区"})
    made = Stakeholder.objects.get(name="示例新社")
    assert (done.status_code, done["Location"]) == (302, f"/stakeholders/{made.pk}/")
    assert client.get(done["Location"]).status_code == 200


def test_a_counter_finds_by_reference_and_nobody_by_browsing(client):
    office = care.stakeholder("government", "government-authority", "示例局")
    people.mandate(office, Duty.VERIFY_IDENTITIES)
    signed_in(client, people.member(office, "officer"))
    person = people.user(care.stakeholder("citizen", "citizen-person", "示例未核"), verified=False).person
    assert client.post("/counter/", {"reference": "ST-1"}).status_code == 422
    found = client.post("/counter/", {"reference": person.reference.lower()})
    assert found["Location"] == f"/stakeholders/{person.pk}/verify-identity/"
    assert client.get(found["Location"]).status_code == 200
    assert person.name not in client.get("/stakeholders/").content.decode()


def test_a_token_is_shown_once_and_revoked(client):
    user = people.user()
    signed_in(client, user, "")
    made = client.post("/me/tokens/", {"name": "示例程序", "days": "30"}).content.decode()
    text = made.split('<code class="code">')[1].split("</code>")[0]
    assert text not in client.get("/me/tokens/").content.decode()
    token = AccessToken.objects.get()
    assert client.get("/api/care/reservations/", headers={"Authorization": f"Bearer {text}"}).status_code == 200
    client.post("/me/tokens/", {"revoke": str(token.pk)})
    client.logout()
    assert client.get("/api/care/reservations/", headers={"Authorization": f"Bearer {text}"}).status_code == 401


def test_whoever_acts_for_a_father_sees_his_page_of_delegations(client):
    assert signed_in(client, people.user(), "").get("/delegations/").status_code == 200
    assert client.get("/households/").status_code == 200 and client.get("/memberships/").status_code == 200
