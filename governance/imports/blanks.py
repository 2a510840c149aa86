"""The files to start from: headings, a row that shows how it is done, and the explanations."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext as _

from governance.imports.columns import Choice, Column, Day, Number, Several, Text, listed
from governance.imports.sheets import Sheet
from governance.web.views import harmless


def _headings(sheet: Sheet) -> list[str]:
    return [*(column.heading for column in sheet.columns), _("Remark")]


def _example(sheet: Sheet) -> list[str]:
    return [*(column.shown(column.spelt(column.example)) for column in sheet.columns), _("Example: this row is not imported")]


def as_csv(sheet: Sheet) -> bytes:
    """Headings and the example, with the mark by which spreadsheets know UTF-8."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(_headings(sheet))
    writer.writerow([harmless(cell) for cell in _example(sheet)])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def as_workbook(sheet: Sheet) -> bytes:
    """The same as a workbook whose cells are text, so that codes keep their zeros; and a sheet that explains every column."""
    from openpyxl import Workbook  # takes a while to load: only when needed
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    head = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="F7F4EC")}
    wrapped = Alignment(wrap_text=True, vertical="top")
    book = Workbook(write_only=True)
    page = book.create_sheet(str(sheet.label))
    page.freeze_panes = "A2"
    for number, heading in enumerate(_headings(sheet), 1):
        letter = get_column_letter(number)
        page.column_dimensions[letter].width = max(12, min(28, 2 * len(heading) + 2))
        page.column_dimensions[letter].number_format = "@"
    page.append([_cell(page, heading, **head) for heading in _headings(sheet)])
    page.append([_cell(page, cell) for cell in _example(sheet)])
    notes = book.create_sheet(_("Explanations"))
    for letter, width in zip("ABCDE", (26, 12, 46, 46, 24), strict=True):
        notes.column_dimensions[letter].width = width
    for row in _explanations(sheet):
        notes.append([_cell(notes, cell, alignment=wrapped) for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(page: object, text: str, **looks: object) -> Any:
    from openpyxl.cell import WriteOnlyCell

    cell = WriteOnlyCell(page, value=text)
    cell.number_format, cell.data_type = "@", "s"
    for name, look in looks.items():
        setattr(cell, name, look)
    return cell


def _explanations(sheet: Sheet) -> Iterator[list[str]]:
    yield [_("Column"), _("Needed"), _("What belongs here"), _("What may stand here"), _("Example")]
    for column in sheet.columns:
        needed = _("yes") if column.required else _("no")
        yield [column.heading, needed, str(column.help), allowed(column), column.shown(column.spelt(column.example))]
    yield []
    yield [_("An empty cell makes the field empty. A column that is not in the file is left alone, and so is whatever the file does not name.")]


def allowed(column: Column) -> str:
    """What may stand in a column, in words."""
    if isinstance(column, Several | Choice):
        return listed(f"{label} ({code})" for label, code in zip(column.labels(), column.codes, strict=True))
    if isinstance(column, Number):
        return _("a number from %(least)s to %(most)s") % {"least": column.least, "most": column.most}
    if isinstance(column, Day):
        return _("a date such as 2027-12-31")
    return _("text of at most %(most)s characters") % {"most": column.most} if isinstance(column, Text) else ""
