"""Reading files: encodings, workbooks, and everything that is no file of homes."""

import csv
import io
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from governance.imports import SHEETS, reading, workbooks
from governance.imports.faults import FileFault
from governance.imports.pieces import encoding_of, kind_of

HEADINGS = [column.name for column in SHEETS["homes"].columns]
# Marks that nobody sees are taken out, and so is what tells a spreadsheet that a cell is text (tests/imports/test_real_files.py).
text = st.text(st.characters(exclude_categories=["Cs", "Cf"], exclude_characters="\0"), max_size=30).filter(lambda words: words.strip()[:1] not in {"'", "="})


def read(content, sheet=SHEETS["homes"]):
    """The columns and rows of a file."""
    file = io.BytesIO(content)
    if kind_of(content[:8]) == "workbook":
        columns, rows = reading.rows(workbooks.workbook_lines(file, sheet), sheet)
    else:
        encoding = encoding_of([content])
        columns, rows = reading.rows(reading.text_lines(file, encoding, sheet), sheet)
    return columns, list(rows)


def fault(content, sheet=SHEETS["homes"]):
    with pytest.raises(FileFault) as raised:
        read(content, sheet)
    return raised.value


def workbook(rows):
    book, file = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(file)
    return file.getvalue()


@settings(max_examples=150, deadline=None)
@given(rows=st.lists(st.lists(text, min_size=3, max_size=3), min_size=1, max_size=8), encoding=st.sampled_from(["utf-8", "utf-8-sig", "gb18030"]))
def test_what_is_written_is_read(rows, encoding):
    """Whatever stands in a cell comes out as it was, in its place, whatever the encoding."""
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerows([["home", "label", "care_level"], *rows])
    try:
        _columns, found = read(file.getvalue().encode(encoding), SHEETS["beds"])
    except FileFault as problem:
        assert problem.code == "no-rows"
        assert not any(cell.strip() for row in rows for cell in row)
        return
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [row.cells[1] for row in found] == [row[1].strip() for row in kept]
    assert [row.cells[0] for row in found] == [row[0].strip() for row in kept]


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=400))
def test_no_bytes_break_the_reader(content):
    """Anything is either read or refused with a reason of ours."""
    try:
        read(content)
    except FileFault as problem:
        assert problem.code


@settings(max_examples=60, deadline=None)
@given(damage=st.binary(min_size=1, max_size=20), place=st.floats(0, 1))
def test_no_damaged_workbook_breaks_the_reader(damage, place):
    whole = workbook([["home", "label", "care_level"], ["示备-1", "101", 2]])
    at = int(place * (len(whole) - len(damage)))
    try:
        read(whole[:at] + damage + whole[at + len(damage) :], SHEETS["beds"])
    except FileFault as problem:
        assert problem.code


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_chinese_headings_are_known_in_every_encoding(encoding):
    columns, rows = read("机构备案编号,床位号,护理等级*\n示备-1,一层-1,重度失能\n".encode(encoding), SHEETS["beds"])
    assert [column.name for column in columns] == ["home", "label", "care_level"]
    assert rows[0].cells[:2] == ["示备-1", "一层-1"]


def test_a_letter_that_lies_across_two_pieces_is_understood():
    content = "机构备案编号,床位号,护理等级\n示备-1,龘,2\n".encode("gb18030")
    assert encoding_of([content[i : i + 3] for i in range(0, len(content), 3)]) == "gb18030"
    content = content.decode("gb18030").encode()
    assert encoding_of([content[i : i + 2] for i in range(0, len(content), 2)]) == "utf-8-sig"


def test_semicolons_and_tabs_divide_too():
    for delimiter in ";\t":
        _columns, rows = read(f"home{delimiter}label{delimiter}care_level\na{delimiter}b,c{delimiter}2\n".encode(), SHEETS["beds"])
        assert rows[0].cells[:3] == ["a", "b,c", "2"]


def test_lines_are_counted_as_an_editor_counts_them():
    _columns, rows = read(b'\nhome,label,care_level\n\na,"x\ny",1\nb,z,2\n', SHEETS["beds"])
    assert [row.line for row in rows] == [4, 6]


def test_a_workbook_is_read_as_typed():
    from datetime import datetime

    content = workbook([["filing_number", "name", "provider_code", "area", "address", "ownership", "star_rating", "stars_valid_until"],
                        ["示备-1", "名", "码", 990101000000, "址", "public", 3.0, datetime(2027, 1, 5)]])  # fmt: skip
    _columns, rows = read(content)
    cells = dict(zip(HEADINGS, rows[0].cells, strict=True))
    assert (cells["area"], cells["star_rating"], cells["stars_valid_until"]) == ("990101000000", "3", "2027-01-05")
    assert rows[0].line == 2


