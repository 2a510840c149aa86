"""A sheet: which columns a file of some kind has, by which rules its rows are judged, and what they become."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any, ClassVar

from governance import areas
from governance.actions import Responsibility
from governance.clocks.now import now, today
from governance.imports.columns import Column

SHEETS: dict[str, Sheet] = {}  # by kind, as the slices declare them


@dataclass(frozen=True)
class Rule:
    """A rule about a whole row: its code, the column by which it is told, the SQL that is true of a row that breaks it,
    and the sentence that says what to do.

    In the SQL ``r`` is the row as text; further names are those of the sheet's ``joins``. Unknown counts as kept.
    """

    code: str
    column: str
    bad: str
    sentence: Any = ""  # empty where another sheet or the kit has said it
    plain: str = ""  # the same for a row whose cells are all fine, where that is less work

    @property
    def settled(self) -> bool:
        """Whether only the row and its file decide: what was found once stays so, whatever happens to the register."""
        names = re.findall(r"\b([a-z_]+)\.", self.bad)
        return set(names) <= {"r"} and "%(" not in self.bad and "select" not in self.bad.lower()


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


@dataclass(frozen=True)
class Beside:
    """What is made along with the rows and goes with them when the import is undone, unless it is used by then.

    ``made`` is an INSERT out of ``{rows}`` that returns ids; ``removed`` a DELETE of what is among ``{made}``.
    """

    name: str
    made: str
    removed: str


class Sheet:
    """The declaration of one kind of file. In all SQL ``t`` is the record that a row is about."""

    kind: ClassVar[str]  # in addresses, so letters and dashes
    label: ClassVar[Any]
    model: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]
    rules: ClassVar[tuple[Rule, ...]] = ()
    joins: ClassVar[str]  # among them ``t``, at most one for each row
    judged_by: ClassVar[str] = ""  # further joins that only the rules need
    named: ClassVar[tuple[str, str]]  # the columns by which a reader knows a row again
    keepers: ClassVar[Responsibility]  # who goes on with a file that reaches an area
    readers: ClassVar[tuple[Responsibility, ...]] = ()  # who else may read it
    worked_out: ClassVar[dict[str, str]] = {}  # further names of ``r``: SQL out of the cells, which go by their bare names here
    once: ClassVar[tuple[str, ...]] = ()  # the columns that together stand in a file once: ``r.times`` says how often they do
    counted: ClassVar[str] = ""  # window functions over the rows
    made: ClassVar[dict[str, str]] = {}  # what a new row gets beside its columns
    used: ClassVar[tuple[str, ...]] = ()  # SQL conditions under which a new one can no longer be taken back
    untouched: ClassVar[str] = "SELECT 0"  # SQL: how many there are that the file does not name
    hidden: ClassVar[tuple[Hidden, ...]] = ()
    beside: ClassVar[tuple[Beside, ...]] = ()
    derived_from: ClassVar[str] = ""  # the column out of which ``r.derived`` is made in Python
    address: ClassVar[str] = ""  # the name of the page of what a row is about

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        SHEETS[cls.kind] = cls()

    @staticmethod
    def derive(text: str) -> str:
        """What is kept of a row beside its cells and only Python can work out."""
        return text

    @cached_property
    def by_name(self) -> dict[str, Column]:
        """The columns by their names."""
        return {column.name: column for column in self.columns}

    @cached_property
    def table(self) -> str:
        """Where the records are kept."""
        return self.model._meta.db_table

    @cached_property
    def prefix(self) -> str:
        """How a reference of the records begins; empty where they have none."""
        return getattr(self.model, "reference_prefix", "")

    @cached_property
    def cells(self) -> str:
        """SQL: the cells by the names of their columns."""
        return ", ".join(f"cells[{number}] AS {column.name}" for number, column in enumerate(self.columns, 1))

    @cached_property
    def further(self) -> str:
        """SQL: what is worked out of the cells, once for each row."""
        return "".join(f", {formula} AS {name}" for name, formula in self.worked_out.items())

    @cached_property
    def rows(self) -> str:
        """SQL: the rows of the file, each with what it is about."""
        file = (
            f"SELECT id AS row_id, line, reference, derived, faults, verdict, target_id, changes, {self.cells} "
            "FROM imports_importrow WHERE batch_id = %(batch)s"
        )
        if not (self.counted or self.worked_out or self.once):
            return f"({file}) AS r {self.joins}"
        counted = f", {self.counted}" if self.counted else ""
        times, again = self._times(file)
        return f"(SELECT file.*{self.further}{times}{counted} FROM ({file}) AS file{again}) AS r {self.joins}"

    def _times(self, file: str) -> tuple[str, str]:
        """SQL: how often what should stand there once does, and the join that finds it out: counting is less work than sorting."""
        if not self.once:
            return "", ""
        names, same = ", ".join(self.once), " AND ".join(f"repeated.again_{name} = file.{name}" for name in self.once)
        renamed = ", ".join(f"{name} AS again_{name}" for name in self.once)
        repeated = f"SELECT {renamed}, count(*) AS again FROM ({file}) AS file GROUP BY {names} HAVING count(*) > 1"
        return ", coalesce(repeated.again, 1) AS times", f" LEFT JOIN ({repeated}) AS repeated ON {same}"

    @cached_property
    def deriving(self) -> Callable[[list[str]], str] | None:
        """From the cells of a row to what is kept beside them."""
        if not self.derived_from:
            return None
        place = [column.name for column in self.columns].index(self.derived_from)
        return lambda cells: self.derive(cells[place])

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
    start, stop = areas.range_of(batch.area_id)
    return {
        "batch": batch.pk,
        "sender": batch.sender_id,
        "own": batch.own,  # only what is the sender's own; else everything of the area
        "area": batch.area_id,
        "start": start,
        "stop": stop,
        "today": today(),
        "now": now(),
    }
