"""Whether a bed fits somebody: level of care, for whom the room is kept, who else is in it. One rule, in the database; and names.

The function ``care_misfit`` (migration 0006) names the rule that would be broken. Triggers ask it when a reservation, a
bed or a room is written, and this module asks it when beds are offered: what is offered is what can be had.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import BigIntegerField, BooleanField, DateField, F, Func, SmallIntegerField, TextField, Value
from django.db.models.functions import Cast

from programs.care.vocabulary import ReservationState


@dataclass(frozen=True)
class Guest:
    """Whoever looks for a bed: when, how much care, woman or man, and to whom they belong."""

    arrives_on: date
    leaves_on: date | None = None
    need: int | None = None
    sex: str = ""
    stay: int | None = None  # the reservation that is there already
    companion: int | None = None  # the reservation of the person they belong to
    lives: bool = False  # moves in now, beside whoever lives there now, whatever was planned

    @classmethod
    def of(cls, reservation: Any, **other: Any) -> Guest:
        """The person of a reservation."""
        return cls(**{
            "arrives_on": reservation.arrives_on, "leaves_on": reservation.leaves_on, "need": reservation.care_need, "sex": reservation.sex,
            "stay": reservation.pk, "companion": reservation.companion_id, "lives": reservation.state == ReservationState.ADMITTED,
        } | other)  # fmt: skip


def misfit(guest: Guest) -> Func:
    """SQL: the name of the rule that would be broken if this bed were given to them; NULL if none is."""
    told = (
        (guest.stay, BigIntegerField()), (guest.need, SmallIntegerField()), (guest.sex, TextField()), (guest.arrives_on, DateField()),
        (guest.leaves_on, DateField()), (guest.lives, BooleanField()), (guest.companion, BigIntegerField()),
    )  # fmt: skip
    arguments = [Cast(Value(value, output_field=kind), kind) for value, kind in told]
    return Func(F("pk"), *arguments, function="care_misfit", output_field=TextField())


def name_key(name: str) -> Func:
    """SQL: a name without what only separates, as the table keeps it to tell people apart."""
    return Func(Value(name, output_field=TextField()), function="care_name_key", output_field=TextField())
