"""Who is responsible for a file: as the kind of file says."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Responsibility
from governance.actions.responsibilities import NEVER, both, either
from governance.imports.sheets import SHEETS


class Keepers(Responsibility):
    """Whoever keeps the register that the file is for; of a sender's own things that is the sender."""

    def q(self, actor: Any) -> Q:
        answer = Q(own=True)
        for sheet in SHEETS.values():
            if (here := sheet.keepers.q(actor)) is not NEVER:
                answer |= Q(kind=sheet.kind) & here
        return answer

    def standing(self, actor: Any) -> bool:
        return actor.stakeholder_id is not None

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "sender"} if record.own else record.sheet.keepers.right(actor, record)

    def words(self) -> str:
        return _("whoever keeps the register it is for")

    def __repr__(self) -> str:
        return f"{type(self).__name__}()"


class Readers(Keepers):
    """Whoever may read files of this kind in the area of the file."""

    def q(self, actor: Any) -> Q:
        answer = NEVER
        for sheet in SHEETS.values():
            for reader in (sheet.keepers, *sheet.readers):
                answer = either(answer, both(Q(kind=sheet.kind), reader.q(actor)))
        return answer

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        readers = (record.sheet.keepers, *record.sheet.readers)
        return next((reader for reader in readers if reader.standing(actor)), readers[0]).right(actor, record)
