"""Which row of a file holds the headings, and where each column stands.

Of a row that is not known for the headings nothing is kept but its place: it may be about a person.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Any

from governance.imports.faults import FileFault
from governance.imports.sheets import Sheet
from governance.imports.spelling import half_width, looks_like_data

AMONG = 10  # rows that are not empty
MOST_LINES = 1000  # that are looked through for them
REMARKS = ("备注", "remark", "remarks")
ROW_NUMBERS = ("序号", "行号", "no", "no.", "#", "s/n")  # left out without a word
Line = tuple[int, Sequence[Any]]


@dataclass(frozen=True)
class Headings:
    """Where each column stands, by its name; the place of the remarks; and the places of columns that are not read."""

    places: dict[str, int]
    remark: int | None
    left_out: tuple[int, ...] = ()


def key_of(text: str) -> str:
    """What headings are compared by."""
    return "".join(half_width(text).lower().replace("*", "").split())


def known_to(sheet: Sheet) -> dict[str, str]:
    """The name of a column by everything its heading may be."""
    return {key_of(heading): column.name for column in sheet.columns for heading in column.headings}


def divider_of(upper: Sequence[str], sheet: Sheet) -> str:
    """What divides the cells of a text file: that by which a line falls into most headings, else what the first line has most of."""
    known = known_to(sheet)

    def makes(mark: str) -> tuple[int, int]:
        return max(len({key_of(cell.strip('"')) for cell in line.split(mark)} & known.keys()) for line in upper), upper[0].count(mark)

    return max(",;\t", key=makes)


def found_in(lines: Iterator[Line], sheet: Sheet) -> tuple[int, list[str], Iterator[Line]]:
    """The line of the headings, they themselves, and the lines below. Raises FileFault where the file is empty or has none.

    They are in the first of the upper rows that has every column that is needed, else in that which has most of them.
    """
    upper = [(line, texts, cells) for line, cells in _beginning(lines) if any(texts := [*map(_text, cells)])]
    if not upper:
        raise FileFault("empty")
    known, needed = known_to(sheet), {column.name for column in sheet.columns if column.required}
    met = [{known[key] for text in texts if (key := key_of(text)) in known} for _line, texts, _cells in upper]
    best = next((place for place, names in enumerate(met) if needed and needed <= names), max(range(len(met)), key=lambda place: len(met[place])))
    line, texts, _cells = upper[best]
    if len(met[best]) < max(1, (len(needed) + 1) // 2):
        raise FileFault("no-headings", line=upper[0][0], cells=sum(map(bool, upper[0][1])))
    return line, texts, chain(((line, cells) for line, _texts, cells in upper[best + 1 :]), lines)


def _beginning(lines: Iterable[Line]) -> Iterator[Line]:
    """The upper lines of the file, and no further: the rest is read from where they end."""
    rows = 0
    for count, line in enumerate(lines, 1):
        yield line
        rows += any(map(_text, line[1]))
        if rows == AMONG or count == MOST_LINES:
            return


def _text(cell: Any) -> str:
    """What can be read in it; what a workbook computes cannot."""
    return cell.strip() if isinstance(cell, str) else "="


def matched(headings: Sequence[str], sheet: Sheet, *, leaves_out: bool = False) -> Headings:
    """Where each column stands. Raises FileFault with the nearest heading for each unknown one, unless these are to be left out."""
    known = known_to(sheet)
    places: dict[str, int] = {}
    unknown: list[tuple[str, str, int]] = []
    twice: list[str] = []
    remark = None
    for place, heading in enumerate(headings):
        key = key_of(heading)
        if key in known and known[key] in places:
            twice.append(known[key])
        elif key in known:
            places[known[key]] = place
        elif key in REMARKS:
            remark = place
        elif key and key not in ROW_NUMBERS:
            unknown.append(_told(heading, place, known))
    missing = [column.name for column in sheet.columns if column.required and column.name not in places]
    _refuse([] if leaves_out else unknown, twice, missing)
    return Headings(places, remark, tuple(place for _heading, _near, place in unknown))


def _told(heading: str, place: int, known: dict[str, str]) -> tuple[str, str, int]:
    """What is kept of an unknown heading: itself only if it can be nobody's data, the nearest known one, and its place from one on."""
    if looks_like_data(heading):
        return "", "", place + 1
    near = difflib.get_close_matches(key_of(heading), known, n=1, cutoff=0.4)
    return heading, known[near[0]] if near else "", place + 1


def _refuse(unknown: Sequence[tuple[str, str, int]], twice: list[str], missing: list[str]) -> None:
    if unknown:
        raise FileFault("unknown-columns", unknown=[list(one) for one in unknown])
    if twice:
        raise FileFault("column-twice", columns=twice)
    if missing:
        raise FileFault("missing-columns", columns=missing)
