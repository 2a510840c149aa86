"""Household: who lives and reckons together, from when until when."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders.querysets import HouseholdMemberQuerySet, HouseholdQuerySet
from governance.stakeholders.responsibilities import LivesIn
from governance.stakeholders.vocabulary import Duty, HouseholdState, Relation

_HEADED_BY_ONE_OF_IT = """
    IF NOT EXISTS (SELECT 1 FROM stakeholders_householdmember WHERE household_id = NEW.id AND person_id = NEW.head_id AND until IS NULL) THEN
        RAISE EXCEPTION 'the head lives elsewhere' USING ERRCODE = 'check_violation', CONSTRAINT = 'a_household_is_headed_by_one_of_it';
    END IF;
    RETURN NEW;
"""
_ALL_LEAVE = """
    UPDATE stakeholders_householdmember SET until = GREATEST(since, (now() AT TIME ZONE 'Asia/Shanghai')::date)
     WHERE household_id = NEW.id AND until IS NULL;
    RETURN NULL;
"""
_THE_HEAD_STAYS = """
    IF EXISTS (SELECT 1 FROM stakeholders_household
               WHERE id = OLD.household_id AND head_id = OLD.person_id AND state <> 'closed') THEN
        RAISE EXCEPTION 'the head leaves' USING ERRCODE = 'check_violation', CONSTRAINT = 'the_head_stays_in_the_household';
    END IF;
    IF TG_OP = 'DELETE' THEN
        RETURN OLD;
    END IF;
    RETURN NEW;
"""
PERIOD = Func(F("since"), F("until"), Value("[]"), function="daterange", output_field=DateRangeField())


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

    readers = Party("head", _("the head of the household")) | LivesIn() | Holds(Duty.KEEP_HOUSEHOLDS)

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
            ),
            bounds.one_of("household", "state", HouseholdState),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="a_household_is_headed_by_one_of_it", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("head_id"),
                condition=pgtrigger.Q(old__head__df=pgtrigger.F("new__head")), func=_HEADED_BY_ONE_OF_IT,
            ),
            pgtrigger.Trigger(
                name="all_leave_a_closed_household", when=pgtrigger.After, operation=pgtrigger.UpdateOf("state"),
                condition=pgtrigger.Q(new__state="closed"), func=_ALL_LEAVE,
            ),
        ]  # fmt: skip

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
            ),
            ExclusionConstraint(
                name="one_lives_in_one_household_at_a_time",
                expressions=[("person", RangeOperators.EQUAL), (PERIOD, RangeOperators.OVERLAPS)],
                condition=Q(person__isnull=False),
                violation_error_message=_("This person lives in a household already in that time. They leave that one first."),
            ),
            models.UniqueConstraint(
                fields=["household", "name", "born_on"], condition=Q(person__isnull=True, until__isnull=True), nulls_distinct=False,
                name="somebody_is_named_once_in_a_household",
                violation_error_message=_("Somebody of this name and day of birth is in the household already."),
            ),
            models.CheckConstraint(
                condition=Q(born_on__isnull=True) | Q(since__gte=F("born_on")), name="nobody_lives_anywhere_before_being_born",
                violation_error_message=_("Nobody lives anywhere before being born."), violation_error_code="born_on",
            ),
            bounds.one_of("householdmember", "relation", Relation),
            bounds.day("householdmember", "born_on"),
            bounds.day("householdmember", "since"),
            bounds.day("householdmember", "until"),
        ]  # fmt: skip
        triggers = [
            pgtrigger.Trigger(
                name="the_head_stays_in_the_household", when=pgtrigger.Before, operation=pgtrigger.UpdateOf("until", "person_id") | pgtrigger.Delete,
                func=_THE_HEAD_STAYS,
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name
