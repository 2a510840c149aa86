"""Constraints asked one by one: a table like the real one, with one of its constraints and no other, takes rows or refuses them.

So the sentence of an action that asks the same beforehand cannot stand in for the table, nor another constraint.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from django.apps import apps
from django.db import DataError, IntegrityError, connection, models, transaction

Row = dict[str, Any]
Rows = tuple[Row, ...]  # put in one after the other; it is the last that is taken or refused
Told = dict[str, tuple[Sequence[Rows], Sequence[Rows]]]  # of each constraint: what it takes, what it refuses
OF_ONE_COLUMN = ("_bounds", "_choices")  # asked over all tables in tests/architecture


def wrong(model: type[models.Model], told: Told) -> list[str]:
    """What the table does otherwise than told, and which of its constraints were not spoken of."""
    found = [f"{name} is not there" for name in sorted(told.keys() - _names(model))]
    found += [f"nothing is told of {name}" for name in sorted(_names(model) - told.keys())]
    with connection.cursor() as cursor:
        for name in sorted(told.keys() & _names(model)):
            _copy(cursor, model, name)
            taken, refused = told[name]
            found += [f"{name} refuses {rows}" for rows in taken if not _takes(cursor, rows)]
            found += [f"{name} takes {rows}" for rows in refused if _takes(cursor, rows)]
    return found


def each(label: str, rows: dict[str, Told]) -> Any:
    """A test for each model of an app that has constraints between columns."""
    ours = [model for model in apps.get_app_config(label).get_models() if _names(model)]
    return pytest.mark.parametrize(("model", "told"), [pytest.param(one, rows.get(one.__name__, {}), id=one._meta.label) for one in ours])


def _names(model: type[models.Model]) -> set[str]:
    return {one.name for one in model._meta.constraints if not one.name.endswith(OF_ONE_COLUMN)}


def _copy(cursor: Any, model: type[models.Model], name: str) -> None:
    table = model._meta.db_table
    cursor.execute("DROP TABLE IF EXISTS alone")
    cursor.execute(f'CREATE TEMPORARY TABLE alone AS SELECT * FROM "{table}" WITH NO DATA')
    cursor.execute("SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = %s::regclass AND conname = %s", [f'"{table}"', name])
    if row := cursor.fetchone():
        cursor.execute(f"ALTER TABLE alone ADD {row[0]}")
        return
    cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = %s AND indexname = %s", [table, name])
    cursor.execute("CREATE UNIQUE INDEX ON alone " + cursor.fetchone()[0].split(f".{table} ", 1)[1])


def _takes(cursor: Any, rows: Rows) -> bool:
    """Whether the last of them goes in after the others; nothing stays."""
    cursor.execute("TRUNCATE alone")
    for row in rows[:-1]:
        _insert(cursor, row)
    try:
        with transaction.atomic():
            _insert(cursor, rows[-1])
    except (IntegrityError, DataError):
        return False
    return True


def _insert(cursor: Any, row: Row) -> None:
    columns, places = ", ".join(f'"{name}"' for name in row), ", ".join(["%s"] * len(row))
    cursor.execute(f"INSERT INTO alone ({columns}) VALUES ({places})", list(row.values()))


def one(**row: Any) -> Rows:
    """A row by itself."""
    return (row,)


def after(first: Row, **changed: Any) -> Rows:
    """A row, and a second one that differs from it in these columns."""
    return (first, first | changed)
