"""Named readings of plans, accounts and what is paid out of them."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.db.models import Count, F, Max, OuterRef, Q, QuerySet, Subquery, Sum, Value
from django.db.models.functions import Coalesce, ExtractYear

from governance.actions import RecordQuerySet


class PlanQuerySet(RecordQuerySet):
    """Plans of employers."""

    def for_display(self) -> PlanQuerySet:
        return self.select_related("area", "employer", "previous", "collective__offered_by", "trustee_here", "keeper", "custodian_here", "investor_here")

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
        return self.select_related("area", "member", "plan__employer", "plan__keeper", "plan__trustee_here")

    def for_list(self) -> AccountQuerySet:
        return self.select_related("area", "plan__employer")

    def of_member(self, stakeholder_id: int | None) -> AccountQuerySet:
        """What one person has."""
        return self.filter(member_id=stakeholder_id)

    def of_plan(self, plan_id: int) -> AccountQuerySet:
        """The members of a version."""
        return self.filter(plan_id=plan_id)

    def vest_whole(self) -> int:
        """The plan has ended: of accounts that are paid into, all of the employer's part belongs to the members."""
        return self.filter(state="active").update(percent=100)

    def summed_for(self, stakeholder_id: int) -> AccountQuerySet:
        """The accounts of a person that still hold something or may, each with its sums, its last month and what was asked last: one statement."""
        sums = {name: Coalesce(Sum(f"entries__{name}_amount"), Value(Decimal(0))) for name in ("employer", "own", "booked")}
        wish = OuterRef("pk")
        last = self.model._meta.get_field("payouts").related_model.objects.filter(account=wish).order_by("-id")
        return (
            self.of_member(stakeholder_id).exclude(state="closed").select_related("plan__employer")
            .annotate(**{f"{name}_sum": value for name, value in sums.items()}, last_month=Max("entries__month"), wish=Subquery(last.values("state")[:1]), wish_way=Subquery(last.values("way")[:1]))
            .order_by("id")
        )  # fmt: skip

    def beside(self, account: Any) -> AccountQuerySet:
        """Further accounts of the same person that are paid into."""
        return self.filter(blind=account.blind, state="active").exclude(pk=account.pk)


class EntryQuerySet(QuerySet):
    """Lines of accounts."""

    def sums(self) -> dict[str, Decimal]:
        """What there is in each part, and what of it was earned."""
        nothing, earned = Decimal("0.00"), Q(kind="returns")
        found = self.aggregate(
            employer=Sum("employer_amount"), own=Sum("own_amount"), booked=Sum("booked_amount"), by_employer=Sum("employer_amount", filter=earned), by_own=Sum("own_amount", filter=earned)
        )
        sums = {name: value or nothing for name, value in found.items()}
        return {"employer": sums["employer"], "own": sums["own"], "booked": sums["booked"], "returns": sums["by_employer"] + sums["by_own"]}

    def of_plan_until(self, plan_id: int, day: Any) -> tuple[Decimal, int]:
        """What all accounts of a plan come to at the end of a day's month, and how many they are; what is only written down is not among it."""
        held = F("employer_amount") + F("own_amount") - F("booked_amount")
        sums = {"held": Coalesce(Sum(held), Value(Decimal(0))), "members": Count("account", distinct=True)}
        found = self.filter(account__plan_id=plan_id, month__lte=day).aggregate(**sums)
        return found["held"], found["members"]

    def paid_to_heirs(self) -> Decimal:
        """What heirs have had out of an account."""
        paid = self.filter(payout__share__isnull=False).aggregate(paid=Sum(F("employer_amount") + F("own_amount")))["paid"]
        return -(paid or Decimal("0.00"))

    def paid_by(self, payout: Any) -> Decimal:
        """What was paid on one wish."""
        paid = self.filter(payout=payout).aggregate(paid=Sum(F("employer_amount") + F("own_amount")))["paid"]
        return -(paid or Decimal("0.00"))
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

    def shares_of(self, account: Any) -> Decimal:
        """Per cent of an account that are asked for or granted to heirs already."""
        return self.filter(account=account, state__in=["asked", "granted", "released", "completed"]).aggregate(all=Sum("share"))["all"] or Decimal(0)


class CollectiveQuerySet(RecordQuerySet):
    """Plans that several employers may join."""

    def for_display(self) -> CollectiveQuerySet:
        return self.select_related("area", "offered_by")

    for_list = for_display


class ReportQuerySet(RecordQuerySet):
    """What custodians and investment managers tell."""

    def for_display(self) -> ReportQuerySet:
        return self.select_related("area", "plan", "sender")

    for_list = for_display

    def newest_of(self, plan: Any, most: int) -> ReportQuerySet:
        """The last reports of a plan that count."""
        return self.filter(plan=plan, state="told").select_related("plan", "sender").order_by("-as_of", "-id")[:most]
