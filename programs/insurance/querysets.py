"""The vocabulary of reading accounts, spells of work, contributions and statements."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Count, F, Max, Min, OuterRef, Prefetch, Q, Subquery, Sum
from django.db.models.functions import Coalesce, JSONObject

from governance import areas
from governance.actions import RecordQuerySet
from programs.insurance.vocabulary import OPEN_CLAIM, OPEN_TRANSFER


class InsuredQuerySet(RecordQuerySet):
    """Accounts."""

    def for_display(self) -> InsuredQuerySet:
        return self.select_related("area")

    def called(self, text: str) -> InsuredQuerySet:
        """By a part of the name, or by the reference."""
        return self.filter(Q(name__icontains=text) | Q(reference__iexact=text))

    def of_person(self, person_id: int | None) -> Any:
        """The account of a person, or None."""
        return self.filter(person_id=person_id).select_related("area").first() if person_id else None

    def summed_for(self, person_id: int) -> Any:
        """The account of a person, branch by branch, and the pension that was granted, in one statement; no row where there is no account."""
        granted = apps.get_model("insurance", "Claim").objects.filter(insured=OuterRef("pk"), kind="pension", state="granted").order_by("-id")
        runs = {
            name: ArraySubquery(apps.get_model("insurance", model).objects.filter(insured=OuterRef("pk"), state__in=states).order_by("id").values(told=told))
            for name, model, states, told in (
                ("open_claims", "Claim", OPEN_CLAIM, JSONObject(pk="pk", reference="reference", kind="kind")),
                ("open_transfers", "Transfer", OPEN_TRANSFER, JSONObject(pk="pk", reference="reference")),
            )
        }  # fmt: skip
        rows = self.filter(person_id=person_id).values("pk", "reference", branch=F("contributions__branch")).annotate(**runs)
        sums = {"months": Count("contributions__month", distinct=True), "credited": Sum("contributions__person_part"), "last": Max("contributions__month")}
        return rows.annotate(**sums, drawn=Subquery(granted.values("monthly_amount")[:1]), claim=Subquery(granted.values("reference")[:1])).order_by("branch")


class _Waiting(RecordQuerySet):
    """What several kinds of records are asked."""

    def with_clocks(self) -> _Waiting:
        """With the periods that run on each, the one that presses most first (``record.open_clocks``)."""
        return self.prefetch_related(Prefetch("clocks", apps.get_model("clocks", "Clock").objects.pressing(), to_attr="open_clocks"))

    def waiting(self) -> int:
        """How many are to be registered."""
        return self.filter(state="declared").count()

    def oldest(self, *states: str) -> _Waiting:
        """Those in these states, the oldest first."""
        return self.filter(state__in=states).order_by("id")


class SpellQuerySet(_Waiting):
    """Spells of work."""

    def for_display(self) -> SpellQuerySet:
        return self.select_related("insured", "employer", "area")

    def of_employer(self, employer_id: int) -> SpellQuerySet:
        """The roster of an employer."""
        return self.filter(employer_id=employer_id)

    def in_month(self, month: date) -> SpellQuerySet:
        """Those that reach into a month."""
        last = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return self.filter(Q(until__isnull=True) | Q(until__gte=month), since__lt=last, state__in=["registered", "ended"])

    def called(self, text: str) -> SpellQuerySet:
        """By a part of the person's name, or by the reference of either."""
        return self.filter(Q(insured__name__icontains=text) | Q(insured__reference__iexact=text) | Q(reference__iexact=text))

    def with_terms(self, month: date) -> SpellQuerySet:
        """Each with base and branches as they were registered for a month (``base_then``, ``branches_then``); the earliest spell first."""
        registered = apps.get_model("insurance", "Base").objects.filter(spell=OuterRef("pk"), state="registered", since__lte=month).order_by("-since")
        then = {name: Coalesce(Subquery(registered.values(name)[:1]), F(name)) for name in ("base", "branches")}
        return self.annotate(**{f"{name}_then": expression for name, expression in then.items()}).order_by("since", "id")

    def of(self, insured: Any) -> SpellQuerySet:
        """Those of one account, the newest first."""
        return self.filter(insured=insured).order_by("-since", "-id")

    def in_area(self, code: str) -> SpellQuerySet:
        """Those of an area and of all that lies in it."""
        start, stop = areas.range_of(code)
        return self.filter(area_id__gte=start, area_id__lt=stop)

    def changed_by(self, branches: list[str]) -> tuple[int, int]:
        """How many people who work now are insured in these branches, and how many there are in all."""
        now = self.filter(state="registered")
        return now.filter(branches__overlap=branches).values("insured").distinct().count(), now.values("insured").distinct().count()

    def by_sort(self) -> list[tuple[str, int]]:
        """How many work in which way."""
        return list(self.filter(state="registered").values_list("sort").annotate(n=Count("id")).order_by("sort"))


