"""Programs and the versions of their parameters."""

from __future__ import annotations

from datetime import date, timedelta

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, DateRangeField, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Record, StateField
from governance.catalogue.querysets import ParameterQuerySet, ProgramQuerySet
from governance.catalogue.vocabulary import (
    FROM_THE_BEGINNING,
    KNOWN_SINCE,
    Branch,
    Duty,
    Mark,
    Maturity,
    ParameterState,
    Payer,
    Pillar1994,
    Pillar2005,
    Pooling,
    ProgramState,
    Protection,
    Tier,
    Unit,
)
from governance.stakeholders.responsibilities import Published

A_YEAR = timedelta(days=365)
CODE = RegexValidator(r"^[a-z0-9]+(-[a-z0-9]+)*$", _("Use small letters, figures and dashes."))
KEY = RegexValidator(r"^[a-z0-9]+([.-][a-z0-9]+)*$", _("Use small letters, figures, dots and dashes."))


def is_chinese() -> bool:
    """Whether the reader reads Chinese."""
    return (get_language() or "zh").startswith("zh")


class _InTwoLanguages(models.Model):
    class Meta:
        abstract = True

    def in_words(self, field: str) -> str:
        """A text in the reader's language; in Chinese where the other is missing."""
        chinese = getattr(self, field)
        return chinese if is_chinese() else getattr(self, f"{field}_en") or chinese


