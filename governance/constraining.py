"""Many constraints in one step of a migration: the state of all models is worked out once, not once for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.migrations.operations.base import Operation, OperationCategory


class AddConstraints(Operation):
    """``AddConstraint`` for each pair of a model's name and a constraint.

    Django renders every related model anew after each ``AddConstraint``; for the four hundred bounds of our tables that
    took longer than all other steps together.
    """

    category = OperationCategory.ADDITION

    def __init__(self, constraints: Sequence[tuple[str, Any]]) -> None:
        self.constraints = constraints

    def deconstruct(self) -> tuple[str, list[Any], dict[str, Any]]:
        return self.__class__.__qualname__, [self.constraints], {}

    def state_forwards(self, app_label: str, state: Any) -> None:
        for name, constraint in self.constraints:
            options = state.models[app_label, name].options
            options["constraints"] = [*options.get("constraints", ()), constraint]
        state.reload_models({(app_label, name) for name, _constraint in self.constraints}, delay=True)

    def database_forwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name, constraint in self.constraints:
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.add_constraint(model, constraint)

    def database_backwards(self, app_label: str, schema_editor: Any, from_state: Any, to_state: Any) -> None:
        for name, constraint in reversed(self.constraints):
            model = to_state.apps.get_model(app_label, name)
            if self.allow_migrate_model(schema_editor.connection.alias, model):
                schema_editor.remove_constraint(model, constraint)

    def describe(self) -> str:
        return f"Add {len(self.constraints)} constraints"
