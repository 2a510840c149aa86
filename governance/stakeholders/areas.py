"""Lists of areas put into the table: the packaged one down to counties, and imported ones down to villages.

The packaged list follows 民政部《中华人民共和国行政区划代码》(GB/T 2260) with the 12-digit statistical code, state of 31 December 2025,
with coordinates (WGS 84, degrees). A list to import has a column ``code`` (2, 4, 6, 9 or 12 digits), ``name``, and if wanted
``name_en``, ``pinyin``, ``lon``, ``lat``, ``valid_from``, ``valid_until`` (ISO dates) and ``successor`` (a code).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from governance import areas
from governance.stakeholders.fields import pinyin

PACKAGED = Path(__file__).parent / "data" / "areas.csv"
COLUMNS = ("code", "name", "name_en", "pinyin", "level", "lon", "lat", "valid_from", "valid_until", "successor")
LENGTHS = frozenset(areas.DIGITS.values()) - {0}
MOST_SHOWN = 20
# Levels that exist in the code only; nobody says them with a name.
SILENT = ("省直辖县级行政区划", "自治区直辖县级行政区划", "市辖区", "县")

STAGE = """CREATE TEMPORARY TABLE staged_area (line integer, code text COLLATE "C", name text, name_en text, pinyin text, level smallint,
    lon numeric, lat numeric, valid_from date, valid_until date, successor text COLLATE "C") ON COMMIT DROP"""
TWICE = "SELECT max(line), code FROM staged_area GROUP BY code HAVING count(*) > 1 ORDER BY 1 LIMIT %s"
STRAY = """SELECT line, code FROM staged_area s WHERE level > 1 AND NOT EXISTS (
    SELECT FROM (SELECT code FROM staged_area UNION ALL SELECT code FROM stakeholders_area) k
     WHERE k.code = rpad(left(s.code, (ARRAY[0, 0, 2, 4, 6, 9])[s.level]), 12, '0')) ORDER BY line LIMIT %s"""
HEIRLESS = """SELECT line, successor FROM staged_area s WHERE successor IS NOT NULL AND NOT EXISTS (
    SELECT FROM (SELECT code FROM staged_area UNION ALL SELECT code FROM stakeholders_area) k WHERE k.code = s.successor) ORDER BY line LIMIT %s"""
NAMES = """UPDATE stakeholders_area a SET full_name = n.full_name, full_name_en = n.full_name_en FROM (
    SELECT s.code, coalesce(string_agg(around.name, '' ORDER BY around.level), s.name) AS full_name,
           coalesce(string_agg(nullif(around.name_en, ''), ', ' ORDER BY around.level DESC), '') AS full_name_en
      FROM staged_area s LEFT JOIN LATERAL (
        SELECT name, min(level) AS level, max(name_en) AS name_en FROM stakeholders_area
         WHERE code IN (s.code, rpad(left(s.code, 2), 12, '0'), rpad(left(s.code, 4), 12, '0'), rpad(left(s.code, 6), 12, '0'), rpad(left(s.code, 9), 12, '0'))
           AND level > 1 AND name <> ALL(%s) GROUP BY name) around ON true
     GROUP BY s.code, s.name) n
    WHERE a.code = n.code AND (a.full_name, a.full_name_en) IS DISTINCT FROM (n.full_name, n.full_name_en)"""
UPSERT = """INSERT INTO stakeholders_area (code, name, name_en, full_name, full_name_en, pinyin, level, lon, lat, valid_from, valid_until, successor_id, is_synthetic)
    SELECT code, name, name_en, name, '', pinyin, level, lon, lat, valid_from, valid_until, successor, code >= '990000000000' FROM staged_area
    ON CONFLICT (code) DO UPDATE SET name = excluded.name, name_en = excluded.name_en, pinyin = excluded.pinyin, lon = excluded.lon, lat = excluded.lat,
        valid_from = excluded.valid_from, valid_until = excluded.valid_until, successor_id = excluded.successor_id
    WHERE (stakeholders_area.name, stakeholders_area.name_en, stakeholders_area.pinyin, stakeholders_area.lon, stakeholders_area.lat,
           stakeholders_area.valid_from, stakeholders_area.valid_until, stakeholders_area.successor_id)
        IS DISTINCT FROM (excluded.name, excluded.name_en, excluded.pinyin, excluded.lon, excluded.lat, excluded.valid_from, excluded.valid_until, excluded.successor_id)"""


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a list brought: areas in it, of these new or changed."""

    total: int
    changed: int