class Program(_InTwoLanguages, Record):
    """A program of social security, of whatever tier: an entry of the catalogue."""

    reference_prefix = "XM"
    final_states = frozenset({ProgramState.ENDED, ProgramState.WITHDRAWN})
    state_looks = {"proposed": "wait", "published": "done", "ended": "off", "withdrawn": "off"}

    code = models.CharField(_("code"), max_length=60, unique=True, validators=[CODE])
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    purpose = models.CharField(_("what it is for"), max_length=400, blank=True)
    purpose_en = models.CharField(_("what it is for, in English"), max_length=600, blank=True)
    tier = models.CharField(_("tier"), max_length=12, choices=Tier.choices)
    pillar_1994 = models.CharField(_("pillar (World Bank 1994)"), max_length=1, choices=Pillar1994.choices, blank=True)
    pillars_2005 = ArrayField(
        models.PositiveSmallIntegerField(choices=Pillar2005.choices), verbose_name=_("pillars (World Bank 2005)"), default=list, blank=True
    )
    branch = models.CharField(_("branch"), max_length=16, choices=Branch.choices)
    protection = ArrayField(models.CharField(max_length=12, choices=Protection.choices), verbose_name=_("kind of protection"), default=list)
    payers = ArrayField(models.CharField(max_length=12, choices=Payer.choices), verbose_name=_("who pays"), default=list, blank=True)
    pooling = models.CharField(_("pooling level"), max_length=12, choices=Pooling.choices, blank=True)
    maturity = models.CharField(_("maturity"), max_length=12, choices=Maturity.choices)
    basis = models.CharField(_("legal basis"), max_length=300)
    basis_en = models.CharField(_("legal basis in English"), max_length=400, blank=True)
    mark = models.CharField(_("mark of the source"), max_length=12, choices=Mark.choices, default=Mark.UNVERIFIED)
    since = models.DateField(_("since"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    note_en = models.CharField(_("note in English"), max_length=600, blank=True)
    fields_schema = models.JSONField(
        _("fields of its own"), default=dict, blank=True, help_text=_('A JSON Schema that says which further fields this program has, such as {"properties": {"hours": {"type": "integer", "title": "Hours a month"}}}. Without further fields leave it as it is.')
    )
    details = models.JSONField(_("values of its own fields"), default=dict, blank=True, help_text=_('By the names of the schema, such as {"hours": 8}.'))
    position = models.PositiveIntegerField(_("place in the list"), default=1000, editable=False)
    proposed_by = models.ForeignKey("stakeholders.User", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("proposed by"))
    state = StateField(ProgramState, default=ProgramState.PROPOSED)

    readers = Published(state__in=(ProgramState.PUBLISHED, ProgramState.ENDED)) | Holds(Duty.KEEP_CATALOGUE)
    objects = ProgramQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("program")
        verbose_name_plural = _("programs")
        constraints = [
            bounds.one_of("catalogue_program", "state", ProgramState),
            bounds.one_of("catalogue_program", "tier", Tier),
            bounds.one_of("catalogue_program", "pillar_1994", Pillar1994, or_empty=True),
            bounds.some_of("catalogue_program", "pillars_2005", Pillar2005),
            bounds.one_of("catalogue_program", "branch", Branch),
            bounds.some_of("catalogue_program", "protection", Protection),
            bounds.some_of("catalogue_program", "payers", Payer),
            bounds.one_of("catalogue_program", "pooling", Pooling, or_empty=True),
            bounds.one_of("catalogue_program", "maturity", Maturity),
            bounds.one_of("catalogue_program", "mark", Mark),
            bounds.day("catalogue_program", "since"),
            bounds.whole("catalogue_program", "position", most=1_000_000),
        ]

    def __str__(self) -> str:
        return self.in_words("name")

    def get_absolute_url(self) -> str:
        return reverse("catalogue:program-detail", args=[self.pk])

    @property
    def what_for(self) -> str:
        """What it is for."""
        return self.in_words("purpose")

    @property
    def legal_basis(self) -> str:
        """The legal basis as it is cited."""
        return self.in_words("basis")

    @property
    def remark(self) -> str:
        """What else is to be known."""
        return self.in_words("note")

    def labels(self, field: str) -> list[str]:
        """The words for the several values of a field."""
        names = dict(self._meta.get_field(field).base_field.choices)
        return [str(names[value]) for value in getattr(self, field)]


class Parameter(_InTwoLanguages, Record):
    """One version of a number or table that the law fixes: for a program, in an area, from a day until before a day."""

    reference_prefix = "CS"
    final_states = frozenset({ParameterState.ACTIVATED, ParameterState.WITHDRAWN})
    state_looks = {"proposed": "wait", "activated": "done", "withdrawn": "off"}

    program = models.ForeignKey(Program, models.PROTECT, related_name="parameters", verbose_name=_("program"))
    key = models.CharField(_("key"), max_length=80, validators=[KEY])
    name = models.CharField(_("name"), max_length=120)
    name_en = models.CharField(_("name in English"), max_length=160, blank=True)
    value = models.JSONField(_("value"))
    unit = models.CharField(_("unit"), max_length=12, choices=Unit.choices)
    effective_from = models.DateField(_("in force from"))
    effective_until = models.DateField(_("until before"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)
    source_en = models.CharField(_("source in English"), max_length=400, blank=True)
    mark = models.CharField(_("mark of the source"), max_length=12, choices=Mark.choices, default=Mark.UNVERIFIED)
    verified_on = models.DateField(_("verified on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    note_en = models.CharField(_("note in English"), max_length=600, blank=True)
    position = models.PositiveIntegerField(_("place in the list"), default=1000, editable=False)
    proposed_by = models.ForeignKey("stakeholders.User", models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("proposed by"))
    state = StateField(ParameterState, default=ParameterState.PROPOSED)

    readers = Published(state=ParameterState.ACTIVATED) | Published(state=ParameterState.PROPOSED) | Holds(Duty.KEEP_CATALOGUE)
    objects = ParameterQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("parameter")
        verbose_name_plural = _("parameters")
        indexes = [models.Index(fields=["program", "key", "area"], name="versions_of_a_parameter")]
        constraints = [
            ExclusionConstraint(
                name="a_parameter_has_one_value_at_a_time",
                expressions=[
                    ("program", RangeOperators.EQUAL),
                    ("key", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (
                        Func("effective_from", "effective_until", function="daterange", output_field=DateRangeField()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
                condition=Q(state=ParameterState.ACTIVATED),
                violation_error_message=_("This parameter already has a value in that time. Choose another first day, or end the other value first."),
            ),
            models.CheckConstraint(
                condition=Q(effective_until__isnull=True) | Q(effective_until__gt=F("effective_from")),
                name="a_value_ends_after_it_begins",
                violation_error_message=_("A value ends after it begins."),
            ),
            bounds.one_of("catalogue_parameter", "state", ParameterState),
            bounds.one_of("catalogue_parameter", "unit", Unit),
            bounds.day("catalogue_parameter", "effective_from"),
            bounds.day("catalogue_parameter", "effective_until"),
            bounds.one_of("catalogue_parameter", "mark", Mark),
            bounds.day("catalogue_parameter", "verified_on"),
            bounds.whole("catalogue_parameter", "position", most=1_000_000),
        ]
        # What results were worked out with must stay what it was: old cases are worked out again with old values.
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="a_value_in_force_stays",
                when=pgtrigger.Before,
                operation=pgtrigger.UpdateOf("value", "unit", "key", "program_id", "area_id", "effective_from"),
                condition=pgtrigger.Q(old__state=ParameterState.ACTIVATED.value),
                func="RAISE EXCEPTION 'a value in force stays as it is; propose a new version' USING ERRCODE = 'check_violation';",
            ),
        ]

    def __str__(self) -> str:
        return self.in_words("name")

    def get_absolute_url(self) -> str:
        return reverse("catalogue:parameter-detail", args=[self.pk])

    @property
    def where_from(self) -> str:
        """The source as it is cited."""
        return self.in_words("source")

    @property
    def remark(self) -> str:
        """What else is to be known."""
        return self.in_words("note")

    @property
    def since(self) -> date | None:
        """The first day, where it is recorded."""
        return None if self.effective_from == FROM_THE_BEGINNING else self.effective_from

    @property
    def known_since(self) -> date:
        """The first day for which anything is worked out with it: its own, or where that is not recorded, that of the catalogue.

        What had ended before the catalogue begins is known for the year before it ended.
        """
        if self.since is not None:
            return self.since
        ended = self.effective_until is not None and self.effective_until <= KNOWN_SINCE
        return self.effective_until - A_YEAR if ended else KNOWN_SINCE

    @property
    def is_quoted(self) -> bool:
        """Whether it is known only as another text quotes it."""
        return self.mark == Mark.QUOTED

    @property
    def is_unverified(self) -> bool:
        """Whether whoever sees it must be told that its source was not checked."""
        return self.mark in {Mark.UNVERIFIED, Mark.EXAMPLE}

    @property
    def is_table(self) -> bool:
        """Whether it has rows."""
        return self.unit == Unit.TABLE

    @property
    def summary(self) -> str:
        return f"{self.program} · {self}"

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        ended = self.effective_until is not None and self.effective_until <= day
        return self.state == ParameterState.ACTIVATED and self.effective_from <= day and not ended


__all__ = ["FROM_THE_BEGINNING", "Parameter", "Program", "is_chinese"]

