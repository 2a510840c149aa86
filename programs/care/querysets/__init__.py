"""The vocabulary of reading homes, beds, places and reservations."""

from programs.care.querysets.areas import areas_to_choose, names_of_provinces, place_called
from programs.care.querysets.expressions import OnSphere, PositionField, Written
from programs.care.querysets.fitting import Guest
from programs.care.querysets.records import (
    BedQuerySet,
    CapacityQuerySet,
    HomeQuerySet,
    Known,
    ReservationQuerySet,
    VacancyQuerySet,
    responsible_for,
)

__all__ = [
    "BedQuerySet",
    "CapacityQuerySet",
    "Guest",
    "HomeQuerySet",
    "Known",
    "OnSphere",
    "PositionField",
    "ReservationQuerySet",
    "VacancyQuerySet",
    "Written",
    "areas_to_choose",
    "names_of_provinces",
    "place_called",
    "responsible_for",
]
