"""Users that sign in, and what they are members of, for tests."""

from __future__ import annotations

from itertools import count
from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP

from governance.clocks.now import now, today
from governance.stakeholders.models import AccessToken, Mandate, Membership, Stakeholder, User
from tests.factories.care import area, stakeholder

_numbers = count(1)
DAYS = 30


def user(person: Stakeholder | None = None, *, verified: bool = True, **fields: Any) -> User:
    """Somebody with an account, a confirmed address and (by default) a verified identity."""
    number = next(_numbers)
    person = person or stakeholder("citizen", "citizen-person", "示例居民")
    if verified and not person.identity_verified_at:
        Stakeholder.objects.filter(pk=person.pk).update(identity_verified_at=now())
        person.refresh_from_db()
    defaults = {"username": f"user{number}", "email": f"user{number}@example.invalid", "contact_confirmed_at": now()}
    return User.objects.create(person=person, **defaults | fields)


def member(organisation: Stakeholder, *roles: str, of: User | None = None, with_second_factor: bool = True) -> User:
    """Somebody who may act for an organisation."""
    who = of or user()
    Membership.objects.create(
        stakeholder=organisation, user=who, person=who.person, roles=list(roles) or ["officer"], state="active", area=organisation.area, since=today()
    )
    if with_second_factor and not Authenticator.objects.filter(user=who).exists():
        second_factor(who)
    return who


def token(who: User, stakeholder: Stakeholder | None = None, **fields: Any) -> str:
    """An access token, as its owner holds it."""
    made = AccessToken(user=who, stakeholder=stakeholder or who.person, name="test", **{"expires_on": today()} | fields)
    text = made.issue()
    made.save()
    return text


def mandate(holder: Stakeholder, duty: str, code: str = "990100000000", **fields: Any) -> Mandate:
    """A duty held in an area."""
    defaults = {"starts_on": today(), "legal_basis": "示例"}
    return Mandate.objects.create(stakeholder=holder, duty=str(getattr(duty, "value", duty)), area=area(code, "示例市"), **defaults | fields)


def account(password: str, **fields: Any) -> User:
    """Somebody with a confirmed address who can sign in with a password."""
    who = user(**fields)
    who.set_password(password)
    who.save()
    EmailAddress.objects.create(user=who, email=who.email, verified=True, primary=True)
    return who


def second_factor(who: User, secret: str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ") -> Authenticator:
    """An authenticator app."""
    return TOTP.activate(who, secret).instance
