"""What only the table itself can tell: the rows that it refuses when they are written, each by its own
sentence.

What excludes each other, what is unique, what a trigger guards: no rule of a sheet asks it all, and between
two rows of one file only the table decides. So the rows are written on trial, in halves where something is
refused, until each refused row stands alone; then all of it is taken back. Those before it stay while the
next are tried, so that of two rows that exclude each other the later is named.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import psycopg
from django.db import DataError, IntegrityError, transaction
from django.db.models import Q

from governance import bounds
from governance.actions.conclusion import said_by
from governance.imports import applying
from governance.imports.faults import CONSTRAINT
from governance.imports.models import Import, ImportProblem, ImportRow
from governance.imports.sheets import Sheet

# rows of a file that is tried when it is checked; of a longer one it is told when it is applied
AT_ONCE = 5000
MOST_TRIES = 2000  # what is listed by then is set aside, and the next check lists the rest


@dataclass
class Trial:
    """The rows that are being tried, and those that were refused: line, and the name of what refused it."""

    batch: Import
    sheet: Sheet
    lines: list[int]
    refused: list[tuple[int, str]] = field(default_factory=list)
    tries: int = 0

    def run(self) -> None:
        """Try all lines, and take everything back."""
        with transaction.atomic():
            applying.prepare(self.batch, self.sheet)
            self._try(0, len(self.lines))
            transaction.set_rollback(True)

    def _try(self, first: int, stop: int) -> None:
        if first >= stop or self.tries >= MOST_TRIES:
            return
        self.tries += 1
        try:
            with transaction.atomic():
                applying.write_lines(self.batch, self.sheet, self.lines[first], self.lines[stop - 1])
        except (IntegrityError, DataError) as problem:
            if stop - first == 1:
                self.refused.append((self.lines[first], _name_of(problem)))
                return
            middle = (first + stop) // 2
            self._try(first, middle)
            self._try(middle, stop)


def when_checked(batch: Import, sheet: Sheet) -> int:
    """Try the rows of a file that is not too long. Says how many rows cannot stay as they are."""
    rows = ImportRow.objects.of(batch).that_do_something()
    return refused(batch, sheet) if rows[: AT_ONCE + 1].count() <= AT_ONCE else 0


def refused(batch: Import, sheet: Sheet) -> int:
    """List the rows that the table refuses, each beside its field, and say how many there are; 0 where no row
    is to blame.
    """
    lines = ImportRow.objects.of(batch).that_do_something().in_order().values_list("line", flat=True)
    trial = Trial(batch, sheet, list(lines))
    try:
        trial.run()
    except (IntegrityError, DataError):  # of what is made along with the rows: no row of its own is named
        return 0
    named = ((line, column_of(sheet, name), f"{CONSTRAINT}{name}") for line, name in trial.refused)
    problems = [ImportProblem(batch=batch, line=line, column=column, code=code) for line, column, code in named]
    ImportProblem.objects.bulk_create(problems, batch_size=1000)
    return len(trial.refused)


def column_of(sheet: Sheet, name: str) -> str:
    """The column of the file beside which it is said that a constraint of this name refuses the row; empty if
    none is concerned.
    """
    known = {field.name: field.column for field in sheet.model._meta.concrete_fields}
    kept = {column.kept_in: column.name for column in sheet.columns if column.kept_in}
    named = (kept.get(known.get(field, "")) for field in _fields_of(sheet.model, name))
    return next((column for column in named if column), "")


def _fields_of(model: Any, name: str) -> list[str]:
    """The fields of which a constraint speaks, the one beside which it is said first."""
    constraint = next((one for one in model._meta.constraints if one.name == name), None)
    if constraint is None:
        refusal = said_by(model, name)
        return [refusal.field] if refusal is not None and refusal.field else []
    described = constraint.deconstruct()[2]
    excluded = [part for part, _operator in described.get("expressions", ())]
    parts = excluded or described.get("fields") or _asked_in(described.get("condition"))
    beside = bounds.beside(constraint, model)
    return [*([beside] if beside else []), *(part for part in parts if isinstance(part, str))]


def _asked_in(condition: Any) -> list[str]:
    """The fields that a condition asks for, in its order."""
    if not isinstance(condition, Q):
        return []
    found: list[str] = []
    for part in condition.children:
        found += _asked_in(part) if isinstance(part, Q) else [part[0].split("__")[0]]
    return found


def _name_of(problem: Exception) -> str:
    """The name of the constraint, trigger or key that refuses; empty where a value is simply too large."""
    cause = problem.__cause__
    return (cause.diag.constraint_name or "") if isinstance(cause, psycopg.Error) else ""
