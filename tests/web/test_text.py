"""What people type comes in one spelling, whatever the keyboard: nothing unseen, one kind of digit, dash and line break."""

from typing import Any

import pytest
from django import forms
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from governance import text


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("请到窗口办理。\x0b带身份证。", "请到窗口办理。带身份证。"),
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("\u202e倒\u2066过来\u2069", "倒过来"),
        ("张\u200b三\ufeff", "张三"),
        ("坏\ufffe\U0001ffff\ud800字", "坏字"),
        ("\u3164\u2800", ""),
        ("，：（）“全角”标点留着", "，：（）“全角”标点留着"),
        ("\U0002a6a5\ue000", "\U0002a6a5\ue000"),  # rare and private characters of names stay
    ],
)
def test_words_keep_what_can_be_seen(typed, kept):
    assert text.words(typed) == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("１３８００００００００", "13800000000"),
        ("010－12345678", "010-12345678"),
        ("010—1234–5678", "010-1234-5678"),
        ("（010）12345678", "(010)12345678"),
        ("user＠example.cn", "user@example.cn"),
        ("ＴＳ－20261112－66081529－２\u200b", "TS-20261112-66081529-2"),
        ("\u3000甲\u00a0\u3000区 ", "甲 区"),
    ],
)
def test_a_code_is_the_same_from_every_keyboard(typed, kept):
    assert text.code(typed) == kept


@given(st.text())
def test_folding_twice_changes_nothing(typed):
    assert text.words(text.words(typed)) == text.words(typed)
    assert text.code(text.code(typed)) == text.code(typed)


def test_a_line_break_counts_once():
    class Form(forms.Form):
        answer = text.WordsField(max_length=4_999)

    lines = "\r\n".join(["字" * 99] * 50)  # 4,999 as a browser counts, 5,048 as it sends
    form = Form({"answer": lines})
    assert form.is_valid() and len(form.cleaned_data["answer"]) == 4_999
    assert not Form({"answer": lines + "字"}).is_valid()


@pytest.mark.parametrize("unseen", ["\u200b" * 12, "\u200e", "\u3164", " \u3000\u202e"])
def test_what_nobody_can_see_is_not_an_answer(unseen):
    class Form(forms.Form):
        answer = text.WordsField(max_length=100)

    assert not Form({"answer": unseen}).is_valid()
    assert Form({"answer": f"{unseen}好"}).is_valid()


def test_json_nested_deeper_than_anybody_writes_is_refused():
    class Form(forms.Form):
        details = text.JSONField(required=False)

    assert Form({"details": '{"a": [1, {"b": 2}]}'}).is_valid()
    assert not Form({"details": "[" * 3_000}).is_valid()
    for typed in ("9" * 100_000, "[" * 3_000):
        form = Form({"details": typed})
        assert not form.is_valid() and typed[:50] in str(form)
    assert not Form({"details": "[" * 3_000 + "]" * 3_000}).is_valid()


def test_a_per_cent_sign_in_a_list_is_a_mistake_in_words():
    class Form(forms.Form):
        branches = text.ListField(forms.ChoiceField(choices=[("pension", "Pension"), ("medical", "Medical")]))
        steps = text.ListField(forms.DecimalField(), required=False)

    assert Form({"branches": "pension,medical", "steps": "0,50.5,100"}).is_valid()
    for branches, steps in (("%s%(x)s%", ""), ("pension,%", ""), ("pension", "0,%(x)s"), ("", "")):
        form = Form({"branches": branches, "steps": steps})
        assert not form.is_valid() and "<ul" in str(form.errors)


def drawn(**options: Any) -> str:
    form = type("Form", (forms.Form,), {"said": text.WordsField(widget=forms.Textarea, **options)})()
    return str(form)


def test_a_long_text_says_how_much_may_be_written_also_without_script():
    with translation.override("en"):
        page = drawn(max_length=5000, help_text="When and where.")
    assert 'data-module="govuk-character-count" data-maxlength="5000"' in page and "You can enter up to 5000 characters" in page
    assert 'aria-describedby="id_said_helptext id_said-info"' in page and 'id="id_said-info"' in page and 'maxlength="5000"' in page
    with translation.override("en"):
        assert 'aria-describedby="id_said-info"' in drawn(max_length=300)
    with translation.override("zh-hans"):
        page = drawn(max_length=300)
    assert "最多可以写 300 个字" in page and "还可以写 %{count} 个字" in page and "多了 %{count} 个字" in page and "remaining" not in page


def test_where_there_is_no_limit_nothing_is_counted():
    assert "character-count" not in drawn() and "aria-describedby" not in drawn()
