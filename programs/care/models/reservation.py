"""Reservation: a bed held for one person for one stay."""

from __future__ import annotations

from typing import Any

import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeBoundary, RangeOperators
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Func, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from governance import bounds
from governance.actions import Guard, Holds, Party, Record, StateField
from governance.clocks.near import Near
from governance.clocks.now import today
from programs.care.models.bed import Bed
from programs.care.models.home import Home
from programs.care.querysets import ReservationQuerySet
from programs.care.vocabulary import (
    HOLDING,
    LEFT,
    LIVED,
    WAITING,
    CareLevel,
    DeclineGround,
    Duty,
    NeighbourWish,
    Relation,
    ReservationState,
    Sex,
)

LONGEST_LIFE, LONGEST_STAY = 130 * 366, 60 * 366  # days

# The home's row is taken before anything is written about its beds: everybody queues in one order, nobody deadlocks.
_QUEUE_AT_THE_HOME = "PERFORM 1 FROM care_home WHERE id = NEW.home_id FOR NO KEY UPDATE; RETURN NEW;"

# A held bed leaves the home's free places at once. What counts is the bed, not the paper: one bed with a resident and
# a later reservation is one place. 2 = lived in, 1 = kept, 0 = free.
_COUNT_ON = """
    WITH ranks AS (
        SELECT CASE OLD.state WHEN 'admitted' THEN 2 WHEN 'requested' THEN 1 WHEN 'confirmed' THEN 1 ELSE 0 END AS was,
               CASE NEW.state WHEN 'admitted' THEN 2 WHEN 'requested' THEN 1 WHEN 'confirmed' THEN 1 ELSE 0 END AS becomes
    ), moves AS (
        SELECT NEW.home_id, NEW.care_level, NEW.bed_id, was, becomes FROM ranks
        WHERE OLD.bed_id IS NOT DISTINCT FROM NEW.bed_id AND OLD.home_id = NEW.home_id
          AND OLD.care_level IS NOT DISTINCT FROM NEW.care_level
        UNION ALL
        SELECT OLD.home_id, OLD.care_level, OLD.bed_id, was, 0 FROM ranks
        WHERE OLD.bed_id IS DISTINCT FROM NEW.bed_id OR OLD.home_id IS DISTINCT FROM NEW.home_id
           OR OLD.care_level IS DISTINCT FROM NEW.care_level
        UNION ALL
        SELECT NEW.home_id, NEW.care_level, NEW.bed_id, 0, becomes FROM ranks
        WHERE OLD.bed_id IS DISTINCT FROM NEW.bed_id OR OLD.home_id IS DISTINCT FROM NEW.home_id
           OR OLD.care_level IS DISTINCT FROM NEW.care_level
    ), beds AS (
        SELECT m.home_id, m.care_level, greatest(m.was, others.rank) AS was, greatest(m.becomes, others.rank) AS becomes
        FROM moves m CROSS JOIN LATERAL (
            SELECT coalesce(max(CASE r.state WHEN 'admitted' THEN 2 ELSE 1 END), 0) AS rank
            FROM care_reservation r
            WHERE r.bed_id = m.bed_id AND r.id <> NEW.id AND r.state IN ('requested', 'confirmed', 'admitted')
        ) others
    ), shifts AS (
        SELECT home_id, care_level,
               sum((becomes = 2)::int - (was = 2)::int) AS occupied, sum((becomes = 1)::int - (was = 1)::int) AS reserved
        FROM beds WHERE home_id IS NOT NULL AND care_level IS NOT NULL
        GROUP BY home_id, care_level
    )
    INSERT INTO care_capacityobservation (home_id, area_id, care_level, maximum, occupied, reserved, accepting,
        precision, remark, source, confirmed_unchanged, observed_at, recorded_at, observer_id)
    SELECT last.home_id, last.area_id, last.care_level, last.maximum,
        greatest(last.occupied + s.occupied, 0), greatest(last.reserved + s.reserved, 0),
        CASE WHEN last.precision = 'exact' THEN last.accepting - s.occupied - s.reserved
             ELSE greatest(last.accepting - s.occupied - s.reserved, 0) END,
        last.precision, last.remark, 'reservation', false, last.observed_at, clock_timestamp(), last.observer_id
    FROM shifts s CROSS JOIN LATERAL (
        SELECT * FROM care_capacityobservation o
        WHERE o.home_id = s.home_id AND o.care_level = s.care_level ORDER BY o.id DESC LIMIT 1
    ) last
    WHERE s.occupied <> 0 OR s.reserved <> 0;
    RETURN NULL;
"""

