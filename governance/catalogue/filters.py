"""How lists of programs and values are narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.catalogue.models import Parameter, Program
from governance.catalogue.vocabulary import Branch, Mark, Maturity, Tier
from governance.web.filtering import CodeFilter


class ProgramFilter(django_filters.FilterSet):
    """Programs."""

    code = CodeFilter(label=_("Code"))
    tier = django_filters.ChoiceFilter(label=_("Tier"), choices=Tier.choices)
    branch = django_filters.ChoiceFilter(label=_("Branch"), choices=Branch.choices)
    maturity = django_filters.ChoiceFilter(label=_("Maturity"), choices=Maturity.choices)

    class Meta:
        model = Program
        fields: list[str] = []


class ParameterFilter(django_filters.FilterSet):
    """Values."""

    program = CodeFilter(field_name="program__code", label=_("Code of the program"))
    key = CodeFilter(label=_("Key"))
    area = CodeFilter(field_name="area_id", label=_("Code of the area"))
    mark = django_filters.ChoiceFilter(label=_("Mark of the source"), choices=Mark.choices)
    on = django_filters.DateFilter(label=_("In force on this day"), method="holding")

    class Meta:
        model = Parameter
        fields: list[str] = []

    def holding(self, rows: Any, name: str, day: Any) -> Any:
        """What holds on a day."""
        return rows.in_force_on(day)