def test_a_formula_is_told_by_its_column():
    _columns, rows = read(workbook([["home", "label", "care_level"], ["=A1", "101", "=1+1"]]), SHEETS["beds"])
    assert rows[0].faults == ["formula:home", "formula:care_level"]
    _columns, rows = read(b"home,label,care_level\n=cmd|' /C calc'!A0,101,2\n", SHEETS["beds"])
    assert rows[0].faults == ["formula:home"]


def test_more_cells_than_headings_are_told():
    _columns, rows = read(b"home,label,care_level\na,b,1,oops\na,b,1,,\n", SHEETS["beds"])
    assert [row.faults for row in rows] == [["too-many-cells:"], []]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n\n , \n", "empty"),
        (b"home,label,care_level\n", "no-rows"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1rest", "old-workbook"),
        ("home,label".encode("utf-16"), "utf-16"),
        (b"home,label,care_level\na,\0,1\n", "nul"),
        (b"home,label,care_level\na,\xff\xff,1\n", "encoding"),
        (b"home,label,care_level\n" + b'a,"' + b"x" * 200_000, "cell-too-long"),
        (b'home,label,care_level\na,"b"c,1\n', "malformed"),
        (b"home,label\na,b\n", "missing-columns"),
        (b"home,label,care_level,label\na,b,1,c\n", "column-twice"),
        (b"home,label,care_level\n" + b"a," * 70 + b"a\n", "too-many-columns"),
        (b"PK\x03\x04 no workbook at all", "no-workbook"),
    ],
)
def test_a_file_that_is_none_says_why(content, code):
    assert fault(content, SHEETS["beds"]).code == code


def test_the_line_of_a_fault_is_named():
    assert fault(b"home,label,care_level\na,b,1\na,\0,1\n", SHEETS["beds"]).detail == {"line": 3}
    assert fault(b"home,label,care_level\na,b,1\na,\xff\xff,1\n", SHEETS["beds"]).detail == {"line": 3}


def test_a_wrong_heading_gets_the_nearest_right_one():
    problem = fault("机构备案号,床位号,护理等级,楼层\n".encode(), SHEETS["beds"])
    assert problem.code == "unknown-columns"
    assert problem.detail["unknown"][0] == ["机构备案号", "home", 1]


def test_too_many_rows_are_refused(monkeypatch):
    monkeypatch.setattr(reading, "MOST_ROWS", 3)
    assert fault(b"home,label,care_level\n" + b"a,b,1\n" * 4, SHEETS["beds"]).code == "too-many-rows"


def packed(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts:
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize(
    "parts",
    [
        [("xl/sharedStrings.xml", b"\0" * (workbooks.MOST_TEXTS + 1))],
        [("xl/media/image.png", b"\0" * (workbooks.MOST_TEXTS + 1))],
        [(f"part{n}", b"") for n in range(workbooks.MOST_PARTS + 1)],
    ],
    ids=["texts", "other", "parts"],
)
def test_a_zip_bomb_is_not_unpacked(parts):
    assert fault(packed(parts)).code == "too-big-inside"


def test_a_sheet_that_would_be_too_large_is_not_unpacked(monkeypatch):
    monkeypatch.setattr(workbooks, "MOST_UNPACKED", 1000)
    assert fault(packed([("xl/worksheets/sheet1.xml", b"\0" * 2000)])).code == "too-big-inside"


def test_entities_are_not_expanded():
    whole = workbook([["home", "label", "care_level"], ["a", "b", 1]])
    laughs = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;">]>'
    parts = []
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            parts.append((name, content.replace(b"<worksheet", laughs + b"<worksheet", 1) if "sheet1" in name else content))
    assert fault(packed(parts), SHEETS["beds"]).code == "no-workbook"


def test_a_sheet_that_claims_a_million_columns_costs_nothing():
    whole = workbook([["home", "label", "care_level"], ["a", "b", 1]])
    parts = []
    with zipfile.ZipFile(io.BytesIO(whole)) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            parts.append((name, content.replace(b'ref="A1:C2"', b'ref="A1:XFD1048576"') if "sheet1" in name else content))
    _columns, rows = read(packed(parts), SHEETS["beds"])
    assert len(rows) == 1
