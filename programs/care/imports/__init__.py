"""Files of homes and beds: their columns, the rules their rows keep, and what they become."""

from programs.care.imports.beds import Beds
from programs.care.imports.homes import Homes

__all__ = ["Beds", "Homes"]
