"""What the kit writes for machines: cells that no spreadsheet runs, moments and tags as HTML has them, addresses that are there."""

from __future__ import annotations

import pytest
from django import forms
from django.template import Context, Template
from django.test import override_settings

from governance.api.urls import addresses
from governance.clocks.now import now
from governance.web.views import harmless


@pytest.mark.parametrize(
    "cell", ["=1+1", "+86 571", "-7", "@SUM(A1)", " =1", "\n=1", "\t1", "\r\n1", "＝1+1", "＋1", "－1", "＠A1", "　=1", "\u200b=1", " \u200f-1"]
)
def test_what_begins_like_a_formula_is_text(cell):
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize("cell", ["", "甲区", "1+1", "a=b", "1@x", "（-1）", 7, -7, None])
def test_everything_else_stays_as_it_is(cell):
    assert harmless(cell) == ("" if cell is None else cell)


def test_an_input_has_its_class_once():
    class Typed(forms.Form):
        text = forms.CharField(widget=forms.TextInput(attrs={"class": "wide"}))
        area = forms.CharField(widget=forms.Textarea(attrs={"class": "wide", "rows": 3}))
        one = forms.ChoiceField(choices=[("a", "A")], widget=forms.Select(attrs={"class": "wide"}))
        day = forms.DateField(widget=forms.DateInput(attrs={"class": "wide"}))
        plain = forms.CharField()

    form = Typed()
    for name in form.fields:
        tag = str(form[name]).split(">")[0]
        assert tag.count('class="') == 1 and ("wide" in tag) is (name != "plain"), tag


def test_a_moment_for_machines_has_whole_seconds():
    moment = now().replace(microsecond=123456)
    written = Template("{{ at|date:'c' }} {{ at|date:'Y' }} {{ day|date:'c' }}").render(Context({"at": moment, "day": moment.date()}))
    assert "." not in written and str(moment.year) in written and moment.date().isoformat() in written


def test_a_slice_that_is_named_and_not_there_is_an_error():
    with pytest.raises(ModuleNotFoundError):
        addresses(["programs.care.apy"])
    with override_settings(ROOT_URLCONF="governance.urls"):
        assert len(addresses(["programs.care.api"])) > len(addresses([]))
