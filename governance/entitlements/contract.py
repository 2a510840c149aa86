"""The contract: what a program is asked about a person, and the lines by which it answers.

A program says in its ``entitlements.py``::

    contract.offer(Offer("care", _("Care"), read=read, lines=lines))

``read(person, day)`` gathers what the program holds, in at most two statements; ``lines(asked, held)`` is pure, so that
"what if" and "what falls away" are tried as often as one likes without asking the database again. A program that does not
know something says so and names who does: missing is never nought.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from governance.entitlements.vocabulary import Match, Standing

MONTHLY, ONCE = "yuan-a-month", "yuan"


@dataclass(frozen=True)
class Person:
    """Who it is about: what everybody who is asked may know."""

    stakeholder: Any
    born_on: date | None = None
    is_male: bool | None = None

    def age_on(self, day: date) -> int | None:
        """In whole years; None where the date of birth is not known."""
        born = self.born_on
        return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))


@dataclass(frozen=True)
class Asked:
    """The person, the day, and what they told or wish: a fact that is not there is not known."""

    person: Person
    day: date
    facts: dict[str, Any] = field(default_factory=dict)

    def told(self, name: str) -> Any:
        """A fact, None where it was not told."""
        return self.facts.get(name)


@dataclass(frozen=True)
class Amount:
    """Money: what it is, or between what and what it lies. Nothing known is no Amount at all."""

    low: Decimal
    high: Decimal
    unit: str = MONTHLY

    @classmethod
    def exactly(cls, value: Decimal, unit: str = MONTHLY) -> Amount:
        """An amount without a range."""
        return cls(value, value, unit)

    @property
    def is_exact(self) -> bool:
        return self.low == self.high


@dataclass(frozen=True)
class Lack:
    """A fact that is missing, and who holds it."""

    fact: Any
    holder: Any


@dataclass(frozen=True)
class Step:
    """What to do next, and where."""

    label: Any
    address: str


@dataclass(frozen=True)
class Moment:
    """Something that begins on a day (and may end): for the timeline."""

    on: date
    words: Any
    monthly: Amount | None = None
    until: date | None = None


@dataclass(frozen=True)
class Turn:
    """What would change how one stands: other facts, and that in words. It is shown only once it was tried with them."""

    facts: dict[str, Any]
    words: Any


@dataclass(frozen=True)
class Line:
    """One thing a person has, builds up, may claim, may not, or cannot know yet."""

    key: str  # of the program: employee-pension, care-beds
    program: Any
    standing: Standing
    sentence: Any
    source: Any = ""
    as_of: date | None = None
    match: Match = Match.NOTHING
    record: str = ""  # the reference of the record it rests on
    about: str = ""  # the same for whoever takes "this is not mine": as in policies.policy:12
    accrued: Amount | None = None
    estimate: Amount | None = None
    method: Any = ""
    assumptions: tuple[Any, ...] = ()
    warnings: tuple[Any, ...] = ()
    lacks: tuple[Lack, ...] = ()
    steps: tuple[Step, ...] = ()
    trace: tuple[Any, ...] = ()
    moments: tuple[Moment, ...] = ()
    used: tuple[Any, ...] = ()  # the versions of values it was worked out with
    not_with: tuple[str, ...] = ()  # keys of lines that nobody gets beside this one
    falls_with_income: bool = False
    turn: Turn | None = None
    would_change: Any = ""  # the words of the turn, where trying it has shown that they are true


@dataclass(frozen=True)
class Fact:
    """Something a person can tell; ``is_wish`` if it is not how things are but how they might be."""

    name: str
    make: Callable[[], Any]  # a form field
    is_wish: bool = False


@dataclass(frozen=True)
class Offer:
    """A program's part in the page."""

    key: str  # the label of its app
    title: Any
    read: Callable[[Person, date], Any]
    lines: Callable[[Asked, Any], Iterable[Line]]
    facts: tuple[Fact, ...] = ()
    covers: tuple[str, ...] = ()  # the codes of the programs of the catalogue it answers for
    limit: float = 0.6  # seconds
    order: int = 50


_offers: dict[str, Offer] = {}


def offer(one: Offer) -> None:
    """Offer lines for people."""
    _offers[one.key] = one


def offers() -> list[Offer]:
    """Everything offered, in order."""
    return sorted(_offers.values(), key=lambda one: (one.order, one.key))
