"""Whom it is about: what the register knows of a person, and for whom an actor may ask."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from governance.clocks.now import today
from governance.entitlements.contract import Person
from governance.stakeholders import rules
from governance.stakeholders.models import Delegation, IdentityDocument, Stakeholder
from governance.stakeholders.models.delegation import EVERYTHING


def person_of(stakeholder: Stakeholder) -> Person:
    """With the date of birth and the sex that their number tells, where the number is known."""
    document = IdentityDocument.objects.filter(pk=stakeholder.pk).first()
    if document is None:
        return Person(stakeholder)
    read = rules.citizen_number(document.number(), today=today())
    return Person(stakeholder, read.born_on, read.is_male)


def covered(delegation: Delegation | None) -> Callable[[str], bool]:
    """Of which programs one may be shown what they say: all of one's own, of others what they let one act in."""
    if delegation is None:
        return lambda key: True
    return lambda key: bool({EVERYTHING, key} & set(delegation.scopes))


def may_ask(actor: Any) -> Callable[[str], bool]:
    """The same for whoever acts."""
    return covered(actor.way if isinstance(actor.way, Delegation) else None)


def household_of(actor: Any) -> list[tuple[Stakeholder, Delegation | None]]:
    """Oneself and everybody who has agreed that one acts for them: nobody else is shown."""
    if actor.user is None or actor.user.person is None:
        return []
    held = Delegation.objects.in_force(today()).to_person(actor.user.person)
    return [(actor.user.person, None), *((one.principal, one) for one in held)]
