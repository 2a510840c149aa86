"""How lists of accounts and of spells of work are narrowed."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.web.filtering import CodeFilter
from programs.insurance.models import Insured, Spell
from programs.insurance.vocabulary import Sort, SpellState

LONGEST = 60


class _Called(django_filters.FilterSet):
    q = CodeFilter(label=_("Name or reference"), method="called")

    def called(self, rows: Any, name: str, value: str) -> Any:
        """Those whose name contains it, or whose reference it is."""
        return rows.called(value.strip()[:LONGEST])


class InsuredFilter(_Called):
    """Accounts."""

    class Meta:
        model = Insured
        fields: list[str] = []


class SpellFilter(_Called):
    """Spells of work."""

    sort = django_filters.ChoiceFilter(label=_("How the person works"), choices=Sort.choices)
    state = django_filters.ChoiceFilter(label=_("State"), choices=SpellState.choices)

    class Meta:
        model = Spell
        fields: list[str] = []
