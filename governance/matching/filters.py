"""What the queue is narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.matching.models import Pair
from governance.matching.vocabulary import State


class PairFilter(django_filters.FilterSet):
    """By where they stand, and whether something is held. Without either: what waits."""

    state = django_filters.ChoiceFilter(label=_("State"), choices=State.choices)
    held = django_filters.ChoiceFilter(label=_("Something is held because of it"), choices=[("1", _("Held"))], method="holding")

    class Meta:
        model = Pair
        fields: tuple[str, ...] = ()

    def holding(self, rows: Any, name: str, value: str) -> Any:
        """Those because of which nothing new is granted."""
        return rows.holding()

    def filter_queryset(self, queryset: Any) -> Any:
        found = super().filter_queryset(queryset)
        told = self.form.cleaned_data
        return found if told.get("state") or told.get("held") else found.waiting()
