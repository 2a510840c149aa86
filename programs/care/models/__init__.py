"""The records of care: homes, their rooms and beds, what is free, reservations, and files of homes and beds."""

from programs.care.models.bed import Bed, Room, Unit
from programs.care.models.capacity import CapacityObservation, Vacancy
from programs.care.models.home import Home, PriceBand
from programs.care.models.importing import Import, ImportPiece, ImportProblem, ImportRow
from programs.care.models.reservation import Reservation

__all__ = [
    "Bed",
    "CapacityObservation",
    "Home",
    "Import",
    "ImportPiece",
    "ImportProblem",
    "ImportRow",
    "PriceBand",
    "Reservation",
    "Room",
    "Unit",
    "Vacancy",
]
