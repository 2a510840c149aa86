"""What is kept of a file, and what is told of it: never the number of a person, and always what the sender wrote."""

from __future__ import annotations

import pytest

from governance.imports import SHEETS
from governance.imports import actions as import_actions
from governance.imports.models import Import, ImportPiece
from governance.imports.spelling import file_name
from programs.insurance import actions
from programs.insurance.models import Spell
from tests.factories import imports, insurance, people

pytestmark = pytest.mark.django_db
NUMBER = insurance.number_of(1)
HEADINGS = "证件号码,姓名,就业形式,参保险种,缴费基数,参保起始日"
ROW = f"{NUMBER},张三,企业,养老、失业,8000,2026-02-28"


@pytest.fixture
def employer():
    return insurance.employer()


@pytest.fixture
def page(sign_in, employer):
    """What somebody of the employer reads at an address, in a language."""
    user = people.member(employer.stakeholder)
    client = sign_in(user, f"m{user.memberships.get().pk}")

    def read(address, language):
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200
        return (b"".join(answer) if answer.streaming else answer.content).decode()

    return read


def hand_in(who, text, action=actions.ImportRoster, name="file.csv"):
    made = action.do(who, file=imports.raw(text.encode(), name))
    imports.work()
    return Import.objects.get(pk=made.pk)


@pytest.mark.parametrize("text", [f"{ROW}\n", f"{ROW}\n{ROW}\n", f"花名册\n{ROW}\n", f"{HEADINGS},{NUMBER}\n{ROW},x\n", f"{HEADINGS},备注1\n{ROW},{NUMBER}\n"])
def test_a_number_where_a_heading_should_be_is_kept_in_no_table(employer, text):
    """Events cannot be deleted, so a file without headings must leave nothing of its first row behind."""
    stopped = hand_in(employer, text)
    assert stopped.state == "refused"
    assert imports.tables_with(NUMBER) == []
    assert imports.tables_with("张三") == []


def test_a_number_in_a_cell_is_kept_in_no_table_when_the_row_is_wrong(employer):
    """Neither a number that is none, nor one in the wrong cell of a row that is refused: cells of other columns stay until the file is discarded."""
    wrong = NUMBER[:-1] + ("0" if NUMBER[-1] != "0" else "1")
    refused = hand_in(employer, f"{HEADINGS}\n{ROW.replace(NUMBER, wrong)}\n")
    assert imports.problems(refused) == {(2, "number", "no-identity-number")}
    assert imports.tables_with(wrong) == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (f"{NUMBER}.csv", "***.csv"), (f"张三{NUMBER}花名册.xlsx", "张三***花名册.xlsx"), (f"{NUMBER[:6]} {NUMBER[6:14]} {NUMBER[14:]}.csv", "***.csv"), ("110105491231002.csv", "***.csv"),
        ("13800138000.csv", "***.csv"), ("花名册2026-10-01 20261101.csv", "花名册2026-10-01 20261101.csv"), ("20261101123059.csv", "20261101123059.csv"),
        ("９９００００１９８４０７０２００２６.csv", "***.csv"), ("a\x00\u202eb.csv", "ab.csv"), ("\x01", "?"),
    ],
)  # fmt: skip
def test_the_name_of_a_file_keeps_no_number_of_a_person(given, kept):
    assert file_name(given) == kept


def test_the_name_of_a_file_is_masked_before_it_is_kept(employer):
    made = hand_in(employer, f"{HEADINGS}\n{ROW}\n", name=f"{NUMBER}.csv")
    assert (made.filename, made.state) == ("***.csv", "ready")
    assert imports.tables_with(NUMBER) == []


def test_columns_the_template_does_not_have_are_left_out_when_the_sender_says_so(employer):
    """The file is kept, sealed, while that can be said."""
    refused = hand_in(employer, f"花名册,,,,,,\n{HEADINGS},部门\n{ROW},销售部\n")
    assert refused.fault == {"code": "unknown-columns", "unknown": [["部门", "", 7]]}
    assert import_actions.LeaveColumnsOut in Import.objects.with_actions(employer).get(pk=refused.pk).available
    import_actions.LeaveColumnsOut.do(employer, refused)
    imports.work()
    ready = Import.objects.get(pk=refused.pk)
    assert (ready.state, ready.new_count, ready.fault) == ("ready", 1, None), imports.problems(ready)
    assert not ImportPiece.objects.exists()
    assert imports.apply(employer, ready).state == "applied"
    assert Spell.objects.get().base == 8000


