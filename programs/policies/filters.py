"""What lists of products and policies are narrowed by."""

from __future__ import annotations

from typing import Any

import django_filters
from django.utils.translation import gettext_lazy as _

from governance.web.filtering import CodeFilter
from programs.policies.vocabulary import IN_REVIEW, Match, PolicyState, ProductKind, ProductState, Tax

STAGES = [("review", _("In review")), ("on-sale", _("On sale")), ("stopped", _("No longer sold"))]


class ProductFilter(django_filters.FilterSet):
    """Products by kind, tax, words and where they stand."""

    q = CodeFilter(label=_("Name, insurer or code"), method="called")
    kind = django_filters.ChoiceFilter(label=_("Kind of product"), choices=ProductKind.choices)
    tax = django_filters.ChoiceFilter(label=_("Tax treatment"), choices=Tax.choices)
    stage = django_filters.ChoiceFilter(label=_("State"), choices=STAGES, method="at_stage")

    def called(self, rows: Any, name: str, value: str) -> Any:
        """Those whose name contains it."""
        return rows.called(value.strip()[:60])

    def at_stage(self, rows: Any, name: str, value: str) -> Any:
        """Those that stand there."""
        return rows.filter(state__in=IN_REVIEW if value == "review" else [ProductState(value)])


class PolicyFilter(django_filters.FilterSet):
    """Policies by whether their holder was found and where they stand."""

    match = django_filters.ChoiceFilter(label=_("Holder"), choices=Match.choices, method="matching")
    state = django_filters.ChoiceFilter(label=_("State"), choices=PolicyState.choices)

    def matching(self, rows: Any, name: str, value: str) -> Any:
        """With a holder, or kept apart."""
        return rows.matched(value)
