"""More reasons to be responsible: what is addressed to one's e-mail, one's own account, an administrator's role, the public."""

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.db.models import Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.actions import Party, Responsibility
from governance.actions.responsibilities import NEVER
from governance.stakeholders.vocabulary import Role, StakeholderKind


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

    fixed = True

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


class Where(Responsibility):
    """For records of which this is true: beside another reason, which it narrows with ``&``."""

    fixed = True

    def __init__(self, condition: Q, words: Any) -> None:
        self.condition, self._words = condition, words

    def q(self, actor: Any) -> Q:
        return self.condition

    def standing(self, actor: Any) -> bool:
        return True

    def reasons(self) -> Iterator[Responsibility]:
        return iter(())

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "where"}

    def words(self) -> str:
        return str(self._words)

    def __repr__(self) -> str:
        return f"Where({self.condition})"


class LivesIn(Responsibility):
    """Whoever is in the household now and is linked to it, not only named."""

    fixed = True

    def q(self, actor: Any) -> Q:
        if not self.standing(actor):
            return NEVER
        members = apps.get_model("stakeholders", "HouseholdMember").objects.filter(person=actor.stakeholder_id, until=None)
        return Q(pk__in=members.values("household"))

    def standing(self, actor: Any) -> bool:
        return actor.stakeholder_id is not None and actor.kind == StakeholderKind.CITIZEN

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "lives-in"}

    def words(self) -> str:
        return _("whoever lives in the household")

    def __repr__(self) -> str:
        return "LivesIn()"


class Own(Responsibility):
    """The account that a field of the record names, for whomever it acts at the moment."""

    fixed = True

    def __init__(self, field: str) -> None:
        self.field = field

    def q(self, actor: Any) -> Q:
        return Q(**{self.field: actor.user_id}) if self.standing(actor) else NEVER

    def standing(self, actor: Any) -> bool:
        return actor.user_id is not None

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "own", "path": self.field}

    def words(self) -> str:
        return _("the person it is about")

    def paths(self) -> Any:
        yield self.field

    def __repr__(self) -> str:
        return f"Own({self.field})"


class Administers(Party):
    """An administrator of the organisation that a field of the record names."""

    fixed = True

    def __init__(self, path: str) -> None:
        super().__init__(path, gettext_lazy("an administrator of the organisation"))

    def q(self, actor: Any) -> Q:
        return super().q(actor) if self.standing(actor) else NEVER

    def standing(self, actor: Any) -> bool:
        return super().standing(actor) and Role.ADMINISTRATOR in actor.roles

    def __repr__(self) -> str:
        return f"Administers({self.path})"


class InPerson(Responsibility):
    """Whoever acts for themselves, not through a delegation or an organisation."""

    fixed = True

    def standing(self, actor: Any) -> bool:
        return actor.stakeholder_id is not None and actor.way is None

    def right(self, actor: Any, record: Any) -> dict[str, Any]:
        return {"as": "in-person"}

    def words(self) -> str:
        return _("whoever acts for themselves")

    def __repr__(self) -> str:
        return "InPerson()"
