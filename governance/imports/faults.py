"""What can be wrong with a whole file, and with a row: codes in the database, sentences for the reader."""

from __future__ import annotations

from typing import Any

from django.apps import apps
from django.utils.translation import gettext_lazy

from governance.actions.conclusion import said_by, said_of
from governance.clocks.near import SENTENCES
from governance.imports.columns import listed

CONSTRAINT = "table:"  # before the name of what the table refuses

FILE_FAULTS: dict[str, Any] = {
    "empty": gettext_lazy("The file is empty."),
    "no-rows": gettext_lazy("The file has headings, but no row below them."),
    "old-workbook": gettext_lazy("This is a workbook of an old kind (.xls). Save it as .xlsx or as CSV and hand it in again."),
    "utf-16": gettext_lazy("The file is written in UTF-16. Save it as “CSV UTF-8” and hand it in again."),
    "nul": gettext_lazy("Line %(line)s holds a NUL byte: this is no text file. Save it again as CSV or .xlsx."),
    "encoding": gettext_lazy("Line %(line)s is neither UTF-8 nor GB18030. Save the file as “CSV UTF-8” and hand it in again."),
    "too-many-columns": gettext_lazy("Line %(line)s has %(columns)s columns; at most %(most)s are read."),
    "too-many-rows": gettext_lazy("The file has more than %(most)s rows. Divide it into several files."),
    "cell-too-long": gettext_lazy("A cell in or after line %(line)s never ends. A quotation mark may be missing there."),
    "malformed": gettext_lazy("Line %(line)s cannot be read as CSV. A quotation mark may be missing or too many."),
    "no-headings": gettext_lazy(
        "No row at the top of the file holds the headings of the template; the first one has %(cells)s cells and looks like a row of data. "
        "Put the headings above the rows and hand the file in again."
    ),
    "unknown-columns": gettext_lazy("Some headings are not those of the template."),
    "missing-columns": gettext_lazy("Some columns that are needed are missing: %(columns)s."),
    "column-twice": gettext_lazy("A column stands in the file twice: %(columns)s."),
    "no-workbook": gettext_lazy("The workbook cannot be read: it is damaged or protected by a password."),
    "too-big-inside": gettext_lazy("Unpacked, the workbook would be larger than %(most)s megabytes. Save it as CSV and hand it in again."),
    "register-changed": gettext_lazy(
        "The register has changed since the preview, so that %(rows)s rows would now do something else. Nothing was written. "
        "Check the file again and look at the new preview."
    ),
    "constraint": gettext_lazy("The register refused the rows. Nothing was written. %(sentence)s"),
    "unexpected": gettext_lazy("Something went wrong that we did not foresee. Nothing was written. Try again, or tell us the reference."),
    "in-part": gettext_lazy(
        "%(undone)s rows were taken back. %(rows)s rows stay, because they have been changed or used since. They are listed below, with what "
        "rests on them; when that is gone, undo the import again."
    ),
    "in-the-way": gettext_lazy("Not undone: %(rows)s rows have been changed or used since. They are listed below."),
}

ROW_FAULTS: dict[str, Any] = {
    "required": gettext_lazy("Fill in this cell."),
    "control-characters": gettext_lazy("The cell holds characters that cannot be seen. Type it anew."),
    "too-long": gettext_lazy("The text is too long."),
    "wrong-characters": gettext_lazy("Some characters are not used here. Letters, figures, dashes and brackets are."),
    "not-a-number": gettext_lazy("This is not a number as it is expected here."),
    "out-of-range": gettext_lazy("The number is too small or too large."),
    "not-a-date": gettext_lazy("This is no date. Write it like 2027-12-31."),
    "no-month": gettext_lazy("This is no month. Write it like 2026-10."),
    "not-listed": gettext_lazy("This is none of the words that may stand here. The explanations of the template list them."),
    "no-identity-number": gettext_lazy("This is no identity number: eighteen characters, the last of which checks the others."),
    "formula": gettext_lazy("The cell holds a formula or an error of the spreadsheet. Put in the value itself."),
    "too-many-cells": gettext_lazy("The row has more cells than there are headings. A comma in a text needs quotation marks around it."),
    "twice": gettext_lazy("The file has this more than once. Keep one row."),
    "not-kept": gettext_lazy("The register does not take this row: something it says is impossible beside what is there."),
    "says-otherwise": gettext_lazy("The register has something else here, and a file cannot change that any more. Change it on the page of the record itself."),
    "changed-since": gettext_lazy("This was changed after the import."),
    "gone-since": gettext_lazy("This is no longer in the register under its number."),
    "used-since": gettext_lazy("This has been used since: something in the register belongs to it."),
}

RESTS_ON_IT = gettext_lazy("This has been used since. In the register there belongs to it: %(what)s.")

# The same with what may stand there, where the column can say it.
WITH_BOUNDS: dict[str, Any] = {
    "too-long": gettext_lazy("The text is too long: at most %(most)s characters."),
    "out-of-range": gettext_lazy("The number must be from %(least)s to %(most)s."),
    "not-listed": gettext_lazy("One of these may stand here: %(words)s."),
}


class FileFault(Exception):
    """The file as a whole cannot be used. ``detail`` is kept with the import; the sentence is made for each reader."""

    def __init__(self, code: str, **detail: Any) -> None:
        super().__init__(code)
        self.code, self.detail = code, detail

    @property
    def kept(self) -> dict[str, Any]:
        """As JSON."""
        return {"code": self.code, **self.detail}


def file_sentence(kept: dict[str, Any] | None, headings: dict[str, str]) -> str:
    """What is wrong with the file, and what to do; ``headings`` are what the reader calls the columns."""
    if not kept:
        return ""
    detail = kept | {"columns": kept.get("columns", "")}
    if isinstance(detail["columns"], list):
        detail["columns"] = listed(headings.get(name, name) for name in detail["columns"])
    return str(FILE_FAULTS.get(kept["code"], FILE_FAULTS["unexpected"])) % detail


def row_sentence(sheet: Any, code: str, column: Any = None) -> str:
    """What is wrong with a row, and what to do: in the words of the sheet, of the table, else in those that hold for all."""
    kind, _colon, name = code.partition(":")
    if kind == CONSTRAINT[:-1]:
        refusal = said_by(sheet.model, name) or said_of(name) if name else None
        return str(refusal if refusal is not None else ROW_FAULTS["not-kept"])
    if name and kind == "rests":
        return str(RESTS_ON_IT) % {"what": apps.get_model(name)._meta.verbose_name}
    own = next((rule.sentence for rule in sheet.rules if rule.code == code and rule.sentence), None)
    if own:
        return str(own)
    limits = [one.limits[code] for one in sheet.nearness(column) if code in one.limits] if column is not None else []
    if limits:
        return str(SENTENCES[code]) % {"day": limits[0]}
    if column is not None and (bounds := column.bounds) and (said := WITH_BOUNDS.get(code)):
        return str(said) % bounds
    return str(ROW_FAULTS.get(code, code))
