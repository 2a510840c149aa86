"""What the queue is narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.matching import sources
from governance.matching.models import Pair
from governance.matching.vocabulary import State


class PairFilter(django_filters.FilterSet):
    """By where they stand, in which register, and whether something is held. Without a state: what waits."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices, empty_label=_("Not looked at yet"))
    source = django_filters.ChoiceFilter(label=_("Register"), choices=lambda: list(sources.titles().items()), field_name="entry__source")
    held = django_filters.BooleanFilter(label=_("Something is held because of it"), method="holding")

    class Meta:
        model = Pair
        fields: tuple[str, ...] = ()

    def holding(self, rows: Any, name: str, value: bool | None) -> Any:
        """Those because of which nothing new is granted."""
        return rows.holding() if value else rows

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        told = self.form.cleaned_data
        return found if told.get("state") or told.get("held") else found.waiting()
