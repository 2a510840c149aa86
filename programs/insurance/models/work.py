"""Work and what contributions are worked out from: spells of work, bases by period, work injury rates of employers."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce, TruncMonth
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance.actions import Holds, Party, Record, StateField
from governance.bounds import amount, day, moment, one_of, some_of, whole
from governance.clocks.near import Near
from governance.clocks.now import today
from programs.insurance.models.accounts import STAKEHOLDER, Insured
from programs.insurance.models.guards import not_on_a_closed_account
from programs.insurance.querysets import BaseQuerySet, InjuryRateQuerySet, SpellQuerySet
from programs.insurance.vocabulary import (
    COUNTED_SPELL,
    BaseState,
    Branch,
    Duty,
    Floating,
    Industry,
    RateState,
    Sort,
    SpellState,
)

AHEAD = Near(days_ahead=92)  # three months: nothing is declared, and nothing set, further ahead
MOST_BASE = 1_000_000  # yuan a month
FIRST_OF_MONTH = _("Name the first day of a month.")


class Spell(Record):
    """A time in which somebody works for an employer, through a platform or for themselves, and is insured by it.

    Base and branches are those of its first day; what was registered later is a ``Base`` from its month on.
    """

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
    since = models.DateField(_("from"), validators=[AHEAD])
    until = models.DateField(_("until"), null=True, blank=True, validators=[AHEAD])
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
            ExclusionConstraint(
                name="nobody_works_twice_at_one_employer",
                expressions=[
                    ("insured", RangeOperators.EQUAL),
                    (Coalesce("employer", Value(0), output_field=models.BigIntegerField()), RangeOperators.EQUAL),
                    (Func("since", "until", Value("[]"), function="daterange", output_field=DateRangeField()), RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=COUNTED_SPELL),
                violation_error_message=_("This person is on the roster of this employer in that time already. Enter the end of the other spell first."),
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="a_spell_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            ),
            models.CheckConstraint(
                condition=~Q(state=SpellState.ENDED) | Q(until__isnull=False), name="work_that_has_ended_has_its_last_day",
                violation_error_message=_("Say which day is the last."),
            ),
            models.CheckConstraint(
                condition=Q(sort="flexible", employer__isnull=True) | ~Q(sort="flexible") & Q(employer__isnull=False),
                name="only_flexible_workers_have_no_employer", violation_error_message=_("Only who works for oneself has no employer."),
            ),
            models.CheckConstraint(
                condition=Q(branches__len__gte=1), name="a_spell_has_a_branch", violation_error_message=_("Choose at least one branch."),
            ),
            one_of("insurance_spell", "sort", Sort),
            some_of("insurance_spell", "branches", Branch),
            amount("insurance_spell", "base", most=MOST_BASE),
            day("insurance_spell", "since"),
            day("insurance_spell", "until"),
            moment("insurance_spell", "created_at"),
            one_of("insurance_spell", "state", SpellState),
        ]  # fmt: skip
        triggers = [*Record.Meta.triggers, not_on_a_closed_account(COUNTED_SPELL)]

    def __str__(self) -> str:
        return f"{self.insured.name} · {self.employer.name if self.employer_id else self.get_sort_display()}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:spell-detail", args=[self.pk])

    @property
    def branch_labels(self) -> list[str]:
        """The branches in words."""
        return [str(Branch(code).label) for code in self.branches]


class Base(Record):
    """Another base, or other branches, of a spell from a month on: declared by the employer, registered by the office.

    What was registered for months before stays as it is (Social Insurance Law art. 60: each month by what was declared for it).
    """

    reference_prefix = "JS"
    about = ("spell__insured__person",)
    shown = ("spell", "base", "since", "area")
    state_looks = {"declared": "wait", "registered": "done", "refused": "off"}
    final_states = frozenset({BaseState.REGISTERED, BaseState.REFUSED})

    spell = models.ForeignKey(Spell, models.PROTECT, related_name="bases", verbose_name=_("spell of work"))
    base = models.DecimalField(_("base a month (yuan)"), max_digits=10, decimal_places=2)
    branches = ArrayField(models.CharField(max_length=12, choices=Branch.choices), verbose_name=_("branches"))
    since = models.DateField(_("from the month"), validators=[AHEAD], help_text=_("The first day of the month from which it holds: this month or a later one."))
    declared_on = models.DateField(_("declared on"), default=today, editable=False)
    state = StateField(BaseState, default=BaseState.DECLARED)

    readers = (
        Party("spell__employer", _("the employer or platform"))
        | Party("spell__insured__person", _("the insured person"))
        | Holds(Duty.KEEP_ACCOUNTS)
    )
    objects = BaseQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = pgettext_lazy("of contributions", "new base")
        verbose_name_plural = pgettext_lazy("of contributions", "new bases")
        constraints = [
            models.UniqueConstraint(
                fields=["spell", "since"], condition=~Q(state=BaseState.REFUSED), name="a_month_has_one_new_base",
                violation_error_message=_("A new base from this month on was declared already."),
            ),
            models.CheckConstraint(condition=Q(since__day=1), name="a_base_begins_with_a_month", violation_error_message=FIRST_OF_MONTH),
            models.CheckConstraint(
                condition=Q(since__gte=TruncMonth("declared_on")), name="past_months_keep_their_base",
                violation_error_message=_("Past months keep their base: name this month or a later one."),
            ),
            models.CheckConstraint(
                condition=Q(branches__len__gte=1), name="a_base_has_a_branch", violation_error_message=_("Choose at least one branch."),
            ),
            some_of("insurance_base", "branches", Branch),
            amount("insurance_base", "base", most=MOST_BASE),
            day("insurance_base", "since"),
            day("insurance_base", "declared_on"),
            moment("insurance_base", "created_at"),
            one_of("insurance_base", "state", BaseState),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.spell} · {self.since:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:base-detail", args=[self.pk])


class InjuryRate(Record):
    """The class of industry of an employer and the step to which its rate floats, from a month on (工伤保险条例 art. 8)."""

    reference_prefix = "FL"
    shown = ("employer", "industry", "floating", "since", "basis", "area")
    state_looks = {"set": "done", "withdrawn": "off"}
    final_states = frozenset({RateState.WITHDRAWN})

    employer = models.ForeignKey(STAKEHOLDER, models.PROTECT, related_name="+", verbose_name=_("employer or platform"))
    industry = models.PositiveSmallIntegerField(_("class of industry"), choices=Industry.choices)
    floating = models.CharField(_("step of the floating rate"), max_length=1, choices=Floating.choices, default=Floating.BASE)
    since = models.DateField(_("from the month"), validators=[AHEAD], help_text=_("The first day of the month from which it holds."))
    basis = models.CharField(_("by which paper"), max_length=300, help_text=_("As it is cited: kind, date, number."))
    state = StateField(RateState, default=RateState.SET)

    readers = Party("employer", _("the employer or platform")) | Holds(Duty.COLLECT) | Holds(Duty.KEEP_ACCOUNTS)
    objects = InjuryRateQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("work injury rate of an employer")
        verbose_name_plural = _("work injury rates of employers")
        constraints = [
            models.UniqueConstraint(
                fields=["employer", "since"], condition=Q(state=RateState.SET), name="an_employer_has_one_injury_rate",
                violation_error_message=_("A rate of this employer from this month on is set already. Withdraw it first."),
            ),
            models.CheckConstraint(condition=Q(since__day=1), name="an_injury_rate_begins_with_a_month", violation_error_message=FIRST_OF_MONTH),
            models.CheckConstraint(
                condition=~Q(industry=Industry.FIRST) | ~Q(floating__in=[Floating.HALF, Floating.LESS]), name="the_first_class_floats_up_only",
                violation_error_message=_("Of the first class the rate floats up only."),
            ),
            whole("insurance_injuryrate", "industry", least=1, most=8),
            one_of("insurance_injuryrate", "floating", Floating),
            day("insurance_injuryrate", "since"),
            moment("insurance_injuryrate", "created_at"),
            one_of("insurance_injuryrate", "state", RateState),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.employer.name} · {self.get_industry_display()} · {self.since:%Y-%m}"

    def get_absolute_url(self) -> str:
        return reverse("insurance:injuryrate-detail", args=[self.pk])
