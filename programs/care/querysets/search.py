"""The search for a home: one statement for a page, one for the sums and the numbers beside the filters.

Written in SQL, not by the ORM: this is the page everybody opens first, and building the same query with the ORM costs
more time than PostgreSQL needs to answer it. A filter leaves out a home only when it is known not to fit; a home that
has not reported, or names no price, stays in the list and says so.
"""

from __future__ import annotations

import base64
import binascii
import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db import connection

from programs.care import rules

SORTS = ("nearest", "accepting", "price", "confirmed")
FRESH = ("fresh", "aging", "stale")
FREE = ("now", "assessed")


@dataclass(frozen=True)
class Cursor:
    """Where the next page begins: after this many homes, behind this key and this home."""

    shown: int
    key: str | None
    home_id: int

    def __str__(self) -> str:
        text = json.dumps([self.shown, self.key, self.home_id], separators=(",", ":"))
        return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Cursor | None:
        """The cursor in an address; None if it is none."""
        try:
            shown, key, home_id = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        except (ValueError, TypeError, binascii.Error, UnicodeDecodeError):
            return None
        sound = type(shown) is int and type(home_id) is int and (key is None or type(key) is str)
        return cls(shown, key, home_id) if sound and 0 <= shown < 10**9 and abs(home_id) < 2**63 else None


@dataclass(frozen=True)
class Wanted:
    """What somebody looks for."""

    now: datetime
    area: tuple[str, str] | None = None
    need: int = rules.ANY_NEED
    price_from: Decimal | None = None
    price_to: Decimal | None = None
    ownerships: tuple[str, ...] = ()
    settings: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    freshness: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    near: tuple[float, float] | None = None
    within_km: float | None = None
    words: tuple[str, ...] = ()
    sort: str = "accepting"
    after: Cursor | None = None
    limit: int = 20


@dataclass(frozen=True)
class Found:
    """A home as a line of the list."""

    id: int
    reference: str
    name: str
    area_id: str
    state: str
    address: str
    telephone: str
    ownership: str
    setting: str
    star_rating: int | None
    stars_valid_until: date | None
    services: list[str]
    price_from: Decimal | None
    price_to: Decimal | None
    price_is_of_level: bool
    price_includes: list[str]
    price_regime: str
    price_note: str
    maximum: int | None
    occupied: int | None
    reserved: int | None
    accepting: int | None
    after_assessment: int | None
    precision: str
    observed_at: datetime | None
    remark: str
    distance_km: float | None
    key: str | None = field(repr=False)

    @property
    def places(self) -> rules.Places:
        """The four numbers."""
        return rules.Places(
            self.maximum, self.occupied, self.reserved, self.accepting, self.precision, self.after_assessment
        )

    @property
    def is_synthetic(self) -> bool:
        """Demo data: everything in the fictional territory."""
        return self.area_id.startswith("99")


@dataclass(frozen=True)
class Counted:
    """The sums over everything found, and how many homes each filter value would leave."""

    total: int
    accepting: int
    fresh: int
    doubtful: int
    needs: dict[str, int] = field(default_factory=dict)
    ownerships: dict[str, int] = field(default_factory=dict)
    settings: dict[str, int] = field(default_factory=dict)
    services: dict[str, int] = field(default_factory=dict)
    freshness: dict[str, int] = field(default_factory=dict)
    free: dict[str, int] = field(default_factory=dict)


_BAND = " LEFT JOIN care_priceband p ON p.home_id = h.id AND p.care_level = %(need)s"
_JOINS = """
    care_home h
    LEFT JOIN care_vacancy v ON v.home_id = h.id AND v.need = %(need)s
    LEFT JOIN care_vacancy every ON every.home_id = h.id AND every.need = 9
"""
_FITS_THE_NEED = "(v.home_id IS NOT NULL OR every.home_id IS NULL)"
# Whoever wants free places wants homes that have said so: nothing to look up about those that are silent.
_JOINS_OF_FREE = "care_home h JOIN care_vacancy v ON v.home_id = h.id AND v.need = %(need)s"
# What a month costs for the need; what it costs at all where a home has not said that by level.
PRICE_FROM, PRICE_TO = "coalesce(p.from_amount, h.price_from_amount)", "coalesce(p.to_amount, h.price_to_amount)"

