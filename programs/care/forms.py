"""Forms where the generated one is not good enough."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from governance.actions import registry
from governance.stakeholders.vocabulary import StakeholderKind
from governance.text import CodeField, WordsField
from programs.care.actions import AskForNeighbouringBed, AskForPlace, ChangePrices, ReportNumbers, ReserveBed
from programs.care.actions.capacity import LABELS, NUMBERS, REPORTED
from programs.care.models import Bed, CapacityObservation
from programs.care.vocabulary import CareLevel, Relation, Sex


class _Person(forms.Form):
    """Who moves in and what they need."""

    arrives_on = forms.DateField(label=_("From which day?"), help_text=_("Today, or up to a year ahead."))
    leaves_on = forms.DateField(
        label=_("Until which day?"), required=False, help_text=_("Leave empty for a stay until further notice.")
    )
    care_need = forms.TypedChoiceField(
        label=_("How much care is needed?"),
        required=False,
        coerce=int,
        empty_value=None,
        choices=[("", _("Not assessed yet")), *CareLevel.choices],
        help_text=_("The level from the assessment of abilities, if there is one."),
    )
    sex = forms.ChoiceField(
        label=_("A woman or a man?"),
        required=False,
        choices=Sex.choices,
        widget=forms.RadioSelect,
        help_text=_("Asked because rooms are shared."),
    )
    telephone = CodeField(
        label=_("Which number may the home ring?"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"type": "tel"}),
        help_text=_("The home rings before it answers. Only the home and the offices responsible see the number."),
    )
    wish = WordsField(
        label=_("Anything the home should know?"),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only the home and the offices responsible read this."),
    )


@registry.form_for(AskForPlace)
@registry.form_for(ReserveBed)
class AskForm(_Person):
    """Asking for a place, for oneself or for somebody."""

    relation = forms.ChoiceField(
        label=_("Who moves in?"), required=False, choices=Relation.choices, widget=forms.RadioSelect, initial=Relation.SELF
    )
    resident_name = WordsField(
        label=_("Name of the person"), required=False, max_length=60, help_text=_("Leave empty if it is the person you act for.")
    )
    resident_born_on = forms.DateField(
        label=_("When was the person born?"),
        required=False,
        help_text=_("As on the identity card. Leave empty if it is the person you act for."),
    )
    field_order = (
        "arrives_on", "leaves_on", "relation", "resident_name", "resident_born_on", "along", "care_need", "sex", "telephone", "wish",
    )  # fmt: skip
    without_record = True

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if self.actor.kind != StakeholderKind.CITIZEN:  # an office asks for somebody
            relation = self.fields["relation"]
            relation.choices = [(value, label) for value, label in relation.choices if value != Relation.SELF]
            relation.initial = Relation.OTHER
            self.fields["resident_name"].help_text = ""
            self.fields["resident_born_on"].help_text = _("As on the identity card.")


@registry.form_for(AskForNeighbouringBed)
class NeighbourForm(_Person):
    """Asking for a second bed."""

    resident_name = WordsField(label=_("Name of the person"), max_length=60)
    resident_born_on = forms.DateField(label=_("When was the person born?"), help_text=_("As on the identity card."))
    field_order = (
        "relation", "resident_name", "resident_born_on", "neighbour_wish", "arrives_on", "leaves_on", "care_need", "sex", "telephone", "wish",
    )  # fmt: skip


@registry.form_for(ChangePrices)
class PricesForm(forms.Form):
    """What a month costs, level by level."""

    def levels(self) -> Iterator[tuple[Any, list[forms.BoundField]]]:
        """Each level with its lowest and its highest price, and what of it is for care."""
        for level in CareLevel:
            yield level.label, [self[f"{name}_{level}"] for name in ("from", "to", "care")]


@dataclass(frozen=True)
class Level:
    """One level of care among the numbers: its fields, what was told last, and what the bed board says."""

    level: int
    label: Any
    numbers: list[tuple[Any, forms.BoundField]]
    precision: forms.BoundField
    remark: forms.BoundField
    line: CapacityObservation | None
    board: dict[str, int] | None

    @property
    def is_known(self) -> bool:
        """Whether the home has places of this level, by what it told or by its beds."""
        return self.line is not None or self.board is not None

    @property
    def differs(self) -> bool:
        """Whether the numbers told to the public are not those of the bed board."""
        if not (self.line and self.board):
            return False
        return any(getattr(self.line, name) not in (None, self.board[name]) for name in NUMBERS)


@registry.form_for(ReportNumbers)
class NumbersForm(forms.Form):
    """The home's numbers, level by level, sent together. It begins with what was told last, else with what the board says."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.lines = {line.care_level: line for line in CapacityObservation.objects.of_home(self.record).latest()}
        self.board = {row["care_level"]: row for row in Bed.objects.counted(self.record)}
        told: dict[str, Any] = {}
        for level, row in self.board.items():
            told |= {f"{name}_{level}": row[name] for name in NUMBERS}
        for level, line in self.lines.items():
            told |= {f"{name}_{level}": getattr(line, name) for name in REPORTED}
        self.initial = told | self.initial

    @cached_property
    def levels(self) -> list[Level]:
        """Every level of care."""
        lines, board = self.lines, self.board
        return [
            Level(
                level.value, level.label, [(LABELS[name], self[f"{name}_{level.value}"]) for name in NUMBERS],
                self[f"precision_{level.value}"], self[f"remark_{level.value}"], lines.get(level.value), board.get(level.value),
            )
            for level in CareLevel
        ]  # fmt: skip

    @property
    def has_told(self) -> bool:
        """Whether anything was told or set up yet."""
        return any(level.is_known for level in self.levels)
