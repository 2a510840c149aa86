"""One more reason to read a question: being one of the two, once it was decided that they are the same."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Responsibility
from governance.actions.responsibilities import NEVER
from governance.matching.vocabulary import State


class Found(Responsibility):
    """Whoever was found. A suspicion is shown to nobody whom it may be wrong about; a decision is told."""

    def q(self, actor: Any) -> Q:
        return Q(state=State.SAME) & (Q(person=actor.stakeholder_id) | Q(twin=actor.stakeholder_id)) if self.standing(actor) else NEVER

    def standing(self, actor: Any) -> bool:
        return actor.stakeholder_id is not None

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "party", "path": "person"}

    def words(self) -> str:
        return _("whoever was found, once it is decided")

    def __repr__(self) -> str:
        return "Found()"
