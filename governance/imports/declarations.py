"""A sheet that would do what no action does is refused when the system starts, not when somebody hands in a file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from governance.imports.sheets import SHEETS, Sheet, written_by

OWN = {"id", "reference", "created_at", "state"}  # what the kit itself writes


class WrongSheet(TypeError):
    """A declaration of a kind of file that contradicts the actions it stands for."""


def check() -> None:
    """Raises WrongSheet for the first sheet whose declaration is wrong."""
    for sheet in SHEETS.values():
        for problem in problems(sheet):
            raise WrongSheet(f"the sheet “{sheet.kind}” {problem}")


def problems(sheet: Sheet) -> Iterator[str]:
    """What is wrong with a declaration."""
    yield from (f"writes its {column.name} into a state, which only an action does" for column in sheet.columns if column.kept_in == "state")
    if not sheet.is_of_records:
        return
    if not sheet.stands_for:
        yield "does not say for which actions a new row stands"
        return
    if "state" in sheet.made:
        yield "sets a state by itself"
    if sheet.state in map(str, sheet.model.final_states):
        yield f"reaches the final state “{sheet.state}”"
    yield from (f"goes through {action.key} for {name}, which it does not stand for" for name, action in sheet.through.items() if action not in _all(sheet))
    yield from (f"writes {name}, which none of its actions writes" for name in sorted(_new(sheet) - _may(sheet, sheet.stands_for + sheet.corrects)))
    yield from (f"changes {name}, which none of its actions changes" for name in sorted(_hidden(sheet)) if not sheet.correcting(name))


def _all(sheet: Sheet) -> set[Any]:
    return {*sheet.stands_for, *sheet.corrects}


def _may(sheet: Sheet, actions: tuple[Any, ...]) -> set[str]:
    return {name for action in actions for name in written_by(sheet.model, action)} | sheet.through.keys()


def _new(sheet: Sheet) -> set[str]:
    """The columns of the table that a new row is written with."""
    return ({column.kept_in for column in sheet.columns if column.kept_in} | sheet.made.keys()) - OWN


def _hidden(sheet: Sheet) -> set[str]:
    """The columns that change along with what a row changes, where it may change that."""
    kept = {column.name: sheet.kept_as(column) for column in sheet.columns}
    return {hidden.name for hidden in sheet.hidden if any(sheet.correcting(name) for one in hidden.follows for name in kept[one])}
