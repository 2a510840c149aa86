"""Named readings of plans."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from governance.actions import RecordQuerySet


class PlanQuerySet(RecordQuerySet):
    """Plans of employers."""

    def for_display(self) -> PlanQuerySet:
        return self.select_related("area", "employer", "previous")

    def for_list(self) -> PlanQuerySet:
        return self.select_related("area", "employer")

    def of_employer(self, stakeholder_id: int | None) -> PlanQuerySet:
        """What an employer has filed."""
        return self.filter(employer_id=stakeholder_id)

    def in_force(self) -> PlanQuerySet:
        """Those that count now."""
        return self.filter(state="in-force")

    def live_or_in_force(self) -> PlanQuerySet:
        """Those that are examined, questioned, or count."""
        return self.filter(state__in=["filed", "questioned", "in-force"])

    def found(self, text: str, most: int) -> list[Any]:
        """By the name of the plan or the employer, or by its reference."""
        by = Q(name__icontains=text) | Q(employer__name__icontains=text) | Q(reference=text.upper())
        return list(self.select_related("employer").filter(by).order_by("-id")[:most])
