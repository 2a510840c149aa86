"""Named readings of plans, accounts and what is paid out of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Q, QuerySet, Sum
from django.db.models.functions import ExtractYear

from governance.actions import RecordQuerySet


class PlanQuerySet(RecordQuerySet):
    """Plans of employers."""

    def for_display(self) -> PlanQuerySet:
        return self.select_related("area", "employer", "previous")

    def for_list(self) -> PlanQuerySet:
        return self.select_related("area", "employer")

    def of_employer(self, stakeholder_id: int | None) -> PlanQuerySet:
        """What an employer has filed."""
        return self.filter(employer_id=stakeholder_id)

    def in_force(self) -> PlanQuerySet:
        """Those that count now."""
        return self.filter(state="in-force")

    def live_or_in_force(self) -> PlanQuerySet:
        """Those that are examined, questioned, or count."""
        return self.filter(state__in=["filed", "questioned", "in-force"])

    def found(self, text: str, most: int) -> list[Any]:
        """By the name of the plan or the employer, or by its reference."""
        by = Q(name__icontains=text) | Q(employer__name__icontains=text) | Q(reference=text.upper())
        return list(self.select_related("employer").filter(by).order_by("-id")[:most])


class AccountQuerySet(RecordQuerySet):
    """Accounts of members."""

    def for_display(self) -> AccountQuerySet:
        return self.select_related("area", "member", "plan__employer", "plan__keeper")

    def for_list(self) -> AccountQuerySet:
        return self.select_related("area", "plan__employer")

    def of_member(self, stakeholder_id: int | None) -> AccountQuerySet:
        """What one person has."""
        return self.filter(member_id=stakeholder_id)

    def of_plan(self, plan_id: int) -> AccountQuerySet:
        """The members of a version."""
        return self.filter(plan_id=plan_id)

    def beside(self, account: Any) -> AccountQuerySet:
        """Further accounts of the same person that are paid into."""
        return self.filter(blind=account.blind, state="active").exclude(pk=account.pk)


class EntryQuerySet(QuerySet):
    """Lines of accounts."""

    def sums(self) -> dict[str, Decimal]:
        """What there is in each part, and what of it was earned."""
        nothing, earned = Decimal("0.00"), Q(kind="returns")
        found = self.aggregate(
            employer=Sum("employer_amount"), own=Sum("own_amount"), by_employer=Sum("employer_amount", filter=earned), by_own=Sum("own_amount", filter=earned)
        )
        sums = {name: value or nothing for name, value in found.items()}
        return {"employer": sums["employer"], "own": sums["own"], "returns": sums["by_employer"] + sums["by_own"]}

    def by_years(self) -> QuerySet:
        """(year, kind, employer's part, own part), summed."""
        years = self.order_by().annotate(year=ExtractYear("month")).values_list("year", "kind")
        return years.annotate(Sum("employer_amount"), Sum("own_amount")).order_by("year", "kind")

    def newest(self, most: int) -> EntryQuerySet:
        """The last lines."""
        return self.order_by("-month", "-id")[:most]


class PayoutQuerySet(RecordQuerySet):
    """Wishes to draw money."""

    def for_display(self) -> PayoutQuerySet:
        return self.select_related("area", "into", "account__plan__employer")

    for_list = for_display
