"""Files as people really hand them in: titles above the headings, numbers of rows, dates as a spreadsheet writes them, codes with their zeros."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from openpyxl import Workbook

from governance.imports import SHEETS, reading, workbooks
from governance.imports.faults import FileFault
from governance.imports.pieces import encoding_of, kind_of
from governance.imports.spelling import as_meant

BEDS, HOMES, ROSTER, PAID = SHEETS["beds"], SHEETS["homes"], SHEETS["roster"], SHEETS["contributions"]


def read(content: bytes, sheet=BEDS):
    """Each row as what its cells are by the names of their columns."""
    file = io.BytesIO(content)
    if kind_of(content[:8]) == "workbook":
        _columns, rows = reading.rows(workbooks.workbook_lines(file, sheet), sheet)
    else:
        _columns, rows = reading.rows(reading.text_lines(file, encoding_of([content]), sheet), sheet)
    return [dict(zip([column.name for column in sheet.columns], row.cells, strict=True)) | {"line": row.line, "faults": row.faults} for row in rows]


def fault(content: bytes, sheet=BEDS) -> FileFault:
    with pytest.raises(FileFault) as raised:
        read(content, sheet)
    return raised.value


def book_of(*sheets, formats=None) -> bytes:
    """A workbook of (title, state, rows); ``formats`` of cells of the last one by their address."""
    book, file = Workbook(), io.BytesIO()
    book.remove(book.active)
    for title, state, rows in sheets:
        page = book.create_sheet(title)
        page.sheet_state = state
        for row in rows:
            page.append(row)
    for address, look in (formats or {}).items():
        page[address].number_format = look
    book.save(file)
    return file.getvalue()


# Where the headings are -----------------------------------------------------------------------------------------------------

HEADINGS, ROW = ["机构备案编号", "床位号", "护理等级"], ["示备-0001", "101", "2"]


@pytest.mark.parametrize("above", [0, 1, 5, 9])
def test_the_headings_are_found_among_the_first_ten_rows(above):
    titles = [["床位一览表", "", ""], *([["填报单位：示例松风养老院", "", ""]] * 8)][:above]
    text = "\n".join(",".join(row) for row in [*titles, HEADINGS, ROW]) + "\n"
    assert [(row["home"], row["line"]) for row in read(text.encode())] == [("示备-0001", above + 2)]
    found = read(book_of(("床位", "visible", [*titles, HEADINGS, ROW])))
    assert [(row["home"], row["line"]) for row in found] == [("示备-0001", above + 2)]


def test_headings_below_the_tenth_row_are_too_far_down():
    text = "题\n" * 10 + ",".join(HEADINGS) + "\n" + ",".join(ROW) + "\n"
    assert fault(text.encode()).kept == {"code": "no-headings", "line": 1, "cells": 1}


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_title_row_does_not_hide_what_divides_the_cells(delimiter):
    text = f"床位一览表（2026年10月，共1张）\n{delimiter.join(HEADINGS)}\n{delimiter.join(ROW)}\n"
    assert read(text.encode())[0]["label"] == "101"


def test_the_first_line_may_say_what_divides_the_cells():
    text = "sep=;\n" + ";".join(HEADINGS) + "\n" + "示备-0001;1,0,1;2\n"
    assert (read(text.encode())[0]["label"], read(text.encode())[0]["line"]) == ("1,0,1", 3)


@pytest.mark.parametrize("heading", ["序号", "No.", "编号 ", "#", "行号"])
def test_numbers_of_rows_are_left_out(heading):
    text = f"{heading},{','.join(HEADINGS)}\n1,{','.join(ROW)}\n"
    if heading == "编号 ":  # that might be anything
        assert fault(text.encode()).code == "unknown-columns"
        return
    assert read(text.encode())[0]["home"] == "示备-0001"


def test_the_first_sheet_that_can_be_seen_and_has_the_headings_is_read():
    hidden = ("旧", "hidden", [HEADINGS, ["示备-0009", "9", "0"]])
    cover = ("封面", "visible", [["示例松风养老院"], ["2026年10月"]])
    right, later = ("床位", "visible", [["床位一览表"], HEADINGS, ROW]), ("其他", "visible", [HEADINGS, ["示备-0008", "8", "0"]])
    assert [row["home"] for row in read(book_of(hidden, cover, right, later))] == ["示备-0001"]
    assert fault(book_of(hidden, cover)).kept == {"code": "no-headings", "line": 1, "cells": 1}


# What stands in the cells -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("8000", "8000"), ("8,000", "8000"), ("8,000.50", "8000.5"), ("1,280", "1280"), ("12,345,678.9", "12345678.9"), ("¥8,000.00", "8000"), ("８０００", "8000"),
        ("8，000", "8000"), ("'8000", "8000"), ('="8000"', "8000"), ("-5", "-5"), ("−5", "-5"),
        ("8000,00", "8000,00"), ("8,00", "8,00"), ("1,2,8,0", "1,2,8,0"), ("8000,50", "8000,50"), ("640,0", "640,0"), ("1.000,4", "1.000,4"), ("23,7", "23,7"),
        ("8,0000", "8,0000"), (",800", ",800"), ("0,800", "0,800"), ("1234,567", "1234,567"), ("1,234,56", "1,234,56"), ("8,000,", "8,000,"), ("八千", "八千"),
    ],
)  # fmt: skip
def test_a_comma_is_none_of_ours_unless_it_divides_thousands(written, kept):
    """What is no number stays as it was written, and no number is made of it."""
    assert ROSTER.by_name["base"].spelt(as_meant(written)) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-10", "2026-10"), ("202610", "2026-10"), ("2026/10", "2026-10"), ("2026.10", "2026-10"), ("2026年10月", "2026-10"), ("2026年10月份", "2026-10"),
        ("2026-10-01", "2026-10"), ("2026/10/1", "2026-10"), ("2026/10/1 0:00", "2026-10"), ("2026-10-01 00:00:00", "2026-10"), ("20261001", "2026-10"),
        ("2026-9", "2026-09"), ("２０２６－１０", "2026-10"), ("'2026-10", "2026-10"), ('="2026-10"', "2026-10"),
        ("2026-10-02", "2026-10-02"), ("2026-13", "2026-13"), ("202613", "202613"), ("2026", "2026"), ("Oct-26", "Oct-26"), ("10/2026", "10/2026"), ("2026-10-01 08:30", "2026-10-01 08:30"),
    ],
)  # fmt: skip
def test_months_are_read_in_the_usual_spellings(written, kept):
    assert PAID.by_name["month"].spelt(as_meant(written)) == kept


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("2026-01-05", "2026-01-05"), ("2026/1/5 0:00", "2026-01-05"), ("2026/1/5 0:00:00", "2026-01-05"), ("2026-01-05T00:00:00", "2026-01-05"), ("2026年1月5日", "2026-01-05"),
        ("2026.1.5", "2026-01-05"), ("20260105", "2026-01-05"), ("'2026/1/5", "2026-01-05"), ('="2026-01-05"', "2026-01-05"), ("2026 年 1 月 5 日", "2026-01-05"),
        ("2026/13/45", "2026/13/45"), ("2026-02-30", "2026-02-30"), ("2026/1/5 9:30", "2026/1/5 9:30"), ("5/1/2026", "5/1/2026"), ("20261345", "20261345"),
    ],
)  # fmt: skip
def test_days_are_read_in_the_usual_spellings_and_else_left_as_written(written, kept):
    assert ROSTER.by_name["since"].spelt(as_meant(written)) == kept


def test_words_that_are_not_known_stay_as_they_were_written():
    branches = ROSTER.by_name["branches"]
    assert branches.spelt("养老、失业") == branches.spelt("pension,unemployment") != "养老、失业"
    assert branches.spelt("养老、公积金") == "养老、公积金"
    assert branches.shown("养老、公积金") == "养老、公积金"


def test_an_apostrophe_that_says_this_is_text_is_taken_off():
    """One, before what a spreadsheet would run or count: so our own downloads come in again."""
    for written, kept in (
        ("'+86 571 0000", "+86 571 0000"), ("'=A1", "=A1"), ("'-3", "-3"), ("'@x", "@x"), ("''+1", "''+1"), ("'00123", "00123"), ("'松风", "'松风"), ("'90s", "'90s"),
        ('="00123"', "00123"), ('="a""b"', 'a"b'),
    ):  # fmt: skip
        assert read(("home,label,care_level\n" + '"' + written.replace('"', '""') + '",1,2\n').encode())[0]["home"] == kept, written
    row = read(b"home,label,care_level\n'=A1,=1+1,2\n")[0]
    assert row["faults"] == ["formula:label"], "text that only begins like a formula is none"


def test_zeros_that_a_format_shows_are_kept():
    rows = [HEADINGS, [123, 5, 2], [1234567, "x", 2], [12.5, "y", 2], ["7", "z", 2]]
    found = read(book_of(("床位", "visible", rows), formats={"A2": "000000", "A3": "000000", "A4": "000000", "A5": "000000", "B2": "00", "C2": "0"}))
    assert [row["home"] for row in found] == ["000123", "1234567", "12.5", "7"]
    assert (found[0]["label"], found[0]["care_level"]) == ("05", "2")


def test_a_text_that_a_formula_only_holds_is_read_and_other_formulas_are_not():
    found = read(book_of(("床位", "visible", [HEADINGS, ['="00123"', "=A1", 2]])))
    assert (found[0]["home"], found[0]["faults"]) == ("00123", ["formula:label"])


def test_a_month_that_a_spreadsheet_made_a_date_of_is_a_month():
    name = {"number": "证件号码", "month": "所属月份", "branch": "险种", "paid_on": "缴费日期", "base": "缴费基数", "employer_part": "单位缴纳", "person_part": "个人缴纳"}
    rows = [list(name.values()), ["x", datetime(2026, 10, 1), "pension", datetime(2026, 11, 10), 8000, 1280, 640]]
    assert read(book_of(("明细", "visible", rows)), PAID)[0]["month"] == "2026-10"


# What is no heading --------------------------------------------------------------------------------------------------------------

NUMBER = "990000198407020026"


@pytest.mark.parametrize(
    "text",
    [
        f"{NUMBER},张三,enterprise,pension,8000,2026-02-28\n", f"９９００００１９８４０７０２００２６,张三\n{NUMBER},李四\n", f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]};张三\n",
        f"姓名,{NUMBER}\n张三,1\n",
    ],
)  # fmt: skip
def test_of_rows_without_headings_only_place_and_count_are_kept(text):
    """The first row of such a file is about a person."""
    found = fault(text.encode(), ROSTER)
    first = text.splitlines()[0].count(",") + text.splitlines()[0].count(";") + 1
    assert found.kept == {"code": "no-headings", "line": 1, "cells": first}


def test_a_heading_that_looks_like_data_is_not_kept():
    text = f"证件号码,姓名,就业形式,参保险种,缴费基数,参保起始日,{NUMBER},手机号码,a@b.example,工号-１２３４５６\n1\n"
    found = fault(text.encode(), ROSTER).kept
    assert found["unknown"] == [["", "", 7], ["手机号码", "number", 8], ["", "", 9], ["", "", 10]]
