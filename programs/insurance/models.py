"""The registry of basic insurance: accounts, spells of work, contributions, statements, transfers, claims."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders import ciphers, rules
from governance.stakeholders.models.identity import LABEL
from programs.insurance.querysets import (
    ClaimQuerySet,
    ContributionQuerySet,
    InsuredQuerySet,
    SpellQuerySet,
    StatementQuerySet,
    TransferQuerySet,
)
from programs.insurance.vocabulary import (
    Branch,
    ClaimKind,
    ClaimState,
    Duty,
    InsuredState,
    Sort,
    SpellState,
    StatementState,
    TransferState,
)

STAKEHOLDER = "stakeholders.Stakeholder"


class Insured(Record):
    """The account of a person in basic insurance. The number is sealed; by its keyed index the person is found."""

    reference_prefix = "CB"
    about = ("person",)
    sensitive = frozenset({"name", "sealed", "blind"})
    shown = ("name", "area")
    state_looks = {"insured": "done", "closed": "off"}
    final_states = frozenset({InsuredState.CLOSED})

    person = models.OneToOneField(STAKEHOLDER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("person"))
    name = models.CharField(pgettext_lazy("of a person", "name"), max_length=60)
    sealed = models.CharField(max_length=200, editable=False)
    blind = models.CharField(max_length=64, unique=True, editable=False)
    state = StateField(InsuredState, default=InsuredState.INSURED)

    readers = Party("person", _("the insured person")) | Holds(Duty.KEEP_ACCOUNTS)
    objects = InsuredQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("account of an insured person")
        verbose_name_plural = _("accounts of insured persons")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("insurance:insured-detail", args=[self.pk])

    def born_on(self, today: date) -> date:
        """The day of birth that the sealed number tells."""
        return rules.citizen_number(ciphers.unseal(self.sealed, label=LABEL), today=today).born_on


class Spell(Record):
    """A time in which somebody works for an employer, through a platform or for themselves, and is insured by it."""

    reference_prefix = "JY"
    about = ("insured__person",)
    shown = ("insured", "employer", "sort", "base", "since", "until", "area")
    state_looks = {"declared": "wait", "registered": "done", "refused": "off", "ended": "off"}
    final_states = frozenset({SpellState.REFUSED, SpellState.ENDED})

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="spells", verbose_name=_("insured person"))
    employer = models.ForeignKey(STAKEHOLDER, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("employer or platform"))
    sort = models.CharField(_("how the person works"), max_length=12, choices=Sort.choices)
    branches = ArrayField(models.CharField(max_length=12, choices=Branch.choices), verbose_name=_("branches"))
    base = models.DecimalField(_("base a month (yuan)"), max_digits=10, decimal_places=2)
    since = models.DateField(_("from"))
    until = models.DateField(_("until"), null=True, blank=True)
    state = StateField(SpellState, default=SpellState.DECLARED)

    readers = (
        Party("employer", _("the employer or platform")) | Party("insured__person", _("the insured person")) | Holds(Duty.KEEP_ACCOUNTS)
    )
    objects = SpellQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("spell of work")
        verbose_name_plural = _("spells of work")
        indexes = [models.Index(fields=["employer", "state", "-id"], name="spells_of_an_employer")]
        constraints = [
            models.UniqueConstraint(
                fields=["insured", "employer", "since"], name="a_spell_is_registered_once", nulls_distinct=False,
                violation_error_message=_("This spell is in the register already."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_spell_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=Q(sort="flexible", employer__isnull=True) | ~Q(sort="flexible") & Q(employer__isnull=False),
                name="only_flexible_workers_have_no_employer", violation_error_message=_("Only who works for oneself has no employer."),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.insured.name} · {self.employer.name if self.employer_id else self.get_sort_display()}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:spell-detail", args=[self.pk])

    @property
    def branch_labels(self) -> list[str]:
        """The branches in words."""
        return [str(Branch(code).label) for code in self.branches]


class Contribution(models.Model):
    """What was paid for a person, a month and a branch by one payer. No record of its own: statements and accounts are."""

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="contributions", verbose_name=_("insured person"))
    payer = models.ForeignKey(STAKEHOLDER, models.PROTECT, related_name="+", db_index=False, verbose_name=_("payer"))
    month = models.DateField(_("month"))
    branch = models.CharField(_("branch"), max_length=12, choices=Branch.choices)
    base = models.DecimalField(_("base (yuan)"), max_digits=10, decimal_places=2)
    employer_part = models.DecimalField(_("paid by the employer (yuan)"), max_digits=10, decimal_places=2)
    person_part = models.DecimalField(_("paid by the person (yuan)"), max_digits=10, decimal_places=2)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            # In this order it also answers "what has this payer paid for this month", which statements ask.
            models.UniqueConstraint(fields=["payer", "month", "insured", "branch"], name="a_contribution_is_entered_once"),
        ]

    def __str__(self) -> str:
        return f"{self.insured_id} {self.month:%Y-%m} {self.branch}"


class Statement(Record):
    """What an employer owes for a month by its declared roster, and what has come in."""

    reference_prefix = "JF"
    shown = ("employer", "due_on", "area")
    state_looks = {"drawn": "wait", "settled": "done", "arrears": "soon"}
    final_states = frozenset({StatementState.SETTLED})

    employer = models.ForeignKey(STAKEHOLDER, models.PROTECT, related_name="+", verbose_name=_("employer or platform"))
    month = models.DateField(_("month"))
    due_on = models.DateField(_("to be paid by"))
    head_count = models.PositiveIntegerField(_("people on the roster"), default=0, editable=False)
    due_amount = models.DecimalField(_("owed by the roster (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
    paid_amount = models.DecimalField(_("come in (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
    missing_count = models.PositiveIntegerField(_("people on the roster without a contribution"), default=0, editable=False)
    unknown_branches = ArrayField(models.CharField(max_length=12), default=list, editable=False, verbose_name=_("branches without a known rate"))
    settled_on = models.DateField(_("paid on"), null=True, editable=False)
    state = StateField(StatementState, default=StatementState.DRAWN)

    readers = Party("employer", _("the employer or platform")) | Holds(Duty.COLLECT) | Holds(Duty.KEEP_ACCOUNTS)
    objects = StatementQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("statement of contributions")
        verbose_name_plural = _("statements of contributions")
        indexes = [models.Index(fields=["area", "state", "due_on"], name="statements_of_an_area")]
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "month"], name="a_month_is_stated_once", violation_error_message=_("There is a statement of this month.")
            )
        ]

    def __str__(self) -> str:
        return f"{self.employer.name} · {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:statement-detail", args=[self.pk])

    @property
    def open_amount(self) -> Decimal:
        """What is still owed."""
        return max(self.due_amount - self.paid_amount, Decimal(0))


class Transfer(Record):
    """A pension account on its way from one area to another, in three steps; ``area`` is the new place."""

    reference_prefix = "ZY"
    about = ("insured__person",)
    shown = ("insured", "old_area", "area", "months", "amount")
    state_looks = {"asked": "wait", "requested": "wait", "informed": "wait", "done": "done", "refused": "off", "withdrawn": "off"}
    final_states = frozenset({TransferState.DONE, TransferState.REFUSED, TransferState.WITHDRAWN})

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="transfers", verbose_name=_("insured person"))
    old_area = models.ForeignKey("stakeholders.Area", models.PROTECT, related_name="+", verbose_name=pgettext_lazy("a place", "from"))
    months = models.PositiveIntegerField(_("months of contributions"), null=True, editable=False)
    amount = models.DecimalField(_("in the account (yuan)"), max_digits=12, decimal_places=2, null=True, editable=False)
    state = StateField(TransferState, default=TransferState.ASKED)

    readers = Party("insured__person", _("the insured person")) | Holds(Duty.KEEP_ACCOUNTS) | Holds(Duty.KEEP_ACCOUNTS, "old_area")
    objects = TransferQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("transfer of an account")
        verbose_name_plural = _("transfers of accounts")
        constraints = [
            models.UniqueConstraint(
                fields=["insured"], condition=Q(state__in=["asked", "requested", "informed"]), name="one_transfer_at_a_time",
                violation_error_message=_("A transfer of this account is on its way."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return _t("%(name)s: %(old)s → %(new)s") % {"name": self.insured.name, "old": self.old_area, "new": self.area}

    def get_absolute_url(self) -> str:
        return reverse("insurance:transfer-detail", args=[self.pk])


class Claim(Record):
    """A benefit of basic insurance that somebody asks for."""

    reference_prefix = "DY"
    about = ("insured__person",)
    sensitive = frozenset({"words"})
    shown = ("insured", "kind", "months", "words", "monthly_amount", "area")
    state_looks = {"received": "wait", "granted": "done", "refused": "off", "withdrawn": "off"}
    final_states = frozenset({ClaimState.GRANTED, ClaimState.REFUSED, ClaimState.WITHDRAWN})

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="claims", verbose_name=_("insured person"))
    kind = models.CharField(_("what is asked for"), max_length=12, choices=ClaimKind.choices)
    words = models.CharField(_("what the office should know"), max_length=500, blank=True)
    months = models.PositiveIntegerField(_("months of contributions then"), default=0, editable=False)
    monthly_amount = models.DecimalField(_("granted (yuan)"), max_digits=10, decimal_places=2, null=True, blank=True)
    state = StateField(ClaimState, default=ClaimState.RECEIVED)

    readers = Party("insured__person", _("the insured person")) | Holds(Duty.DECIDE_CLAIMS)
    objects = ClaimQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        constraints = [
            models.UniqueConstraint(
                fields=["insured", "kind"], condition=Q(state="received"), name="a_claim_is_examined_once",
                violation_error_message=_("This claim is being examined already."),
            )
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.insured.name} · {self.get_kind_display()}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:claim-detail", args=[self.pk])
