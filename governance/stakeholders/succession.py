"""What became of an area that has ended: by its successor, and by what succeeded that. Said in SQL, so that no statement is added."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Func
from django.db.models.expressions import RawSQL

from governance import areas

# Today in China, asked of PostgreSQL: for conditions that are declared once and hold every day.
LOCAL_DAY = Func(template="(now() AT TIME ZONE 'Asia/Shanghai')::date", output_field=models.DateField())
# An area that has ended is reached by whoever holds a mandate for its successor, and for what succeeded that.
_ENDED = "p.successor_id IS NOT NULL AND (p.valid_until IS NULL OR p.valid_until < (now() AT TIME ZONE 'Asia/Shanghai')::date)"
_WITHIN = "p.successor_id BETWEEN line.code AND rpad(left(line.code, (ARRAY[0, 2, 4, 6, 9, 12])[line.level]), 12, '9')"
PREDECESSORS = Func(
    F("area_id"), F("area__level"),
    template=(
        "ARRAY(WITH RECURSIVE line(code, level) AS (SELECT %(expressions)s UNION "  # noqa: S608 - constants
        f"SELECT p.code, p.level FROM line JOIN stakeholders_area p ON {_WITHIN} WHERE {_ENDED}) SELECT code FROM line)"
    ),
    output_field=ArrayField(models.CharField(max_length=12)),
)  # fmt: skip
# The areas around each of these codes, and around whatever succeeded one of them.
_AROUND = (
    "WITH RECURSIVE line(code) AS (SELECT unnest(%s::text[]) COLLATE \"C\" UNION "  # noqa: S608 - constants
    "SELECT rpad(left(p.successor_id, digits), 12, '0') FROM line JOIN stakeholders_area p ON p.code = line.code "
    f"CROSS JOIN unnest(ARRAY[0, 2, 4, 6, 9, 12]) digits WHERE {_ENDED}) SELECT code FROM line"
)


def around_and_after(code: str) -> RawSQL:
    """An area, those around it, and where it has ended, its successor and those around that."""
    return RawSQL(_AROUND, [[*areas.around(code), code]])  # noqa: S611 - a parameter
