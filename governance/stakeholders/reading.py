"""What the pages of this slice show: named readings, gathered."""

from __future__ import annotations

from datetime import timedelta
from itertools import groupby
from typing import Any

from django.apps import apps

from governance.actions import Assurance, registry
from governance.clocks.now import now, today
from governance.stakeholders import vacancies
from governance.stakeholders.models import AccessToken, Area, Delegation, Household, Mandate, Membership, Stakeholder

MOST = 500


def account(actor: Any) -> dict[str, Any]:
    """Everything the account page shows."""
    user, person = actor.user, actor.user.person
    return {
        "memberships": Membership.objects.of_user(user),
        "invitations": Membership.objects.invited_by_address(_confirmed(user)).for_display(),
        "offers": Delegation.objects.offered_to_address(_confirmed(user)).for_display(),
        "held": Delegation.objects.in_force(today()).to_person(person) if person else [],
        "person": person,
        "given": Delegation.objects.filter(principal=person).for_display().order_by("-id") if person else [],
        "households": Household.objects.filter(head=person).prefetch_related("members").order_by("-id") if person else [],
        "assurance": actor.assurance,
        "is_verified": actor.assurance >= Assurance.IDENTITY,
    }


def _confirmed(user: Any) -> str:
    return user.email if user.contact_confirmed_at else ""


def stakeholder(record: Stakeholder, actor: Any) -> dict[str, Any]:
    """What the page of an organisation shows besides itself."""
    ours = actor.stakeholder_id == record.pk and not record.is_citizen
    return {
        "mandates": Mandate.objects.in_force(today()).filter(stakeholder=record).for_display()[:MOST],
        "ours": ours,
        "members": Membership.objects.filter(stakeholder=record, state__in=("active", "invited")).for_display() if ours else [],
    }


def tokens_of(actor: Any) -> list[AccessToken]:
    """The tokens of this user that still open something."""
    return list(AccessToken.objects.valid_on(today()).filter(user=actor.user))


def make_token(actor: Any, *, name: str, days: int) -> str:
    """A token that acts for whomever the actor acts for now; its text is returned once and kept nowhere."""
    token = AccessToken(user=actor.user, stakeholder=actor.stakeholder, name=name, expires_on=today() + timedelta(days=days))
    text = token.issue()
    token.save()
    return text


def revoke_token(actor: Any, number: str) -> None:
    """One of one's own tokens opens nothing from now on."""
    if number.isascii() and number.isdigit() and len(number) < 19:
        AccessToken.objects.valid_on(today()).filter(user=actor.user, pk=int(number)).update(revoked_at=now())


def programs() -> dict[str, str]:
    """The apps that declare duties, and their names."""
    labels = dict.fromkeys(duty.split(".")[0] for duty in registry.duties())
    return {label: str(apps.get_app_config(label).verbose_name) for label in labels}


def responsibilities(*, area: str = "", program: str = "", duty: str = "", q: str = "") -> dict[str, Any]:
    """The mandates in force that touch an area, by duty."""
    found = Mandate.objects.in_force(today()).for_display()
    places = list(Area.objects.like(q)[:20]) if q and not area else []
    if len(places) == 1:
        area = places[0].code
    chosen = Area.objects.filter(code=area).first() if area else None
    if chosen:
        found = found.covering(chosen)
    if program in programs():
        found = found.of_program(program)
    if duty in registry.duties():
        found = found.for_duty(duty)
    rows = list(found[:MOST])
    return {
        "groups": [(label, list(mandates)) for label, mandates in groupby(rows, key=lambda m: m.duty_label)],
        "total": len(rows),
        "nobody": vacancies.nobody(area=chosen, program=program if program in programs() else "", duty=duty if duty in registry.duties() else ""),
        "area": chosen,
        "places": places if len(places) != 1 else [],
        "q": q,
        "program": program,
        "programs": programs(),
        "duty": duty,
        "duties": registry.duties(),
    }
