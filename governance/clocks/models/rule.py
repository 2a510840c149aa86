"""Laws and the periods they set as rows: the law changes, code does not."""

from __future__ import annotations

from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Func, Q
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.clocks import rules, wording
from governance.clocks.now import today
from governance.clocks.querysets import ClockRuleQuerySet
from governance.clocks.vocabulary import Audience, Lateness, Mark, Unit
from governance.clocks.wording import is_chinese

CODE = RegexValidator(r"^[0-9]{12}$", _("The code of an area has twelve figures."))
FROM_THE_BEGINNING = date(1949, 10, 1)  # in force since a day that is not recorded


class Regime(models.Model):
    """A law, regulation, standard or procedure under which periods run."""

    code = models.CharField(_("code"), max_length=30, unique=True)
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("English name"), max_length=160)
    number = models.CharField(_("number"), max_length=60, blank=True)
    effective_from = models.DateField(_("in force from"), null=True, blank=True)
    effective_until = models.DateField(_("in force until"), null=True, blank=True)
    first_day_mark = models.CharField(_("mark of the first day"), max_length=10, choices=Mark.choices, default=Mark.UNVERIFIED)
    is_example = models.BooleanField(_("example, not law"), default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            bounds.one_of("clocks_regime", "first_day_mark", Mark),
            bounds.day("clocks_regime", "effective_from"),
            bounds.day("clocks_regime", "effective_until"),
            bounds.in_order("clocks_regime", "effective_from", "effective_until", _("A law ends after it begins."), may_be_same=False),
        ]

    def __str__(self) -> str:
        return self.name if is_chinese() else self.name_en

    @property
    def title(self) -> str:
        """As a text cites it: 《…》 in Chinese."""
        return f"《{self.name}》" if is_chinese() else self.name_en


class ClockRule(models.Model):
    """How a period runs, since when, on what legal basis; unverified rules say so wherever they are shown."""

    code = models.CharField(_("code"), max_length=60)
    regime = models.ForeignKey(Regime, models.PROTECT, related_name="rules")
    article = models.CharField(_("article"), max_length=20, blank=True)
    name = models.CharField(_("name"), max_length=100)
    name_en = models.CharField(_("English name"), max_length=100)
    object = models.CharField(_("object"), max_length=60)
    object_en = models.CharField(_("object in English"), max_length=100)
    start_event = models.CharField(_("begins with"), max_length=60)
    start_event_en = models.CharField(_("begins with, in English"), max_length=100)
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    amount = models.PositiveIntegerField(_("amount"))
    counts_first_day = models.BooleanField(_("the first day counts"), default=False)
    rolls_over = models.BooleanField(_("a last day on a rest day moves on"), default=False)
    pausable = models.BooleanField(_("can be paused"), default=False)
    pause_condition = models.CharField(_("what pauses it"), max_length=200, blank=True)
    pause_condition_en = models.CharField(_("what pauses it, in English"), max_length=200, blank=True)
    longest_pause = models.PositiveIntegerField(_("longest pause in days"), null=True, blank=True)
    extension_amount = models.PositiveIntegerField(_("extension"), default=0)  # in all, in the rule's unit
    extension_times = models.PositiveSmallIntegerField(_("extensions"), default=0)
    extension_condition = models.CharField(_("condition of extension"), max_length=200, blank=True)
    extension_condition_en = models.CharField(_("condition of extension, in English"), max_length=200, blank=True)
    note = models.CharField(_("note"), max_length=200, blank=True)
    note_en = models.CharField(_("note in English"), max_length=200, blank=True)
    lateness = models.CharField(_("when it ends"), max_length=20, choices=Lateness.choices, default=Lateness.OVERDUE)
    mark = models.CharField(_("mark of the source"), max_length=10, choices=Mark.choices, default=Mark.UNVERIFIED)
    is_example = models.BooleanField(_("example, not law"), default=False)
    told_to = models.CharField(_("who is told"), max_length=10, choices=Audience.choices, default=Audience.CONCERNED)
    area = models.CharField(_("area"), max_length=12, blank=True, validators=[CODE])  # a local standard holds only here; empty: everywhere
    effective_from = models.DateField(_("in force from"), default=FROM_THE_BEGINNING)
    effective_until = models.DateField(_("in force until"), null=True, blank=True)

    objects = ClockRuleQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        constraints = [
            ExclusionConstraint(
                name="a_rule_has_one_version_at_a_time",
                expressions=[
                    ("code", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (
                        Func("effective_from", "effective_until", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                violation_error_message=_("This rule already has a version in that time."),
            ),
            bounds.one_of("clocks_clockrule", "unit", Unit),
            bounds.whole("clocks_clockrule", "amount", least=1, most=100_000),
            bounds.whole("clocks_clockrule", "longest_pause", least=1, most=10_000),
            bounds.whole("clocks_clockrule", "extension_amount", most=10_000),
            bounds.whole("clocks_clockrule", "extension_times", most=100),
            models.CheckConstraint(
                condition=Q(extension_amount=0, extension_times=0) | Q(extension_amount__gt=0, extension_times__gt=0),
                name="an_extension_has_a_length_and_a_number", violation_error_code="extension_amount",
                violation_error_message=_("Say by how much it can be extended, and how often."),
            ),
            bounds.one_of("clocks_clockrule", "lateness", Lateness),
            bounds.one_of("clocks_clockrule", "mark", Mark),
            bounds.one_of("clocks_clockrule", "told_to", Audience),
            bounds.day("clocks_clockrule", "effective_from"),
            bounds.day("clocks_clockrule", "effective_until"),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name if is_chinese() else self.name_en

    def _in_words(self, field: str) -> str:
        return getattr(self, field if is_chinese() else f"{field}_en")

    @property
    def period(self) -> rules.Period:
        """The rule as the pure function knows it."""
        return rules.Period(self.unit, self.amount, self.rolls_over, self.counts_first_day, self.longest_pause)

    @property
    def length(self) -> str:
        """Such as "3 working days"."""
        return wording.length(self.unit, self.amount)

    @property
    def extension_length(self) -> str:
        """The length of all extensions together."""
        return wording.length(self.unit, self.extension_amount) if self.extension_amount else ""

    @property
    def basis(self) -> str:
        """The legal basis as it is cited."""
        return self.regime.title + (wording.article(self.article) if self.article else "")

    @property
    def what(self) -> str:
        """What the period is for, such as a request."""
        return self._in_words("object")

    @property
    def begins_with(self) -> str:
        """What starts the period."""
        return self._in_words("start_event")

    @property
    def paused_by(self) -> str:
        """What pauses the period."""
        return self._in_words("pause_condition")

    @property
    def extended_if(self) -> str:
        """On what condition it may be extended."""
        return self._in_words("extension_condition")

    @property
    def remark(self) -> str:
        """What else the law says about it."""
        return self._in_words("note")

    @property
    def verified(self) -> bool:
        """Whether the period was read in the text that sets it."""
        return self.mark == Mark.VERIFIED

    @property
    def is_promised(self) -> bool:
        """Whether the citizen whose matter it is may count on it: what runs among offices is no promise."""
        return self.told_to == Audience.CONCERNED

    @property
    def key(self) -> str:
        """The code, and for a local rule its area: what tells apart rules that hold on the same day."""
        return f"{self.code}@{self.area}" if self.area else self.code

    @property
    def is_to_come(self) -> bool:
        """Entered already, in force later."""
        return self.effective_from > today()

    @property
    def in_force_from(self) -> date | None:
        """The first day of this version, where it is recorded."""
        return None if self.effective_from == FROM_THE_BEGINNING else self.effective_from
