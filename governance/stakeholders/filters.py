"""How the lists of this slice are narrowed."""

from __future__ import annotations

from typing import Any

import django_filters as filters
from django.utils.translation import gettext_lazy as _

from governance.stakeholders.models import Mandate, Stakeholder
from governance.stakeholders.vocabulary import StakeholderKind, StakeholderState
from governance.web.filtering import CodeFilter

ORGANISATIONS = [(value, label) for value, label in StakeholderKind.choices if value != StakeholderKind.CITIZEN]


class OrganisationFilter(filters.FilterSet):
    """Organisations by name, kind, place and state."""

    q = CodeFilter(label=_("Name, pinyin or credit code"), method="named", max_length=100)
    kind = filters.ChoiceFilter(label=_("Kind"), choices=ORGANISATIONS, empty_label=_("All"))
    state = filters.ChoiceFilter(label=_("State"), choices=StakeholderState.choices, empty_label=_("All"))
    area = CodeFilter(label=_("Place (code)"), method="placed", max_length=12)

    class Meta:
        model = Stakeholder
        fields = ["q", "kind", "state", "area"]

    def named(self, rows: Any, name: str, value: str) -> Any:
        """By a part of the name."""
        return rows.named_like(value)

    def placed(self, rows: Any, name: str, value: str) -> Any:
        """Everything in an area."""
        return rows.in_area(value) if value.isascii() and value.isdigit() and len(value) == 12 else rows.none()


class MandateFilter(filters.FilterSet):
    """Mandates by duty, holder and place."""

    duty = CodeFilter(label=_("Duty"), field_name="duty", max_length=100)
    program = CodeFilter(label=_("Program"), method="of_program", max_length=50)
    area = CodeFilter(label=_("Place (code)"), method="touching", max_length=12)
    on = filters.DateFilter(label=_("In force on"), method="in_force")

    class Meta:
        model = Mandate
        fields = ["duty", "program", "area", "on"]

    def of_program(self, rows: Any, name: str, value: str) -> Any:
        """The duties of one program."""
        return rows.of_program(value)

    def touching(self, rows: Any, name: str, value: str) -> Any:
        """Given for an area, one around it, or one within it."""
        return rows.touching(value) if value.isascii() and value.isdigit() and len(value) == 12 else rows.none()

    def in_force(self, rows: Any, name: str, value: Any) -> Any:
        """By which duties are held on a day."""
        return rows.in_force(value)
