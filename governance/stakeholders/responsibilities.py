"""Two more reasons to be responsible: a record addressed to one's e-mail, and what is public by nature."""

from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Responsibility
from governance.actions.responsibilities import NEVER


class Addressed(Responsibility):
    """Whoever has confirmed the e-mail address that the record is addressed to."""

    def __init__(self, field: str) -> None:
        self.field = field

    def q(self, actor: Any) -> Q:
        return Q(**{f"{self.field}__iexact": actor.user.email}) if self.standing(actor) else NEVER

    def standing(self, actor: Any) -> bool:
        return bool(actor.user is not None and actor.user.email and actor.user.contact_confirmed_at)

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "addressed"}

    def words(self) -> str:
        return _("the person it is addressed to")

    def __repr__(self) -> str:
        return f"Addressed({self.field})"


class Published(Responsibility):
    """Everybody, for records of which this is true: they are public by nature."""

    def __init__(self, **conditions: Any) -> None:
        self.conditions = conditions

    def q(self, actor: Any) -> Q:
        return Q(**self.conditions)

    def standing(self, actor: Any) -> bool:
        return True

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "published"}

    def words(self) -> str:
        return _("anyone")

    def __repr__(self) -> str:
        return f"Published({', '.join(self.conditions)})"
