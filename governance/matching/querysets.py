"""Named readings of entries and of the questions about them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Q

from governance.actions import RecordQuerySet
from governance.matching.rules import scoring
from governance.matching.vocabulary import State

HOLDING = Q(twin__isnull=False, passed_by__isnull=True) & (Q(state=State.SAME) | Q(state=State.WAITING, score__gte=scoring.LIKELY))
# The same in SQL, for triggers of whoever grants something; ``p`` is the question.
HELD = f"p.twin_id IS NOT NULL AND p.passed_by_id IS NULL AND (p.state = '{State.SAME.value}' OR p.state = '{State.WAITING.value}' AND p.score >= {scoring.LIKELY})"


class EntryQuerySet(models.QuerySet):
    """Places where somebody is named."""

    def not_looked_at(self, most: int) -> EntryQuerySet:
        """Those for which nobody has been looked for since they came or changed, the oldest first."""
        return self.filter(looked_at=None, gone_at=None).order_by("id")[:most]

    def unmatched(self, source: str) -> EntryQuerySet:
        """The rows of a source of which nobody knows yet whose they are."""
        return self.filter(source=source, gone_at=None).exclude(questions__state=State.SAME)

    def of_rows(self, source: str, rows: list[int]) -> EntryQuerySet:
        """Those of these rows."""
        return self.filter(source=source, row__in=rows)


class PairQuerySet(RecordQuerySet):
    """Questions whether two entries are the same person."""

    def for_display(self) -> PairQuerySet:
        return self.select_related("area", "entry__person", "other__person", "person", "twin", "decided_by__person", "pass_asked_by", "passed_by")

    def for_list(self) -> PairQuerySet:
        return self.select_related("area", "entry", "other", "person", "twin")

    def waiting(self) -> PairQuerySet:
        """Those somebody has to look at."""
        return self.filter(state=State.WAITING)

    def holding(self) -> PairQuerySet:
        """Those because of which nothing new is granted: two registrations that are one person, or very likely are."""
        return self.filter(HOLDING)

    def about_person(self, person_id: int | None) -> PairQuerySet:
        """Those in which a registered person stands on either side."""
        return self.filter(Q(person=person_id) | Q(twin=person_id)) if person_id else self.none()

    def between(self, one: int, other: int) -> PairQuerySet:
        """The question about two entries, asked in either order; not one that was dropped."""
        return self.exclude(state=State.MOOT).filter(Q(entry=one, other=other) | Q(entry=other, other=one))

    def without_ground(self) -> PairQuerySet:
        """Those that wait although what they ask about is gone."""
        return self.waiting().filter(Q(entry__gone_at__isnull=False) | Q(other__gone_at__isnull=False))

    def by_outcome(self) -> dict[str, int]:
        """How many stand how."""
        return dict(self.values_list("state").annotate(count=Count("pk")).order_by())

    def passed_by_area(self) -> list[tuple[Any, int, int]]:
        """Of each area: how many are held or would be, and how many of them were let pass all the same."""
        asked = self.filter(twin__isnull=False).filter(Q(state=State.SAME) | Q(state=State.WAITING, score__gte=scoring.LIKELY))
        rows = asked.values("area").annotate(held=Count("pk"), passed=Count("passed_by")).order_by("area")
        return [(row["area"], row["held"], row["passed"]) for row in rows]
