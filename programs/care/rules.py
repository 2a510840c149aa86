"""The arithmetic of care: stays, levels, places, freshness, distances. Pure functions of plain values."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Literal

from governance import readings

LONGEST_AHEAD = timedelta(days=365)
LONGEST_SHORT_STAY = timedelta(days=365)
LONGEST_LIFE = timedelta(days=130 * 365)

DEMENTIA = 5
ANY_NEED = 9
NEEDS = (0, 1, 2, 3, 4, DEMENTIA, ANY_NEED)

AGING_DAYS = 3
# A rating by GB/T 37276-2018 has four parts, 1,000 points together.
RATING_POINTS = {"stars_environment": 120, "stars_facilities": 130, "stars_management": 150, "stars_service": 600}
EARTH_RADIUS_KM = 6371.0088

Freshness = Literal["fresh", "aging", "stale", "unknown"]


def is_bookable(arrives_on: date, leaves_on: date | None, *, today: date) -> bool:
    """A stay begins today or within a year; a stay with an end lasts at least a night and at most a year."""
    if not today <= arrives_on <= today + LONGEST_AHEAD:
        return False
    return leaves_on is None or arrives_on < leaves_on <= arrives_on + LONGEST_SHORT_STAY


def suits(place_level: int, need: int) -> bool:
    """Whether a place set up for `place_level` can care for somebody with `need`.

    A place equipped and staffed for more disability also serves less; a dementia unit is kept for dementia.
    """
    if need == ANY_NEED:
        return True
    if DEMENTIA in (need, place_level):
        return need == place_level
    return place_level >= need


def levels_for(need: int) -> tuple[int, ...]:
    """The levels of places that suit a need."""
    return tuple(level for level in range(DEMENTIA + 1) if suits(level, need))


def freshness_bounds(now: datetime) -> tuple[datetime, datetime]:
    """From when on a confirmation counts as fresh, and from when on as aging. `now` carries the local time zone."""
    midnight = datetime.combine(now.date(), time.min, tzinfo=now.tzinfo)
    return midnight, midnight - timedelta(days=AGING_DAYS)


def freshness(observed_at: datetime | None, *, now: datetime) -> Freshness:
    """Fresh: confirmed today. Aging: in the three days before. Stale: earlier. Unknown: never."""
    if observed_at is None:
        return "unknown"
    fresh_from, aging_from = freshness_bounds(now)
    if observed_at >= fresh_from:
        return "fresh"
    return "aging" if observed_at >= aging_from else "stale"


def adds_up(maximum: int | None, occupied: int | None, reserved: int | None, accepting: int | None) -> bool:
    """Occupied, reserved and accepting make the maximum. What is not known contradicts nothing."""
    if maximum is None or occupied is None or reserved is None or accepting is None:
        return True
    return occupied + reserved + accepting == maximum


def exceeds(maximum: int | None, *parts: int | None) -> bool:
    """Whether the known parts alone are more than the maximum."""
    return maximum is not None and sum(part or 0 for part in parts) > maximum


@dataclass(frozen=True)
class Places:
    """The four numbers of one home for one level or one need. None is not known, never nought."""

    maximum: int | None
    occupied: int | None
    reserved: int | None
    accepting: int | None
    precision: str
    after_assessment: int | None = None

    @property
    def idle(self) -> int | None:
        """Places that are neither taken nor offered."""
        numbers = (self.maximum, self.occupied, self.reserved, self.accepting)
        if any(number is None for number in numbers):
            return None
        return max(0, self.maximum - self.occupied - self.reserved - self.accepting)


    def bar(self, width: float = 240) -> dict[str, str] | None:
        """The shares as pieces of a bar: where each begins and how long it is; None while something is not known."""
        if not self.maximum or None in (self.occupied, self.reserved):
            return None
        free = self.accepting if self.accepting is not None else self.after_assessment or 0
        ends = [0.0]
        for part in (self.occupied, self.reserved, free):
            ends.append(min(width, ends[-1] + width * part / self.maximum))
        return {
            name: f"{value:.1f}"
            for index, part in enumerate(("occupied", "reserved", "accepting"))
            for name, value in ((f"{part}_x", ends[index]), (f"{part}_width", ends[index + 1] - ends[index]))
        }


def _sum(numbers: Iterable[int | None]) -> int | None:
    known = list(numbers)
    return None if any(number is None for number in known) else sum(known)


def _sum_of_known(numbers: Iterable[int | None]) -> int | None:
    known = [number for number in numbers if number is not None]
    return sum(known) if known else None


def combine(parts: Iterable[Places]) -> Places:
    """One line out of several levels. A sum with an unknown part is unknown; free places are then "at least"."""
    parts = list(parts)
    sure = [p for p in parts if p.precision in ("exact", "at-least", "estimate") and p.accepting is not None]
    assessed = [p for p in parts if p.precision == "assessment-first"]
    return Places(
        maximum=_sum(p.maximum for p in parts),
        occupied=_sum(p.occupied for p in parts),
        reserved=_sum(p.reserved for p in parts),
        accepting=_sum_of_known(p.accepting for p in sure),
        precision=_combined_precision(parts, sure, assessed),
        after_assessment=_sum_of_known(p.accepting for p in assessed),
    )


def _combined_precision(parts: list[Places], sure: list[Places], assessed: list[Places]) -> str:
    if not sure:
        return "assessment-first" if assessed else "unknown"
    if any(p.precision == "estimate" for p in sure):
        return "estimate"
    if len(sure) < len(parts) or any(p.precision == "at-least" for p in sure):
        return "at-least"
    return "exact"


def distance_km(from_longitude: float, from_latitude: float, to_longitude: float, to_latitude: float) -> float:
    """Great-circle distance in kilometres between two points in degrees (haversine, mean radius of IUGG)."""
    phi, psi = math.radians(from_latitude), math.radians(to_latitude)
    half_lat, half_lon = (psi - phi) / 2, math.radians(to_longitude - from_longitude) / 2
    haversine = math.sin(half_lat) ** 2 + math.cos(phi) * math.cos(psi) * math.sin(half_lon) ** 2
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, math.sqrt(haversine)))


def on_sphere(longitude: float, latitude: float) -> tuple[float, float, float]:
    """A point in degrees as a point on the sphere of radius 1."""
    lam, phi = math.radians(longitude), math.radians(latitude)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def chord(km: float) -> float:
    """The straight line through a sphere of radius 1 under an arc of so many kilometres."""
    return 2 * math.sin(min(km / EARTH_RADIUS_KM, math.pi) / 2)


def arc_km(chord_length: float) -> float:
    """The arc in kilometres over a chord of the sphere of radius 1."""
    return 2 * EARTH_RADIUS_KM * math.asin(min(1.0, chord_length / 2))


class _AsItIs(str):
    """What is not Chinese, and so has no pinyin."""


@lru_cache(maxsize=10_000)  # names are made of the same words over and over
def _syllables(word: str) -> tuple[str, ...]:
    from pypinyin import lazy_pinyin

    return tuple(lazy_pinyin([word], errors=lambda rest: [_AsItIs(rest.lower())]))


def pinyin_key(text: str) -> str:
    """How a name is typed without Chinese input: full pinyin, then initials, in lower case without tones."""
    from pypinyin.seg.simpleseg import seg  # its dictionaries take a while to load: only when needed

    readings.learn_places()
    syllables = [syllable for word in seg(text) for syllable in _syllables(word)]
    initials = (syllable if isinstance(syllable, _AsItIs) else syllable[:1] for syllable in syllables)
    joined = "".join("".join(syllables).split())
    short = "".join("".join(initials).split())
    return joined if joined == short else f"{joined} {short}"


def search_words(query: str) -> list[str]:
    """The words all of which must occur, as they are kept: lower case, no blanks inside."""
    return query.lower().split()[:6]


MOST_BEDS_AT_ONCE = 200
_SERIES = re.compile(r"^(?P<stem>.*?)(?P<first>\d{1,6})\.\.(?:(?P=stem))?(?P<last>\d{1,6})$")


def bed_labels(text: str) -> list[str] | None:
    """The bed numbers in a line such as ``301-1, 301-2`` or ``A1..A20``; None if there are none, too many, or twice the same."""
    labels: list[str] = []
    for part in re.split(r"[,，、;；\n]+", text):
        label = part.strip()
        if series := _SERIES.match(label):
            first, last, width = int(series["first"]), int(series["last"]), len(series["first"])
            if not first <= last < first + MOST_BEDS_AT_ONCE:
                return None
            labels += [f"{series['stem']}{number:0{width}d}" for number in range(first, last + 1)]
        elif label:
            labels.append(label)
    sound = 0 < len(labels) <= MOST_BEDS_AT_ONCE and len(set(labels)) == len(labels) and all(len(one) <= 30 for one in labels)
    return labels if sound else None
