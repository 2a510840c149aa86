"""Named readings of products and policies."""

from __future__ import annotations

from typing import Any

from django.db.models import Case, Count, DecimalField, ExpressionWrapper, F, Max, Q, Sum, Value, When
from django.db.models.functions import Coalesce, Lower

from governance.actions import RecordQuerySet
from programs.policies.rules.share import LONG_TERM
from programs.policies.vocabulary import IN_REVIEW, PUBLIC, Match, Payment, PolicyState, ProductKind, ProductState

MONEY = DecimalField(max_digits=18, decimal_places=2)


class ProductQuerySet(RecordQuerySet):
    """Products, version by version."""

    def for_display(self) -> ProductQuerySet:
        return self.select_related("area", "insurer", "supersedes")

    def for_list(self) -> ProductQuerySet:
        return self.select_related("insurer")

    def on_sale(self) -> ProductQuerySet:
        """What can be bought now."""
        return self.filter(state=ProductState.ON_SALE)

    def alphabetical(self) -> ProductQuerySet:
        """By name as it is spoken."""
        return self.order_by("name_pinyin", "id")

    def public(self) -> ProductQuerySet:
        """What everybody may read: on sale, or no longer sold."""
        return self.filter(state__in=PUBLIC)

    def in_review(self) -> ProductQuerySet:
        """What waits for an office or for the insurer's answer."""
        return self.filter(state__in=IN_REVIEW)

    def called(self, text: str) -> ProductQuerySet:
        """Those whose name, pinyin, code or insurer contains a text."""
        return self.filter(Q(name__icontains=text) | Q(name_en__icontains=text) | Q(name_pinyin__icontains=text.lower()) | Q(code__iexact=text) | Q(insurer__name__icontains=text))

    def of_insurer(self, stakeholder_id: int | None) -> ProductQuerySet:
        """An insurer's own."""
        return self.filter(insurer_id=stakeholder_id)

    def with_policies(self) -> ProductQuerySet:
        """Those that people hold or may hold: on sale or stopped, newest version first."""
        return self.public().order_by("name_pinyin", "-version")

    def side_by_side(self, ids: list[int], actor: Any) -> list[Any]:
        """Products to compare, in the order in which they were asked for."""
        found = {one.pk: one for one in self.visible_to(actor).filter(pk__in=ids).select_related("insurer")}
        return [found[pk] for pk in ids if pk in found]

    def sold_before(self, product: Any) -> ProductQuerySet:
        """Other versions of the same product that are still sold."""
        return self.on_sale().filter(insurer_id=product.insurer_id, code=product.code).exclude(pk=product.pk)


class PolicyQuerySet(RecordQuerySet):
    """Policies."""

    def for_display(self) -> PolicyQuerySet:
        return self.select_related("area", "insurer", "product", "holder")

    def for_list(self) -> PolicyQuerySet:
        return self.select_related("insurer", "product", "holder")

    def of_holder(self, stakeholder_id: int | None) -> PolicyQuerySet:
        """What somebody holds."""
        return self.filter(holder_id=stakeholder_id)

    def held_by(self, stakeholder_id: int) -> PolicyQuerySet:
        """What somebody holds and what has not ended, with product and insurer."""
        return self.of_holder(stakeholder_id).exclude(state=PolicyState.ENDED).select_related("product", "insurer").order_by("id")

    def of_insurer(self, stakeholder_id: int | None) -> PolicyQuerySet:
        """What an insurer has registered."""
        return self.filter(insurer_id=stakeholder_id)

    def in_force(self) -> PolicyQuerySet:
        """Policies that give cover now."""
        return self.filter(state=PolicyState.IN_FORCE)

    def matched(self, match: str) -> PolicyQuerySet:
        """Those whose holder was found, or was not."""
        return self.filter(holder__isnull=match == Match.APART)

    def without_holder(self, pk: int) -> Any:
        """This policy, if nobody is known to hold it; else None."""
        return self.filter(pk=pk, holder=None).first()

    def matched_by_name(self, pk: int) -> Any:
        """This policy, if its holder was found without a number; else None."""
        return self.filter(pk=pk, holder__isnull=False, holder_index="").first()

    def numbers(self) -> dict[str, int]:
        """How many there are, how many without a holder, how many in force."""
        return self.aggregate(all=Count("id"), apart=Count("id", filter=Q(holder__isnull=True)), in_force=Count("id", filter=Q(state=PolicyState.IN_FORCE)))

    def shares(self) -> list[dict[str, Any]]:
        """By insurer: policies in force, what is paid for them in a year, and of that for long-term inclusive products."""
        years = Coalesce("product__term_years", Value(LONG_TERM))
        a_year = Case(
            When(payment=Payment.MONTHLY, then=F("premium") * 12),
            When(payment=Payment.SINGLE, then=ExpressionWrapper(F("premium") / years, output_field=MONEY)),
            default=F("premium"), output_field=MONEY,
        )  # fmt: skip
        long = Q(product__inclusive=True) & (Q(product__term_years__isnull=True) | Q(product__term_years__gte=LONG_TERM))
        names = ("insurer_id", "insurer__name", "insurer__name_en", "insurer__is_synthetic")
        sums = {"policies": Count("id"), "long": Count("id", filter=long), "all": Sum(a_year), "inclusive": Coalesce(Sum(a_year, filter=long), Value(0), output_field=MONEY), "as_of": Max("as_of")}
        return list(self.in_force().values(*names).annotate(**sums).order_by(Lower("insurer__name_pinyin"), "insurer_id"))

    def group_cover(self) -> dict[str, Any]:
        """Group policies in force: how many firms, how many policies, since when it was told."""
        return self.in_force().filter(product__kind=ProductKind.GROUP).aggregate(firms=Count("holder_index", distinct=True), policies=Count("id"), as_of=Max("as_of"))
