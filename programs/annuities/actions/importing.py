"""Who hands in files of annuities: an employer its members and what it pays, a keeper what the money has earned."""

from __future__ import annotations

from typing import Any

from governance.actions import Kind
from governance.imports.actions import HandInOwn
from governance.stakeholders.vocabulary import Subkind
from programs.annuities.vocabulary import EMPLOYERS, PUBLIC_BODIES


class _HandIn(HandInOwn):
    subkinds: frozenset[str]

    @classmethod
    def suggested_to(cls, actor: Any) -> bool:
        """Whoever may have such accounts; what a file may touch is judged row by row."""
        return super().suggested_to(actor) and actor.stakeholder is not None and actor.stakeholder.subkind in cls.subkinds


class ImportAnnuityMembers(_HandIn):
    """An employer hands in who takes part in its plan."""

    called = "Import members of a plan"
    kind, by = "annuity-members", Kind("enterprise", "social", "government")
    subkinds = EMPLOYERS | PUBLIC_BODIES


class ImportAnnuityContributions(_HandIn):
    """An employer hands in what was paid into its members' accounts, month by month."""

    called = "Import contributions to an annuity"
    kind, by = "annuity-contributions", Kind("enterprise", "social", "government")
    subkinds = EMPLOYERS | PUBLIC_BODIES


class ImportAnnuityReturns(_HandIn):
    """A keeper of accounts hands in what the money in them has earned or lost, month by month."""

    called = "Import returns of an annuity"
    kind, by = "annuity-returns", Kind("enterprise", "government")
    subkinds = frozenset({Subkind.INSURER, Subkind.AUTHORITY})
