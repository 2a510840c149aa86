"""Who is who: organisations, members, mandates, delegations, identities, households; by whom and by whom not."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from governance.actions import NotAssured, NotNow, NotResponsible, NotSignedIn, NotVisible, Refused
from governance.clocks.now import today
from governance.notices.models import Notice
from governance.stakeholders import actions, rules
from governance.stakeholders.actors import NOBODY, actor_for
from governance.stakeholders.demonstration import citizen_number, credit_code
from governance.stakeholders.models import Delegation, IdentityDocument, Mandate, Membership, Stakeholder, User
from governance.stakeholders.vocabulary import Duty, Subkind
from programs.care.vocabulary import Duty as CareDuty
from tests.conftest import remember_choice
from tests.factories import care, feedback, insurance, people

pytestmark = pytest.mark.django_db
FINE = {"name": "示例新社", "name_en": "", "phone": "", "email": "", "address": ""}


def oneself(**fields):
    return actor_for(people.user(**fields), "")


def office(duty, code="990100000000", subkind=Subkind.AUTHORITY):
    body = care.stakeholder("government", subkind, "示例局")
    people.mandate(body, duty, code)
    return actor_for(people.member(body, "administrator", "officer"), None)


def registered(who=None, **data):
    who = who or oneself()
    defaults = {"subkind": Subkind.EMPLOYER, "uscc": credit_code(Subkind.EMPLOYER, 4711), "place": care.area()}
    return who, actions.RegisterOrganisation.do(who, **defaults | FINE | data)


def administrator(organisation=None):
    organisation = organisation or care.stakeholder("social", "social-care", "示例中心")
    user = people.member(organisation, "administrator", "officer")
    return organisation, actor_for(user, None)


# Organisations ----------------------------------------------------------------------------------------------------------


def test_an_organisation_is_registered_and_approved():
    who, made = registered()
    assert (made.state, made.kind, made.registered_by) == ("registered", "enterprise", who.stakeholder)
    assert made.clocks.count() == 1
    assert Membership.objects.administrators_of(made.pk).get().user == who.user
    approved = actions.ApproveOrganisation.do(office(Duty.APPROVE_ORGANISATIONS), made)
    assert approved.state == "approved" and not approved.clocks.open().exists()


def test_who_registered_it_does_not_approve_it():
    approves = office(Duty.APPROVE_ORGANISATIONS)
    _who, made = registered()
    Stakeholder.objects.filter(pk=made.pk).update(registered_by=approves.stakeholder)
    with pytest.raises(NotResponsible):
        actions.ApproveOrganisation.do(approves, made)


def test_an_office_of_another_place_does_not_approve_it():
    _who, made = registered()
    with pytest.raises((NotResponsible, NotVisible)):
        actions.ApproveOrganisation.do(office(Duty.APPROVE_ORGANISATIONS, "990200000000"), made)


def test_a_rejection_has_a_reason():
    _who, made = registered()
    approves = office(Duty.APPROVE_ORGANISATIONS)
    with pytest.raises(Refused) as refused:
        actions.RejectOrganisation.do(approves, made)
    assert refused.value.field == "reason"
    assert actions.RejectOrganisation.do(approves, made, reason="证照过期").state == "rejected"


@pytest.mark.parametrize(
    ("data", "field"),
    [({"uscc": ""}, "uscc"), ({"subkind": Subkind.FOUNDATION, "uscc": credit_code(Subkind.EMPLOYER, 5)}, "subkind")],
)
def test_a_credit_code_fits_the_organisation(data, field):
    with pytest.raises(Refused) as refused:
        registered(**data)
    assert refused.value.field == field


def test_a_credit_code_belongs_to_one():
    registered()
    with pytest.raises(Refused, match="already registered|已"):
        registered()


def test_one_s_address_has_to_be_confirmed_first():
    who = oneself(verified=False, contact_confirmed_at=None)
    with pytest.raises(NotAssured):
        registered(who)


def test_an_organisation_that_ended_acts_no_more():
    organisation, admin = administrator()
    people.mandate(organisation, CareDuty.SUPERVISE_HOMES)
    actions.EndOrganisation.do(office(Duty.APPROVE_ORGANISATIONS), organisation, reason="注销")
    assert actor_for(admin.user, None).stakeholder == admin.user.person


def test_an_administrator_corrects_the_entry():
    organisation, admin = administrator()
    changed = actions.ChangeOrganisationDetails.do(admin, organisation, **FINE | {"phone": "000-1"})
    assert changed.phone == "000-1" and changed.last_event.changes["phone"] == "***"


# Members ----------------------------------------------------------------------------------------------------------------


def test_somebody_is_invited_accepts_and_acts():
    organisation, admin = administrator()
    invited = actions.InviteMember.do(admin, organisation, email="User-New@example.invalid", roles=["officer"])
    user = people.user(email="user-new@example.invalid")
    accepted = actions.AcceptInvitation.do(actor_for(user, ""), invited)
    assert accepted.state == "active" and accepted.user == user and accepted.since == today()
    assert actor_for(user, None).stakeholder == organisation


def test_an_invitation_is_for_one_address_and_needs_it_confirmed():
    organisation, admin = administrator()
    invited = actions.InviteMember.do(admin, organisation, email="a@example.invalid", roles=["reader"])
    with pytest.raises(NotVisible):
        actions.AcceptInvitation.do(oneself(), invited)
    with pytest.raises(NotVisible):
        actions.AcceptInvitation.do(oneself(email="a@example.invalid", contact_confirmed_at=None), invited)


def test_an_invitation_is_declined_or_withdrawn():
    organisation, admin = administrator()
    first = actions.InviteMember.do(admin, organisation, email="a@example.invalid", roles=["reader"])
    assert actions.DeclineInvitation.do(oneself(email="a@example.invalid"), first).state == "declined"
    second = actions.InviteMember.do(admin, organisation, email="b@example.invalid", roles=["reader"])
    assert actions.WithdrawInvitation.do(admin, second).state == "removed"


def test_only_an_administrator_invites():
    organisation, _admin = administrator()
    officer = actor_for(people.member(organisation, "officer"), None)
    with pytest.raises(NotResponsible):
        actions.InviteMember.do(officer, organisation, email="a@example.invalid", roles=["reader"])


def test_a_reader_reads_and_does_not_act():
    home = care.home()
    request = care.asks(for_bed=care.bed(home))
    reader = actor_for(people.member(home.provider, "reader"), None)
    from programs.care.actions import ConfirmReservation

    with pytest.raises(NotResponsible, match="read|查看"):
        ConfirmReservation.do(reader, request)
    assert type(request).objects.visible_to(reader).filter(pk=request.pk).exists()


def test_the_last_administrator_stays():
    _organisation, admin = administrator()
    with pytest.raises(Refused, match="only administrator|唯一"):
        actions.LeaveOrganisation.do(admin, admin.way)
    with pytest.raises(Refused):
        actions.ChangeRoles.do(admin, admin.way, roles=["reader"])


def test_members_get_other_roles_leave_and_are_removed():
    organisation, admin = administrator()
    first, second = people.member(organisation), people.member(organisation)
    ways = [Membership.objects.active().get(user=user) for user in (first, second)]
    assert actions.ChangeRoles.do(admin, ways[0], roles=["reader"]).roles == ["reader"]
    assert actions.LeaveOrganisation.do(actor_for(first, ""), ways[0]).until == today()
    assert actions.RemoveMember.do(admin, ways[1], reason="调离").state == "removed"
    assert actor_for(second, None).stakeholder == second.person


# Mandates ---------------------------------------------------------------------------------------------------------------


def granted(grants, to, **data):
    defaults = {"duty": str(CareDuty.SUPERVISE_HOMES.value), "place": care.area(), "legal_basis": "示例", "starts_on": today(), "ends_on": None}
    return actions.GrantMandate.do(grants, to, **defaults | data)


def test_a_mandate_is_granted_gives_the_duty_and_is_ended():
    grants = office(Duty.GRANT_MANDATES)
    body = care.stakeholder("government", "government-authority", "示例局")
    made = granted(grants, body)
    holder = people.member(body)
    assert [held.duty for held in actor_for(holder, None).duties] == [made.duty]
    assert made.granted_by == grants.stakeholder
    actions.EndMandate.do(grants, made, reason="机构改革")
    assert actor_for(holder, None).duties == ()


def test_nobody_grants_a_mandate_to_themselves_or_ends_their_own():
    grants = office(Duty.GRANT_MANDATES)
    with pytest.raises(NotResponsible):
        granted(grants, grants.stakeholder)
    own = Mandate.objects.get(stakeholder=grants.stakeholder)
    with pytest.raises(NotResponsible):
        actions.EndMandate.do(grants, own, reason="x")


def test_one_grants_in_one_s_own_area_only():
    grants = office(Duty.GRANT_MANDATES)
    with pytest.raises(Refused) as refused:
        granted(grants, care.stakeholder("government", "government-authority", "示例局"), place=care.area("990200000000", "另一市"))
    assert refused.value.field == "place"


def test_a_duty_is_given_once():
    grants, body = office(Duty.GRANT_MANDATES), care.stakeholder("government", "government-authority", "示例局")
    granted(grants, body)
    with pytest.raises(Refused):
        granted(grants, body)


def test_a_mandate_that_has_not_begun_or_has_ended_gives_nothing():
    grants, body = office(Duty.GRANT_MANDATES), care.stakeholder("government", "government-authority", "示例局")
    granted(grants, body, starts_on=today() + timedelta(days=1))
    assert actor_for(people.member(body), None).duties == ()


# Delegations ------------------------------------------------------------------------------------------------------------


def agreed(scopes=("*",), **data):
    father, daughter = people.user(), people.user()
    defaults = {"starts_on": today(), "ends_on": None}
    offered = actions.LetSomebodyAct.do(actor_for(father, ""), email=daughter.email, scopes=list(scopes), **defaults | data)
    return father, daughter, actions.AcceptDelegation.do(actor_for(daughter, ""), offered)


def test_a_daughter_acts_for_her_father_until_he_ends_it():
    father, daughter, made = agreed()
    actor = actor_for(daughter, f"d{made.pk}")
    assert actor.stakeholder == father.person
    request = care.asks(actor)
    event = request.events.get()
    assert (event.user, event.stakeholder, event.right["delegation"]) == (daughter, father.person, made.pk)
    actions.RevokeDelegation.do(actor_for(father, ""), made)
    assert actor_for(daughter, f"d{made.pk}").stakeholder == daughter.person


def test_a_delegation_reaches_as_far_as_its_scope():
    _father, daughter, made = agreed(scopes=["insurance"])
    with pytest.raises(NotResponsible):
        care.asks(actor_for(daughter, f"d{made.pk}"))


def test_whoever_acts_for_another_within_limits_reads_within_them(client):
    """With a bed, a complaint, an account and a notice of each: the daughter who was asked about beds learns of the bed only."""
    father, daughter, made = agreed(scopes=["care"])
    bed, complaint, account = care.asks(actor_for(father, "")), feedback.brought(actor_for(father, "")), insurance.insured(father.person)
    received = complaint.events.get()
    for record in (bed, complaint):
        Notice.objects.create(recipient=father.person, event=record.events.first())
    client.force_login(daughter, backend="allauth.account.auth_backends.AuthenticationBackend")
    for scopes, hidden in ((["care"], {complaint, account}), (["*"], set())):
        Delegation.objects.filter(pk=made.pk).update(scopes=scopes)
        remember_choice(client.session, f"d{made.pk}")
        actor = actor_for(daughter, f"d{made.pk}")
        for record in (bed, complaint, account):
            assert type(record).objects.visible_to(actor).filter(pk=record.pk).exists() == (record not in hidden)
            assert client.get(record.get_absolute_url()).status_code == (404 if record in hidden else 200)
        assert Notice.objects.visible_to(actor).count() == (1 if hidden else 2)
        assert client.get(f"/receipts/{received.pk}/").status_code == (404 if hidden else 200)
        assert ("paid_years" in client.get("/insurance/pension/").context["form"].initial) == (not hidden)


def test_whoever_acts_for_another_lets_nobody_else_act_and_revokes_nothing():
    _father, daughter, made = agreed()
    actor = actor_for(daughter, f"d{made.pk}")
    with pytest.raises(NotResponsible):
        actions.LetSomebodyAct.do(actor, email="x@example.invalid", scopes=["*"], starts_on=today(), ends_on=None)
    with pytest.raises(NotResponsible):
        actions.RevokeDelegation.do(actor, made)


def test_a_delegation_is_declined_or_given_back():
    _father, daughter, made = agreed()
    assert actions.ReturnDelegation.do(actor_for(daughter, ""), made).state == "returned"
    other = people.user()
    offered = actions.LetSomebodyAct.do(oneself(), email=other.email, scopes=["*"], starts_on=today(), ends_on=None)
    assert actions.DeclineDelegation.do(actor_for(other, ""), offered).state == "declined"


def test_a_delegation_that_is_over_gives_nothing():
    _father, daughter, made = agreed()
    Delegation.objects.filter(pk=made.pk).update(starts_on=today() - timedelta(days=9), ends_on=today() - timedelta(days=1))
    assert actor_for(daughter, f"d{made.pk}").stakeholder == daughter.person


def test_nobody_lets_themselves_act():
    who = oneself()
    with pytest.raises(Refused):
        actions.LetSomebodyAct.do(who, email=who.user.email, scopes=["*"], starts_on=today(), ends_on=None)


# Identity ---------------------------------------------------------------------------------------------------------------


NUMBER = citizen_number(date(1958, 3, 12), 7, male=True)


def unknown(name="示例未核"):
    return people.user(care.stakeholder("citizen", "citizen-person", name), verified=False)


def test_an_officer_verifies_somebody_and_the_number_is_sealed():
    user = unknown()
    done = actions.VerifyIdentity.do(office(Duty.VERIFY_IDENTITIES), user.person, name=user.person.name, number=NUMBER)
    assert done.identity_verified_at
    kept = IdentityDocument.objects.get(pk=user.person_id)
    assert NUMBER not in kept.sealed and kept.number() == NUMBER
    assert NUMBER not in str(done.last_event.changes)
    assert actor_for(User.objects.get(pk=user.pk), "").assurance == 2


def test_a_number_belongs_to_one_person():
    officer = office(Duty.VERIFY_IDENTITIES)
    first, second = unknown("示例甲"), unknown("示例乙")
    actions.VerifyIdentity.do(officer, first.person, name=first.person.name, number=NUMBER)
    with pytest.raises(Refused, match="another account|另一"):
        actions.VerifyIdentity.do(officer, second.person, name=second.person.name, number=NUMBER)


@pytest.mark.parametrize(("change", "field"), [({"number": NUMBER[:-1]}, "number"), ({"name": "别人"}, "name")])
def test_what_differs_from_the_document_is_refused(change, field):
    user = unknown()
    with pytest.raises(Refused) as refused:
        actions.VerifyIdentity.do(office(Duty.VERIFY_IDENTITIES), user.person, **{"name": user.person.name, "number": NUMBER} | change)
    assert refused.value.field == field


def test_nobody_verifies_themselves_or_twice():
    officer = office(Duty.VERIFY_IDENTITIES)
    Stakeholder.objects.filter(pk=officer.user.person_id).update(identity_verified_at=None)
    with pytest.raises(Refused):
        actions.VerifyIdentity.do(officer, officer.user.person, name=officer.user.person.name, number=NUMBER)
    user = unknown()
    actions.VerifyIdentity.do(officer, user.person, name=user.person.name, number=NUMBER)
    with pytest.raises(NotNow):
        actions.VerifyIdentity.do(officer, user.person, name=user.person.name, number=NUMBER)


# Households -------------------------------------------------------------------------------------------------------------


def household(who=None):
    who = who or oneself()
    return who, actions.DeclareHousehold.do(who, place=care.area(), since=today(), address="示例路 1 号")


def test_a_household_is_declared_filled_confirmed_changed_and_closed():
    who, made = household()
    actions.AddToHousehold.do(who, made, name="李老示", relation="parent", born_on=date(1948, 2, 29), since=today())
    confirmed = actions.ConfirmHousehold.do(office(Duty.KEEP_HOUSEHOLDS), made)
    assert confirmed.state == "confirmed"
    father = made.members.get(relation="parent")
    assert actions.TakeFromHousehold.do(who, made, member=father, until=today()).state == "declared"
    assert actions.CloseHousehold.do(who, made).state == "closed"


def test_one_declares_one_household():
    who, _made = household()
    with pytest.raises(Refused):
        household(who)


def test_nobody_else_reads_or_changes_it():
    _who, made = household()
    with pytest.raises(NotVisible):
        actions.AddToHousehold.do(oneself(), made, name="x", relation="other", since=today())
    with pytest.raises(NotSignedIn):
        actions.CloseHousehold.do(NOBODY, made)


def test_numbers_of_the_demonstration_are_nobody_s():
    assert rules.citizen_number(NUMBER, today=today()).born_on == date(1958, 3, 12)
