"""Files of homes and beds for tests, and their way through the system."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from governance.imports import actions as import_actions
from governance.imports.models import Import
from governance.outbox import deliver_due
from governance.stakeholders.models import Area
from programs.care import actions
from tests.factories import care

CODE = "52990000DEM0000146"
HOME = {
    "filing_number": "示备-0001", "name": "示例松风养老院", "provider_code": CODE, "area": care.DISTRICT,
    "address": "松风路示例 1 号", "ownership": "non-profit",
}  # fmt: skip
BED = {"home": "示备-0001", "label": "101-1", "care_level": "2"}


def file_of(rows: list[dict[str, Any]], *, encoding: str = "utf-8", name: str = "file.csv") -> SimpleUploadedFile:
    """A CSV file whose headings are the names of the columns."""
    text = io.StringIO()
    names = list(dict.fromkeys(key for row in rows for key in row))
    writer = csv.DictWriter(text, names, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return SimpleUploadedFile(name, text.getvalue().encode(encoding))


def raw(content: bytes, name: str = "file.csv") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def homes(count: int = 1, **fields: Any) -> list[dict[str, Any]]:
    """Rows of homes that break no rule, once their provider is there."""
    return [HOME | {"filing_number": f"示备-{n:04d}", "name": f"示例松风养老院{n}"} | fields for n in range(1, count + 1)]


def beds(count: int = 1, **fields: Any) -> list[dict[str, Any]]:
    return [BED | {"label": f"101-{n}"} | fields for n in range(1, count + 1)]


def runs_homes(**fields: Any) -> care.Acting:
    """The provider that the rows name."""
    return care.provider(**{"uscc": CODE} | fields)


def keeps_register(code: str = care.CITY) -> care.Acting:
    """An office that keeps the register of an area."""
    care.area(code, "示例市")
    return care.office(code=code)


def work() -> None:
    """Everything that waits in the outbox is done."""
    while deliver_due():
        pass


def rows_handed_in(who: Any, rows: list[dict[str, Any]], action: Any) -> Import:
    """A file with these rows is handed in and looked at by the system."""
    made = action.do(who, file=file_of(rows))
    work()
    return Import.objects.get(pk=made.pk)


def hand_in(who: care.Acting, file: Any, action: Any = actions.ImportHomes, area: str = care.CITY) -> Import:
    """The file is handed in and looked at by the system."""
    data = {} if action is actions.ImportBeds else {"area": Area.objects.get(pk=area)}
    batch = action.do(who, file=file, **data)
    work()
    return Import.objects.get(pk=batch.pk)


def apply(who: care.Acting, batch: Import) -> Import:
    import_actions.ApplyImport.do(who, batch, looked=True)
    work()
    return Import.objects.get(pk=batch.pk)


def undo(who: care.Acting, batch: Import) -> Import:
    import_actions.UndoImport.do(who, batch, reason="看错了文件")
    work()
    return Import.objects.get(pk=batch.pk)


def problems(batch: Import) -> set[tuple[int, str, str]]:
    """Line, column and code of everything found."""
    return set(batch.problems.values_list("line", "column", "code"))


def hands_in(page: Any, address: str, rows: list[dict[str, Any]]) -> None:
    """In a browser: the file is chosen and handed in, its preview read, and it is applied; the system's part is done in between."""
    page.goto(address)
    page.set_input_files("[name=file]", {"name": "file.csv", "mimeType": "text/csv", "buffer": file_of(rows).read()})
    with page.expect_navigation():
        page.click("main form button.govuk-button")
    here = page.url
    work()
    page.goto(here)
    with page.expect_navigation():
        page.click("main a.govuk-button[href$='apply-import/']")
    with page.expect_navigation():
        page.click("main form button.govuk-button")
    work()
    page.goto(here)


def tables_with(text: str) -> list[str]:
    """Every table of the database in which this text stands somewhere, in clear or as the bytes of it."""
    found = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT count(*) FROM "{table}" x WHERE x::text LIKE %s OR x::text LIKE %s', [f"%{text}%", f"%{text.encode().hex()}%"])
            if cursor.fetchone()[0]:
                found.append(table)
    return found
