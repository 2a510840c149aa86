"""Reasons to be responsible. Each is a Q: the same one guards the action, filters the list and lights the button."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions.actors import Actor

NEVER = Q(pk__in=[])
ALWAYS = ~Q(pk__in=[])


def _q(condition: bool) -> Q:
    return ALWAYS if condition else NEVER


def either(one: Q, other: Q) -> Q:
    """``one | other``, without what adds nothing: every statement is shorter for it."""
    if one is ALWAYS or other is ALWAYS:
        return ALWAYS
    return other if one is NEVER else one if other is NEVER else one | other


def both(one: Q, other: Q) -> Q:
    """``one & other``, without what adds nothing."""
    if one is NEVER or other is NEVER:
        return NEVER
    return other if one is ALWAYS else one if other is ALWAYS else one & other


class Responsibility:
    """Combine with ``|``, ``&`` and ``~``."""

    # Whether its ``q`` depends on nothing but who acts for whom, of what kind, and by the duties it names; not inherited.
    fixed: bool = False

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        cls.fixed = cls.__dict__.get("fixed", False)

    def q(self, actor: Actor) -> Q:
        """The records for which this actor is responsible."""
        return _q(self.standing(actor))

    def standing(self, actor: Actor) -> bool:
        """Whether the actor could be responsible at all, no record given."""
        raise NotImplementedError

    def reasons(self) -> Iterator[Responsibility]:
        """The single reasons, leaving out what is excluded by ``~``: one of them becomes the event's right."""
        yield self

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        """By what right the actor does this, as kept in the event."""
        raise NotImplementedError

    def words(self) -> str:
        """Who that is, for a sentence."""
        raise NotImplementedError

    def paths(self) -> Iterator[str]:
        """The model paths it reads, for the system check."""
        return iter(())

    def duties(self) -> Iterator[str]:
        """The duties it asks for."""
        return iter(())

    def __or__(self, other: Responsibility) -> Responsibility:
        return _Either(self, other)

    def __and__(self, other: Responsibility) -> Responsibility:
        return _Both(self, other)

    def __invert__(self) -> Responsibility:
        return _Not(self)


class Party(Responsibility):
    """The stakeholder that a field of the record names, such as ``Party("bed__home__provider", _("the home"))``.

    The path must be single-valued (foreign keys only): a to-many join would list a record twice.
    """

    fixed = True

    def __init__(self, path: str, words: Any) -> None:
        self.path, self._words = path, words

    def q(self, actor: Actor) -> Q:
        return Q(**{self.path: actor.stakeholder_id}) if actor.stakeholder_id else NEVER

    def standing(self, actor: Actor) -> bool:
        return actor.stakeholder_id is not None

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        return {"as": "party", "path": self.path}

    def words(self) -> str:
        return str(self._words)

    def paths(self) -> Iterator[str]:
        yield self.path

    def __repr__(self) -> str:
        return f"Party({self.path})"


class Holds(Responsibility):
    """Whoever holds a duty by a mandate for the record's area (权责清单)."""

    fixed = True

    def __init__(self, duty: str, area: str = "area") -> None:
        self.duty, self.area = str(duty.value if hasattr(duty, "value") else duty), area

    def duties(self) -> Iterator[str]:
        yield self.duty

    def _held(self, actor: Actor) -> Iterator[Any]:
        return (held for held in actor.duties if held.duty == self.duty)

    def q(self, actor: Actor) -> Q:
        answer = NEVER
        for held in self._held(actor):
            here = Q(**{f"{self.area}__gte": held.start, f"{self.area}__lt": held.stop})
            answer = either(answer, here)
        return answer

    def standing(self, actor: Actor) -> bool:
        return any(self._held(actor))

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        code = record
        for name in self.area.split("__"):
            code = getattr(code, name, None)
        code = getattr(code, "pk", "") or ""
        held = next((h for h in self._held(actor) if h.start <= code < h.stop), None) or next(self._held(actor), None)
        return {"as": "mandate", "duty": self.duty, "mandate": getattr(held, "mandate_id", None)}

    def words(self) -> str:
        from governance.actions import registry

        return _("whoever holds the duty “%(duty)s” here") % {"duty": registry.duties().get(self.duty, self.duty)}

    def paths(self) -> Iterator[str]:
        yield self.area

    def __repr__(self) -> str:
        return f"Holds({self.duty})" if self.area == "area" else f"Holds({self.duty}, {self.area})"


