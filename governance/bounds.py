"""What a column may hold at all, said once as a constraint of the table: with its sentence, and the field it is said beside.

A rule of an action can be gone round by a file, a clock, another action or a mistake; a constraint cannot. Every number,
date and choice of every model has its bounds (tests/architecture/test_bounds.py). What depends on today cannot stand in a
table: it is a validator of the field (``governance.clocks.near.Near``), which actions run on every value they write.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import CheckConstraint, F, Q
from django.utils.deconstruct import deconstructible
from django.utils.translation import gettext_lazy as _

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)  # of anything that a register of living people tells
MOST_YUAN = Decimal(1_000_000_000)
CENT = Decimal("0.01")


def amount(table: str, field: str, *, least: Decimal | int = CENT, most: Decimal | int = MOST_YUAN) -> CheckConstraint:
    """Money in yuan, more than nothing unless ``least`` says otherwise."""
    return between(table, field, least, most, _("The amount must be from %(least)s to %(most)s yuan."))


def whole(table: str, field: str, *, least: int = 0, most: int) -> CheckConstraint:
    """A number of things."""
    return between(table, field, least, most, _("The number must be from %(least)s to %(most)s."))


def percent(table: str, field: str, *, least: Decimal | int = 0, most: Decimal | int = 100) -> CheckConstraint:
    """Hundredths."""
    return between(table, field, least, most, _("The percentage must be from %(least)s to %(most)s."))


def day(table: str, field: str, *, first: date = FIRST_DAY, last: date = LAST_DAY) -> CheckConstraint:
    """A day within a lifetime; what has to be near today has the validator ``Near`` besides."""
    return between(table, field, first, last, _("The day must be between %(least)s and %(most)s."))


def moment(table: str, field: str) -> CheckConstraint:
    """A moment within the lifetimes that ``day`` allows."""
    first, last = (datetime(day.year, day.month, day.day, tzinfo=UTC) for day in (FIRST_DAY, LAST_DAY))
    return between(table, field, first, last, _("The day must be between %(least)s and %(most)s."))


def between(table: str, field: str, least: Any, most: Any, sentence: Any) -> CheckConstraint:
    """From ``least`` to ``most``, both included; empty is left to the column. ``sentence`` may name both."""
    return CheckConstraint(
        condition=Q((f"{field}__gte", least), (f"{field}__lte", most)),
        name=_name(table, field, "bounds"),
        violation_error_code=field,
        violation_error_message=Sentence(sentence, least, most),
    )


def one_of(table: str, field: str, values: Any, *, or_empty: bool = False) -> CheckConstraint:
    """One of the choices of an enumeration (or of plain values), in the order that makes the migration the same every time."""
    known = sorted(str(value) for value in getattr(values, "values", values))
    return CheckConstraint(
        condition=Q((f"{field}__in", [*known, ""] if or_empty else known)),
        name=_name(table, field, "choices"),
        violation_error_code=field,
        violation_error_message=_("Choose one of those offered."),
    )


def some_of(table: str, field: str, values: Any) -> CheckConstraint:
    """A list of nothing but these choices."""
    known = sorted(str(value) for value in getattr(values, "values", values))
    return CheckConstraint(
        condition=Q((f"{field}__contained_by", known)),
        name=_name(table, field, "choices"),
        violation_error_code=field,
        violation_error_message=_("Choose only from those offered."),
    )


def in_order(table: str, earlier: str, later: str, sentence: Any, *, may_be_same: bool = True) -> CheckConstraint:
    """The second is not before the first; an empty one says nothing."""
    lookup = "gte" if may_be_same else "gt"
    return CheckConstraint(
        condition=Q((f"{later}__{lookup}", F(earlier))) | Q((f"{later}__isnull", True)) | Q((f"{earlier}__isnull", True)),
        name=_name(table, later, f"after_{earlier}"),
        violation_error_code=later,
        violation_error_message=sentence,
    )


def beside(constraint: Any, model: Any) -> str | None:
    """The field beside which a violated constraint is said, None if it speaks of the whole."""
    code = constraint.violation_error_code
    return code if code in {field.name for field in model._meta.concrete_fields} else None


def _name(table: str, field: str, kind: str) -> str:
    return f"{table}_{field}_{kind}"[:63]


@deconstructible
class Sentence:
    """A sentence with its two bounds, put together in the reader's language when it is read."""

    def __init__(self, sentence: Any, least: Any, most: Any) -> None:
        self.sentence, self.least, self.most = sentence, least, most

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Sentence) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(self.sentence)

    def __str__(self) -> str:
        return str(self.sentence) % {"least": _told(self.least), "most": _told(self.most)}

    def __mod__(self, _params: Any) -> str:
        return str(self)


def _told(value: Any) -> str:
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d}"
    return f"{value:,}" if isinstance(value, int | Decimal) else str(value)
