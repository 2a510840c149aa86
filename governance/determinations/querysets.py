"""Named readings of determinations."""

from __future__ import annotations

from governance.actions import RecordQuerySet


class DeterminationQuerySet(RecordQuerySet):
    """What was asked to be determined."""

    def for_display(self) -> DeterminationQuerySet:
        return self.select_related("area", "person", "decided_by__person")

    def for_list(self) -> DeterminationQuerySet:
        return self.select_related("area", "person")

    def open_of(self, stakeholder_id: int | None, rule: str) -> DeterminationQuerySet:
        """What somebody has asked for by a rule and has no answer to yet."""
        return self.filter(person_id=stakeholder_id, rule=rule, state__in=["asked", "incomplete"])

    def not_ended(self, rule: str) -> DeterminationQuerySet:
        """Those by a rule that a change of values may still touch: not taken back, not refused."""
        return self.filter(rule=rule, state__in=["asked", "incomplete", "given"]).order_by("id")
