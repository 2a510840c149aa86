"""The search as the interface for programs answers it: PostgreSQL writes each line as JSON, nothing is taken apart and put together again."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import connection

from programs.care import rules
from programs.care.querysets.search import Cursor, Wanted, cube_of, fitting, joins, key_of, ordered_statement, priced

# name of a field: how it is written. China keeps one time and no summer time.
FIELDS = {
    "id": "h.id", "reference": "h.reference", "name": "h.name", "area": "h.area_id", "address": "h.address", "telephone": "h.telephone",
    "ownership": "h.ownership", "setting": "h.setting", "star_rating": "h.star_rating", "stars_valid_until": "h.stars_valid_until",
    "services": "h.services", "price_from_amount": "({price_from})::text", "price_to_amount": "({price_to})::text",
    "maximum": "v.maximum", "occupied": "v.occupied", "reserved": "v.reserved", "accepting": "v.accepting",
    "after_assessment": "v.after_assessment", "precision": "coalesce(v.precision, 'unknown')",
    "freshness": """CASE WHEN v.observed_at >= %(fresh_from)s THEN 'fresh' WHEN v.observed_at >= %(aging_from)s THEN 'aging'
        WHEN v.observed_at IS NULL THEN 'unknown' ELSE 'stale' END""",
    "observed_at": """to_char(v.observed_at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD"T"HH24:MI:SS.US"+08:00"')""",
    "distance_km": f"CASE WHEN f.chord IS NOT NULL THEN {2 * rules.EARTH_RADIUS_KM!r} * asin(least(1, f.chord / 2)) END",
    "is_synthetic": "h.area_id LIKE '99%%'", "url": "%(url)s || h.id || '/'", "href": "%(href)s || h.id || '/'",
}  # fmt: skip
_LINES = f"""
    SELECT row_to_json((SELECT line FROM (SELECT {", ".join(f'{sql} AS "{name}"' for name, sql in FIELDS.items())}) line))::text,
           f.key::text, f.id, [total]
      FROM ([page]) f JOIN care_home h ON h.id = f.id LEFT JOIN care_vacancy v ON v.home_id = f.id AND v.need = %(need)s
           LEFT JOIN care_priceband p ON p.home_id = h.id AND p.care_level = %(need)s
     ORDER BY f.key[kind] [direction] NULLS LAST, f.id"""


def answer(wanted: Wanted, *, url: str, href: str, total: int | None = None) -> tuple[str, int, Cursor | None]:
    """The lines of a page as JSON, how many homes are found, and where the next page begins: one statement.

    ``url`` and ``href`` are where a home is shown, without its number. Whoever knows the total gives it: nothing is counted then.
    """
    one_go = total is None and is_narrow(wanted)
    statement, parameters = _in_one_go(wanted) if one_go else _by_index(wanted, counting=total is None)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters | {"url": url, "href": href})
        rows = cursor.fetchall()
    if rows:
        total = rows[0][3] if total is None else total
    elif total is None:
        total = 0 if wanted.after is None else answer(replace(wanted, after=None), url=url, href=href)[1]
    shown = (wanted.after.shown if wanted.after else 0) + wanted.limit
    following = Cursor(shown, rows[wanted.limit - 1][1], rows[wanted.limit - 1][2]) if len(rows) > wanted.limit else None
    return ",".join([row[0] for row in rows[: wanted.limit]]), total, following


def _lines(wanted: Wanted, **parts: str) -> str:
    whole = priced(_LINES, wanted)
    for name, sql in parts.items():
        whole = whole.replace(f"[{name}]", sql)
    return whole


def is_narrow(wanted: Wanted) -> bool:
    """Whether few enough homes are found that going through them once costs less than a page by the index and a count beside it."""
    return wanted.within_km is not None or wanted.area is not None or bool(wanted.words)


def _by_index(wanted: Wanted, *, counting: bool) -> tuple[str, dict[str, Any]]:
    """A page by the index of what is sorted by."""
    page, parameters = ordered_statement(wanted, "h.id,")
    _key, direction, _behind, kind = key_of(wanted)
    page = f"SELECT id, chord, key FROM ({page}) o (id, chord, key) LIMIT %(rows)s"
    total = f"(SELECT count(*) FROM {joins(wanted)} WHERE {' AND '.join(fitting(wanted)[0])})" if counting else "NULL::int"
    return _lines(wanted, page=page, total=total, kind=f"::{kind}", direction=direction.split()[0]), parameters


def _in_one_go(wanted: Wanted) -> tuple[str, dict[str, Any]]:
    """A page out of all that is found, which has to be gone through for the total anyway."""
    conditions, parameters = fitting(wanted)
    key, direction, behind, kind = key_of(wanted)
    direction = direction.split()[0]
    parameters |= {"rows": wanted.limit + 1}
    if wanted.near:
        parameters["here"] = cube_of(*wanted.near)
    chord = "h.position <-> %(here)s::cube" if wanted.near else "NULL::float8"
    later = "true"
    if wanted.after is not None:
        parameters |= {"last_key": wanted.after.key, "last_id": wanted.after.home_id}
        bound = f"%(last_key)s::{kind}"
        later = f"(key {behind} {bound} OR key = {bound} AND id > %(last_id)s OR key IS NULL)"
        later = later if wanted.after.key is not None else "key IS NULL AND id > %(last_id)s"
    page = f"SELECT * FROM found WHERE {later} ORDER BY key {direction} NULLS LAST, id LIMIT %(rows)s"
    lines = _lines(wanted, page=page, total="(SELECT count(*) FROM found)", kind="", direction=direction)
    where = " AND ".join(conditions)
    return f"WITH found AS MATERIALIZED (SELECT h.id, {key} AS key, {chord} AS chord FROM {joins(wanted)} WHERE {where}) {lines}", parameters


def same_day(wanted: Wanted) -> Wanted:
    """What is counted for a search, whatever the order and the page: two that are equal find as many homes."""
    midnight: datetime = rules.freshness_bounds(wanted.now)[0]
    near = wanted.near if wanted.within_km is not None else None
    return replace(wanted, now=midnight, near=near, after=None, sort="", limit=0)
