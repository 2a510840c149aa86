"""The vocabulary of reading homes, beds, places and reservations."""

from programs.care.querysets.expressions import OnSphere, PositionField, Written
from programs.care.querysets.records import (
    BedQuerySet,
    CapacityQuerySet,
    HomeQuerySet,
    ReservationQuerySet,
    VacancyQuerySet,
    areas_to_choose,
    responsible_for,
)

__all__ = [
    "BedQuerySet",
    "CapacityQuerySet",
    "HomeQuerySet",
    "OnSphere",
    "PositionField",
    "ReservationQuerySet",
    "VacancyQuerySet",
    "Written",
    "areas_to_choose",
    "responsible_for",
]