_FRESHNESS = """CASE WHEN {v}.observed_at >= %(fresh_from)s THEN 'fresh'
    WHEN {v}.observed_at >= %(aging_from)s THEN 'aging' ELSE 'stale' END"""
_FREE = {"now": "{v}.accepting > 0", "assessed": "{v}.after_assessment > 0"}

_COLUMNS = """
    h.id, h.reference, h.name, h.area_id, h.state, h.address, h.telephone, h.ownership, h.setting, h.star_rating,
    h.stars_valid_until, h.services, {price_from}, {price_to}, {has_band}, h.price_includes, h.price_regime,
    h.price_note, v.maximum, v.occupied, v.reserved, v.accepting, v.after_assessment,
    coalesce(v.precision, 'unknown'), v.observed_at, coalesce(v.remark, ''),
"""

# sort: (what is sorted by, direction, "behind the key" with a bound the index can use, type of the key)
KEYS = {
    "nearest": ("h.position <-> %(here)s::cube", "ASC", ">", "float8"),
    "accepting": ("v.accepting", "DESC NULLS LAST", "<", "int"),  # as its index has it
    "price": ("{price_from}", "ASC", ">", "numeric"),
    "confirmed": ("v.observed_at", "DESC", "<", "timestamptz"),
}


def page(wanted: Wanted) -> tuple[list[Found], Cursor | None]:
    """The homes of one page, and where the next page begins."""
    statement, parameters = page_statement(wanted)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        rows = [_found(row) for row in cursor.fetchall()]
    if len(rows) <= wanted.limit:
        return rows, None
    rows, last = rows[: wanted.limit], rows[wanted.limit - 1]
    shown = (wanted.after.shown if wanted.after else 0) + len(rows)
    return rows, Cursor(shown, last.key, last.id)


