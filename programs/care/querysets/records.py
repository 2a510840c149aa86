"""Named readings of homes, beds, places and reservations."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.apps import apps
from django.contrib.postgres.expressions import ArraySubquery
from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, Sum, When
from django.db.models.functions import Coalesce, JSONObject, Left
from django.utils import timezone

from governance.actions import RecordQuerySet
from governance.clocks.now import today
from programs.care import rules
from programs.care.querysets.fitting import Guest, misfit, name_key
from programs.care.vocabulary import (
    HOLDING,
    STATES_AT,
    WAITING,
    BedCategory,
    BedState,
    CareLevel,
    HomeState,
    NeighbourWish,
    ReservationState,
    SexRule,
    Stage,
)


@dataclass(frozen=True)
class Known:
    """What the register knows of one level of care in one home, whatever the home reports."""

    has_board: bool  # whether the home has any beds here at all, or gives places only
    beds: int
    free: int
    residents: int


class HomeQuerySet(RecordQuerySet):
    """Care homes."""

    def for_display(self) -> HomeQuerySet:
        return self.select_related("area", "provider")

    def open(self) -> HomeQuerySet:
        """Homes that may take people in."""
        return self.filter(state=HomeState.OPEN)

    def of_provider(self, stakeholder_id: int | None) -> HomeQuerySet:
        """The homes this stakeholder runs."""
        return self.filter(provider_id=stakeholder_id)

    def kept(self) -> HomeQuerySet:
        """Homes that still exist for their provider."""
        return self.exclude(state=HomeState.CLOSED)

    def side_by_side(self, ids: list[int], actor: Any) -> HomeQuerySet:
        """Homes to compare, with all that is compared."""
        return self.filter(pk__in=ids).visible_to(actor).select_related("area").prefetch_related("vacancies", "price_bands")

    def of_actor(self, actor: Any) -> HomeQuerySet:
        """The homes somebody runs, with what they have free and what may be done with them."""
        vacancies = self.model._meta.get_field("vacancies").related_model.objects
        any_need = Prefetch("vacancies", vacancies.for_any_need(), "now_free")
        mine = self.of_provider(actor.stakeholder_id).with_actions(actor)
        return mine.prefetch_related(any_need).order_by("state", "id")

    def in_full(self, actor: Any) -> HomeQuerySet:
        """A home with everything its page says in words, and what this reader may do."""
        beds = self.model._meta.get_field("beds").related_model.objects.filter(home=OuterRef("pk")).by_category()
        return (
            self.visible_to(actor)
            .select_related("area", "provider")
            .with_actions(actor)
            .annotate(kinds_of_beds=ArraySubquery(beds))
        )

    def with_vacancies(self) -> HomeQuerySet:
        """With what each home has now, for every need."""
        return self.prefetch_related("vacancies")


class BedQuerySet(RecordQuerySet):
    """Beds."""

    def for_display(self) -> BedQuerySet:
        return self.select_related("home", "room__unit")

    def usable(self) -> BedQuerySet:
        """Beds that are in use and in a home that is open."""
        return self.filter(state=BedState.OPEN, home__state=HomeState.OPEN)

    def kept(self) -> BedQuerySet:
        """Beds that still exist."""
        return self.exclude(state=BedState.REMOVED)

    def free_between(self, arrives_on: date, leaves_on: date | None) -> BedQuerySet:
        """Beds that nobody holds on any night of the stay; without an end: from then on.

        Whoever should have moved out still lives there: until that is entered nobody knows when the bed is free.
        """
        reservations = self.model._meta.get_field("reservations").related_model
        overstayed = Q(state=ReservationState.ADMITTED, leaves_on__lte=today())
        held = reservations.objects.filter(bed=OuterRef("pk"), state__in=HOLDING).filter(
            Q(leaves_on__isnull=True) | Q(leaves_on__gt=arrives_on) | overstayed
        )
        if leaves_on is not None:
            held = held.filter(Q(arrives_on__lt=leaves_on) | overstayed)
        return self.usable().filter(~Exists(held))

    def vacant_on(self, day: date) -> BedQuerySet:
        """Beds that nobody holds on this day."""
        return self.free_between(day, day + timedelta(days=1))

    def suiting(self, need: int | None) -> BedQuerySet:
        """Beds set up for this need; every bed while the need is not assessed."""
        return self if need is None else self.filter(care_level__in=rules.levels_for(need))

    def for_stays(self, leaves_on: date | None) -> BedQuerySet:
        """Beds one lives in: no day-care places, no beds at home; short-stay beds only for stays with an end."""
        left_out = [BedCategory.DAY_CARE, BedCategory.FAMILY, *([] if leaves_on else [BedCategory.RESPITE])]
        return self.exclude(category__in=left_out)

    def near(self, room: Any, wish: str) -> BedQuerySet:
        """Beds in the same room, or as near as in the same unit."""
        return self.filter(room=room) if wish == NeighbourWish.SAME_ROOM else self.filter(room__unit=room.unit_id)

    def fitting(self, guest: Guest) -> BedQuerySet:
        """Beds that suit the need, in rooms that may be shared with this person: what the table allows."""
        level = self.suiting(guest.need)  # by an index first; the function asks it once more
        return level.alias(misfit=misfit(guest)).filter(misfit__isnull=True)

    def offered_to(self, guest: Guest) -> BedQuerySet:
        """Beds this person can have: free on all days of the stay, and fitting."""
        return self.free_between(guest.arrives_on, guest.leaves_on).fitting(guest)

    def own_first(self, home_id: int) -> BedQuerySet:
        """The beds of this home before those of others."""
        own = Case(When(home=home_id, then=0), default=1)
        return self.order_by(own, "home__name", "label", "id")

    def for_one(self) -> BedQuerySet:
        """Beds that are not kept for couples."""
        return self.exclude(room__sex_rule=SexRule.COUPLES)

    def for_two(self, arrives_on: date, leaves_on: date | None) -> BedQuerySet:
        """Beds beside which another is free, in rooms kept for couples or for anybody; those for couples first, then the best fit."""
        free = self.filter(room__sex_rule__in=[SexRule.COUPLES, SexRule.ANY])
        stays = self.model.objects.for_stays(leaves_on).free_between(arrives_on, leaves_on)
        beside = stays.filter(room=OuterRef("room")).exclude(pk=OuterRef("pk"))
        for_couples = Case(When(room__sex_rule=SexRule.COUPLES, then=0), default=1)
        return free.filter(Exists(beside)).order_by(for_couples, "care_level", "id")

    def best_fit_first(self) -> BedQuerySet:
        """The least equipped bed that will do comes first: places for severe cases stay for severe cases."""
        return self.order_by("care_level", "id")

    def board(self, home: Any) -> BedQuerySet:
        """All beds of a home by unit and room, each with those who hold it."""
        reservations = self.model._meta.get_field("reservations").related_model
        holding = reservations.objects.filter(state__in=HOLDING).select_related("resident", "applicant")
        return (
            self.kept()
            .filter(home=home)
            .select_related("room__unit")
            .prefetch_related(Prefetch("reservations", holding.order_by("arrives_on", "id"), to_attr="held_by"))
            .order_by(F("room__unit__name").asc(nulls_last=True), "room__name", "label", "id")
        )

    def by_category(self) -> BedQuerySet:
        """How many beds of each kind there are, the most first, each line as JSON."""
        rows = self.kept().order_by().values("category").annotate(number=Count("id")).order_by("-number", "category")
        return rows.values_list(JSONObject(category="category", number="number"), flat=True)

    def counted(self, home: Any) -> list[dict[str, Any]]:
        """What the bed board says, by level of care: beds in use, lived in, kept."""
        reservations = self.model._meta.get_field("reservations").related_model
        mine = reservations.objects.filter(bed=OuterRef("pk"))
        return list(
            self.kept()
            .filter(home=home)
            .annotate(
                lived=Exists(mine.filter(state=ReservationState.ADMITTED)), waited=Exists(mine.filter(state__in=WAITING))
            )
            .values("care_level")
            .annotate(
                maximum=Count("id"),
                occupied=Count("id", filter=Q(lived=True)),
                reserved=Count("id", filter=Q(lived=False, waited=True)),
                accepting=Count("id", filter=Q(lived=False, waited=False, state=BedState.OPEN)),
                out_of_use=Count("id", filter=Q(state=BedState.OUT_OF_USE)),
            )
            .order_by("care_level")
        )


    def known_of(self, home: Any) -> dict[int, Known]:
        """By level of care: the beds, and who lives in places of this level, with or without a bed."""
        reservations = self.model._meta.get_field("reservations").related_model.objects
        places = reservations.filter(home=home, bed=None, state=ReservationState.ADMITTED).order_by()
        without_bed = dict(places.values_list("care_level").annotate(number=Count("id")))
        rows = {row["care_level"]: row for row in self.counted(home)}
        nothing = {"maximum": 0, "occupied": 0, "accepting": 0}
        return {
            level: Known(bool(rows), row["maximum"], row["accepting"], row["occupied"] + without_bed.get(level, 0))
            for level in CareLevel.values
            for row in [rows.get(level, nothing)]
        }


class CapacityQuerySet(models.QuerySet):
    """The book of capacity observations."""

    def for_display(self) -> CapacityQuerySet:
        """With who observed."""
        return self.select_related("observer")

    def of_home(self, home: Any) -> CapacityQuerySet:
        """One home's lines, newest first."""
        return self.filter(home=home).order_by("-id")

    def before(self, line: int | None) -> CapacityQuerySet:
        """Older lines than this one."""
        return self if line is None else self.filter(pk__lt=line)

    def latest(self) -> CapacityQuerySet:
        """The last line per home and level."""
        return self.order_by("home_id", "care_level", "-id").distinct("home_id", "care_level")

    def by_level(self) -> list[Any]:
        """As a list, from the least care to the most."""
        return sorted(self, key=lambda line: line.care_level)

    def level_for(self, need: int | None) -> int | None:
        """For one home: the places in which somebody with this need is counted, the least equipped first."""
        suitable = [line for line in self.latest() if need is None or rules.suits(line.care_level, need)]
        free = [line for line in suitable if line.accepting]
        return min((line.care_level for line in free or suitable), default=None)

    def as_of(self, day: date) -> CapacityQuerySet:
        """What was known at the end of a day, per home and level."""
        midnight = datetime.combine(day + timedelta(days=1), time.min, tzinfo=timezone.get_current_timezone())
        return self.filter(recorded_at__lt=midnight).latest()


