"""Statements compiled once: what is asked is the same at every request but for a few values, so Django need not put it together anew.

Making a statement out of a ``Q`` costs ten times what PostgreSQL takes to answer it. Here it is made the first time with
stand-ins in the place of the values; from then on only the values are put in. Nothing is cached but the text and how rows are read.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count
from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db import connection, models
from django.db.models.query import get_related_populators

MOST = 2000  # statements that are kept; a program that asks in more ways than that has a mistake
FIRST_NUMBER, FIRST_DAY = 2_147_400_000, date(9000, 1, 1)  # stand-ins: as large as every column of numbers takes
_kept: dict[Hashable, Select | None] = {}


class NotFixed(Exception):
    """The statement depends on more than its values."""


@dataclass(frozen=True)
class _Value:
    """Which of the values goes here."""

    name: str


def forget() -> None:
    """Compile anew."""
    _kept.clear()


def rows(key: Hashable, make: Callable[..., models.QuerySet], *, spare: bool = False, **values: int | str | date) -> list[Any]:
    """The rows of ``make(**values)``, by the statement that was kept under this key, or by the ORM where it cannot be kept.

    The key must tell everything apart from the values on which the queryset depends. With ``spare`` some values may go unused.
    """
    key = (key, spare, tuple((name, type(value)) for name, value in values.items()))
    if key not in _kept:
        _compile(key, make, values, spare)
    kept = _kept.get(key)
    return list(make(**values)) if kept is None else kept.rows(values)


def _compile(key: Hashable, make: Callable[..., models.QuerySet], values: dict[str, Any], spare: bool) -> None:
    if len(_kept) >= MOST:
        _kept.clear()
    stand_ins = dict(zip(values, map(_stand_in, values.values(), count()), strict=True))
    try:
        _kept[key] = Select(make(**stand_ins), {value: name for name, value in stand_ins.items()}, spare=spare)
    except (NotFixed, EmptyResultSet, FullResultSet):
        _kept[key] = None


def _stand_in(value: Any, number: int) -> Any:
    """Something of the same type that stands in no statement by itself."""
    if isinstance(value, bool) or value is None:
        raise TypeError("what is true, false or missing belongs in the key")
    if isinstance(value, int):
        return FIRST_NUMBER + number
    return FIRST_DAY + timedelta(days=number) if isinstance(value, date) else f"~stand-in-{number}~"


class Select:
    """A compiled SELECT of whole rows of a model, with what it selects along."""

    def __init__(self, queryset: models.QuerySet, names: dict[Any, str], *, spare: bool = False) -> None:
        if queryset._prefetch_related_lookups or queryset._known_related_objects or queryset._fields is not None:
            raise NotFixed
        compiler = queryset.query.get_compiler(using=queryset.db)
        self.sql, params = compiler.as_sql()
        self.params = [_placed(param, names) for param in params]
        if not spare and {one.name for one in _values_in(self.params)} != set(names.values()):
            raise NotFixed  # a value went into another one, or was left out: the next one might not be
        self.compiler, info, self.alias = compiler, compiler.klass_info, queryset.db
        first, last = info["select_fields"][0], info["select_fields"][-1] + 1
        self.model, self.own = info["model"], slice(first, last)
        self.attributes = [selected[0].target.attname for selected in compiler.select[first:last]]
        self.related = get_related_populators(info, compiler.select, queryset.db)
        self.annotations = list((compiler.annotation_col_map or {}).items())

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """What the database says."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [_filled(param, values) for param in self.params])
            found = cursor.fetchall()
        return [self._instance(row) for row in self.compiler.results_iter([found])]

    def _instance(self, row: Any) -> Any:
        made = self.model.from_db(self.alias, self.attributes, row[self.own])
        for related in self.related:
            related.populate(row, made)
        for name, place in self.annotations:
            setattr(made, name, row[place])
        return made


def _placed(param: Any, names: dict[Any, str]) -> Any:
    if isinstance(param, list):
        return [_placed(one, names) for one in param]
    try:
        return _Value(names[param]) if param in names and not isinstance(param, bool) else param
    except TypeError:  # nothing that can be looked up
        return param


def _values_in(params: Any) -> Iterator[_Value]:
    for param in params:
        if isinstance(param, _Value):
            yield param
        elif isinstance(param, list):
            yield from _values_in(param)


def _filled(param: Any, values: dict[str, Any]) -> Any:
    if isinstance(param, _Value):
        return values[param.name]
    return [_filled(one, values) for one in param] if isinstance(param, list) else param
