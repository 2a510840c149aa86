"""From a file to rows of text in the order of the sheet's columns."""

from __future__ import annotations

import csv
import io
import itertools
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import IO, Any

from governance.imports import headings
from governance.imports.columns import Column
from governance.imports.faults import FileFault
from governance.imports.models import MOST_ROWS
from governance.imports.sheets import Sheet
from governance.imports.spelling import as_meant, half_width

MOST_COLUMNS = 60
LONGEST_CELL = 4000
EXAMPLES = ("示例", "example")


@dataclass
class Row:
    """A row as text; ``faults`` are "code:column" of what no SQL could see any more."""

    line: int
    cells: list[str]
    faults: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Formula:
    """A cell of a workbook that is computed, or shows an error."""


Cell = str | Formula
Line = tuple[int, Sequence[Cell]]
_DIVIDED_BY = re.compile(r'"?sep=(.)"?', re.IGNORECASE)  # a first line by which spreadsheets are told what divides the cells
Ordered = tuple[Column, int | None, Callable[[str], str]]


def text_lines(file: IO[bytes], encoding: str, sheet: Sheet) -> Iterator[Line]:
    """The lines of a CSV file with their numbers; a cell may hold line breaks."""
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    try:
        yield from _text_lines(text, sheet)
    finally:
        with suppress(ValueError):  # closed already
            text.detach()  # the file is not ours to close


def _text_lines(text: io.TextIOWrapper, sheet: Sheet) -> Iterator[Line]:
    upper = [text.readline(64 * 1024) for _ in range(headings.AMONG)]
    upper[0] = upper[0].removeprefix("\ufeff")
    line = 1
    if said := _DIVIDED_BY.fullmatch(upper[0].strip()):
        delimiter, line, upper = said[1], 2, upper[1:]
    else:
        delimiter = headings.divider_of(upper, sheet)
    reader = csv.reader(itertools.chain(upper, text), delimiter=delimiter, strict=True)
    before = line - 1
    while True:
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as problem:
            raise FileFault("cell-too-long" if "limit" in str(problem) else "malformed", line=line) from problem
        yield line, cells
        line = before + reader.line_num + 1


def rows(lines: Iterator[Line], sheet: Sheet, *, leaves_out: bool = False) -> tuple[list[Column], Iterator[Row]]:
    """The columns the file has, and its rows; with ``leaves_out`` without columns that are not known. Raises FileFault, also while the rows are read."""
    line, names, below = headings.found_in(lines, sheet)
    _not_too_many(line, names)
    found = headings.matched(names, sheet, leaves_out=leaves_out)
    return [column for column in sheet.columns if column.name in found.places], _rows(below, sheet, found)


def _rows(lines: Iterator[Line], sheet: Sheet, found: headings.Headings) -> Iterator[Row]:
    places, remark = found.places, found.remark
    wide = max([*places.values(), remark or 0, *found.left_out]) + 1
    # Files say the same words over and over: how a cell is spelt is worked out once for each.
    order = [(column, places.get(column.name), _once_each(column)) for column in sheet.columns]
    number = 0
    for line, cells in lines:
        texts = [cell.strip() if type(cell) is str else "=" for cell in cells]  # as ``_shown`` has it, without a call for each
        if not any(texts) or (remark is not None and _is_example(texts, remark)):
            continue
        if len(texts) > MOST_COLUMNS:
            _not_too_many(line, texts)
        number += 1
        if number > MOST_ROWS:
            raise FileFault("too-many-rows", most=f"{MOST_ROWS:,}")
        yield _row(line, texts, order, wide)
    if not number:
        raise FileFault("no-rows")


def _once_each(column: Column) -> Callable[[str], str]:
    """How its cells are spelt, worked out once for each word that is met again."""

    @lru_cache(maxsize=512)
    def spelt(text: str) -> str:
        return column.spelt(text)[:LONGEST_CELL]

    return spelt


def _row(line: int, texts: list[str], order: list[Ordered], wide: int) -> Row:
    row, count = Row(line, []), len(texts)
    add = row.cells.append
    for column, place, spelt in order:
        if place is None or place >= count or not (text := texts[place]):
            add("")
            continue
        if text[0] == "'":
            text = as_meant(text)
        elif text[0] == "=" and (text := as_meant(text))[:1] == "=":  # what a workbook computes is shown so, too
            row.faults.append(f"formula:{column.name}")
        add(spelt(text))
    if count > wide and any(texts[wide:]):
        row.faults.append("too-many-cells:")
    return row


def _shown(cell: Cell) -> str:
    return "=" if isinstance(cell, Formula) else cell.strip()


def _is_example(cells: Sequence[Cell], remark: int | None) -> bool:
    """The template's row that shows how it is done may stay in the file."""
    return remark is not None and remark < len(cells) and half_width(_shown(cells[remark])).lower().startswith(EXAMPLES)


def _not_too_many(line: int, cells: Sequence[Any]) -> None:
    if len(cells) > MOST_COLUMNS and any(_shown(cell) for cell in cells[MOST_COLUMNS:]):
        raise FileFault("too-many-columns", line=line, columns=len(cells), most=MOST_COLUMNS)
