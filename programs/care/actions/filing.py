"""What the office does about a filing before it answers: it visits the home, it takes longer."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy

from governance.actions import Action, Holds, Party
from governance.text import WordsField
from programs.care.models import Home
from programs.care.vocabulary import Duty, HomeState

FILING = ("care.answer-filing",)
OFFICE = Holds(Duty.APPROVE_HOMES) & ~Party("provider", gettext_lazy("the provider"))


class InspectHome(Action):
    """The office visits the home before it answers. Until the visit is over the period stands still."""

    record = Home
    by = OFFICE
    start, end = {HomeState.REGISTERED}, HomeState.INSPECTED
    reason = True
    pauses = FILING
    tells = ("provider",)


class FinishInspection(Action):
    """The visit is over. The period goes on from the next day."""

    record = Home
    by = OFFICE
    start, end = {HomeState.INSPECTED}, HomeState.REGISTERED
    inputs = {"report": WordsField(label=gettext_lazy("Report of the visit"), max_length=200, help_text=gettext_lazy("Its title and number."))}
    resumes = FILING
    tells = ("provider",)

    def perform(self, record: Home, **data: Any) -> None:
        self.document = data["report"]


class ExtendAnswer(Action):
    """The office needs longer for its answer, says why, and tells the provider the new date."""

    record = Home
    by = OFFICE
    start = {HomeState.REGISTERED}
    inputs = {"days": forms.IntegerField(label=gettext_lazy("By how many working days"), min_value=1, max_value=100)}
    reason = True
    extends = FILING
    tells = ("provider",)

    def perform(self, record: Home, **data: Any) -> None:
        self.extension = data["days"]
