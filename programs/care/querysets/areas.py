"""Areas to choose from when looking for a home: those that have some, at the level where there is a choice."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from governance import areas as places

# The first and the last code with a home share the digits of the smallest area around all homes: two looks into an index.
CHOICE = """
    WITH span AS (SELECT min(area_id) AS first, max(area_id) AS last FROM care_home WHERE state = 'open' AND area_id >= %(start)s AND area_id < %(stop)s),
    shared AS (SELECT max(n) AS digits FROM span, unnest(ARRAY[0, 2, 4, 6, 9, 12]) n WHERE left(first, n) = left(last, n)),
    base AS (SELECT CASE WHEN digits > %(digits)s THEN rpad(left(first, digits), 12, '0') ELSE %(chosen)s END AS code,
                    greatest(digits, %(digits)s) AS digits FROM span, shared)
    SELECT a.*, a.code IN (left(base.code, 2) || '0000000000', left(base.code, 4) || '00000000', left(base.code, 6) || '000000',
                           left(base.code, 9) || '000', base.code, '000000000000')
             OR (a.code LIKE left(base.code, base.digits) || '%%' AND EXISTS (
                    SELECT FROM care_home WHERE state = 'open' AND area_id >= a.code AND area_id <= rpad(left(a.code, (ARRAY[0, 2, 4, 6, 9, 12])[a.level]), 12, '9'))) AS has_homes
      FROM base, stakeholders_area a
     WHERE a.code IN (left(base.code, 2) || '0000000000', left(base.code, 4) || '00000000', left(base.code, 6) || '000000',
                      left(base.code, 9) || '000', base.code, '000000000000', %(near)s)
        OR (a.level = (ARRAY[2, 3, 4, 5, 6])[array_position(ARRAY[0, 2, 4, 6, 9], base.digits)]
            AND a.code > base.code AND a.code <= rpad(left(base.code, base.digits), 12, '9'))
     ORDER BY a.code"""


def areas_to_choose(area: str, near: str = "") -> list[Any]:
    """The smallest area around all homes in the one chosen, the areas around it and those directly in it, and one more by its code.

    Each says in ``has_homes`` whether it has any. In an installation for one city nobody has to choose the province first.
    """
    chosen = area or places.NATION
    start, stop = places.range_of(chosen)
    digits = places.DIGITS[places.level_of(chosen)]
    values = {"start": start, "stop": stop, "chosen": chosen, "digits": digits, "near": near}
    return list(apps.get_model("stakeholders", "Area").objects.raw(CHOICE, values))


def place_called(code: str) -> Any:
    """The area with this code if it is known where it lies, else None."""
    return apps.get_model("stakeholders", "Area").objects.filter(code=code, lon__isnull=False).first() if code else None


def names_of_provinces() -> dict[str, str]:
    """The provinces by the two digits their codes begin with, in the reader's language."""
    return {area.code[:2]: area.short_label for area in apps.get_model("stakeholders", "Area").objects.directly_in(places.NATION)}
