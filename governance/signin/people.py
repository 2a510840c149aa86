"""The person behind a new account."""

from __future__ import annotations

from typing import Any

from django.utils.crypto import get_random_string

from governance.actions import bulk
from governance.clocks.now import now
from governance.stakeholders.models import Area, Stakeholder, User
from governance.stakeholders.vocabulary import StakeholderKind, StakeholderState, Subkind


def make_person(*, name: str, area: Area) -> Stakeholder:
    """A citizen. Nobody has to approve people; who they are is verified when something needs it."""
    with bulk.founding("sign-up"):
        return Stakeholder.objects.create(
            kind=StakeholderKind.CITIZEN, subkind=Subkind.PERSON, name=name, area=area, state=StakeholderState.APPROVED
        )


def fresh_username() -> str:
    """A name for signing in that says nothing about the person; they use their e-mail address, or this."""
    return "r" + get_random_string(9, "0123456789")


def note_confirmed_contact(user: User) -> None:
    """The person has read a code that was sent to their address."""
    if user.contact_confirmed_at is None:
        user.contact_confirmed_at = now()
        user.save(update_fields=["contact_confirmed_at"])


def note_verified_identity(user: Any) -> None:
    """Somebody who knows the person has said who they are."""
    if user.person is not None and user.person.identity_verified_at is None:
        user.person.identity_verified_at = now()
        with bulk.founding("identity provider", user_id=user.pk):
            user.person.save(update_fields=["identity_verified_at"])
