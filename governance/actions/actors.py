"""Who acts: all that may be asked of an actor, and the clock, which acts when a period ends."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from enum import IntEnum
from typing import Any, Protocol


class Assurance(IntEnum):
    """How sure we are who is acting."""

    NONE = 0
    CONTACT = 1  # an e-mail address or telephone number was confirmed
    IDENTITY = 2  # identity verified, online or by an officer at a counter


class HeldDuty(Protocol):
    """A duty held through a mandate, in the areas with start <= code < stop."""

    duty: str
    start: str
    stop: str
    mandate_id: Any


class Actor(ABC):
    """A user acting for a stakeholder by some way; ``user`` and ``stakeholder`` are None without an account.

    Whatever may act is one of these. Python makes none that lacks an answer, so nothing has to ask whether there is one:
    an actor that forgot its limits would otherwise be an actor without limits.
    """

    is_clock: bool = False

    def __init__(self, user: Any, stakeholder: Any, way: Any = None) -> None:
        self.user, self.stakeholder, self.way = user, stakeholder, way  # no way: one acts for oneself
        self.user_id: int | None = user.pk if user else None
        self.stakeholder_id: int | None = stakeholder.pk if stakeholder else None
        self.kind: str | None = stakeholder.kind if stakeholder else None

    def __repr__(self) -> str:
        return f"{type(self).__name__}({self.user}, {self.stakeholder_id})"

    @property
    def party(self) -> str:
        """Who acts, for whom and by which way, as a form and a one-time key carry it."""
        return f"{self.user_id or 0}.{self.stakeholder_id or 0}.{self.current}"

    @property
    @abstractmethod
    def current(self) -> str:
        """The way one acts by, as it is chosen: empty for oneself."""

    @property
    @abstractmethod
    def duties(self) -> Sequence[HeldDuty]:
        """The duties held today."""

    @property
    @abstractmethod
    def roles(self) -> Sequence[str]:
        """The roles in the organisation one acts for."""

    @property
    @abstractmethod
    def assurance(self) -> int:
        """How sure we are who is acting."""

    @property
    @abstractmethod
    def delegation_id(self) -> int | None:
        """The delegation under which one acts, for the event's right."""

    @property
    @abstractmethod
    def limits(self) -> frozenset[str] | None:
        """The apps in which one acts and reads; None where there is no limit."""

    @property
    @abstractmethod
    def display_name(self) -> str:
        """Who that is, at the head of a page."""

    @property
    @abstractmethod
    def options(self) -> Sequence[Any]:
        """Everybody this user can act for."""

    @abstractmethod
    def covers(self, model: Any) -> bool:
        """Whether one reads such records as whomever one acts for."""

    @abstractmethod
    def may_use(self, action: Any) -> str | None:
        """None, or why the role or the delegation one acts under does not cover this action."""


class Nobody(Actor):
    """Somebody who acts for nobody: sees what everybody sees, holds nothing, is known by nothing."""

    current = display_name = ""
    duties: Sequence[HeldDuty] = ()
    roles: Sequence[str] = ()
    options: Sequence[Any] = ()
    assurance: int = Assurance.NONE
    delegation_id: int | None = None
    limits: frozenset[str] | None = None

    def __init__(self) -> None:
        super().__init__(None, None)

    def __repr__(self) -> str:
        return "STRANGER"

    def covers(self, model: Any) -> bool:
        return True

    def may_use(self, action: Any) -> str | None:
        return None


class _Clock(Nobody):
    """The actor of everything that happens because a period ended."""

    is_clock = True
    assurance: int = Assurance.IDENTITY

    def __repr__(self) -> str:
        return "CLOCK"


CLOCK = _Clock()
STRANGER = Nobody()


def reading(model: Any, actor: Actor) -> Actor:
    """As whom this actor reads records of a kind: one who acts for somebody within limits is a stranger to what lies beyond them."""
    return actor if actor.covers(model) else STRANGER