def test_other_faults_of_a_file_keep_nothing_of_it(employer):
    refused = hand_in(employer, f"{HEADINGS.removesuffix(',参保起始日')}\n{ROW}\n")
    assert refused.fault == {"code": "missing-columns", "columns": ["since"]}
    assert not ImportPiece.objects.exists()
    assert import_actions.LeaveColumnsOut not in Import.objects.with_actions(employer).get(pk=refused.pk).available


def test_money_with_a_decimal_comma_is_a_mistake_beside_its_cell(employer):
    """Never a hundred times as much."""
    text = f"{HEADINGS}\n" + ROW.replace("8000", '"8000,50"') + "\n"
    refused = hand_in(employer, text)
    assert imports.problems(refused) == {(2, "base", "not-a-number")}
    head = "number;month;branch;paid_on;base;employer_part;person_part\n"
    refused = hand_in(employer, f"{head}{NUMBER};2026-10;pension;2026-11-10;8000,00;1280,00;640,00\n", actions.ImportContributions)
    assert {(2, "base", "not-a-number"), (2, "employer_part", "not-a-number"), (2, "person_part", "not-a-number")} <= imports.problems(refused)


def test_a_mistake_shows_what_the_sender_wrote_and_whose_row_it_is(employer, page):
    """Not our name for it; and the words that may stand there."""
    text = f"{HEADINGS}\n" + ROW.replace("养老、失业", "养老、医保").replace("2026-02-28", "2026/13/45").replace("8000", "2000000").replace(NUMBER, "12345") + "\n"
    refused = hand_in(employer, text)
    for language, words in (("zh-hans", ("养老、医疗", "1,000,000", "未保存")), ("en", ("Pension, Medical", "1,000,000", "not kept"))):
        seen = page(f"/imports/{refused.pk}/problems/", language)
        assert all(word in seen for word in ("养老、医保", "2026/13/45", "张三", *words)), language
        assert "pension" not in seen and "12345" not in seen
    downloaded = page(f"/imports/{refused.pk}/problems/?format=csv", "en")
    assert "张三" in downloaded and "养老、医保" in downloaded


HOSTILE = [
    "", " ", "'", "=", '=""', "0" * 400, "9" * 40, "-" + "9" * 30, "1e400", "NaN", "Infinity", "-0", "1,000", "1,00", "0x10", "1_000", "²", "①", "٣٣٣", "１２３", "99999999999.999999",
    "0000-00-00", "9999-12-31", "10000-01-01", "1000-01-01", "2999-12-31", "2026-02-30", "1900-02-29", "99999-99", "1000-01", "2999-12", "0001-01", "2026-00",
    "\x01", "\x0b", "\x1f", "\x7f", "\x85", "\ufffe", "\uffff", "\ufdd0", "\U0001fffe", "\ufffd", "\u200b", "\u202e", "\ufeff", "\u2028", "\u3000", "a\u0000b".replace("\0", "\x02"),
    "\\", "\\N", "{", "}", '"', "'; DROP TABLE x;--", "%s", "%(batch)s", "{c}", "$1", "NULL", "null", "\t", "a\nb", "a\r\nb",
    "pension", "Pension,Medical", "医疗 养老", NUMBER, NUMBER.lower(), "110101190001010014", "SLA01-20190301-0042", "990101000000",
]  # fmt: skip


@pytest.mark.parametrize("kind", sorted(SHEETS))
def test_no_cell_stops_the_system(kind, employer):
    """Whatever stands in whatever column: a mistake beside it or nothing, never an import that stopped for what nobody foresaw."""
    sheet = SHEETS[kind]
    good = {column.name: column.example for column in sheet.columns}
    rows = [good | {column.name: word} for column in sheet.columns for word in HOSTILE]
    rows += [dict.fromkeys(good, word) for word in (*HOSTILE, "a" * 4001, "龘" * 4000)]
    batch = Import.objects.create(
        kind=kind, own=True, sender=employer.stakeholder, area=employer.stakeholder.area, filename="f", size=1, digest="", state="uploaded",
    )  # fmt: skip
    from governance.imports import jobs, pieces

    pieces.keep(batch, 0, imports.file_of(rows).read())
    jobs.read(batch.pk)
    jobs.check(batch.pk)
    batch.refresh_from_db()
    assert (batch.state, (batch.fault or {}).get("code")) == ("refused", None)
    assert batch.bad_count > len(rows) / 2
    lines = dict(batch.rows.values_list("line", "cells"))
    bad = set(batch.problems.values_list("line", flat=True))
    unprintable = {line for line, cells in lines.items() if any(character in "\x01\x0b\x1f\x7f\x85\ufffe\uffff\ufdd0\ufffd\u2028" for cell in cells for character in cell)}
    assert unprintable <= bad
