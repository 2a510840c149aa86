"""Many policies at once."""

from __future__ import annotations

from typing import Any

from governance.actions import Kind
from governance.imports.actions import HandInOwn
from governance.stakeholders.vocabulary import StakeholderKind, Subkind


class ImportPolicies(HandInOwn):
    """An insurer hands in a file of policies; each goes to its holder, and those without one stay apart."""

    called = "Register policies from a file"
    kind, by = "policies", Kind(StakeholderKind.ENTERPRISE)

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """Insurers; other enterprises have no products to register policies of."""
        return super().suggested_to(actor) and actor.stakeholder.subkind == Subkind.INSURER
