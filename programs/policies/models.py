"""Products of insurers, version by version, and policies people hold."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders.fields import PinyinField
from governance.stakeholders.responsibilities import Published
from programs.policies.querysets import PolicyQuerySet, ProductQuerySet
from programs.policies.rules import disclosure
from programs.policies.vocabulary import (
    IN_REVIEW,
    PUBLIC,
    Duty,
    Insured,
    Payment,
    PolicyState,
    ProductKind,
    ProductState,
    Tax,
)

CODE = RegexValidator(r"^[A-Za-z0-9][A-Za-z0-9._\-]*$", _("Use letters, figures, dots and dashes."))


# What stays as it was once a version has been on sale.
FIXED = ("insurer_id", "code", "version", "name", "name_en", "kind", "term_years", "payment", "tax", "inclusive", "disclosure", "sold_from")


def _columns(row: str) -> str:
    return ", ".join(f"{row}.{name}" for name in FIXED)


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "zh").startswith("zh")


class Product(Record):
    """One version of an insurance product, with what every product of its kind discloses."""

    reference_prefix = "CP"
    final_states = frozenset({ProductState.STOPPED, ProductState.REFUSED, ProductState.WITHDRAWN})
    state_looks = {
        "filed": "wait", "questioned": "soon", "reviewed": "wait", "on-sale": "done", "stopped": "off", "refused": "off", "withdrawn": "off",
    }  # fmt: skip

    insurer = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="insurance_products", verbose_name=_("the insurer"))
    code = models.CharField(_("product code"), max_length=40, validators=[CODE], help_text=_("Your own code; all versions of a product share it."))
    version = models.PositiveIntegerField(_("version"), default=1, editable=False)
    supersedes = models.ForeignKey("self", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("takes the place of"))
    name = models.CharField(_("name of the product"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    name_pinyin = PinyinField("name")
    kind = models.CharField(_("kind of product"), max_length=20, choices=ProductKind.choices)
    filing_number = models.CharField(_("number of the document filed"), max_length=80, blank=True)
    term_years = models.PositiveSmallIntegerField(
        _("term in years"), null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(99)], help_text=_("Leave empty if it is for life."),
    )  # fmt: skip
    payment = models.CharField(_("how the premium is paid"), max_length=10, choices=Payment.choices, default=Payment.YEARLY)
    tax = models.CharField(_("tax treatment"), max_length=20, choices=Tax.choices, default=Tax.NONE)
    inclusive = models.BooleanField(
        _("meant for everybody"), default=False, help_text=_("Open to people without a fixed employer, with low premiums and simple terms. The office that reviews it sees this."),
    )  # fmt: skip
    disclosure = models.JSONField(_("what it discloses"), default=dict)
    sold_from = models.DateField(_("sold from"), null=True, blank=True, editable=False)
    sold_until = models.DateField(_("sold until"), null=True, blank=True, editable=False)
    state = StateField(ProductState, default=ProductState.FILED)

    readers = Published(state__in=PUBLIC) | Party("insurer", _("the insurer")) | Holds(Duty.REVIEW_PRODUCTS)
    objects = ProductQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("insurance product")
        verbose_name_plural = _("insurance products")
        indexes = [models.Index(fields=["name_pinyin", "id"], name="products_on_sale", condition=Q(state=ProductState.ON_SALE))]
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "code", "version"], name="a_version_of_a_product_is_one", violation_error_message=_("This version of the product is there already."),
            ),
            models.UniqueConstraint(
                fields=["insurer", "code"], condition=Q(state=ProductState.ON_SALE), name="one_version_of_a_product_is_sold",
                violation_error_message=_("Another version of this product is on sale."),
            ),
            models.UniqueConstraint(
                fields=["insurer", "code"], condition=Q(state__in=IN_REVIEW), name="one_version_of_a_product_is_reviewed",
                violation_error_message=_("A version of this product is being reviewed already."),
            ),
            bounds.one_of("policies_product", "state", ProductState),
            bounds.whole("policies_product", "version", least=1, most=1000),
            bounds.one_of("policies_product", "kind", ProductKind),
            bounds.whole("policies_product", "term_years", least=1, most=100),
            bounds.one_of("policies_product", "payment", Payment),
            bounds.one_of("policies_product", "tax", Tax),
            bounds.day("policies_product", "sold_from"),
            bounds.day("policies_product", "sold_until"),
            bounds.in_order("policies_product", "sold_from", "sold_until", _("It is sold from a day until a later one.")),
        ]  # fmt: skip
        # People have bought what was written: a product that was ever on sale stays as it is, and a change is a new version.
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="what_is_sold_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf(*FIXED),
                condition=pgtrigger.Q(old__state__in=[state.value for state in PUBLIC]),
                func=(
                    f"IF ({_columns('OLD')}) IS DISTINCT FROM ({_columns('NEW')}) THEN "
                    "RAISE EXCEPTION 'a product that was on sale stays as it is; file a new version' USING ERRCODE = 'check_violation'; "
                    "END IF; RETURN NEW;"
                ),
            ),
        ]

    def __str__(self) -> str:
        return self.name_en if self.name_en and not is_chinese() else self.name

    def get_absolute_url(self) -> str:
        return reverse("policies:product-detail", args=[self.pk])

    @property
    def provider(self) -> Any:
        """Who runs it: whoever is asked about it does not answer for itself."""
        return self.insurer

    @property
    def summary(self) -> str:
        return gettext("%(name)s (version %(n)d)") % {"name": self, "n": self.version} if self.version > 1 else str(self)

    @property
    def is_synthetic(self) -> bool:
        """Demo data: everything in the fictional territory."""
        return str(self.area_id).startswith("99")

    @property
    def term(self) -> str:
        """How long it runs, in words."""
        return gettext("%(n)d years") % {"n": self.term_years} if self.term_years else gettext("for life")

    @property
    def disclosed(self) -> list[tuple[disclosure.Field, str]]:
        """What it discloses, field by field; nothing where nothing was said."""
        return [(field, self.disclosure.get(field.name, "")) for field in disclosure.fields_of(self.kind)]


class Policy(Record):
    """One policy as its insurer reports it. Whoever holds it reads it; nobody else but the insurer does."""

    reference_prefix = "BD"
    final_states = frozenset({PolicyState.ENDED})
    about = ("holder",)
    sensitive = frozenset({"number_index", "number_tail", "holder_index", "cover", "premium", "surrender_value", "claims_count", "claims_paid"})
    state_looks = {"in-force": "done", "lapsed": "soon", "ended": "off"}

    insurer = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="insurance_policies", verbose_name=_("the insurer"))
    product = models.ForeignKey(Product, models.PROTECT, related_name="policies", verbose_name=_("insurance product"))
    # The number itself is not kept: its keyed index finds the policy again, its end tells it from others.
    number_index = models.CharField(max_length=64, editable=False)
    number_tail = models.CharField(_("end of the policy number"), max_length=4, editable=False)
    holder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, blank=True, editable=False, related_name="held_policies", verbose_name=_("the holder"))
    holder_index = models.CharField(max_length=64, editable=False)
    insured = models.CharField(_("who is insured"), max_length=10, choices=Insured.choices, default=Insured.SELF)
    effective_on = models.DateField(_("in force from"))
    expires_on = models.DateField(pgettext_lazy("policy", "until"), null=True, blank=True, help_text=_("Leave empty if it is for life."))
    cover = models.DecimalField(_("sum insured (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)])
    premium = models.DecimalField(_("premium (yuan)"), max_digits=14, decimal_places=2, validators=[MinValueValidator(0)])
    payment = models.CharField(_("how the premium is paid"), max_length=10, choices=Payment.choices, default=Payment.YEARLY)
    surrender_value = models.DecimalField(_("surrender value (yuan)"), max_digits=14, decimal_places=2, null=True, blank=True, validators=[MinValueValidator(0)])
    claims_count = models.PositiveIntegerField(_("claims so far"), default=0)
    claims_paid = models.DecimalField(_("paid for claims so far (yuan)"), max_digits=14, decimal_places=2, default=0, validators=[MinValueValidator(0)])
    as_of = models.DateField(_("as of"), help_text=_("The day these figures are true for."))
    state = StateField(PolicyState, default=PolicyState.IN_FORCE)

    readers = Party("holder", _("the holder")) | Party("insurer", _("the insurer"))
    objects = PolicyQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("insurance policy")
        verbose_name_plural = _("insurance policies")
        indexes = [
            models.Index(fields=["holder", "id"], name="policies_of_a_holder"),
            models.Index(fields=["holder_index"], name="policies_without_a_holder", condition=Q(holder__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["insurer", "number_index"], name="a_policy_number_is_one_policy",
                violation_error_message=_("This policy is registered already. Update it instead."),
            ),
            models.CheckConstraint(
                condition=Q(expires_on__isnull=True) | Q(expires_on__gt=F("effective_on")), name="a_policy_ends_after_it_begins",
                violation_error_message=_("A policy ends after it begins."),
            ),
            bounds.one_of("policies_policy", "state", PolicyState),
            bounds.one_of("policies_policy", "insured", Insured),
            bounds.day("policies_policy", "effective_on"),
            bounds.day("policies_policy", "expires_on"),
            bounds.one_of("policies_policy", "payment", Payment),
            bounds.amount("policies_policy", "premium"),
            *(bounds.amount("policies_policy", name, least=0) for name in ("cover", "surrender_value", "claims_paid")),
            bounds.whole("policies_policy", "claims_count", most=100_000),
            models.CheckConstraint(
                condition=Q(claims_paid=0) | Q(claims_count__gt=0), name="nothing_is_paid_without_a_claim", violation_error_code="claims_paid",
                violation_error_message=_("Something was paid for claims, but there was no claim."),
            ),
            bounds.day("policies_policy", "as_of"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.product} …{self.number_tail}"

    def get_absolute_url(self) -> str:
        return reverse("policies:policy-detail", args=[self.pk])

    @property
    def provider(self) -> Any:
        """Who runs it: whoever is asked about it does not answer for itself."""
        return self.insurer

    @property
    def is_synthetic(self) -> bool:
        """Demo data: everything in the fictional territory."""
        return str(self.area_id).startswith("99")