# What keeps people apart who are entered by name, whoever writes the row.
_TELL_APART = """
    NEW.resident_key := care_name_key(coalesce(nullif(NEW.resident_name, ''),
        (SELECT name FROM stakeholders_stakeholder WHERE id = NEW.resident_id), ''));
    RETURN NEW;
"""

# After the home's row was taken, so that nobody else is being put into the same room meanwhile. A bed in which somebody
# still lives though the stay was planned to be over is not promised to anybody else.
_FIT_THE_BED = """
    IF NEW.bed_id IS NULL OR NEW.state NOT IN ('requested', 'confirmed', 'admitted') THEN RETURN NULL; END IF;
    broken := care_misfit(NEW.bed_id, NEW.id, NEW.care_need, NEW.sex, NEW.arrives_on, NEW.leaves_on, NEW.state = 'admitted', NEW.companion_id);
    IF broken IS NULL AND TG_OP = 'INSERT' AND EXISTS (
        SELECT FROM care_reservation r WHERE r.bed_id = NEW.bed_id AND r.id <> NEW.id AND r.state = 'admitted'
        AND r.leaves_on <= (NEW.created_at AT TIME ZONE 'Asia/Shanghai')::date)
    THEN broken := 'one_resident_in_one_bed'; END IF;
    IF broken IS NOT NULL THEN
        RAISE EXCEPTION '%', broken USING ERRCODE = 'check_violation', CONSTRAINT = broken;
    END IF;
    RETURN NULL;
"""


def _days(first: str, last: str) -> tuple[Func, str]:
    """The days from the first until before the last, and that they must not meet."""
    return Func(F(first), F(last), RangeBoundary(), function="daterange"), RangeOperators.OVERLAPS


GUARDS = {
    "a_bed_suits_the_need": Guard(
        _("This bed is not set up for the level of care that is needed. Choose another bed."), "care_need"
    ),
    "a_room_is_for_whom_it_is_kept": Guard(
        _(
            "This room is kept for women or for men only. Say whether a woman or a man moves in, or choose another bed."
        ),
        "sex",
    ),
    "strangers_share_with_their_own_sex": Guard(
        _("The room is shared with a person of the other sex. Choose another bed."), "sex"
    ),
    "a_couples_room_is_for_one_couple": Guard(
        _("This room is kept for a couple, and somebody else holds the other bed. Choose another bed.")
    ),
}


