"""A rule that a trigger keeps, named among the constraints of its table so that whoever breaks it reads its sentence."""

from __future__ import annotations

from typing import Any

from django.db.models import BaseConstraint


class KeptByTrigger(BaseConstraint):
    """No SQL of its own: the trigger raises its error under this name, and the kernel says the sentence that stands here."""

    def constraint_sql(self, model: Any, schema_editor: Any) -> None:
        return None

    def create_sql(self, model: Any, schema_editor: Any) -> None:
        return None

    def remove_sql(self, model: Any, schema_editor: Any) -> None:
        return None

    def validate(self, model: Any, instance: Any, exclude: Any = None, using: str = "default") -> None:
        """Only the database can tell."""

    def __eq__(self, other: object) -> bool:
        return isinstance(other, KeptByTrigger) and self.deconstruct() == other.deconstruct()

    def __hash__(self) -> int:
        return hash(self.name)
