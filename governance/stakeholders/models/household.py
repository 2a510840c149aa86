"""Household: who lives and reckons together, from when until when."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders.querysets import HouseholdMemberQuerySet, HouseholdQuerySet
from governance.stakeholders.vocabulary import Duty, HouseholdState, Relation


class Household(Record):
    """The people that live and reckon together, as one of them declared and an office may have confirmed."""

    reference_prefix = "HH"
    about = ("head",)
    final_states = frozenset({HouseholdState.CLOSED})
    sensitive = frozenset({"address"})
    shown = ("head", "area", "address")
    state_looks = {"declared": "wait", "confirmed": "done", "closed": "off"}

    head = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, related_name="households", verbose_name=_("declared by"))
    address = models.CharField(_("address"), max_length=300, blank=True)
    state = StateField(HouseholdState, default=HouseholdState.DECLARED)

    readers = Party("head", _("the head of the household")) | Holds(Duty.KEEP_HOUSEHOLDS)

    objects = HouseholdQuerySet.as_manager()

    class Meta(Record.Meta):
        ordering = ["-id"]
        verbose_name = _("household")
        verbose_name_plural = _("households")
        constraints = [
            models.UniqueConstraint(
                fields=["head"],
                condition=~Q(state=HouseholdState.CLOSED),
                name="one_declares_one_household",
                violation_error_message=_("You have already declared a household. Change that one, or close it first."),
            )
        ]

    def get_absolute_url(self) -> str:
        return reverse("stakeholders:household-detail", args=[self.pk])


class HouseholdMember(models.Model):
    """One person's time in a household."""

    household = models.ForeignKey(Household, models.PROTECT, related_name="members")
    person = models.ForeignKey("stakeholders.Stakeholder", models.PROTECT, null=True, blank=True, related_name="household_memberships")
    name = models.CharField(_("name"), max_length=100)
    relation = models.CharField(_("relation"), max_length=20, choices=Relation.choices)
    born_on = models.DateField(_("born on"), null=True, blank=True)
    since = models.DateField(_("since"))
    until = models.DateField(_("until"), null=True, blank=True)

    objects = HouseholdMemberQuerySet.as_manager()

    class Meta:
        ordering = ["since", "id"]
        verbose_name = _("household member")
        verbose_name_plural = _("household members")
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="one_leaves_a_household_after_coming",
                violation_error_message=_("The last day comes before the first."),
            )
        ]

    def __str__(self) -> str:
        return self.name
