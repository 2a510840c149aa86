"""What is paid in: contributions with their day, statements of what an employer owes, corrections of what was paid."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.actions import Holds, Party, Record, StateField
from governance.bounds import amount, day, moment, one_of, whole
from governance.clocks.near import Near
from programs.insurance.models.accounts import STAKEHOLDER, Insured
from programs.insurance.models.guards import CONTRIBUTIONS_STAY
from programs.insurance.models.work import FIRST_OF_MONTH, MOST_BASE
from programs.insurance.querysets import ContributionQuerySet, CorrectionQuerySet, StatementQuerySet
from programs.insurance.vocabulary import BilledBy, Branch, CorrectionState, Duty, StatementState

MOST_OF_ALL = 100_000_000_000  # yuan that an employer owes for a month
SUMS = ("due_amount", "paid_amount", "covered_amount", "fee_amount", "fee_paid")
PARTS = ("employer_part", "person_part", "former_employer_part", "former_person_part")


class Contribution(models.Model):
    """What was paid on a day for a person, a month and a branch by one payer. No record of its own: statements and accounts are."""

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="contributions", verbose_name=_("insured person"))
    payer = models.ForeignKey(STAKEHOLDER, models.PROTECT, related_name="+", db_index=False, verbose_name=_("payer"))
    month = models.DateField(_("month"))
    branch = models.CharField(_("branch"), max_length=12, choices=Branch.choices)
    paid_on = models.DateField(_("paid on"))
    base = models.DecimalField(_("base (yuan)"), max_digits=10, decimal_places=2)
    employer_part = models.DecimalField(_("paid by the employer (yuan)"), max_digits=10, decimal_places=2)
    person_part = models.DecimalField(_("paid by the person (yuan)"), max_digits=10, decimal_places=2)

    objects = ContributionQuerySet.as_manager()

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        constraints = [
            # In this order it also answers "what has this payer paid for this month", which statements ask.
            models.UniqueConstraint(
                fields=["payer", "month", "insured", "branch", "paid_on"], name="a_contribution_is_entered_once",
                violation_error_message=_("What was paid for this person, month and branch on that day is entered already."),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_contribution_is_for_a_month", violation_error_message=FIRST_OF_MONTH),
            models.CheckConstraint(
                condition=Q(employer_part__gt=0) | Q(person_part__gt=0), name="a_contribution_is_more_than_nothing",
                violation_error_message=_("Nothing was paid: leave the row out."),
            ),
            one_of("insurance_contribution", "branch", Branch),
            day("insurance_contribution", "month"),
            day("insurance_contribution", "paid_on"),
            amount("insurance_contribution", "base", most=MOST_BASE),
            amount("insurance_contribution", "employer_part", least=0, most=MOST_BASE),
            amount("insurance_contribution", "person_part", least=0, most=MOST_BASE),
        ]  # fmt: skip
        triggers = [*CONTRIBUTIONS_STAY]

    def __str__(self) -> str:
        return f"{self.insured_id} {self.month:%Y-%m} {self.branch}"


class Statement(Record):
    """What an employer owes for a month by its registered roster, and what has come in: each person, each branch by itself.

    A month that the employer did not declare is billed by the month before (Social Insurance Law art. 62), as one sum, until
    it is declared; only then is it settled, for everybody.
    """

    reference_prefix = "JF"
    shown = ("employer", "billed_by", "due_on", "settled_on", "area")
    state_looks = {"drawn": "wait", "settled": "done", "arrears": "soon"}

    employer = models.ForeignKey(STAKEHOLDER, models.PROTECT, related_name="+", verbose_name=_("employer or platform"))
    month = models.DateField(_("month"), validators=[Near(days_ahead=0)])
    due_on = models.DateField(_("to be paid by"))
    billed_by = models.CharField(_("billed by"), max_length=6, choices=BilledBy.choices, default=BilledBy.ROSTER, editable=False)
    head_count = models.PositiveIntegerField(_("people on the roster"), default=0, editable=False)
    due_amount = models.DecimalField(_("owed by the roster (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
    paid_amount = models.DecimalField(_("come in (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
    covered_amount = models.DecimalField(_("come in for what is owed (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
    missing_count = models.PositiveIntegerField(_("contributions not paid in full, by person and branch"), default=0, editable=False)
    late_yuan_days = models.DecimalField(_("late parts times their days (yuan)"), max_digits=20, decimal_places=2, default=0, editable=False)
    values = ArrayField(models.CharField(max_length=40), default=list, editable=False, verbose_name=_("versions of values"))
    settled_on = models.DateField(_("paid on"), null=True, editable=False)
    fee_amount = models.DecimalField(_("late fee (yuan)"), max_digits=14, decimal_places=2, null=True, editable=False)
    fee_paid_on = models.DateField(_("late fee paid on"), null=True, editable=False)
    fee_paid = models.DecimalField(_("late fee paid (yuan)"), max_digits=14, decimal_places=2, default=0, editable=False)
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
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_statement_is_of_a_month", violation_error_message=FIRST_OF_MONTH),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("month")), name="a_month_is_owed_after_it_begins",
                violation_error_message=_("The last day of paying comes after the month has begun."),
            ),
            models.CheckConstraint(
                condition=Q(covered_amount__lte=F("due_amount")) & Q(covered_amount__lte=F("paid_amount")), name="no_more_covers_than_came_in",
                violation_error_message=_("What came in for what is owed is no more than either."),
            ),
            models.CheckConstraint(
                condition=~Q(state=StatementState.SETTLED)
                | Q(missing_count=0, covered_amount=F("due_amount"), head_count__gt=0, settled_on__isnull=False, fee_amount__isnull=False),
                name="a_settled_month_is_paid_for_everybody",
                violation_error_message=_("Not everybody on the roster is paid for in every branch."),
            ),
            models.CheckConstraint(
                condition=Q(fee_amount__isnull=True) | Q(state=StatementState.SETTLED), name="a_fee_is_fixed_when_the_month_is_paid",
                violation_error_message=_("The late fee is fixed when the month is paid."),
            ),
            models.CheckConstraint(
                condition=Q(billed_by=BilledBy.ROSTER) | ~Q(state=StatementState.SETTLED), name="a_month_is_declared_before_it_is_settled",
                violation_error_message=_("This month was not declared: it is settled once the employer has declared it."),
            ),
            one_of("insurance_statement", "billed_by", BilledBy),
            day("insurance_statement", "month"),
            day("insurance_statement", "due_on"),
            day("insurance_statement", "settled_on"),
            day("insurance_statement", "fee_paid_on"),
            whole("insurance_statement", "head_count", most=10_000_000),
            whole("insurance_statement", "missing_count", most=50_000_000),
            *(amount("insurance_statement", name, least=0, most=MOST_OF_ALL) for name in SUMS),
            amount("insurance_statement", "late_yuan_days", least=0, most=10_000 * MOST_OF_ALL),
            moment("insurance_statement", "created_at"),
            one_of("insurance_statement", "state", StatementState),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.employer.name} · {self.month:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:statement-detail", args=[self.pk])

    @property
    def open_amount(self) -> Decimal:
        """What is still owed: nobody's money covers what is owed for somebody else."""
        return self.due_amount - self.covered_amount

    @property
    def fee_open(self) -> Decimal:
        """What of the fixed late fee is still owed."""
        return max((self.fee_amount or Decimal(0)) - self.fee_paid, Decimal(0))