class Reservation(Record):
    """A bed held for one person for one stay."""

    reference_prefix = "CW"
    final_states = frozenset(ReservationState.values) - frozenset(HOLDING)
    state_looks = {
        "requested": "wait", "confirmed": "open", "admitted": "done", "declined": "off", "lapsed": "soon",
        "withdrawn": "off", "discharged": "off", "transferred": "off", "deceased": "off", "moot": "off",
    }  # fmt: skip
    about = ("applicant", "resident")
    guards = GUARDS
    changed_elsewhere = frozenset({"resident_key"})  # a trigger works it out of the name
    sensitive = frozenset(
        {"resident_name", "resident_key", "resident_born_on", "care_need", "sex", "wish", "telephone"}
    )

    home = models.ForeignKey(Home, models.PROTECT, related_name="reservations", verbose_name=_("home"))
    bed = models.ForeignKey(
        Bed, models.PROTECT, related_name="reservations", null=True, blank=True, verbose_name=_("bed")
    )
    care_level = models.PositiveSmallIntegerField(
        _("counted among places for"), choices=CareLevel.choices, null=True, editable=False
    )
    applicant = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, related_name="+", verbose_name=_("the applicant")
    )
    relation = models.CharField(_("for whom"), max_length=8, choices=Relation.choices, default=Relation.SELF, blank=True)
    resident = models.ForeignKey(
        "stakeholders.Stakeholder", models.PROTECT, related_name="+", null=True, blank=True, verbose_name=_("the resident")
    )
    resident_name = models.CharField(
        _("name of the person who moves in"),
        max_length=60,
        blank=True,
        help_text=_("Only the home and the offices responsible see it. Leave empty if it is you."),
    )
    resident_born_on = models.DateField(
        _("born on"), null=True, blank=True, validators=[Near(days_back=LONGEST_LIFE, days_ahead=0)],
        help_text=_("With the name it keeps anybody from being given two places by mistake."),
    )  # fmt: skip
    resident_key = models.CharField(max_length=120, blank=True, default="", db_default="", editable=False)
    telephone = models.CharField(
        _("telephone for the home to ring"), max_length=30, blank=True, default="", db_default="",
        validators=[RegexValidator(r"^(?=(?:[^0-9]*[0-9]){7})[0-9+\-() ]*$", _("Write a telephone number, with the area code."))],
        help_text=_("The home rings it before it answers. Only the home and the offices responsible see it."),
    )  # fmt: skip
    care_need = models.PositiveSmallIntegerField(
        _("care needed"),
        choices=CareLevel.choices,
        null=True,
        blank=True,
        help_text=_("The level from the assessment. Leave empty if there is none yet."),
    )
    sex = models.CharField(
        _("woman or man"), max_length=6, choices=Sex.choices, blank=True, help_text=_("Asked because rooms are shared.")
    )
    arrives_on = models.DateField(_("arrives on"), validators=[Near(days_back=LONGEST_STAY, days_ahead=366)])
    leaves_on = models.DateField(
        _("leaves on"), null=True, blank=True, validators=[Near(days_back=LONGEST_STAY, days_ahead=2 * 366)],
        help_text=_("Leave empty for a stay until further notice."),
    )  # fmt: skip
    companion = models.ForeignKey(
        "self", models.PROTECT, related_name="companions", null=True, blank=True, verbose_name=_("belongs to")
    )
    neighbour_wish = models.CharField(
        _("how near to each other"), max_length=10, choices=NeighbourWish.choices, default=NeighbourWish.NONE
    )
    wish = models.CharField(_("anything the home should know"), max_length=500, blank=True)
    decline_ground = models.CharField(pgettext_lazy("of declining", "ground"), max_length=12, choices=DeclineGround.choices, blank=True)
    moved_in_on = models.DateField(
        _("moved in on"), null=True, blank=True, validators=[Near(days_back=LONGEST_STAY, days_ahead=0)]
    )
    moved_out_on = models.DateField(
        _("moved out on"), null=True, blank=True, validators=[Near(days_back=LONGEST_STAY, days_ahead=0)]
    )
    state = StateField(ReservationState, default=ReservationState.REQUESTED)

    readers = (
        Party("applicant", _("the applicant"))
        | Party("resident", _("the resident"))
        | Party("home__provider", _("the home"))
        | Holds(Duty.SUPERVISE_HOMES)
        | Holds(Duty.ALLOCATE_BEDS)
    )
    objects = ReservationQuerySet.as_manager()

    class Meta(Record.Meta):
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        indexes = [
            models.Index(fields=["home", "state", "-id"], name="care_reservation_of_home"),
            models.Index(fields=["applicant", "-id"], name="care_reservation_asked"),
        ]
        constraints = [
            bounds.one_of("care_reservation", "state", ReservationState),
            bounds.one_of("care_reservation", "relation", Relation, or_empty=True),
            bounds.one_of("care_reservation", "sex", Sex, or_empty=True),
            bounds.one_of("care_reservation", "neighbour_wish", NeighbourWish),
            bounds.one_of("care_reservation", "decline_ground", DeclineGround, or_empty=True),
            bounds.whole("care_reservation", "care_level", most=CareLevel.DEMENTIA),
            bounds.whole("care_reservation", "care_need", most=CareLevel.DEMENTIA),
            *(
                bounds.day("care_reservation", name)
                for name in ("arrives_on", "leaves_on", "moved_in_on", "moved_out_on", "resident_born_on")
            ),
            ExclusionConstraint(
                name="a_bed_is_held_once",
                expressions=[("bed", RangeOperators.EQUAL), _days("arrives_on", "leaves_on")],
                condition=Q(state__in=HOLDING, bed__isnull=False),
                violation_error_message=_("Somebody else holds this bed on these days. Choose another bed or other days."),
            ),
            ExclusionConstraint(
                name="one_resident_in_one_bed",
                expressions=[("bed", RangeOperators.EQUAL), _days("moved_in_on", "moved_out_on")],
                condition=Q(state__in=LIVED, bed__isnull=False),
                violation_error_message=_(
                    "Somebody still lives in this bed. Enter first when they moved out, or choose another bed."
                ),
            ),
            models.UniqueConstraint(
                fields=["home", "resident"],
                condition=Q(state__in=WAITING),
                name="a_person_asks_a_home_once",
                violation_error_message=_("This home already has a request for the same person. Withdraw that one first."),
            ),
            models.UniqueConstraint(
                fields=["home", "resident_key", "resident_born_on"],
                condition=Q(state__in=WAITING, resident_born_on__isnull=False),
                name="a_named_person_asks_a_home_once",
                violation_error_code="resident_name",
                violation_error_message=_(
                    "This home already has a request for a person of this name and birthday. Whoever asked may withdraw it."
                ),
            ),
            ExclusionConstraint(
                name="a_person_lives_in_one_home",
                expressions=[("resident", RangeOperators.EQUAL), _days("moved_in_on", "moved_out_on")],
                condition=Q(state__in=LIVED, resident__isnull=False),
                violation_error_message=_("This person already lives in a home on these days."),
            ),
            ExclusionConstraint(
                name="a_named_person_lives_in_one_home",
                expressions=[
                    ("resident_key", RangeOperators.EQUAL),
                    ("resident_born_on", RangeOperators.EQUAL),
                    _days("moved_in_on", "moved_out_on"),
                ],
                condition=Q(state__in=LIVED, resident_born_on__isnull=False),
                violation_error_message=_(
                    "A person of this name and birthday already lives in a home. That home enters the moving out first."
                ),
            ),
            models.CheckConstraint(
                condition=Q(leaves_on__isnull=True) | Q(leaves_on__gt=F("arrives_on")),
                name="a_stay_ends_after_it_begins",
                violation_error_code="leaves_on",
                violation_error_message=_("The day of leaving must be after the day of arriving."),
            ),
            models.CheckConstraint(
                condition=~Q(state__in=LIVED) | Q(moved_in_on__isnull=False),
                name="who_lives_here_moved_in_on_a_day",
                violation_error_code="moved_in_on",
                violation_error_message=_("Say on which day the person moved in."),
            ),
            models.CheckConstraint(
                condition=Q(moved_out_on__isnull=True) | Q(moved_out_on__gte=F("moved_in_on")),
                name="nobody_moves_out_before_moving_in",
                violation_error_code="moved_out_on",
                violation_error_message=_("Nobody moves out before moving in."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=LEFT, moved_out_on__isnull=False) | ~Q(state__in=LEFT) & Q(moved_out_on__isnull=True),
                name="who_has_left_moved_out_on_a_day",
                violation_error_code="moved_out_on",
                violation_error_message=_("A stay that is over has its last day, one that goes on has none."),
            ),
        ]
        triggers = [
            *Record.Meta.triggers,
            pgtrigger.Trigger(
                name="queue_at_the_home",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "bed_id"),
                func=_QUEUE_AT_THE_HOME,
            ),
            pgtrigger.Trigger(
                name="tell_people_apart",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("resident_name", "resident_id"),
                func=_TELL_APART,
            ),
            pgtrigger.Trigger(
                name="fit_the_bed",
                when=pgtrigger.After,
                operation=pgtrigger.Insert
                | pgtrigger.UpdateOf("state", "bed_id", "care_need", "sex", "arrives_on", "leaves_on", "companion_id"),
                declare=[("broken", "text")],
                func=_FIT_THE_BED,
            ),
            pgtrigger.Trigger(
                name="count_on",
                when=pgtrigger.After,
                operation=pgtrigger.Insert | pgtrigger.UpdateOf("state", "bed_id"),
                func=_COUNT_ON,
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    def get_absolute_url(self) -> str:
        return reverse("care:reservation-detail", args=[self.pk])

    @property
    def who(self) -> str:
        """Whoever moves in, by name."""
        return self.resident_name or (self.resident or self.applicant).label

    @property
    def has_end(self) -> bool:
        """Whether the stay was planned to end on a day."""
        return self.leaves_on is not None

    @property
    def is_overstayed(self) -> bool:
        """Whether the planned last day has come and nobody has said that the person moved out."""
        return self.state == ReservationState.ADMITTED and self.has_end and self.leaves_on <= today()

    @property
    def is_awaited(self) -> bool:
        """Whether the person was expected before today and has not come."""
        return self.state == ReservationState.CONFIRMED and self.arrives_on < today()

    @property
    def next_action(self) -> Any:
        """The next step of this reader: none that is only on the side, such as ending a stay."""
        return next((action for action in self.available if not action.is_aside), None)

    @property
    def at_work(self) -> str:
        """One line for the worklist of the home: who, which level of care, where, from when."""
        need = "" if self.care_need is None else self.get_care_need_display()
        return " · ".join(filter(None, [self.who, str(need), self.summary]))

    @property
    def summary(self) -> str:
        """One line for lists: the home and the day."""
        return _("%(home)s, from %(day)s") % {"home": self.home.name, "day": self.arrives_on.isoformat()}