class ContributionQuerySet(models.QuerySet):
    """Contributions: one row for a person, a month, a branch and a payer."""

    def of(self, insured: Any) -> ContributionQuerySet:
        """Those of one account."""
        return self.filter(insured=insured)

    def of_payer(self, payer_id: int, month: date) -> ContributionQuerySet:
        """What a payer has paid for a month."""
        return self.filter(payer_id=payer_id, month=month)

    def paid(self) -> Decimal:
        """The sum of both parts."""
        return self.aggregate(all=Sum(F("employer_part") + F("person_part")))["all"] or Decimal(0)

    def payments(self) -> list[tuple[int, str, date, Decimal]]:
        """Account, branch, day and sum of each."""
        return list(self.values_list("insured_id", "branch", "paid_on", F("employer_part") + F("person_part")))

    def the_one(self, payer_id: int, insured: Any, month: date, branch: str, paid_on: date) -> ContributionQuerySet:
        """What one payer paid on a day for a person, month and branch."""
        return self.filter(payer_id=payer_id, insured=insured, month=month, branch=branch, paid_on=paid_on)

    def months_by_year(self, branch: str) -> dict[int, int]:
        """How many months of each year count in a branch; a month paid twice counts once."""
        rows = self.filter(branch=branch).values_list("month__year").annotate(n=Count("month", distinct=True)).order_by("month__year")
        return dict(rows)

    def months_by_branch(self) -> dict[str, int]:
        """How many months count in each branch."""
        return dict(self.values_list("branch").annotate(n=Count("month", distinct=True)))

    def by_payer(self) -> list[dict[str, Any]]:
        """Who has paid for how many months of the pension, from when until when, and how much; the newest first."""
        sums = {"first": Min("month"), "last": Max("month"), "months": Count("month", distinct=True), "employer": Sum("employer_part"), "person": Sum("person_part")}
        rows = self.filter(branch="pension").values("payer", name=F("payer__name"), name_en=F("payer__name_en"))
        return list(rows.annotate(**sums).order_by("-last", "payer"))

    def credited_by_year(self) -> dict[int, Decimal]:
        """What the person has paid into the pension account, by the year of the month it was for."""
        rows = self.filter(branch="pension").values_list("month__year").annotate(all=Sum("person_part")).order_by("month__year")
        return dict(rows)

    def credited(self) -> Decimal:
        """What the person has paid into the pension account."""
        return self.filter(branch="pension").aggregate(all=Sum("person_part"))["all"] or Decimal(0)


class StatementQuerySet(_Waiting):
    """Statements."""

    def for_display(self) -> StatementQuerySet:
        return self.select_related("employer", "area")

    def overdue(self, today: date) -> StatementQuerySet:
        """Those whose last day of paying is over, and of which nobody has said yet whether they are paid; the oldest first."""
        return self.filter(state="drawn", due_on__lt=today).order_by("due_on", "id")

    def of_employer(self, employer_id: int) -> StatementQuerySet:
        """Those of an employer, the newest month first."""
        return self.filter(employer_id=employer_id).order_by("-month")

    def month_before(self, employer_id: int, month: date) -> Any:
        """That of the month before a month, or None."""
        year, number = divmod(month.year * 12 + month.month - 2, 12)
        return self.filter(employer_id=employer_id, month=date(year, number + 1, 1)).first()

    def from_month(self, employer_id: int, month: date) -> StatementQuerySet:
        """Those of an employer from a month on."""
        return self.filter(employer_id=employer_id, month__gte=month)

    def resting_on(self, reference: str) -> StatementQuerySet:
        """Those that were worked out with this version of a value."""
        return self.filter(values__contains=[reference])


class TransferQuerySet(_Waiting):
    """Transfers."""

    def for_display(self) -> TransferQuerySet:
        return self.select_related("insured", "area", "old_area")

    def of(self, insured: Any) -> TransferQuerySet:
        """Those of one account, the newest first."""
        return self.filter(insured=insured).order_by("-id")


class ClaimQuerySet(_Waiting):
    """Claims."""

    def for_display(self) -> ClaimQuerySet:
        return self.select_related("insured", "area", "employer", "determination", "determined_by__person")

    def of(self, insured: Any) -> ClaimQuerySet:
        """Those of one account, the newest first."""
        return self.filter(insured=insured).order_by("-id")


class BaseQuerySet(_Waiting):
    """New bases."""

    def for_display(self) -> BaseQuerySet:
        return self.select_related("spell__insured", "spell__employer", "area")

    def of(self, spell: Any) -> BaseQuerySet:
        """Those of one spell, the latest month first."""
        return self.filter(spell=spell).order_by("-since", "-id")


class InjuryRateQuerySet(RecordQuerySet):
    """Work injury rates of employers."""

    def for_display(self) -> InjuryRateQuerySet:
        return self.select_related("employer", "area")

    def holding(self, employer_id: int, month: date) -> Any:
        """The one that holds for an employer in a month, or None."""
        return self.filter(employer_id=employer_id, since__lte=month, state="set").order_by("-since").first()

    def referred_to(self, references: list[str]) -> Any:
        """The one that is among these references, or None."""
        return self.filter(reference__in=references).first()


class CorrectionQuerySet(_Waiting):
    """Corrections of contributions."""

    def for_display(self) -> CorrectionQuerySet:
        return self.select_related("insured", "payer", "area")
