"""Pages by key instead of by number: the millionth row costs what the first one does, and nothing is shown twice."""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext, ngettext

SIZE = 50
LONGEST_CURSOR = 600


class BadCursor(ValueError):
    """The page address was not made by this list."""

    def __str__(self) -> str:
        return gettext("This page address is not valid. Start again from the first page.")


@dataclass
class Page:
    """Rows of one page and where the neighbours are."""

    rows: list[Any]
    total: int | None = None
    next_cursor: str = ""
    previous_cursor: str = ""
    query: str = ""
    extra: dict[str, Any] = field(default_factory=dict)

    def _address(self, name: str, cursor: str) -> str:
        return f"?{self.query}{'&' if self.query else ''}{name}={cursor}" if cursor else ""

    @property
    def next_address(self) -> str:
        """Where the next page is, or nothing."""
        return self._address("after", self.next_cursor)

    @property
    def previous_address(self) -> str:
        """Where the page before is, or nothing."""
        return self._address("before", self.previous_cursor)

    @property
    def words(self) -> str:
        """How many there are in all."""
        if self.total is None:
            return ""
        return ngettext("%(n)s entry", "%(n)s entries", self.total) % {"n": f"{self.total:,}"}


def _pack(values: Sequence[Any]) -> str:
    text = json.dumps([v if isinstance(v, int | float | bool | None) else str(v) for v in values], separators=(",", ":"))
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _unpack(cursor: str, count: int) -> list[Any]:
    try:
        if len(cursor) > LONGEST_CURSOR or "\x00" in cursor:
            raise BadCursor
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, binascii.Error) as problem:
        raise BadCursor from problem
    simple = isinstance(values, list) and all(isinstance(v, str | int | float | bool | None) for v in values)
    if not simple or len(values) != count or any(isinstance(v, str) and "\x00" in v for v in values):
        raise BadCursor
    return values


def _beyond(names: Sequence[str], values: Sequence[Any], known: Collection[str], *, backwards: bool) -> Q:
    """Rows after the given key in this order; NULL comes last in ascending order, and is ordered by what follows."""
    answer, same = Q(), Q()
    for name, value in zip(names, values, strict=True):
        bare, descending = name.lstrip("-"), name.startswith("-")
        onward = descending == backwards  # towards greater values
        if value is None:
            further = Q(**{f"{bare}__isnull": False}) if backwards else Q(pk__in=[])
        else:
            further = Q(**{f"{bare}__{'gt' if onward else 'lt'}": value})
            if not backwards and bare not in known:
                further |= Q(**{f"{bare}__isnull": True})
        answer |= same & further
        same &= Q(**{f"{bare}__isnull": True}) if value is None else Q(**{bare: value})
    return answer


def _nullable(model: Any, name: str) -> bool:
    """Whether a sort key may be NULL; an annotation may. Naming NULLS for a column that has none would waste its index."""
    try:
        return "__" in name or model._meta.get_field(name).null
    except FieldDoesNotExist:
        return True


def _ordered(model: Any, names: Sequence[str], known: Collection[str], *, backwards: bool) -> list[Any]:
    order = []
    for name in names:
        bare, descending = name.lstrip("-"), name.startswith("-") != backwards
        nulls = {"nulls_first" if backwards else "nulls_last": True} if bare != "pk" and bare not in known and _nullable(model, bare) else {}
        order.append(F(bare).desc(**nulls) if descending else F(bare).asc(**nulls))
    return order


def paged(
    rows: QuerySet, order: Sequence[str], *, after: str = "", before: str = "", size: int = SIZE, query: str = "", total: int | None = None,
    known: Collection[str] = (),
) -> Page:
    """One page of ``rows`` in this order (field names or annotations; the last must be unique). Raises BadCursor.

    ``known`` names what is never NULL in these rows although it may be in others, so that an index of it serves.
    """
    backwards = bool(before)
    cursor = before or after
    try:
        if cursor:
            rows = rows.filter(_beyond(order, _unpack(cursor, len(order)), known, backwards=backwards))
        found = list(rows.order_by(*_ordered(rows.model, order, known, backwards=backwards))[: size + 1])
    except (ValidationError, ValueError, TypeError, OverflowError) as problem:
        raise BadCursor from problem  # also a BadCursor itself, which is a ValueError
    more = len(found) > size
    found = found[:size][::-1] if backwards else found[:size]
    page = Page(found, total=total, query=query)
    if found and (more or backwards):
        page.next_cursor = _pack(_key(found[-1], order))
    if found and (cursor and (more or not backwards)):
        page.previous_cursor = _pack(_key(found[0], order))
    return page


def _key(row: Any, order: Sequence[str]) -> list[Any]:
    values = []
    for name in order:
        value = row
        for step in name.lstrip("-").split("__"):
            value = getattr(value, step, None)
        if isinstance(value, date | datetime | Decimal | UUID):
            value = value.isoformat() if isinstance(value, date | datetime) else str(value)
        values.append(getattr(value, "pk", value))
    return values