class VacancyQuerySet(models.QuerySet):
    """What homes have now, by need."""

    def for_any_need(self) -> VacancyQuerySet:
        """One row per home that has ever reported."""
        return self.filter(need=rules.ANY_NEED)

    def sums(self) -> dict[str, Any]:
        """What all open homes have free, and how many of them have said so."""
        homes = apps.get_model("care", "Home").objects.open()
        reported = self.for_any_need().filter(home__state=HomeState.OPEN)
        sums = reported.aggregate(homes=Count("id"), accepting=Sum("accepting"), real=Count("id", filter=~Q(area__code__startswith="99")))
        return sums | {"open_homes": homes.count(), "all_synthetic": not sums["real"]}

    def by_province(self) -> list[dict[str, Any]]:
        """How many homes and free places each province has, by the first two digits of its code."""
        return list(
            self.for_any_need()
            .filter(home__state=HomeState.OPEN)
            .values(province=Left("area_id", 2))
            .annotate(homes=Count("id"), maximum=Sum("maximum"), accepting=Sum("accepting"))
            .order_by("province")
        )


class ReservationQuerySet(RecordQuerySet):
    """Reservations."""

    def for_display(self) -> ReservationQuerySet:
        return self.select_related("home__provider", "bed__room__unit", "applicant", "resident", "area", "companion")

    def to_look_after(self, actor: Any) -> ReservationQuerySet:
        """What waits at the homes somebody runs, and who should have moved out, with actions and clocks, by the day people come."""
        overstayed = Q(state=ReservationState.ADMITTED, leaves_on__lte=today())
        waiting = self.of_homes_of(actor.stakeholder_id).filter(Q(state__in=WAITING) | overstayed).for_display()
        return waiting.with_actions(actor).with_clocks().soonest_first()

    def for_list(self) -> ReservationQuerySet:
        people = (f"{party}__{name}" for party in ("applicant", "resident") for name in ("kind", "name", "name_en"))
        own = ("reference", "area", "created_at", "state", "arrives_on", "leaves_on", "resident_name", "home__name")
        return self.select_related("home", "applicant", "resident").only(*own, *people)

    def with_clocks(self) -> ReservationQuerySet:
        """With the periods that run (``open_clocks``), the one that presses most first, in one statement."""
        return self.prefetch_related(Prefetch("clocks", apps.get_model("clocks", "Clock").objects.pressing(), to_attr="open_clocks"))

    def at_stage(self, stage: str) -> ReservationQuerySet:
        """Waiting for an answer, expected, living there, or over; or late with coming or with going."""
        rows = self.filter(state__in=STATES_AT[Stage(stage)])
        if stage == Stage.AWAITED:
            return rows.filter(arrives_on__lt=today())
        return rows.filter(leaves_on__lte=today()) if stage == Stage.OVERSTAYED else rows

    def same_person(self, stay: Any) -> ReservationQuerySet:
        """Other reservations of whoever this one is for: the same account, or the same name and birthday."""
        same = Q(resident_id=stay.resident_id) if stay.resident_id else Q()
        name = stay.resident_name or (stay.resident.name if stay.resident_id else "")
        if name and stay.resident_born_on:
            same |= Q(resident_key=name_key(name), resident_born_on=stay.resident_born_on)
        return self.filter(same).exclude(pk=stay.pk) if same else self.none()

    def states_elsewhere(self, home_id: int) -> set[str]:
        """In which states they hold beds in other homes than this one."""
        return set(self.holding().exclude(home=home_id).values_list("state", flat=True))

    def meeting(self, first: date, last: date | None) -> ReservationQuerySet:
        """Those whose planned days meet the days from the first until before the last."""
        rows = self.filter(Q(leaves_on__isnull=True) | Q(leaves_on__gt=first))
        return rows if last is None else rows.filter(arrives_on__lt=last)

    def asked_by(self, stakeholder_id: int | None) -> ReservationQuerySet:
        """What this stakeholder asked for, or lives in."""
        return self.filter(Q(applicant_id=stakeholder_id) | Q(resident_id=stakeholder_id))

    def asked_for(self, stakeholder_id: int | None) -> ReservationQuerySet:
        """The places this person lives in or may still get."""
        return self.holding().filter(resident_id=stakeholder_id).select_related("home").order_by("-id")

    def that_concern(self, stakeholder_id: int | None) -> ReservationQuerySet:
        """The places this person lives in or may still get, and those they have asked for on behalf of others."""
        concerned = Q(resident_id=stakeholder_id) | Q(applicant_id=stakeholder_id)
        return self.holding().filter(concerned).select_related("home").order_by("-id")

    def of_homes_of(self, stakeholder_id: int | None) -> ReservationQuerySet:
        """What was asked of the homes this stakeholder runs."""
        return self.filter(home__provider_id=stakeholder_id)

    def holding(self) -> ReservationQuerySet:
        """Reservations that keep a bed from everybody else."""
        return self.filter(state__in=HOLDING)

    def waiting(self) -> ReservationQuerySet:
        """Reservations the home still has something to do for."""
        return self.filter(state__in=WAITING)

    def newest_first(self) -> ReservationQuerySet:
        """What was asked last comes first."""
        return self.order_by("-id")

    def soonest_first(self) -> ReservationQuerySet:
        """By the day somebody comes."""
        return self.order_by(Coalesce("moved_in_on", "arrives_on"), "id")


def responsible_for(duties: list[str], area: str, day: date) -> list[Any]:
    """Who holds these duties for an area on a day: the mandates, with who holds them."""
    mandates = apps.get_model("stakeholders", "Mandate").objects
    return list(mandates.in_force(day).covering(area).filter(duty__in=duties).select_related("stakeholder").order_by("duty", "-area_id"))
