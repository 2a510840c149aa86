"""Numbers of people are found however they are written, and nothing else is taken for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from governance import private_numbers
from governance.feedback import rules

SPELLINGS = [
    "+86 138 0000 0000", "8613800000000", "0086-138-0000-0000", "(+86)13800000000", "86-138 0000 0000", "(010)12345678", "（010）12345678", "01012345678",
    "010 12345678", "010－12345678", "0571 8765 4321", "010-12345678转8001", "+86 10 1234 5678", "+852 9123 4567", "138\u200b0000\u200b0000",
    "13800000000", "138-0000-0000", "138–0000–0000", "138 0000 0000", "１３８００００００００", "1 3 8 0 0 0 0 0 0 0 0", "一三八〇〇〇〇〇〇〇〇", "幺三八零零零零零零零零",
    "周一13800000000", "6222021234567890123", "6222 0212 3456 7890 123", "110105491231002", "11010519491231002X", "11010519491231 002X", "110105-1949-12-31-002X",
    "１１０１０５１９４９１２３１００２Ｘ", "x@example.invalid", "wang＠example.cn", "王小明@例子.中国",
]  # fmt: skip
HARMLESS = [
    "每月 180 元，2026-11-27 起退还 1,380 元", "退还 180.00 135000 元", "TS-20261130-12345678", "请拨打 12345 热线", "2026年11月27日13:00", "2026.11.27 1380", "合计 13,500,000,000 元",
    "135 180 180 20", "20261127 13000000", "单价 13.5 元 2026 年", "二〇二六年十一月三十日", "共有 1500 2600 3700 户", "91110105MA0000000X",
]  # fmt: skip


@pytest.mark.parametrize("written", SPELLINGS)
def test_a_number_is_found_and_blacked_out_however_it_is_written(written):
    text = f"联系人电话{written}。"
    assert rules.leaks(text, []), "the guard of what is published"
    hidden = rules.masked(text)
    assert private_numbers.MASK in hidden and not rules.leaks(hidden, [])


@pytest.mark.parametrize("text", HARMLESS)
def test_dates_sums_and_references_are_no_numbers_of_people(text):
    assert private_numbers.found(text) == [] and rules.masked(text) == text


@given(
    st.sampled_from(["13800000000", "11010519491231002X"]),
    st.lists(st.sampled_from(["", "\u200b", "\u2060", "\ufe0f", "\u3164"]), min_size=18, max_size=18),
    st.booleans(),
)
def test_what_nobody_sees_between_the_figures_hides_nothing(number, between, is_wide):
    shown = number.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789X"}) if is_wide else number
    text = "号码" + "".join(letter + gap for letter, gap in zip(shown, between, strict=False)) + "请保密"
    assert private_numbers.found(text)
    assert number[:11] not in private_numbers.folded(rules.masked(text))


def test_only_a_true_identity_number_is_hidden_where_people_write_freely():
    right, wrong, impossible = "11010519491231002X", "110105194912310021", "11010519491331002X"
    text = f"我的号码 {right}，写成 １１０１０５ 19491231 002x 也一样；{wrong} 和 {impossible} 不是。电话 13800000000。"
    hidden, count = private_numbers.without_identity_numbers(text)
    assert count == 2 and hidden.count("**************002X") == 2
    assert wrong in hidden and impossible in hidden and "13800000000" in hidden
    assert private_numbers.has_right_check(right) and not private_numbers.has_right_check(wrong)


def test_the_public_telephone_of_the_office_itself_may_be_told():
    assert rules.leaks("请拨打 010-12345678 咨询。", [])
    assert not rules.leaks("请拨打 （010）1234 5678 咨询。", [], allowed=["010-12345678"])
    assert rules.leaks("请拨打 010-12345678，或张三 13800000000。", [], allowed=["010-12345678"]) == ["13800000000"]


def test_a_name_with_brackets_or_what_nobody_sees_in_between_is_a_name():
    for text in ("王\u200b小\u200b明", "王（小）明", "王*小*明", "王_小_明"):
        assert rules.leaks(text, ["王小明"]) == ["王小明"], text
