"""Every action there is, by key and by record; every duty, form and module that slices declare."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.db.models import Model

if TYPE_CHECKING:
    from governance.actions.action import Action

_actions: dict[str, type[Action]] = {}
_by_model: dict[type[Model] | None, list[type[Action]]] = {}
_forms: dict[type[Action], type] = {}


def add(action: type[Action]) -> None:
    """Called once for every concrete action class."""
    if action.key in _actions:
        raise TypeError(f"two actions are called {action.key}")
    _actions[action.key] = action
    there = _by_model.setdefault(action.record, [])
    there.append(action)
    there.sort(key=lambda one: one.place)


def actions() -> list[type[Action]]:
    """All actions, ordered by key."""
    return [_actions[key] for key in sorted(_actions)]


def action(key: str) -> type[Action]:
    """The action called ``key`` (raises KeyError)."""
    return _actions[key]


def actions_on(model: type[Model] | None) -> list[type[Action]]:
    """The actions on records of this model, by their place, then in the order of their declaration; None gives the founding ones."""
    return _by_model.get(model, [])


def founding(app_label: str) -> list[type[Action]]:
    """The actions of an app that need no record to start from."""
    return [a for a in actions_on(None) if a.app_label == app_label]


def records() -> list[type[Model]]:
    """Every kind of record, ordered by label."""
    from governance.actions.records import Record

    return sorted((m for m in apps.get_models() if issubclass(m, Record)), key=lambda m: m._meta.label)


def duties() -> dict[str, Any]:
    """Every duty that a mandate can be for: code -> its name, out of the ``Duty`` enumeration of each slice's vocabulary."""
    found: dict[str, Any] = {}
    for config in apps.get_app_configs():
        if config.name.startswith(("governance.", "programs.")) and find_spec(f"{config.name}.vocabulary"):
            duty = getattr(import_module(f"{config.name}.vocabulary"), "Duty", None)
            found.update({} if duty is None else {member.value: member.label for member in duty})
    return found


def form_for(action: type[Action]) -> Any:
    """Class decorator: use this form where the generated one is not good enough."""

    def remember(form: type) -> type:
        _forms[action] = form
        return form

    return remember


def form_of(action: type[Action]) -> type | None:
    """The hand-made form of an action, if there is one."""
    return _forms.get(action)
