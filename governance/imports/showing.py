"""Rows and problems as people read them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from types import SimpleNamespace
from typing import Any

from django.utils.translation import gettext as _

from governance.imports.columns import Column
from governance.imports.faults import row_sentence
from governance.imports.sheets import Sheet
from governance.web.views import csv_lines


@dataclass(frozen=True)
class Change:
    """A field that changes."""

    heading: str
    before: str
    after: str


@dataclass(frozen=True)
class ShownRow:
    """A row of the preview."""

    line: int
    title: str
    key: str
    target_id: int | None
    changes: list[Change]
    cells: list[tuple[str, str]]


@dataclass(frozen=True)
class ShownProblem:
    """A rule that a row breaks, with what stands in the cell."""

    line: int
    title: str
    code: str
    heading: str
    cell: str
    sentence: str


def shown_rows(sheet: Sheet, names: list[str], rows: Any) -> list[ShownRow]:
    """Rows of a file for its preview."""
    place = {column.name: number for number, column in enumerate(sheet.columns)}
    title, key = sheet.named
    shown = [column for column in sheet.present(names) if column.name not in (title, key)]
    return [
        ShownRow(
            row.line,
            sheet.by_name[title].shown(row.cells[place[title]]),
            sheet.by_name[key].shown(row.cells[place[key]]),
            row.target_id,
            list(_changes(sheet, row.changes)),
            [(c.heading, c.shown(row.cells[place[c.name]])) for c in shown if row.cells[place[c.name]]],
        )
        for row in rows
    ]


def _changes(sheet: Sheet, changes: dict[str, Any]) -> Iterator[Change]:
    for column in sheet.columns:
        if column.name in changes:
            before, after = changes[column.name]
            yield Change(column.heading, column.words(before), column.words(after))


def shown_problems(sheet: Sheet, problems: Any) -> Iterator[ShownProblem]:
    """What is wrong, in the order of the file; each problem carries the cells of its row."""
    place = {column.name: number for number, column in enumerate(sheet.columns)}
    title_column = sheet.by_name[sheet.named[0]]
    for problem in problems:
        column = sheet.column(problem.column)
        cell = problem.cells[place[problem.column]][:200] if column and problem.cells else ""
        if column and column.secret:
            cell = column.shown(cell)
        title = title_column.shown(problem.cells[place[title_column.name]])[:200] if problem.cells else ""
        yield ShownProblem(problem.line, title, problem.code, _heading(column), cell, row_sentence(sheet, problem.code, column))


def _heading(column: Column | None) -> str:
    return column.heading if column else ""


def shown_rules(sheet: Sheet, rules: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """How often each rule is broken, in words."""
    return [
        rule | {"heading": _heading(column), "sentence": row_sentence(sheet, rule["code"], column)}
        for rule in rules
        for column in [sheet.column(rule["column"])]
    ]


def shown_headings(sheet: Sheet, unknown: list[list[Any]]) -> list[tuple[str, str, int]]:
    """Headings that are none of the template's, each with the nearest that is and its place; what may be data is not shown."""
    return [(given, _heading(sheet.column(near)), place) for given, near, place in unknown]


def rows_to_mend(batch: Any) -> Iterator[str]:
    """Lines of CSV: the rows with mistakes under the headings of the file's columns, and what is wrong in the remarks.

    What was sealed while the file was read is shown as far as its end: its sender puts it in again.
    """
    sheet, present = batch.sheet, batch.sheet.present(batch.columns)
    place = {column.name: number for number, column in enumerate(sheet.columns)}
    titles = ((column.heading, f"cells.{number}") for number, column in enumerate(present))
    found = groupby(batch.problems.filter(is_warning=False).with_cells().in_order().iterator(chunk_size=1000), key=lambda one: one.line)
    rows = (_to_mend(sheet, present, place, list(problems)) for _line, problems in found)
    return csv_lines([*titles, (_("Remark"), "remark")], rows)


@dataclass(frozen=True)
class _RowToMend:
    cells: Any
    remark: str


def _to_mend(sheet: Sheet, present: list[Column], place: dict[str, int], problems: list[Any]) -> _RowToMend:
    cells = problems[0].cells or [""] * len(place)
    shown = SimpleNamespace(**{str(number): column.shown(cells[place[column.name]]) for number, column in enumerate(present)})
    said = (f"{_heading(column)}: {row_sentence(sheet, problem.code, column)}" for problem in problems for column in [sheet.column(problem.column)])
    return _RowToMend(shown, " ".join(said))
