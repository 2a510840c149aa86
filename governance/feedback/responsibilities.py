"""More reasons to be responsible: holding the tracking code, and being a member of the office with a duty that a report needs."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Anyone
from governance.actions.responsibilities import NEVER


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
