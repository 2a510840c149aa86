"""A sheet: which columns a file of some kind has, by which rules its rows are judged, and what they become."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from governance.clocks.now import now, today
from governance.stakeholders import rules
from programs.care.imports.columns import Column
from programs.care.vocabulary import ImportKind


@dataclass(frozen=True)
class Rule:
    """A rule about a whole row: its code, the column by which it is told, and the SQL that is true of a row that breaks it.

    In the SQL ``r`` is the row as text; further names are those of the sheet's ``joins``. Unknown counts as kept.
    """

    code: str
    column: str
    bad: str


@dataclass(frozen=True)
class Hidden:
    """A field that follows from others: it changes, and is put back, with them, and is not shown."""

    name: str  # as a column of the table
    value: str
    sql_type: str
    follows: tuple[str, ...]

    @property
    def restored(self) -> str:
        """SQL: the former value out of ``r.changes``."""
        return f"(r.changes->'{self.name}'->>0)::{self.sql_type}"


@dataclass(frozen=True, kw_only=True)
class Sheet:
    """The declaration of one kind of file. In all SQL ``t`` is the home or bed that a row is about."""

    kind: ImportKind
    model: Any
    columns: tuple[Column, ...]
    rules: tuple[Rule, ...]
    counted: str  # window functions over the rows
    joins: str
    made: dict[str, str]  # what a new row gets beside its columns
    used: tuple[str, ...]  # SQL conditions under which a new one can no longer be taken back
    untouched: str  # SQL: how many there are that the file does not name
    hidden: tuple[Hidden, ...] = ()
    pinyin_of: str = ""  # the column of which the pinyin is kept
    by_name: dict[str, Column] = field(init=False, repr=False, compare=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.by_name.update({column.name: column for column in self.columns})

    @property
    def table(self) -> str:
        """Where they are kept."""
        return self.model._meta.db_table

    @cached_property
    def cells(self) -> str:
        """SQL: the cells by the names of their columns."""
        return ", ".join(f"cells[{number}] AS {column.name}" for number, column in enumerate(self.columns, 1))

    @property
    def rows(self) -> str:
        """SQL: the rows of the file, each with what it is about."""
        return (
            f"(SELECT *, {self.counted} FROM (SELECT id AS row_id, line, reference, pinyin, faults, verdict, target_id, changes, "
            f"{self.cells} FROM care_importrow WHERE batch_id = %(batch)s) AS file) AS r {self.joins}"
        )

    def column(self, name: str) -> Column | None:
        """The column of that name."""
        return self.by_name.get(name)

    def present(self, names: list[str]) -> list[Column]:
        """The columns that the file has."""
        return [column for column in self.columns if column.name in names]

    def compared(self, names: list[str]) -> list[Column]:
        """The columns of the file that may change something."""
        return [column for column in self.present(names) if column.compared]

    def following(self, names: list[str]) -> list[Hidden]:
        """The hidden fields that the file may change."""
        return [hidden for hidden in self.hidden if set(hidden.follows) & set(names)]


def reach(batch: Any) -> dict[str, Any]:
    """The parameters of every statement: the import, and how far it reaches."""
    start, stop = rules.area_range(batch.area_id)
    return {
        "batch": batch.pk,
        "provider": batch.provider_id,
        "start": start,
        "stop": stop,
        "today": today(),
        "now": now(),
    }
