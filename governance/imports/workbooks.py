"""Excel workbooks: looked at before they are unpacked, then read row by row."""

from __future__ import annotations

import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import IO, Any

from openpyxl import load_workbook

from governance.imports.faults import FileFault
from governance.imports.reading import MOST_COLUMNS, Cell, Formula, Line

MOST_PARTS = 400
MOST_UNPACKED = 512 * 1024 * 1024
MOST_TEXTS = 64 * 1024 * 1024  # of the table of texts, which is held whole


def workbook_lines(file: IO[bytes]) -> Iterator[Line]:
    """The rows of the first sheet, with their numbers."""
    _look_inside(file)
    try:
        with warnings.catch_warnings(action="ignore"):  # openpyxl warns of looks it does not know
            book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
        sheet = book.worksheets[0]
        sheet.reset_dimensions()  # what the file says of its own size is not to be relied on
        for number, cells in enumerate(sheet.iter_rows(max_col=MOST_COLUMNS + 1), 1):
            yield number, [_cell(cell) for cell in cells]
    except Exception as problem:  # a damaged or hostile file breaks its reader in any way a reader can break
        raise FileFault("no-workbook") from problem


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
        return Formula()
    if isinstance(value, datetime):
        return value.date().isoformat() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() and abs(value) < 2**53 else repr(value)
    return str(value).replace("\0", "�")
