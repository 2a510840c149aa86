"""The score of two entries (Fellegi and Sunter 1969): for each field log2 of how much likelier what is found is of one person than of two.

``m`` is how often it is found of one person, ``u`` of two; both are assumed, not estimated, and stand below for everybody to read.
A field that is not known on either side counts nothing: missing is not different. Fields are taken as independent, which twins
are not; so nothing is ever decided by a score. It decides only whether a person is asked, and in which order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import log2

from governance.matching.rules import names
from governance.matching.rules.names import Likeness

POSSIBLE, LIKELY = 12.0, 26.0  # from here somebody is asked; from here nothing new is granted until somebody has looked
LUNAR = (18, 52)  # by so many days the date in the lunar calendar, read as a solar one, comes too early


class Birth(StrEnum):
    """How two dates of birth go together."""

    SAME = "same"
    SLIP = "slip"  # day and month the other way round, or one digit, or two digits exchanged
    LUNAR = "lunar"  # one may be of the lunar calendar
    YEAR = "year"  # the year is the same, and one of them is its first day: the day was not known
    OTHER = "other"
    UNKNOWN = "unknown"


class Place(StrEnum):
    """How two areas go together."""

    COUNTY = "county"
    CITY = "city"
    PROVINCE = "province"
    OTHER = "other"
    UNKNOWN = "unknown"


class Plain(StrEnum):
    """How two plain facts go together."""

    SAME = "same"
    OTHER = "other"
    UNKNOWN = "unknown"


ASSUMED: dict[str, dict[str, tuple[float, float]]] = {  # field: finding: (m, u)
    "name": {
        Likeness.SAME: (0.80, 0.0005), Likeness.VARIANT: (0.06, 0.0001), Likeness.SOUND: (0.06, 0.002), Likeness.NEAR: (0.03, 0.004),
        Likeness.CHARACTER: (0.02, 0.02), Likeness.OTHER: (0.03, 0.9734),
    },
    "birth": {Birth.SAME: (0.90, 0.00004), Birth.SLIP: (0.04, 0.001), Birth.LUNAR: (0.02, 0.001), Birth.YEAR: (0.01, 0.004), Birth.OTHER: (0.03, 0.994)},
    "place": {Place.COUNTY: (0.80, 0.02), Place.CITY: (0.10, 0.05), Place.PROVINCE: (0.06, 0.20), Place.OTHER: (0.04, 0.73)},
    "sex": {Plain.SAME: (0.99, 0.5), Plain.OTHER: (0.01, 0.5)},
    "contact": {Plain.SAME: (0.60, 0.0003), Plain.OTHER: (0.40, 0.9997)},
    "number": {Plain.SAME: (0.999, 0.000001), Plain.OTHER: (0.00001, 0.999999)},
}  # fmt: skip


@dataclass(frozen=True)
class Named:
    """What an entry says of somebody; what it does not say is None or empty."""

    name: str
    born_on: date | None = None
    area: str = ""
    is_male: bool | None = None
    telephone: str = ""
    email: str = ""
    number: str = ""  # the keyed index of an identity number, never the number


@dataclass(frozen=True)
class Finding:
    """One field compared: what was found, and what it counts."""

    field: str
    found: str
    weight: float


def weight(field: str, found: str) -> float:
    """What a finding counts, rounded to a tenth; what is not known counts nothing."""
    chances = ASSUMED[field].get(found)
    return round(log2(chances[0] / chances[1]), 1) if chances else 0.0


def births(one: date | None, other: date | None) -> Birth:
    """How two dates of birth go together."""
    if one is None or other is None:
        return Birth.UNKNOWN
    if one == other:
        return Birth.SAME
    if one.year == other.year and (1, 1) in {(one.month, one.day), (other.month, other.day)}:
        return Birth.YEAR
    if _is_slip(one, other):
        return Birth.SLIP
    return Birth.LUNAR if LUNAR[0] <= abs((one - other).days) <= LUNAR[1] else Birth.OTHER


def _is_slip(one: date, other: date) -> bool:
    if one.year == other.year and (one.month, one.day) == (other.day, other.month):
        return True
    first, second = f"{one:%Y%m%d}", f"{other:%Y%m%d}"
    places = [n for n, (a, b) in enumerate(zip(first, second, strict=True)) if a != b]
    if len(places) == 1:
        return True
    return len(places) == 2 and (first[places[0]], first[places[1]]) == (second[places[1]], second[places[0]])


def places(one: str, other: str) -> Place:
    """How two twelve-digit codes of areas go together; what is coarser than a county and does not contradict tells nothing."""
    if not one or not other:
        return Place.UNKNOWN
    for start, place in ((0, Place.OTHER), (2, Place.PROVINCE), (4, Place.CITY)):
        mine, others = one[start : start + 2], other[start : start + 2]
        if "00" in (mine, others):
            return Place.UNKNOWN
        if mine != others:
            return place
    return Place.COUNTY


def plainly(one: object, other: object) -> Plain:
    """How two facts go together that are the same or not."""
    if one in (None, "") or other in (None, ""):
        return Plain.UNKNOWN
    return Plain.SAME if one == other else Plain.OTHER


def _contacts(one: Named, other: Named) -> Plain:
    found = {plainly(one.telephone, other.telephone), plainly(one.email.lower(), other.email.lower())}
    return next((plain for plain in (Plain.SAME, Plain.OTHER) if plain in found), Plain.UNKNOWN)


def compared(one: Named, other: Named) -> tuple[Finding, ...]:
    """Every field, in the order in which it is read."""
    found = {
        "name": names.alike(one.name, other.name), "birth": births(one.born_on, other.born_on), "place": places(one.area, other.area),
        "sex": plainly(one.is_male, other.is_male), "contact": _contacts(one, other), "number": plainly(one.number, other.number),
    }  # fmt: skip
    return tuple(Finding(field, str(value), weight(field, value)) for field, value in found.items())


def score(findings: tuple[Finding, ...]) -> float:
    """Everything together."""
    return round(sum(one.weight for one in findings), 1)


def is_worth_asking(findings: tuple[Finding, ...]) -> bool:
    """Whether a person is asked. The same name in the same place is no reason: date of birth, contact or number must speak too."""
    found = {one.field: one.found for one in findings}
    speaks = found["birth"] in {Birth.SAME, Birth.SLIP, Birth.LUNAR, Birth.YEAR} or Plain.SAME in {found["contact"], found["number"]}
    return speaks and score(findings) >= POSSIBLE


def is_likely(total: float) -> bool:
    """Whether it is so likely that nothing new is granted until somebody has looked."""
    return total >= LIKELY


def keys(one: Named) -> frozenset[str]:
    """What two entries must share at least one of to be compared at all: by these they find each other among millions."""
    loose, county = names.loose_sounds(one.name), one.area[:6]
    found = {f"t:{one.telephone}"} if one.telephone else set()
    found |= {f"e:{one.email.lower()}"} if one.email else set()
    if (born := one.born_on) is not None:
        month, day = sorted((born.month, born.day))
        found |= {f"b:{sound}:{born:%Y%m%d}" for sound in loose} | {f"y:{sound}:{born.year}" for sound in loose}
        found |= {f"s:{sound}:{born.year}{month:02d}{day:02d}" for sound in names.surname_sounds(one.name)}
        found |= {f"p:{sound}:{county}" for sound in loose} if county else set()
    return frozenset(found)
