"""A sheet: which columns a file of some kind has, by which rules its rows are judged, and what they become."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Any, ClassVar

from governance import areas
from governance.actions import Responsibility
from governance.clocks.near import Near
from governance.clocks.now import now, today
from governance.imports.columns import Column

if TYPE_CHECKING:
    from governance.actions import Action, Starts

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
    warns: bool = False  # the row may be right all the same: whoever hands it in has looked at it and says so

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

    ``made`` is an INSERT out of ``{rows}`` that returns ids; ``removed`` a DELETE of what is among ``{made}``, which names its table
    by an alias; ``record`` is the model where these are records: they have a history as well.
    """

    name: str
    made: str
    removed: str
    record: Any = None

    @property
    def among(self) -> str:
        """SQL: the ids of what was made."""
        return f"(SELECT jsonb_array_elements_text(beside->'{self.name}')::bigint FROM imports_import WHERE id = %(batch)s)"

    @property
    def to_be_removed(self) -> str:
        """SQL: the ids of what ``removed`` will delete."""
        return re.sub(r"^DELETE FROM (\w+) (\w+) ", r"SELECT \2.id FROM \1 \2 ", self.removed).replace("{made}", self.among)


class Sheet:
    """The declaration of one kind of file. In all SQL ``t`` is the record that a row is about."""

    kind: ClassVar[str]  # in addresses, so letters and dashes
    label: ClassVar[Any]
    model: ClassVar[Any]
    columns: ClassVar[tuple[Column, ...]]
    stands_for: ClassVar[tuple[type[Action], ...]] = ()  # what a new row is: these actions, done one after the other
    corrects: ClassVar[tuple[type[Action], ...]] = ()  # what a row that changes something is: one of these, in its states and fields
    through: ClassVar[dict[str, type[Action]]] = {}  # columns of the table that such an action writes beside its fields
    rules: ClassVar[tuple[Rule, ...]] = ()
    joins: ClassVar[str]  # among them ``t``, at most one for each row
    judged_by: ClassVar[str] = ""  # further joins that only the rules need
    named: ClassVar[tuple[str, str]]  # the columns by which a reader knows a row again
    keepers: ClassVar[Responsibility]  # who goes on with a file that reaches an area
    readers: ClassVar[tuple[Responsibility, ...]] = ()  # who else may read it
    worked_out: ClassVar[dict[str, str]] = {}  # further names of ``r``: SQL out of the cells, which go by their bare names here
    once: ClassVar[tuple[str, ...]] = ()  # the columns that together stand in a file once: ``r.times`` says how often they do
    counted: ClassVar[str] = ""  # window functions over the rows
    made: ClassVar[dict[str, str]] = {}  # what a new row gets beside its columns; its state is that of ``stands_for``
    used: ClassVar[tuple[str, ...]] = ()  # SQL conditions, beside references, under which what was made or changed cannot be taken back
    untouched: ClassVar[str] = "SELECT 0"  # SQL: how many there are that the file does not name
    hidden: ClassVar[tuple[Hidden, ...]] = ()
    beside: ClassVar[tuple[Beside, ...]] = ()
    derived_from: ClassVar[tuple[str, ...]] = ()  # the columns out of which ``r.derived`` is made in Python
    address: ClassVar[str] = ""  # the name of the page of what a row is about

    def __init_subclass__(cls, **options: Any) -> None:
        super().__init_subclass__(**options)
        SHEETS[cls.kind] = cls()

    @staticmethod
    def derive(*texts: str) -> str:
        """What is kept of a row beside its cells and only Python can work out."""
        return " ".join(texts)

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
    def is_of_records(self) -> bool:
        """Whether its rows become records, which have a state and a history; else they are lines of an account."""
        return issubclass(self.model, import_module("governance.actions").Record)  # not before the apps are ready

    @cached_property
    def state(self) -> str:
        """The state of a new record: that into which the last of its actions leads."""
        ends = [action.end for action in self.stands_for if action.end is not None and (action.makes or action.record) is self.model]
        return str(ends[-1] if ends else self.model._meta.get_field("state").default)

    @cached_property
    def starts(self) -> list[Starts]:
        """The periods that begin with a new row: those its actions start, without those a later one of them answers."""
        running: list[Starts] = []
        for action in (action for action in self.stands_for if (action.makes or action.record) is self.model):
            running = [one for one in running if one.rule not in {*action.stops, *action.voids}] + list(action.clocks_started())
        return running

    @cached_property
    def tells(self) -> tuple[str, ...]:
        """Who is told of a new row, as paths from the record."""
        told = (path for action in self.stands_for if (action.makes or action.record) is self.model for path in action.tells)
        return tuple(dict.fromkeys(told))

    def correcting(self, column: str) -> list[type[Action]]:
        """The actions by which a row may change this column of the table."""
        return [action for action in self.corrects if column in written_by(self.model, action) or self.through.get(column) is action]

    def open_states(self, column: str) -> set[str]:
        """The states in which a row may change this column: those from which such an action may be done.

        What was only declared may be declared anew until somebody has decided on it.
        """
        found: set[str] = set()
        for action in self.correcting(column):
            states = {self.state} if action.makes is self.model else action.start
            found |= set(map(str, states)) if states is not None else {str(value) for value, _label in self.model._meta.get_field("state").choices}
        return found

    def field_of(self, column: Column) -> Any:
        """The field of the model in which a column of the file is kept as it is written; None where it is looked up, or only finds."""
        fields = {field.column: field for field in self.model._meta.concrete_fields}
        return fields.get(column.kept_in)

    def nearness(self, column: Column) -> list[Near]:
        """How near to today the model's field wants the days of this column."""
        field = self.field_of(column) if column.as_day else None
        return [one for one in field.validators if isinstance(one, Near)] if field is not None else []

    def asked_of_days(self, column: Column) -> dict[str, str]:
        """SQL by code: the days that the field of the model refuses on a page refuse a row as well. Of today, as ``%(today)s``."""
        day = column.as_day.replace("{c}", f"r.{column.name}")
        asked: dict[str, str] = {}
        for near in self.nearness(column):
            if near.days_back is not None:
                asked["too-early"] = f"({day}) < %(today)s::date - {near.days_back}"
            if near.days_ahead is not None:
                asked["too-late"] = f"({day}) > %(today)s::date + {near.days_ahead}"
        return asked

    def written_new(self, names: list[str]) -> dict[str, str]:
        """SQL by the columns of the table: what a new row is written with out of a file that has these columns."""
        values = {"id": "r.target_id"}
        values |= {"reference": "r.reference", "created_at": "%(now)s"} if self.prefix else {}
        values |= {column.kept_in: column.value if column.name in names else column.fallback for column in self.columns if column.kept_in}
        return values | self.made | ({"state": f"'{self.state}'"} if self.is_of_records else {})

    def written_changed(self, names: list[str]) -> dict[str, str]:
        """SQL by the columns of the table: what a changed row is written with."""
        values = {column.kept_in: column.value for column in self.compared(names) if column.kept_in}
        return values | {
            hidden.name: f"CASE WHEN r.changes ? '{hidden.name}' THEN {hidden.value} ELSE t.{hidden.name} END" for hidden in self.following(names)
        }

    def columns_changing(self) -> list[str]:
        """The columns of the table that rows may change, by themselves or along with others."""
        return [name for column in self.columns if column.compared for name in self.kept_as(column)]

    def kept_as(self, column: Column) -> list[str]:
        """The columns of the table in which a column of the file is kept: its own, or those that follow from it."""
        return [column.kept_in] if column.kept_in else [hidden.name for hidden in self.hidden if column.name in hidden.follows]

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
            "FROM imports_importrow WHERE batch_id = %(batch)s AND verdict NOT IN ('left-out', 'taken-back')"
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
        names = [column.name for column in self.columns]
        places = [names.index(name) for name in self.derived_from]
        return lambda cells: self.derive(*(cells[place] for place in places))

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


def written_by(model: Any, action: type[Action]) -> set[str]:
    """The columns of the table that are among the fields and inputs of an action."""
    known = {name: field.attname for field in model._meta.concrete_fields for name in (field.name, field.attname)}
    return {known[name] for name in (*action.fields, *action.inputs) if name in known}


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
