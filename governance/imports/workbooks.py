"""Excel workbooks: looked at before they are unpacked, then read row by row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from governance.imports import headings
from governance.imports.faults import FileFault
from governance.imports.reading import MOST_COLUMNS, Cell, Formula, Line
from governance.imports.sheets import Sheet
from governance.imports.spelling import as_meant

MOST_PARTS, MOST_PAGES = 400, 20
MOST_UNPACKED = 512 * 1024 * 1024
MOST_TEXTS = 64 * 1024 * 1024  # of the table of texts, which is held whole


def workbook_lines(file: IO[bytes], sheet: Sheet) -> Iterator[Line]:
    """The rows, with their numbers, of the first page that can be seen and has the headings; of the first that can be seen if none has."""
    from openpyxl import load_workbook  # takes a while to load: only when needed

    _look_inside(file)
    try:
        with warnings.catch_warnings(action="ignore"):  # openpyxl warns of looks it does not know
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
            seen = [page for page in book.worksheets if page.sheet_state == "visible"] or book.worksheets[:1]
            yield from _lines(next((page for page in seen[:MOST_PAGES] if _has_headings(page, sheet)), seen[0]))
    except FileFault:
        raise
    except Exception as problem:  # a damaged or hostile file breaks its reader in any way a reader can break
        raise FileFault("no-workbook") from problem


def _lines(page: Any) -> Iterator[Line]:
    page.reset_dimensions()  # what the file says of its own size is not to be relied on
    for number, cells in enumerate(page.iter_rows(max_col=MOST_COLUMNS + 1), 1):
        yield number, [_cell(cell) for cell in cells]


def _has_headings(page: Any, sheet: Sheet) -> bool:
    try:
        headings.found_in(_lines(page), sheet)
    except FileFault:
        return False
    return True


def _look_inside(file: IO[bytes]) -> None:
    """Sizes as the archive declares them: Python's reader never unpacks more than was declared."""
    try:
        parts = zipfile.ZipFile(file).infolist()
    except Exception as problem:
        raise FileFault("no-workbook") from problem
    texts = sum(part.file_size for part in parts if part.filename.endswith("sharedStrings.xml"))
    others = sum(part.file_size for part in parts if "/worksheets/" not in part.filename) - texts
    whole = sum(part.file_size for part in parts)
    if len(parts) > MOST_PARTS or whole > MOST_UNPACKED or max(texts, others) > MOST_TEXTS:
        raise FileFault("too-big-inside", most=MOST_UNPACKED // 2**20)


def _cell(cell: Any) -> Cell:
    """A value as it would be typed."""
    value = cell.value
    if value is None:
        return ""
    if cell.data_type in ("f", "e"):
        held = as_meant(value) if isinstance(value, str) else "="
        return Formula() if held[:1] == "=" else _text(held)
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, int | float) and not isinstance(value, bool):
        return _digits(value, cell)
    return _text(str(value))


def _digits(value: float, cell: Any) -> str:
    """A number without what a spreadsheet adds to it, and with the zeros before it that its format shows."""
    if isinstance(value, float) and not (value.is_integer() and abs(value) < 2**53):
        return repr(value)
    shown = cell.number_format
    return str(int(value)).zfill(len(shown)) if shown.strip("0") == "" and value >= 0 else str(int(value))


def _text(value: str) -> str:
    """What no database takes becomes the mark of what cannot be read, and is told with its cell."""
    return value.replace("\0", "�").encode("utf-8", "surrogatepass").decode("utf-8", "replace")
