"""The file's rows on their way into the database: read one by one, sent by COPY, never held together."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from secrets import randbelow
from typing import IO, Any

from django.db import connection

from governance.actions.records import reference_of
from governance.clocks.now import today
from governance.imports import pieces, progress, reading, workbooks
from governance.imports.reading import Line, Row
from governance.imports.sheets import Sheet

COPY = "COPY imports_importrow (batch_id, line, target_id, cells, faults, reference, derived, verdict, changes) FROM STDIN"
CHUNK = 256 * 1024
EVERY = 5000  # rows that are copied together


@dataclass(frozen=True)
class Staged:
    """What is known of a file once its rows are in the database."""

    encoding: str
    columns: list[str]
    row_count: int


def stage(batch: Any, sheet: Sheet) -> Staged:
    """Read the file and copy its rows. Raises FileFault; then nothing of it is to be kept."""
    with tempfile.TemporaryFile() as file:
        pieces.put_together(batch, file)
        kind = pieces.kind_of(file.read(8))
        file.seek(0)
        if kind == "workbook":
            return _copy(batch, sheet, workbooks.workbook_lines(file, sheet), "xlsx", file)
        encoding = pieces.encoding_of(iter(lambda: file.read(CHUNK), b""))
        file.seek(0)
        return _copy(batch, sheet, reading.text_lines(file, encoding, sheet), encoding.removesuffix("-sig"), file)


def _copy(batch: Any, sheet: Sheet, lines: Iterator[Line], encoding: str, file: IO[bytes]) -> Staged:
    columns, rows = reading.rows(lines, sheet, leaves_out=batch.leaves_out)
    derive, prefix, day, batch_id, count = sheet.deriving, sheet.prefix, today(), batch.pk, 0
    while some := list(islice(rows, EVERY)):
        numbers = _numbers(sheet.table, len(some))
        made = (
            _line(
                batch_id,
                number,
                row,
                reference_of(prefix, day, randbelow(10**8)) if prefix else "",
                derive(row.cells) if derive else "",
            )
            for number, row in zip(numbers, some, strict=True)
        )
        with connection.cursor() as cursor, cursor.copy(COPY) as copy:
            copy.write("".join(made))
        count += len(some)
        progress.report(batch.pk, "reading", min(40, 40 * file.tell() // batch.size), count)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE imports_importrow")  # the planner learns what has come
    return Staged(encoding, [column.name for column in columns], count)


def _numbers(table: str, count: int) -> list[int]:
    """Ids for what rows make: most rows of most files are new, and need not be written once more to be told so."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT array_agg(nextval(sequence)) FROM (SELECT pg_get_serial_sequence(%s, 'id')::regclass AS sequence OFFSET 0) AS looked_up, "
            "generate_series(1, %s)",
            [table, count],
        )
        return cursor.fetchone()[0]


def _escaped(text: str) -> str:
    if text.isprintable() and "\\" not in text:
        return text
    return text.replace("\\", "\\\\").replace("\t", "\\t").replace("\n", "\\n").replace("\r", "\\r")


def _array(texts: list[str]) -> str:
    if not texts:
        return "{}"
    whole = '","'.join(texts)
    if "\\" not in whole and whole.count('"') == 2 * len(texts) - 2:  # nothing to escape for the array: nearly always
        return _escaped(f'{{"{whole}"}}')
    cells = (text.replace("\\", "\\\\").replace('"', '\\"') for text in texts)
    return _escaped('{"' + '","'.join(cells) + '"}')


def _line(batch_id: int, number: int, row: Row, reference: str, derived: str) -> str:
    """A line of COPY's text format; made by hand because it is made a hundred thousand times."""
    return f"{batch_id}\t{row.line}\t{number}\t{_array(row.cells)}\t{_array(row.faults)}\t{reference}\t{_escaped(derived)}\tnew\t{{}}\n"
