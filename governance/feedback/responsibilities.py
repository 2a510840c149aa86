"""More reasons to be responsible: holding the tracking code or a link, asking for the same, not being barred."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Anyone, Holds, Party
from governance.actions.responsibilities import ALWAYS, NEVER, Responsibility, both, either
from governance.feedback.vocabulary import AGAINST_SOMEBODY, Duty, Stage


class HoldsCode(Anyone):
    """Whoever has given the tracking code of the matter in this session, with or without an account.

    ``path`` leads from the record to the matter.
    """

    def __init__(self, path: str = "pk") -> None:
        self.way = path

    def q(self, actor: Any) -> Q:
        return Q(**{f"{self.way}__in": actor.followed}) if self.standing(actor) else NEVER

    def standing(self, actor: Any) -> bool:
        return bool(getattr(actor, "followed", ()))

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "tracking-code"}

    def words(self) -> str:
        return _("whoever has the tracking code")

    def __repr__(self) -> str:
        return "HoldsCode()" if self.way == "pk" else f"HoldsCode({self.way})"


class Accused(Party):
    """The organisation that something is said against: a question or a praise that names an office may well be answered by it."""

    def q(self, actor: Any) -> Q:
        return super().q(actor) & Q(kind__in=sorted(AGAINST_SOMEBODY)) if actor.stakeholder_id else NEVER

    def __repr__(self) -> str:
        return f"Accused({self.path})"


class HoldsLink(Anyone):
    """Whoever has opened the one-off link by which they were asked."""

    def q(self, actor: Any) -> Q:
        return Q(pk__in=actor.invited) if self.standing(actor) else NEVER

    def standing(self, actor: Any) -> bool:
        return bool(getattr(actor, "invited", ()))

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "link"}

    def words(self) -> str:
        return _("whoever was asked by a link")

    def __repr__(self) -> str:
        return "HoldsLink()"


class NotBarred(Responsibility):
    """Not somebody who is barred from it (回避): who brought it, is named in it, or is close to whom it is about.

    ``path`` leads from the record to the accounts that are barred. Regulation on Petition Work (信访工作条例), Art. 28.
    """

    fixed = True

    def __init__(self, path: str = "barred") -> None:
        self.path = path

    def q(self, actor: Any) -> Q:
        return ALWAYS if actor.user_id is None else ~Q(**{f"{self.path}__contains": [actor.user_id]})

    def standing(self, actor: Any) -> bool:
        return True

    def reasons(self) -> Iterator[Responsibility]:
        return iter(())

    def words(self) -> str:
        return _("not barred from it")

    def __repr__(self) -> str:
        return "NotBarred()" if self.path == "barred" else f"NotBarred({self.path})"


class StillCharged(Responsibility):
    """Not an office that is charged no more: what came to it by a mandate is its own as long as it holds that duty there.

    By another mandate will do, as when one is renewed. Without a mandate a coordinator has said that it is responsible.
    ``way`` leads from the record to the matter, such as ``matter__``.
    """

    fixed = True

    def __init__(self, way: str = "") -> None:
        self.way = way
        self._answers = Holds(Duty.ANSWER_MATTERS, f"{way}area") | Holds(Duty.EXAMINE_REPORTS, f"{way}area")
        self._reviews = Holds(Duty.REVIEW_MATTERS, f"{way}area")

    def q(self, actor: Any) -> Q:
        handled = Q(**{f"{self.way}stage": Stage.HANDLING})
        held = either(both(handled, self._answers.q(actor)), both(~handled, self._reviews.q(actor)))
        return either(Q(**{f"{self.way}mandate__isnull": True}), held)

    def standing(self, actor: Any) -> bool:
        return True

    def reasons(self) -> Iterator[Responsibility]:
        return iter(())

    def duties(self) -> Iterator[str]:
        yield from self._answers.duties()
        yield from self._reviews.duties()

    def words(self) -> str:
        return _("still charged with it")

    def __repr__(self) -> str:
        return f"StillCharged({self.way})" if self.way else "StillCharged()"


class NotBy(Responsibility):
    """Not the one person who wrote or asked for what is decided: four eyes. ``path`` leads to their account."""

    fixed = True

    def __init__(self, path: str, who: Any) -> None:
        self.path, self.who = path, who

    def q(self, actor: Any) -> Q:
        return ALWAYS if actor.user_id is None else ~Q(**{self.path: actor.user_id})

    def standing(self, actor: Any) -> bool:
        return True

    def reasons(self) -> Iterator[Responsibility]:
        return iter(())

    def words(self) -> str:
        return _("not %(who)s") % {"who": self.who}

    def __repr__(self) -> str:
        return f"NotBy({self.path})"


class Supports(Responsibility):
    """Whoever has joined a matter because they ask for the same; with ``represents``, one of the at most five who speak for all."""

    def __init__(self, *, represents: bool = False) -> None:
        self.represents = represents

    def q(self, actor: Any) -> Q:
        supported = self._supported(actor)
        ours = [pk for pk, speaks in supported.items() if speaks] if self.represents else list(supported)
        return Q(pk__in=ours) if ours else NEVER

    def standing(self, actor: Any) -> bool:
        return actor.stakeholder_id is not None

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "representative" if self.represents else "supporter"}

    def words(self) -> str:
        return _("a representative of those who ask for the same") if self.represents else _("whoever asks for the same")

    def __repr__(self) -> str:
        return "Supports(represents)" if self.represents else "Supports()"

    @staticmethod
    def _supported(actor: Any) -> dict[int, bool]:
        """Read once for an actor: their identifiers keep a list of a million on its indexes, a subquery would not."""
        if actor.stakeholder_id is None or actor.is_clock:
            return {}
        if not hasattr(actor, "supported"):
            actor.supported = apps.get_model("feedback", "Supporter").objects.supported_by(actor.stakeholder_id)
        return actor.supported
