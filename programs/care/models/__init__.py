"""The records of care: homes, their rooms and beds, what is free, and reservations."""

from programs.care.models.bed import Bed, Room, Unit
from programs.care.models.capacity import CapacityObservation, Vacancy
from programs.care.models.home import Home, PriceBand
from programs.care.models.reservation import Reservation

__all__ = [
    "Bed",
    "CapacityObservation",
    "Home",
    "PriceBand",
    "Reservation",
    "Room",
    "Unit",
    "Vacancy",
]
