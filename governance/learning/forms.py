"""What is asked for: the answers of a quiz, how somebody works, and which programs they are in. None of it is kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.learning.loading import Question
from governance.learning.vocabulary import Work

YES, NO = "yes", "no"
ANSWERS = [(YES, pgettext_lazy("in a program", "Yes")), (NO, pgettext_lazy("in a program", "No")), ("", pgettext_lazy("in a program", "I do not know"))]


class QuizForm(forms.Form):
    """Every question of a quiz, each with one right answer."""

    def __init__(self, questions: Iterable[Question], *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for one in questions:
            choices = list(enumerate(one.options))
            self.fields[one.key] = forms.TypedChoiceField(
                label=one["ask"], choices=choices, coerce=int, widget=forms.RadioSelect, error_messages={"required": _("Choose an answer. If you are not sure, guess.")}
            )  # fmt: skip


class StartForm(forms.Form):
    """The one thing everything else depends on."""

    work = forms.ChoiceField(label=_("How do you work?"), choices=Work.choices, widget=forms.RadioSelect)
    known = forms.BooleanField(
        label=_("Begin with what the programs here know about me"), required=False,
        help_text=_("You see what each says, and can change it. That you looked stands among the accesses to your data."),
    )  # fmt: skip


class CoversForm(forms.Form):
    """Which programs somebody is in: yes, no, or not known. Nothing is nought because it was not said."""

    def __init__(self, programs: Iterable[Any], *args: Any, hints: Mapping[str, str] | None = None, **options: Any) -> None:
        super().__init__(*args, **options)
        for program in programs:
            self.fields[program.code] = forms.ChoiceField(
                label=str(program), choices=ANSWERS, required=False, widget=forms.RadioSelect, help_text=(hints or {}).get(program.code) or program.what_for
            )  # fmt: skip

    def told(self) -> dict[str, bool]:
        """What was said; what was not is not there."""
        return {code: value == YES for code, value in self.cleaned_data.items() if value}
