"""Who hands in files of basic insurance: employers and platforms, each for its own people."""

from __future__ import annotations

from typing import Any

from governance.imports.actions import HandInOwn
from programs.insurance.actions.work import EMPLOYERS, employs


class ImportRoster(HandInOwn):
    """An employer or platform hands in its roster; the office registers what is new."""

    kind, by = "roster", EMPLOYERS

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """Care homes and offices employ people too, but look for this elsewhere."""
        return super().suggested_to(actor) and employs(actor)


class ImportContributions(HandInOwn):
    """An employer or platform hands in the contributions of its people, month by month."""

    kind, by = "contributions", EMPLOYERS

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """As for rosters."""
        return super().suggested_to(actor) and employs(actor)


class ImportBases(HandInOwn):
    """An employer or platform hands in new bases of its people from a month on; the office registers them."""

    called = "Hand in new bases"
    kind, by = "bases", EMPLOYERS

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """As for rosters."""
        return super().suggested_to(actor) and employs(actor)
