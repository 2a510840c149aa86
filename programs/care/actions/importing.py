"""Who hands in files of homes and beds."""

from __future__ import annotations

from typing import Any

from governance.actions import Holds, Kind
from governance.imports.actions import HandInForArea, HandInOwn
from governance.stakeholders.vocabulary import StakeholderKind
from programs.care.vocabulary import RUN_NO_HOMES, Duty


class ImportHomes(HandInForArea):
    """The office that keeps the register hands in a file of homes of its area; nothing changes before it confirms the preview."""

    kind, duty = "homes", Duty.APPROVE_HOMES
    by = Holds(Duty.APPROVE_HOMES)


class ImportBedsOfArea(HandInForArea):
    """The office that keeps the register hands in a file of beds in the homes of its area."""

    kind, duty = "beds", Duty.APPROVE_HOMES
    by = Holds(Duty.APPROVE_HOMES)


class ImportBeds(HandInOwn):
    """A provider hands in a file of the beds in its own homes; nothing changes before it confirms the preview."""

    kind = "beds"
    by = Kind(StakeholderKind.SOCIAL, StakeholderKind.ENTERPRISE, StakeholderKind.GOVERNMENT)

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """Only who may run a home has beds to hand in: asked for every page, so by what is known already."""
        return super().suggested_to(actor) and actor.stakeholder.subkind not in RUN_NO_HOMES
