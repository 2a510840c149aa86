"""Plan: what an employer and its staff have agreed (企业年金方案), filed with the labour administration."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.lookups import Exact
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from programs.annuities.querysets import PlanQuerySet
from programs.annuities.rules import plans
from programs.annuities.vocabulary import Consent, Duty, Form, PlanState

MOST_PEOPLE, MOST_YUAN = 10_000_000, Decimal(1_000_000_000_000)  # no employer of the country has more
LIVE = (PlanState.FILED, PlanState.QUESTIONED)


class _Last(Func):
    """The last of a list."""

    template = "(%(expressions)s)[array_upper(%(expressions)s, 1)]"
    output_field = models.IntegerField()


def _said(value: Any) -> Any:
    return f"{value:,.2f}" if isinstance(value, Decimal) else value


def _with_rate(value: Any, rate: Decimal | None) -> Any:
    said = _said(value)
    return said if rate is None else _("%(amount)s (%(rate)s per cent of the payroll)") % {"amount": said, "rate": f"{rate.normalize():f}"}


def _money(label: Any, **options: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=16, decimal_places=2, validators=[MinValueValidator(0)], **options)


def vests_whole() -> Q:
    """That the last number of the table is a hundred."""
    return Q(Exact(_Last("vesting"), Value(100)))


def vesting_field() -> ArrayField:
    """Per cent after full years."""
    return ArrayField(
        models.PositiveSmallIntegerField(validators=[MaxValueValidator(100)]), verbose_name=_("how the employer’s part vests"),
        help_text=_("Per cent after 0, 1, 2 … full years, apart by commas; the last is 100. All at once: 100."),
    )  # fmt: skip


def _rate(label: Any) -> models.DecimalField:
    return models.DecimalField(label, max_digits=6, decimal_places=3, null=True, blank=True, validators=[MinValueValidator(0), MaxValueValidator(100)])


def _party(label: Any, does: Any) -> models.ForeignKey:
    return models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=label, help_text=does)


def _bounds() -> list[models.CheckConstraint]:
    """What the columns of a plan may hold. Money is of a whole employer in a year."""
    money = ("payroll", "employer_amount", "staff_amount", "highest", "average")
    return [
        bounds.whole("annuities_plan", "version", least=1, most=1000),
        bounds.one_of("annuities_plan", "form", Form),
        bounds.one_of("annuities_plan", "state", PlanState),
        bounds.whole("annuities_plan", "people", least=1, most=MOST_PEOPLE),
        bounds.day("annuities_plan", "starts_on"),
        *(bounds.amount("annuities_plan", name, least=0, most=MOST_YUAN) for name in money),
        *(bounds.percent("annuities_plan", name) for name in ("employer_rate", "staff_rate")),
        vests_in_hundredths("annuities_plan"),
        bounds.one_of("annuities_plan", "consent", Consent),
        bounds.day("annuities_plan", "agreed_on"),
        bounds.whole("annuities_plan", "present", least=1, most=MOST_PEOPLE),
        bounds.whole("annuities_plan", "in_favour", most=MOST_PEOPLE),
    ]


def vests_in_hundredths(table: str) -> models.CheckConstraint:
    """Every number of a table of vesting is a percentage."""
    return models.CheckConstraint(
        condition=Q(vesting__contained_by=list(range(101))), name=f"{table}_vesting_bounds", violation_error_code="vesting",
        violation_error_message=_("Every number of the table is from 0 to 100."),
    )  # fmt: skip


class Plan(Record):
    """One version of a plan. An amended plan is a new one that replaces the old when it is in force."""

    reference_prefix = "NJ"
    final_states = frozenset({PlanState.SUPERSEDED, PlanState.WITHDRAWN, PlanState.ENDED})
    state_looks = {"filed": "wait", "questioned": "soon", "in-force": "done", "superseded": "off", "withdrawn": "off", "ended": "off"}

    employer = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="annuity_plans", verbose_name=_("employer"))
    previous = models.ForeignKey("self", models.PROTECT, related_name="amendments", null=True, blank=True, verbose_name=_("the plan it amends"))
    version = models.PositiveSmallIntegerField(_("version"), default=1, editable=False)
    name = models.CharField(_("name of the plan"), max_length=100)
    form = models.CharField(_("whose plan it is"), max_length=12, choices=Form.choices, default=Form.SINGLE, editable=False)
    collective = models.ForeignKey("annuities.Collective", models.PROTECT, related_name="plans", null=True, editable=False, verbose_name=_("the collective plan it joins"))
    is_notional = models.BooleanField(
        _("the unit’s part is only written down"), default=False,
        help_text=_("For units that the budget pays wholly: their part is booked and earns interest, and is paid in when a member draws on it."),
    )  # fmt: skip
    covers = models.CharField(_("who takes part"), max_length=300, help_text=_("Such as: all staff after their trial period."))
    people = models.PositiveIntegerField(_("how many take part"), validators=[MinValueValidator(1)])
    starts_on = models.DateField(_("contributions begin on"))

    payroll = _money(_("payroll of a year (yuan)"), help_text=_("Of the year before: the caps are parts of it."))
    employer_rate = _rate(_("the employer pays (per cent of the payroll)"))
    employer_amount = _money(_("the employer pays in a year (yuan)"))
    staff_rate = _rate(_("the staff pay (per cent of the payroll)"))
    staff_amount = _money(_("the staff pay in a year (yuan)"))
    highest = _money(_("most that one person is credited in a year (yuan)"), null=True, help_text=_("Out of the employer’s contribution."))
    average = _money(_("average credit in a year (yuan)"), null=True)
    vesting = vesting_field()

    trustee = models.CharField(_("trustee (受托人)"), max_length=100)
    custodian = models.CharField(_("custodian (托管人)"), max_length=100)
    account_manager = models.CharField(_("account manager (账户管理人)"), max_length=100)
    investment_manager = models.CharField(_("investment manager (投资管理人)"), max_length=100)

    # Those of the four that work with this system, and what they may do here.
    trustee_here = _party(_("trustee here"), _("It reads the roster, and releases what is paid out."))
    keeper = _party(_("who keeps the accounts here"), _("The account manager, where it works with this system: it enters returns and decides on payouts."))
    custodian_here = _party(_("custodian here"), _("It tells what the plan’s assets are worth, and enters payments. What is in an account it does not read."))
    investor_here = _party(_("investment manager here"), _("It tells what the money has earned. It reads no account."))

    consent = models.CharField(_("how the staff agreed"), max_length=10, choices=Consent.choices, null=True)
    agreed_on = models.DateField(_("agreed on"), null=True)
    present = models.PositiveIntegerField(_("present"), null=True, validators=[MinValueValidator(1)])
    in_favour = models.PositiveIntegerField(_("in favour"), null=True)
    state = StateField(PlanState, default=PlanState.FILED)

    readers = (
        Party("employer", _("the employer")) | Party("keeper", _("the keeper of the accounts")) | Party("trustee_here", _("the trustee"))
        | Party("custodian_here", _("the custodian")) | Party("investor_here", _("the investment manager")) | Holds(Duty.EXAMINE_PLANS)
    )  # fmt: skip
    objects = PlanQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("plan")
        verbose_name_plural = _("plans")
        indexes = [models.Index(fields=["employer", "-id"], name="plans_of_an_employer")]
        constraints = [
            models.CheckConstraint(
                condition=Q(in_favour__lte=F("present")), name="no_more_are_in_favour_than_present",
                violation_error_message=_("More are in favour than were present."),
            ),
            models.CheckConstraint(
                condition=Q(highest__gte=F("average")), name="the_highest_credit_is_no_less_than_the_average",
                violation_error_message=_("The highest credit is less than the average."),
            ),
            models.CheckConstraint(
                condition=vests_whole(), name="the_employers_part_vests_whole",
                violation_error_message=_("The last number of the table must be 100."),
            ),
            models.CheckConstraint(
                condition=Q(form=Form.OCCUPATIONAL) | Q(consent__isnull=False, agreed_on__isnull=False, present__isnull=False, in_favour__isnull=False, highest__isnull=False, average__isnull=False),
                name="an_enterprise_plan_was_agreed_to", violation_error_message=_("Say how the staff agreed, and what one person is credited."),
            ),
            models.CheckConstraint(
                condition=Q(is_notional=False) | Q(form=Form.OCCUPATIONAL), name="only_an_occupational_annuity_is_written_down",
                violation_error_message=_("Only a public body may write its part down."),
            ),
            models.UniqueConstraint(
                fields=["employer", "name"], condition=Q(state=PlanState.IN_FORCE), name="one_version_of_a_plan_is_in_force",
                violation_error_message=_("A plan of this name is in force. Amend it instead."),
            ),
            models.UniqueConstraint(
                fields=["previous"], condition=Q(state__in=LIVE), name="a_plan_is_amended_once_at_a_time",
                violation_error_message=_("An amendment of this plan is being examined already."),
            ),
            *_bounds(),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse("annuities:plan-detail", args=[self.pk])

    @property
    def terms(self) -> plans.Terms:
        """What is checked."""
        return plans.Terms(self.payroll, self.employer_amount, self.staff_amount, self.highest, self.average, self.vesting)

    @property
    def summary(self) -> str:
        """One line for lists."""
        return f"{self.name} ({self.employer.label})"

    @property
    def vesting_rows(self) -> list[tuple[int, int]]:
        """Full years, and per cent of the employer's part that belong to a member then."""
        return list(enumerate(self.vesting))

    @property
    def parties(self) -> list[tuple[Any, Any, Any]]:
        """The four parties: what each is, who it is here, what it does here."""
        fields = [self._meta.get_field(name) for name in ("trustee_here", "keeper", "custodian_here", "investor_here")]
        return [(field.verbose_name, getattr(self, field.name), field.help_text) for field in fields]

    @property
    def facts(self) -> list[tuple[Any, Any]]:
        """What it says, in words; what was not asked of it is left out."""
        named = ("covers", "people", "starts_on", "payroll", "employer_amount", "staff_amount", "highest", "average", "trustee", "custodian", "account_manager", "investment_manager")
        rates = {"employer_amount": self.employer_rate, "staff_amount": self.staff_rate}
        told = [(self._meta.get_field(name).verbose_name, _with_rate(getattr(self, name), rates.get(name))) for name in named if getattr(self, name) not in (None, "")]
        first = [(_("employer"), self.employer.label), (_("whose plan it is"), self.get_form_display())]
        return [*first, *told, *self._written_down(), *self._agreed()]

    def _written_down(self) -> list[tuple[Any, Any]]:
        return [(_("the unit’s part is only written down"), _("yes"))] if self.is_notional else []

    def _agreed(self) -> list[tuple[Any, Any]]:
        if self.agreed_on is None:
            return []
        words = {"how": self.get_consent_display(), "day": self.agreed_on.isoformat(), "for": self.in_favour, "all": self.present}
        return [(_("how the staff agreed"), _("%(how)s, %(day)s: %(for)d of %(all)d in favour") % words)]