class WrongList(ValueError):
    """The list cannot be taken; nothing of it was. ``problems`` are sentences with line numbers, the first twenty."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


def load_packaged(**options: Any) -> None:
    """The packaged list, down to counties; runs after every migration and writes only what differs."""
    if "plan" in options:  # not after a flush, which is meant to leave nothing
        load(PACKAGED)


def load(path: Path) -> Loaded:
    """A whole list from a CSV file (UTF-8), all or nothing. Raises WrongList, OSError, UnicodeDecodeError."""
    with path.open(encoding="utf-8-sig", newline="") as file, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(STAGE)
        problems: list[str] = []
        total = 0
        with cursor.copy(f"COPY staged_area (line, {', '.join(COLUMNS)}) FROM STDIN") as copy:
            for total, row in enumerate(_rows(file, problems), 1):  # noqa: B007 - the last number is the total
                copy.write_row(row)
        if problems := problems or _misfits(cursor):
            raise WrongList(problems)
        cursor.execute(UPSERT)
        changed = cursor.rowcount
        cursor.execute("ANALYZE staged_area")
        cursor.execute(NAMES, [list(SILENT)])
        cursor.execute("DROP TABLE staged_area")  # several lists may come in one transaction
        return Loaded(total, changed)


def _rows(file: Iterable[str], problems: list[str]) -> Iterator[tuple[Any, ...]]:
    """The rows that can be staged; what is wrong with the others is added to the problems."""
    reader = csv.DictReader(file)
    missing = {"code", "name"} - set(reader.fieldnames or ())
    if missing:
        problems.append(_("The first line names no column “%(names)s”.") % {"names": "”, “".join(sorted(missing))})
        return
    for cells in reader:
        try:
            yield reader.line_num, *_typed({key: (value or "").strip() for key, value in cells.items() if key and not isinstance(value, list)})
        except (ValueError, InvalidOperation) as problem:
            problems.append(_("Line %(line)d: %(problem)s") % {"line": reader.line_num, "problem": problem})
            if len(problems) == MOST_SHOWN:
                return


def _typed(cells: dict[str, str]) -> tuple[Any, ...]:
    code, name, heir = _code(cells["code"]), cells["name"], cells.get("successor", "")
    if not 0 < len(name) <= 100 or "\x00" in name:
        raise ValueError(_("The name has 1 to 100 characters."))
    return (
        code, name, cells.get("name_en", "")[:150], cells.get("pinyin", "")[:300] or pinyin(name)[:300], areas.level_of(code),
        _degrees(cells.get("lon", ""), 180), _degrees(cells.get("lat", ""), 90),
        _day(cells.get("valid_from", "")), _day(cells.get("valid_until", "")), _code(heir) if heir else None,
    )  # fmt: skip


def _code(text: str) -> str:
    if not (text.isascii() and text.isdigit() and len(text) in LENGTHS):
        raise ValueError(_("The code “%(code)s” has not 2, 4, 6, 9 or 12 digits.") % {"code": text[:30]})
    return text.ljust(12, "0")


def _degrees(text: str, most: int) -> Decimal | None:
    if not text:
        return None
    try:
        value = round(Decimal(text), 5)
        if abs(value) <= most:
            return value
    except InvalidOperation:
        pass
    raise ValueError(_("“%(text)s” is no coordinate in degrees.") % {"text": text[:30]})


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text) if text else None
    except ValueError:
        raise ValueError(_("“%(text)s” is no date such as 2026-01-31.") % {"text": text[:30]}) from None


def _misfits(cursor: Any) -> list[str]:
    """What is wrong with the list as a whole."""
    found: list[str] = []
    for query, sentence in (
        (TWICE, _("Line %(line)d: the code %(code)s stands in the list twice.")),
        (STRAY, _("Line %(line)d: the area around %(code)s is neither in the list nor known.")),
        (HEIRLESS, _("Line %(line)d: the successor %(code)s is neither in the list nor known.")),
    ):
        cursor.execute(query, [MOST_SHOWN])
        found += [sentence % {"line": line, "code": code} for line, code in cursor.fetchall()]
    return found[:MOST_SHOWN]
