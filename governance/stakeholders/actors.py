"""The actor: a user acting for a stakeholder, as a member, as themselves, or by a delegation."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext as _

from governance import areas
from governance.actions import Assurance, actors, compiled
from governance.clocks.now import today
from governance.stakeholders.models import Delegation, Mandate, Membership, Stakeholder, User
from governance.stakeholders.models.delegation import EVERYTHING
from governance.stakeholders.succession import PREDECESSORS
from governance.stakeholders.vocabulary import Role, StakeholderState

SESSION_KEY = "acting_for"  # "" = oneself, "m<id>" = a membership, "d<id>" = a delegation


@dataclass(frozen=True)
class Held:
    """A duty held through a mandate, in the areas with start <= code < stop."""

    duty: str
    start: str
    stop: str
    mandate_id: int | None


@dataclass(frozen=True)
class Option:
    """Somebody one can act for."""

    value: str
    label: str
    is_current: bool


class Actor(actors.Actor):
    """A user and whom they act for; both are None without an account. The way is a membership, a delegation, or none for oneself."""

    user: User | None
    stakeholder: Stakeholder | None
    way: Membership | Delegation | None

    @property
    def delegation_id(self) -> int | None:
        """The delegation under which one acts, for the event's right."""
        return self.way.pk if isinstance(self.way, Delegation) else None

    @property
    def roles(self) -> list[str]:
        """The roles in the organisation one acts for."""
        return self.way.roles if isinstance(self.way, Membership) else []

    @property
    def display_name(self) -> str:
        """The person, and for whom they act if for somebody else."""
        if self.user is None:
            return ""
        person = str(self.user.person or self.user.username)
        if self.way is None:
            return person
        return _("%(person)s for %(stakeholder)s") % {"person": person, "stakeholder": self.stakeholder}

    @property
    def current(self) -> str:
        """The value of the present choice."""
        return "" if self.way is None else f"{'d' if self.delegation_id else 'm'}{self.way.pk}"

    @cached_property
    def duties(self) -> tuple[Held, ...]:
        """The duties held today: one query for a request. A body that is not approved holds none."""
        if self.stakeholder is None or self.stakeholder.state != StakeholderState.APPROVED or self.stakeholder.is_citizen:
            return ()
        mandates = compiled.rows("mandates", _mandates, stakeholder=self.stakeholder.pk, day=today())
        return tuple(
            Held(m.duty, *areas.range_of(code), m.pk) for m in mandates for code in m.reaches if code == m.area_id or not areas.covers(m.area_id, code)
        )

    @cached_property
    def assurance(self) -> int:
        """How sure we are who the person is; under a delegation both have to be known."""
        people = [self.user.person if self.user else None]
        if self.delegation_id:
            people.append(self.stakeholder)
        if self.user is None:
            return Assurance.NONE
        if all(person is not None and person.identity_verified_at for person in people):
            return Assurance.IDENTITY
        return Assurance.CONTACT if self.user.contact_confirmed_at else Assurance.NONE

    @property
    def limits(self) -> frozenset[str] | None:
        """The apps in which a delegation lets one act and read; None where there is no limit."""
        if not isinstance(self.way, Delegation) or EVERYTHING in self.way.scopes:
            return None
        return frozenset(scope.partition(".")[0] for scope in self.way.scopes)

    def covers(self, model: Any) -> bool:
        """Whether one reads such records as whomever one acts for. Who they are is known to everybody who acts for them."""
        return self.limits is None or model is Stakeholder or model._meta.app_label in self.limits

    def may_use(self, action: Any) -> str | None:
        """None, or why the role or the delegation does not cover this action."""
        if isinstance(self.way, Membership) and not {Role.OFFICER, Role.ADMINISTRATOR} & set(self.way.roles):
            return _("Your role in this organisation lets you read, not act.")
        if isinstance(self.way, Delegation) and not {EVERYTHING, action.app_label, action.key} & set(self.way.scopes):
            return _("The person you act for has not authorised you for this.")
        return None

    @cached_property
    def options(self) -> list[Option]:
        """Everybody this user can act for, oneself first."""
        if self.user is None:
            return []
        found = [Option("", str(self.user.person or self.user.username), self.way is None)]
        for membership in compiled.rows("memberships", Membership.objects.of_user, user=self.user.pk):
            found.append(Option(f"m{membership.pk}", str(membership.stakeholder), self.current == f"m{membership.pk}"))
        if self.user.person_id:
            for delegation in compiled.rows("delegations", _delegations, day=today(), person=self.user.person_id):
                label = _("%(person)s (authorised)") % {"person": delegation.principal}
                found.append(Option(f"d{delegation.pk}", label, self.current == f"d{delegation.pk}"))
        return found


class Assured(Actor):
    """Somebody who acts in a seed, a command or a test: whoever runs it vouches for who they are."""

    assurance: int = Assurance.IDENTITY

    def __init__(self, stakeholder: Stakeholder | None, user: User | None = None, way: Membership | Delegation | None = None) -> None:
        super().__init__(user, stakeholder, way)


NOBODY = Actor(None, None)


def actor_for(user: Any, choice: str | None) -> Actor:
    """The actor of a user and their choice. A choice that no longer holds falls back to the first thing that does."""
    if not getattr(user, "is_authenticated", False):
        return NOBODY
    if choice is None:  # just signed in: for the organisation one works for, else for oneself
        first = Membership.objects.of_user(user).first()
        return Actor(user, first.stakeholder, first) if first else Actor(user, user.person)
    number = int(choice[1:]) if choice[1:].isdigit() else 0
    if choice.startswith("m"):
        for way in compiled.rows("membership", lambda user, number: Membership.objects.of_user(user).filter(pk=number), user=user.pk, number=number):
            return Actor(user, way.stakeholder, way)
    if choice.startswith("d") and user.person_id:
        way = Delegation.objects.in_force(today()).to_person(user.person).filter(pk=number).first()
        if way is not None:
            return Actor(user, way.principal, way)
    return Actor(user, user.person)


def _mandates(stakeholder: int, day: Any) -> Any:
    return Mandate.objects.in_force(day).filter(stakeholder=stakeholder).annotate(reaches=PREDECESSORS).select_related("area").order_by("id")


def _delegations(day: Any, person: int) -> Any:
    return Delegation.objects.in_force(day).to_person(person)


def way_to(user: User, stakeholder: Stakeholder) -> Membership | Delegation | None:
    """By what this user may act for another stakeholder today, if they may."""
    if way := Membership.objects.of_user(user).filter(stakeholder=stakeholder).first():
        return way
    if user.person_id is None:
        return None
    return Delegation.objects.in_force(today()).to_person(user.person).filter(principal=stakeholder).first()


class ActorMiddleware:
    """``request.actor`` is always there; it is looked up when first asked for, and checked anew at every request."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.actor = SimpleLazyObject(lambda: _of(request))
        return self.get_response(request)


def _of(request: HttpRequest) -> Actor:
    user = request.user
    return actor_for(user, request.session.get(SESSION_KEY)) if user.is_authenticated else NOBODY
