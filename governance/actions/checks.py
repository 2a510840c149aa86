"""Wrong declarations fail ``manage.py check``, not the person who presses the button."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core import checks
from django.core.exceptions import FieldDoesNotExist

from governance.actions import registry
from governance.actions.actors import CLOCK
from governance.actions.inputs import form_class


def declarations(app_configs: Any = None, **options: Any) -> list[checks.Error]:
    """Every name in every action means something."""
    found: list[checks.Error] = []
    for action in registry.actions():
        found += [checks.Error(f"{action.key} {problem}", id="actions.E001") for problem in _problems(action)]
    for model in registry.records():
        if getattr(model, "readers", None) is None:
            found.append(checks.Error(f"{model._meta.label} does not say who may read it", id="actions.E002"))
        else:
            found += [
                checks.Error(f"{model._meta.label}.readers: {p}", id="actions.E003")
                for path in model.readers.paths()
                for p in _path_problems(model, path)
            ]
    return found


def _problems(action: Any) -> Iterator[str]:
    target = action.makes or action.record
    if target is None:
        yield "neither has a record nor makes one"
        return
    if not action.description_source:
        yield "has no docstring: one sentence in domain words"
    yield from _state_problems(action, target)
    for path in action.by.paths() if action.record is not None else ():
        yield from _path_problems(action.record, path)
    for path in action.tells:
        yield from (f"tells {problem}" for problem in _path_problems(target, path))
    yield from _clock_problems(action)
    try:
        form_class(action, CLOCK)
    except FieldDoesNotExist as problem:
        yield str(problem)
    yield from _duty_problems(action)


def _clock_problems(action: Any) -> Iterator[str]:
    for starts in action.clocks_started():
        if starts.then and starts.then not in {a.key for a in registry.actions()}:
            yield f"starts a clock that does {starts.then}, which is no action"
    if action.extends and not (action.reason and action.tells):
        yield "extends a period without giving a reason, or without telling anybody"


def _state_problems(action: Any, target: Any) -> Iterator[str]:
    if action.start is not None and not action.start:
        yield "starts from no state at all; None means from every state"
    for name, model, states in (("start", action.record, action.start or ()), ("end", target, [action.end] if action.end else ())):
        known = dict(model._meta.get_field("state").choices) if model is not None else {}
        yield from (f"{name}: {model._meta.object_name} has no state {state}" for state in states if state not in known)


def _duty_problems(action: Any) -> Iterator[str]:
    for reason in action.by.reasons():
        duty = getattr(reason, "duty", None)
        if duty is not None and duty not in registry.duties():
            yield f"needs the duty {duty}, which no vocabulary declares"


def _path_problems(model: Any, path: str) -> Iterator[str]:
    """A path of single-valued relations whose last step exists."""
    for step in path.split("__"):
        try:
            field = model._meta.pk if step == "pk" else model._meta.get_field(step)
        except FieldDoesNotExist:
            yield f"{path}: {model._meta.object_name} has no {step}"
            return
        if field.one_to_many or field.many_to_many:
            yield f"{path}: {step} is many-valued and would list a record twice"
            return
        model = field.related_model or model
