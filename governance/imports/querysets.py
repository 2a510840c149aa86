"""The vocabulary of reading imports, their rows and what is wrong with them."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, Exists, OuterRef

from governance.actions import RecordQuerySet
from governance.imports.vocabulary import RowVerdict

HEAVY = ("beside",)


class ImportQuerySet(RecordQuerySet):
    """Imports."""

    def for_display(self) -> ImportQuerySet:
        return self.select_related("sender", "area").defer(*HEAVY)

    def readable(self, actor: Any, pk: int) -> Any:
        """One import with what is shown of it, or None where this actor may not read it."""
        return self.visible_to(actor).for_display().filter(pk=pk).first()

    def touching(self, kind: str, target_id: int) -> ImportQuerySet:
        """The imports that made or changed this record."""
        rows = self.model._meta.get_field("rows").related_model.objects.touching(target_id)
        return self.filter(Exists(rows.filter(batch=OuterRef("pk"))), kind=kind, state__in=["applied", "undone"])


class ImportRowQuerySet(models.QuerySet):
    """Rows of files."""

    def of(self, batch: Any) -> ImportRowQuerySet:
        """The rows of one file."""
        return self.filter(batch=batch)

    def that_are(self, verdict: str) -> ImportRowQuerySet:
        """The rows that would do this."""
        return self.filter(verdict=verdict)

    def going_on(self) -> ImportRowQuerySet:
        """Those that were not left out."""
        return self.exclude(verdict="left-out")

    def that_do_something(self) -> ImportRowQuerySet:
        """Those that make or change something."""
        return self.filter(verdict__in=(RowVerdict.NEW, RowVerdict.CHANGED))

    def in_order(self) -> ImportRowQuerySet:
        """As in the file."""
        return self.order_by("line")

    def touching(self, target_id: Any) -> ImportRowQuerySet:
        """The rows that made or changed this."""
        return self.filter(target_id=target_id, verdict__in=["new", "changed"])


class ImportProblemQuerySet(models.QuerySet):
    """What is wrong with rows."""

    def of(self, batch: Any) -> ImportProblemQuerySet:
        """The problems of one file."""
        return self.filter(batch=batch)

    def by_rule(self) -> list[dict[str, Any]]:
        """How often each rule is broken in which column, the most frequent first."""
        return list(self.values("code", "column").annotate(times=Count("id")).order_by("-times", "code", "column"))

    def with_cells(self) -> ImportProblemQuerySet:
        """Each with the cells of its row."""
        rows = self.model._meta.get_field("batch").related_model._meta.get_field("rows").related_model
        cells = rows.objects.filter(batch=OuterRef("batch"), line=OuterRef("line")).values("cells")
        return self.annotate(cells=models.Subquery(cells))

    def in_order(self) -> ImportProblemQuerySet:
        """As in the file."""
        return self.order_by("line", "id")
