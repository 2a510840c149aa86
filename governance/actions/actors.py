"""Who acts: what the kernel must know of an actor, and the clock, which acts when a period ends."""

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


class Actor(Protocol):
    """A user acting for a stakeholder; ``user`` and ``stakeholder`` are None without an account."""

    user: Any
    user_id: int | None
    stakeholder: Any
    stakeholder_id: int | None
    kind: str | None
    duties: tuple[HeldDuty, ...]
    assurance: int
    is_clock: bool

    def may_use(self, action: Any) -> str | None:
        """None, or why the role or the delegation one acts under does not cover this action."""


class _Clock:
    """The actor of everything that happens because a period ended."""

    user = user_id = stakeholder = stakeholder_id = kind = None
    duties = ()
    assurance = Assurance.IDENTITY
    is_clock = True
    delegation_id = None

    def may_use(self, action: Any) -> str | None:
        return None

    def __repr__(self) -> str:
        return "CLOCK"


CLOCK = _Clock()


class _Stranger(_Clock):
    """Somebody who acts for nobody: sees what everybody sees."""

    assurance = Assurance.NONE
    is_clock = False

    def __repr__(self) -> str:
        return "STRANGER"


STRANGER = _Stranger()


def reading(model: Any, actor: Actor) -> Actor:
    """As whom this actor reads records of a kind: one who acts for somebody within limits is a stranger to what lies beyond them."""
    covers = getattr(actor, "covers", None)  # only a delegation has limits
    return actor if covers is None or covers(model) else STRANGER