class Kind(Responsibility):
    """Whoever acts for a stakeholder of one of these kinds."""

    fixed = True

    def __init__(self, *kinds: str) -> None:
        self.kinds = tuple(str(kind.value if hasattr(kind, "value") else kind) for kind in kinds)

    def standing(self, actor: Actor) -> bool:
        return actor.kind in self.kinds

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        return {"as": "kind", "kind": actor.kind}

    def words(self) -> str:
        names = {
            "citizen": _("a citizen"),
            "enterprise": _("an enterprise"),
            "social": _("a social organisation"),
            "government": _("a government body"),
        }
        return _(" or ").join(str(names.get(kind, kind)) for kind in self.kinds)

    def __repr__(self) -> str:
        return f"Kind({', '.join(self.kinds)})"


class SignedIn(Responsibility):
    """Anyone who acts for some stakeholder."""

    fixed = True

    def standing(self, actor: Actor) -> bool:
        return actor.stakeholder_id is not None

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        return {"as": "signed-in"}

    def words(self) -> str:
        return _("anyone who is signed in")

    def __repr__(self) -> str:
        return "SignedIn()"


class Anyone(Responsibility):
    """Everybody, also without an account."""

    fixed = True

    def standing(self, actor: Actor) -> bool:
        return True

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        return {"as": "anyone"}

    def words(self) -> str:
        return _("anyone")

    def __repr__(self) -> str:
        return "Anyone()"


class Clock(Responsibility):
    """What happens by itself when a period ends."""

    fixed = True

    def standing(self, actor: Actor) -> bool:
        return actor.is_clock

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        return {"as": "clock"}

    def words(self) -> str:
        return _("the system, when the period ends")

    def __repr__(self) -> str:
        return "Clock()"


class System(Clock):
    """What the system does behind the scenes, once somebody has asked for it."""

    fixed = True

    def right(self, actor: Actor, record: Any) -> dict[str, Any]:
        return {"as": "system"}

    def words(self) -> str:
        return _("the system, once somebody has asked for it")

    def __repr__(self) -> str:
        return "System()"


class _Pair(Responsibility):
    sign = ""

    def __init__(self, left: Responsibility, right: Responsibility) -> None:
        self.left, self.other, self.fixed = left, right, left.fixed and right.fixed

    def duties(self) -> Iterator[str]:
        yield from self.left.duties()
        yield from self.other.duties()

    def reasons(self) -> Iterator[Responsibility]:
        yield from self.left.reasons()
        yield from self.other.reasons()

    def paths(self) -> Iterator[str]:
        yield from self.left.paths()
        yield from self.other.paths()

    def __repr__(self) -> str:
        return f"{self.left!r} {self.sign} {self.other!r}"


class _Either(_Pair):
    sign = "|"

    def q(self, actor: Actor) -> Q:
        return either(self.left.q(actor), self.other.q(actor))

    def standing(self, actor: Actor) -> bool:
        return self.left.standing(actor) or self.other.standing(actor)

    def words(self) -> str:
        return _("%(one)s or %(other)s") % {"one": self.left.words(), "other": self.other.words()}


class _Both(_Pair):
    sign = "&"

    def q(self, actor: Actor) -> Q:
        return both(self.left.q(actor), self.other.q(actor))

    def standing(self, actor: Actor) -> bool:
        return self.left.standing(actor) and self.other.standing(actor)

    def words(self) -> str:
        return _("%(one)s, being %(other)s") % {"one": self.left.words(), "other": self.other.words()}

    def __repr__(self) -> str:
        sides = (f"({side!r})" if isinstance(side, _Either) else repr(side) for side in (self.left, self.other))
        return " & ".join(sides)


class _Not(Responsibility):
    def __init__(self, inner: Responsibility) -> None:
        self.inner, self.fixed = inner, inner.fixed

    def duties(self) -> Iterator[str]:
        yield from self.inner.duties()

    def q(self, actor: Actor) -> Q:
        inner = self.inner.q(actor)
        return ALWAYS if inner is NEVER else NEVER if inner is ALWAYS else ~inner

    def standing(self, actor: Actor) -> bool:
        # Excluding a party or an area excludes records, never the actor as such.
        return True if any(self.inner.paths()) else not self.inner.standing(actor)

    def reasons(self) -> Iterator[Responsibility]:
        return iter(())

    def paths(self) -> Iterator[str]:
        yield from self.inner.paths()

    def words(self) -> str:
        return _("not %(one)s") % {"one": self.inner.words()}

    def __repr__(self) -> str:
        return f"~({self.inner!r})" if isinstance(self.inner, _Pair) else f"~{self.inner!r}"
