"""Units, rooms and beds: what there is in a home."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance import bounds
from governance.actions import Holds, Party, Record, StateField
from governance.stakeholders.responsibilities import Published
from programs.care.models.home import PUBLIC_STATES, Home
from programs.care.querysets import BedQuerySet
from programs.care.vocabulary import BedCategory, BedState, CareLevel, Duty, SexRule

# Whoever holds a bed goes on fitting it when the room or the bed becomes another.
_FIT_THE_HOLDERS = """
    SELECT care_misfit(r.bed_id, r.id, r.care_need, r.sex, r.arrives_on, r.leaves_on, r.state = 'admitted', r.companion_id)
      INTO broken FROM care_reservation r JOIN care_bed b ON b.id = r.bed_id
     WHERE [whose] AND r.state IN ('requested', 'confirmed', 'admitted')
       AND care_misfit(r.bed_id, r.id, r.care_need, r.sex, r.arrives_on, r.leaves_on, r.state = 'admitted', r.companion_id) IS NOT NULL
     LIMIT 1;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION '%', broken USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
"""


def _fit_the_holders(whose: str, *columns: str) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name="fit_the_holders",
        when=pgtrigger.After,
        operation=pgtrigger.UpdateOf(*columns),
        declare=[("broken", "text")],
        func=_FIT_THE_HOLDERS.replace("[whose]", whose),
    )


class Unit(models.Model):
    """A part of a home with its own staff: a floor, a wing, a house."""

    home = models.ForeignKey(Home, models.PROTECT, related_name="units")
    name = models.CharField(pgettext_lazy("of a home", "unit"), max_length=60)

    class Meta:
        verbose_name = pgettext_lazy("of a home", "unit")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "name"],
                name="a_unit_is_named_once",
                violation_error_message=_("The home has a unit of this name already."),
            )
        ]

    def __str__(self) -> str:
        return self.name


class Room(models.Model):
    """A room and for whom it is kept."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="rooms")
    name = models.CharField(_("room"), max_length=30)
    sex_rule = models.CharField(_("kept for"), max_length=10, choices=SexRule.choices, default=SexRule.ANY)

    class Meta:
        verbose_name = _("room")
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["unit", "name"],
                name="a_room_is_named_once",
                violation_error_message=_("The unit has a room of this name already."),
            ),
            bounds.one_of("care_room", "sex_rule", SexRule),
        ]
        triggers = [_fit_the_holders("b.room_id = NEW.id", "sex_rule")]

    def __str__(self) -> str:
        return self.name


class Bed(Record):
    """A bed, and up to which level of care it is set up and staffed."""

    reference_prefix = "CH"
    final_states = frozenset({BedState.REMOVED})
    state_looks = {"open": "done", "out-of-use": "soon", "removed": "off"}

    home = models.ForeignKey(Home, models.PROTECT, related_name="beds", verbose_name=_("home"))
    room = models.ForeignKey(Room, models.PROTECT, related_name="beds", null=True, blank=True, verbose_name=_("room"))
    label = models.CharField(_("bed number"), max_length=30)
    category = models.CharField(_("category"), max_length=16, choices=BedCategory.choices, default=BedCategory.GENERAL)
    care_level = models.PositiveSmallIntegerField(
        _("care level"),
        choices=CareLevel.choices,
        help_text=_("The highest level of care this bed is set up and staffed for."),
    )
    state = StateField(BedState, default=BedState.OPEN)

    readers = Published(home__state__in=PUBLIC_STATES) | Party("home__provider", _("the home")) | Holds(Duty.SUPERVISE_HOMES)
    objects = BedQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("bed")
        verbose_name_plural = _("beds")
        indexes = [
            models.Index(fields=["home", "care_level", "id"], name="care_bed_of_home", condition=Q(state=BedState.OPEN)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["home", "label"],
                condition=~Q(state=BedState.REMOVED),
                name="a_bed_number_is_given_once",
                violation_error_message=_("The home already has a bed with this number."),
            ),
            bounds.one_of("care_bed", "category", BedCategory),
            bounds.whole("care_bed", "care_level", most=CareLevel.DEMENTIA),
            bounds.one_of("care_bed", "state", BedState),
        ]
        triggers = [*Record.Meta.triggers, _fit_the_holders("b.id = NEW.id", "care_level", "room_id")]

    def __str__(self) -> str:
        return self.label

    def get_absolute_url(self) -> str:
        return reverse("care:bed-detail", args=[self.pk])

    @property
    def summary(self) -> str:
        """One line: the bed and its home."""
        return _("Bed %(label)s, %(home)s") % {"label": self.label, "home": self.home.name}
