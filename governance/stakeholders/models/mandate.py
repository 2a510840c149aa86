"""Mandate: a stakeholder charged with a duty in an area, on a legal basis, from a day until a day."""

from __future__ import annotations

from typing import Any

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Anyone, Record, StateField, registry
from governance.stakeholders.querysets import MandateQuerySet
from governance.stakeholders.vocabulary import MandateState

PERIOD = Func(F("starts_on"), F("ends_on"), Value("[]"), function="daterange", output_field=DateRangeField())


class Mandate(Record):
    """The published list of powers and duties is this table, and what one may do is computed from it."""

    reference_prefix = "MD"
    final_states = frozenset({MandateState.ENDED})
    shown = ("stakeholder", "area", "legal_basis", "starts_on", "ends_on", "granted_by")
    state_looks = {"granted": "done", "ended": "off"}

    stakeholder = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="mandates", verbose_name=_("who is charged"))
    duty = models.CharField(_("duty"), max_length=100)
    legal_basis = models.CharField(_("legal basis"), max_length=300, help_text=_("Title and article, as it is cited."))
    legal_basis_is_verified = models.BooleanField(_("legal basis checked against its text"), default=False)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"), null=True, blank=True, help_text=_("The last day. Empty means until further notice."))
    granted_by = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, null=True, blank=True, editable=False, related_name="+", verbose_name=_("granted by")
    )
    state = StateField(MandateState, default=MandateState.GRANTED)

    readers = Anyone()

    objects = MandateQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["duty", "area_id", "id"]
        verbose_name = _("mandate")
        verbose_name_plural = _("mandates")
        indexes = [models.Index(fields=["stakeholder", "state"], name="mandates_of_a_stakeholder")]
        constraints = [
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("stakeholder")),
                name="nobody_grants_themselves_a_mandate",
                violation_error_message=_("Nobody grants a mandate to themselves."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="a_mandate_ends_after_it_begins",
                violation_error_message=_("The last day comes before the first."),
            ),
            ExclusionConstraint(
                name="a_duty_is_given_once",
                expressions=[
                    ("stakeholder", RangeOperators.EQUAL),
                    ("duty", RangeOperators.EQUAL),
                    ("area", RangeOperators.EQUAL),
                    (PERIOD, RangeOperators.OVERLAPS),
                ],
                condition=Q(state=MandateState.GRANTED),
                violation_error_message=_("This stakeholder already holds this duty there in that time."),
            ),
            bounds.one_of("mandate", "state", MandateState),
            bounds.day("mandate", "starts_on"),
            bounds.day("mandate", "ends_on"),
        ]

    def __str__(self) -> str:
        return str(self.duty_label)

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:mandate-detail", args=[self.pk])

    @property
    def duty_label(self) -> Any:
        """The duty in words."""
        return registry.duties().get(self.duty, self.duty)

    @property
    def program(self) -> str:
        """The app whose duty it is."""
        return self.duty.split(".")[0]
