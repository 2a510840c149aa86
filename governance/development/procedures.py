"""Every action on a line, and the procedures of a record as a diagram: who may do what is public, and a change of it a diff."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.db.models import Q

from governance.actions import Action, registry
from governance.embedded import PROJECT

TABLE = PROJECT / "actions.txt"
DECLARED = (
    "stops", "voids", "pauses", "resumes", "extends", "restarts", "leads_to", "tells", "hands_on", "seals", "select",
)  # fmt: skip


def lines() -> Iterator[str]:
    """One line for each action: key, record and states, who, and what else it does."""
    for action in registry.actions():
        yield "  ".join(part for part in (action.key, _states(action), f"by {action.by!r}", *_more(action)) if part)


def _states(action: Any) -> str:
    target = action.makes or action.record
    start = "|".join(sorted(map(str, action.start))) if action.start is not None else "*" if action.record else ""
    before = f"{action.record._meta.object_name}[{start}]" if action.record else "()"
    after = f"{target._meta.object_name}[{action.end or 'unchanged'}]"
    return f"{before} -> {after}"


def _more(action: Any) -> Iterator[str]:
    if action.place != Action.place:
        yield f"place {action.place}"
    if action.reason:
        yield "reason"
    if action.assurance:
        yield f"assurance {action.assurance.name.lower()}"
    if action.provided:
        yield f"provided {_condition(action.provided)}"
    for starts in action.clocks_started():
        yield _started(starts)
    for name in DECLARED:
        if values := getattr(action, name):
            yield f"{name.replace('_', ' ')} {', '.join(values)}"


def _started(starts: Any) -> str:
    """A period with everything that decides whether, from when and into what it runs."""
    told = f"starts {starts.rule}"
    told += f" then {starts.then}" if starts.then else ""
    told += f" since {starts.since}" if starts.since else ""
    told += " ahead" if starts.ahead else ""
    if starts.where:
        name, values = starts.where
        told += f" where {name} is {_value(values)}"
    return told


def _condition(condition: Any) -> str:
    """A condition as text that is the same every time: what it asks of which column, of an expression what it asks after."""
    if isinstance(condition, Q):
        parts = [_condition(child) for child in condition.children]
        told = f" {condition.connector.lower()} ".join(parts)
        told = f"({told})" if len(parts) > 1 else told
        return f"not {told}" if condition.negated else told
    if isinstance(condition, tuple):
        return f"{condition[0]}={_value(condition[1])}"
    query = getattr(condition, "query", None)
    return f"{type(condition).__name__}({query.model.__name__ if query else ''})"


def _value(value: Any) -> str:
    if isinstance(value, set | frozenset | list | tuple):
        return "|".join(sorted(map(str, value)))
    return _condition(value) if hasattr(value, "resolve_expression") else str(value)


def write() -> Path:
    """Write the table that is kept in the repository."""
    TABLE.write_text("\n".join(lines()) + "\n", encoding="utf-8")
    return TABLE


def diagram(model: Any) -> str:
    """The procedure of one kind of record, for Mermaid."""
    field = model._meta.get_field("state")
    names = {value: f"s{number}" for number, (value, _label) in enumerate(field.choices)}
    drawn = ["stateDiagram-v2", *(f"    {names[value]}: {label}" for value, label in field.choices)]
    for action in registry.actions():
        if action.makes is model and action.end:
            drawn.append(f"    [*] --> {names[action.end]}: {action.title}")
        elif action.record is model and action.makes is None and action.end:
            drawn += [f"    {names[start]} --> {names[action.end]}: {action.title}" for start in _in_order(names, action.start)]
    return "\n".join([*drawn, *(f"    {names[state]} --> [*]" for state in _in_order(names, model.final_states))])


def _in_order(names: dict[str, str], states: Any) -> list[str]:
    return [name for name in names if states is None or name in states]
