"""One more reason to be responsible: a duty held in any area, where the area is chosen only in the action."""

from typing import Any

from django.db.models import Q

from governance.actions import Holds
from governance.actions.responsibilities import ALWAYS, NEVER


class HoldsSomewhere(Holds):
    """Whoever holds a duty anywhere; the action itself sees to it that it is done there only."""

    def q(self, actor: Any) -> Q:
        return ALWAYS if self.standing(actor) else NEVER

    def paths(self) -> Any:
        return iter(())

    def __repr__(self) -> str:
        return f"HoldsSomewhere({self.duty})"


def held_in(actor: Any, duty: str, code: str) -> bool:
    """Whether this actor holds a duty in an area."""
    return any(held.duty == duty and held.start <= code < held.stop for held in actor.duties)