def page_statement(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """First the homes that have the key that is sorted by, then those of which it is not known."""
    whole, parameters = ordered_statement(wanted, priced(_COLUMNS, wanted))
    return f"SELECT * FROM ({whole}) found LIMIT %(rows)s", parameters


def ordered_statement(wanted: Wanted, columns: str) -> tuple[str, dict[str, Any]]:
    """These columns, the distance and the key of the homes of a page, by the index of what is sorted by."""
    conditions, parameters = fitting(wanted)
    key, direction, behind, kind = key_of(wanted)
    parameters |= {"rows": wanted.limit + 1}
    distance = "h.position <-> %(here)s::cube" if wanted.near else "NULL::float8"
    if wanted.near:
        parameters["here"] = cube_of(*wanted.near)
    home_id = "v.home_id" if key.startswith("v.") else "h.id"
    with_key, without_key = [*conditions, f"{key} IS NOT NULL"], [*conditions, f"{key} IS NULL"]
    parts = []
    if wanted.after is None or wanted.after.key is not None:
        if wanted.after is not None:
            parameters |= {"last_key": wanted.after.key, "last_id": wanted.after.home_id}
            bound = f"%(last_key)s::{kind}"
            with_key.append(f"{key} {behind}= {bound} AND ({key} {behind} {bound} OR {home_id} > %(last_id)s)")
        parts.append(_part(wanted, f"{columns} {distance}, ({key})::text AS key", with_key, f"{key} {direction}, {home_id}"))
    elif wanted.after is not None:
        parameters["last_id"] = wanted.after.home_id
        without_key.append("h.id > %(last_id)s")
    if _may_lack_the_key(wanted):
        parts.append(_part(wanted, f"{columns} {distance}, NULL::text", without_key, "h.id"))
    return "\nUNION ALL\n".join(parts), parameters


def _part(wanted: Wanted, columns: str, conditions: list[str], order: str) -> str:
    return f"(SELECT {columns} FROM {joins(wanted)} WHERE {' AND '.join(conditions)} ORDER BY {order} LIMIT %(rows)s)"


def joins(wanted: Wanted) -> str:
    """The tables a search looks into: ``h``, ``v`` for what is free for the need, and ``p`` for what it costs, if there is a need."""
    return (_JOINS_OF_FREE if wanted.free else _JOINS) + (_BAND if has_level(wanted) else "")


def has_level(wanted: Wanted) -> bool:
    """Whether a level of care is asked for, which may have a price of its own."""
    return wanted.need != rules.ANY_NEED


def priced(sql: str, wanted: Wanted) -> str:
    """With the price of the level, where one is asked for."""
    if has_level(wanted):
        return sql.format(price_from=PRICE_FROM, price_to=PRICE_TO, has_band="p.home_id IS NOT NULL")
    return sql.format(price_from="h.price_from_amount", price_to="h.price_to_amount", has_band="false")


def key_of(wanted: Wanted) -> tuple[str, str, str, str]:
    """What is sorted by, its direction, what is "behind the key", and its type."""
    key, *others = KEYS[sorted_by(wanted)]
    return priced(key, wanted), *others


def fitting(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    """All conditions a home must meet to be found."""
    conditions, parameters = _narrowed(wanted)
    conditions += _chosen(wanted, parameters).values()
    return [*conditions, *([] if wanted.free else [_FITS_THE_NEED])], parameters


def _may_lack_the_key(wanted: Wanted) -> bool:
    """Whether a home may be found of which it is not known what is sorted by."""
    known = {
        "nearest": wanted.within_km is not None,
        "accepting": wanted.free == ("now",),
        "confirmed": bool(wanted.free),
        "price": False,
    }
    return not known[sorted_by(wanted)]


def sorted_by(wanted: Wanted) -> str:
    """The order: by distance only if there is a place to measure from."""
    return "accepting" if wanted.sort == "nearest" and wanted.near is None else wanted.sort


def _found(row: tuple[Any, ...]) -> Found:
    *values, chord, key = row
    return Found(*values, None if chord is None else rules.arc_km(chord), key)


def cube_of(longitude: float, latitude: float) -> str:
    """A point as PostgreSQL reads it."""
    return "({},{},{})".format(*(repr(value) for value in rules.on_sphere(longitude, latitude)))


def _narrowed(wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    """The conditions that are not counted beside a filter: place, price, words."""
    fresh_from, aging_from = rules.freshness_bounds(wanted.now)
    parameters: dict[str, Any] = {"need": wanted.need, "fresh_from": fresh_from, "aging_from": aging_from}
    conditions = ["h.state = 'open'"]
    if wanted.area:
        conditions.append("h.area_id >= %(area_from)s AND h.area_id < %(area_to)s")
        parameters |= {"area_from": wanted.area[0], "area_to": wanted.area[1]}
    if wanted.near and wanted.within_km is not None:
        # The box is for the index, the chord is exact.
        conditions.append("h.position <@ cube_enlarge(%(here)s::cube, %(chord)s, 3)")
        conditions.append("h.position <-> %(here)s::cube <= %(chord)s")
        parameters |= {"here": cube_of(*wanted.near), "chord": rules.chord(wanted.within_km)}
    if wanted.price_from is not None:
        conditions.append(priced("({price_to} IS NULL OR {price_to} >= %(price_from)s)", wanted))
        parameters["price_from"] = wanted.price_from
    if wanted.price_to is not None:
        conditions.append(priced("({price_from} IS NULL OR {price_from} <= %(price_to)s)", wanted))
        parameters["price_to"] = wanted.price_to
    for number, word in enumerate(wanted.words):
        conditions.append(f"h.search_text LIKE %(word{number})s")
        escaped = word.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        parameters[f"word{number}"] = f"%{escaped}%"
    return conditions, parameters


def _chosen(wanted: Wanted, parameters: dict[str, Any], vacancy: str = "v") -> dict[str, str]:
    """The conditions that have numbers beside them, by filter."""
    chosen = {}
    if wanted.ownerships:
        chosen["ownerships"] = "h.ownership = ANY(%(ownerships)s)"
        parameters["ownerships"] = list(wanted.ownerships)
    if wanted.settings:
        chosen["settings"] = "h.setting = ANY(%(settings)s)"
        parameters["settings"] = list(wanted.settings)
    if wanted.services:
        chosen["services"] = "h.services @> %(services)s::varchar[]"
        parameters["services"] = list(wanted.services)
    if wanted.freshness:
        chosen["freshness"] = f"{_FRESHNESS} = ANY(%(freshness)s)"
        parameters["freshness"] = list(wanted.freshness)
    if wanted.free:
        chosen["free"] = f"({' OR '.join(_FREE[kind] for kind in wanted.free)})"
    return {name: condition.replace("{v}", vacancy) for name, condition in chosen.items()}


def total(wanted: Wanted) -> int:
    """How many homes are found."""
    conditions, parameters = fitting(wanted)
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM {joins(wanted)} WHERE {' AND '.join(conditions)}", parameters)
        return cursor.fetchone()[0]


def counted(wanted: Wanted) -> Counted:
    """The sums, and beside every filter value how many homes it would leave, the other filters as they are."""
    statement, parameters = counting_statement(wanted)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return Counted(*row[:4], *(json.loads(value) if isinstance(value, str) else value for value in row[4:]))


# Every need a home suits, each with its own price. A home that has never reported may suit all of them.
_EACH_NEED = f"""
    SELECT n.need FROM care_home h JOIN care_vacancy n ON n.home_id = h.id
    LEFT JOIN care_priceband p ON p.home_id = h.id AND p.care_level = n.need WHERE {{fits}}
    UNION ALL
    SELECT k.need FROM care_home h LEFT JOIN care_vacancy n ON n.home_id = h.id CROSS JOIN unnest(ARRAY{list(rules.NEEDS)}) AS k (need)
    LEFT JOIN care_priceband p ON p.home_id = h.id AND p.care_level = k.need WHERE n.home_id IS NULL AND {{fits}}"""


def counting_statement(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """One statement for all of it."""
    conditions, parameters = _narrowed(wanted)
    chosen = _chosen(wanted, parameters)
    fits = {name: chosen.get(name, "true") for name in ("ownerships", "settings", "services", "freshness", "free")}
    needs_fit = " AND ".join([*_narrowed(replace(wanted, need=0))[0], *_chosen(wanted, parameters, "n").values()])

    def left(*but: str) -> str:
        return " AND ".join(["fits_need", *(f"fits_{name}" for name in fits if name not in but)])

    statement = f"""
        WITH found AS MATERIALIZED (
            SELECT h.ownership, h.setting, h.services, v.accepting, v.after_assessment, {_FRESHNESS.format(v="v")} AS freshness, {_FITS_THE_NEED} AS fits_need,
                   {", ".join(f"{sql} AS fits_{name}" for name, sql in fits.items())}
            FROM {joins(replace(wanted, free=()))} WHERE {" AND ".join(conditions)}
        )
        SELECT count(*) FILTER (WHERE {left()}), coalesce(sum(accepting) FILTER (WHERE {left()}), 0),
            count(*) FILTER (WHERE {left()} AND freshness = 'fresh'),
            count(*) FILTER (WHERE {left()} AND freshness = 'stale'),
            (SELECT coalesce(jsonb_object_agg(need, homes), '{{}}') FROM (
                SELECT need, count(*) AS homes FROM ({_EACH_NEED.format(fits=needs_fit)}) each_home GROUP BY need) AS by_need),
            (SELECT coalesce(jsonb_object_agg(ownership, homes), '{{}}') FROM (
                SELECT ownership, count(*) AS homes FROM found WHERE {left("ownerships")} GROUP BY 1) AS by_ownership),
            (SELECT coalesce(jsonb_object_agg(setting, homes), '{{}}') FROM (
                SELECT setting, count(*) AS homes FROM found WHERE {left("settings")} GROUP BY 1) AS by_setting),
            (SELECT coalesce(jsonb_object_agg(service, homes), '{{}}') FROM (
                SELECT service, count(*) AS homes FROM found, unnest(services) AS service
                WHERE {left()} GROUP BY 1) AS by_service),
            (SELECT coalesce(jsonb_object_agg(freshness, homes), '{{}}') FROM (
                SELECT freshness, count(*) AS homes FROM found WHERE {left("freshness")} GROUP BY 1) AS by_freshness),
            jsonb_build_object('now', count(*) FILTER (WHERE {left("free")} AND accepting > 0),
                'assessed', count(*) FILTER (WHERE {left("free")} AND after_assessment > 0))
        FROM found"""
    return statement, parameters