class Correction(Record):
    """What was paid wrongly: asked for by the payer, entered by the office; what was too much goes back (社会保险法 art. 63 applies to less)."""

    reference_prefix = "JZ"
    about = ("insured__person",)
    shown = ("insured", "payer", "branch", "paid_on", "former_employer_part", "employer_part", "former_person_part", "person_part", "area")
    state_looks = {"asked": "wait", "entered": "done", "refused": "off", "withdrawn": "off"}
    final_states = frozenset({CorrectionState.ENTERED, CorrectionState.REFUSED, CorrectionState.WITHDRAWN})

    insured = models.ForeignKey(Insured, models.PROTECT, related_name="+", editable=False, verbose_name=_("insured person"))
    payer = models.ForeignKey(STAKEHOLDER, models.PROTECT, related_name="+", editable=False, verbose_name=_("payer"))
    month = models.DateField(_("month"), editable=False)
    branch = models.CharField(_("branch"), max_length=12, choices=Branch.choices)
    paid_on = models.DateField(_("paid on"), validators=[Near(days_ahead=0)], help_text=_("The day on which it was paid."))
    former_employer_part = models.DecimalField(_("entered: by the employer (yuan)"), max_digits=10, decimal_places=2, editable=False)
    former_person_part = models.DecimalField(_("entered: by the person (yuan)"), max_digits=10, decimal_places=2, editable=False)
    employer_part = models.DecimalField(_("right: by the employer (yuan)"), max_digits=10, decimal_places=2)
    person_part = models.DecimalField(_("right: by the person (yuan)"), max_digits=10, decimal_places=2)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("asked by"))
    state = StateField(CorrectionState, default=CorrectionState.ASKED)

    readers = Party("payer", _("the payer")) | Party("insured__person", _("the insured person")) | Holds(Duty.COLLECT)
    objects = CorrectionQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("correction of a contribution")
        verbose_name_plural = _("corrections of contributions")
        constraints = [
            models.UniqueConstraint(
                fields=["payer", "month", "insured", "branch", "paid_on"], condition=Q(state=CorrectionState.ASKED), name="one_correction_at_a_time",
                violation_error_message=_("A correction of this contribution is being looked at."),
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="a_correction_is_of_a_month", violation_error_message=FIRST_OF_MONTH),
            models.CheckConstraint(
                condition=~Q(employer_part=F("former_employer_part"), person_part=F("former_person_part")), name="a_correction_changes_something",
                violation_error_message=_("That is what is entered already."),
            ),
            one_of("insurance_correction", "branch", Branch),
            day("insurance_correction", "month"),
            day("insurance_correction", "paid_on"),
            *(amount("insurance_correction", name, least=0, most=MOST_BASE) for name in PARTS),
            moment("insurance_correction", "created_at"),
            one_of("insurance_correction", "state", CorrectionState),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.insured.name} · {self.month:%Y-%m} · {self.get_branch_display()}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:correction-detail", args=[self.pk])

    @property
    def goes_back(self) -> Decimal:
        """What is paid back, in yuan; less than nothing where more is to be paid."""
        return self.former_employer_part + self.former_person_part - self.employer_part - self.person_part
