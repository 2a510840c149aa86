"""A record, locked, open to state changes and judged by an action, all in one statement: compiled once for each kind of actor."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from django.db.models import BigIntegerField, BooleanField, ExpressionWrapper, Func, QuerySet, TextField, Value

from governance.actions import compiled
from governance.actions.actors import Actor, Nobody, reading
from governance.actions.records import SETTING


@dataclass(frozen=True)
class _Held:
    duty: str
    start: str
    stop: str
    mandate_id: Any = None


class _StandIn(Nobody):
    """What fixed responsibilities may know of an actor, and nothing else."""

    def __init__(self, like: Actor, stakeholder: Any, user: Any, duties: tuple[_Held, ...]) -> None:
        super().__init__()
        self.kind, self.stakeholder_id, self.user_id, self.duties = like.kind, stakeholder, user, duties
        self.is_clock, self.roles, self.way = like.is_clock, like.roles, None if like.way is None else ()


def number_for(made: Any) -> Func:
    """SQL: the number of the next row of this model, so that what names it can be written together with it."""
    return Func(Value(made._meta.db_table), Value(made._meta.pk.column), template="nextval(pg_get_serial_sequence(%(expressions)s))",
                output_field=BigIntegerField())  # fmt: skip


def question(action: Any, actor: Any, pk: Any) -> QuerySet:
    """The record of this key as an action needs it, and whether this actor may read it, may do this, by which reason, and now."""
    asked = {"judged_now": action.when(), "judged_by": action.by.q(actor), "judged_visible": action.record.readers.q(reading(action.record, actor))}
    asked |= {f"judged_{i}": reason.q(actor) for i, reason in enumerate(action.by.reasons())}
    found = action.record._base_manager.filter(pk=pk)
    found = found.select_related(*action.select) if action.select else found
    number = {} if action.makes is None else {"judged_number": number_for(action.makes)}
    return found.select_for_update(of=("self",)).annotate(
        judged_open=Func(Value(SETTING), Value(action.key), Value(True), function="set_config", output_field=TextField()),
        **number,
        **{name: ExpressionWrapper(q, BooleanField()) for name, q in asked.items()},
    )


def judged(action: Any, actor: Any, pk: Any) -> Any:
    """The record with the answers, or None."""
    is_limited = reading(action.record, actor) is not actor  # no statement is kept for whoever acts within limits
    if is_limited or not (action.by.fixed and action.record.readers.fixed and isinstance(pk, int)):
        return next(iter(question(action, actor, pk)), None)
    named = {*action.by.duties(), *action.record.readers.duties()}
    held = [duty for duty in actor.duties if duty.duty in named] if named else []
    key: Hashable = (action, actor.is_clock, actor.kind, tuple(actor.roles), actor.way is None, tuple(duty.duty for duty in held))

    def make(pk: int, stakeholder: int | None = None, user: int | None = None, **areas: str) -> QuerySet:
        duties = tuple(_Held(duty.duty, areas[f"start_{n}"], areas[f"stop_{n}"]) for n, duty in enumerate(held))
        return question(action, _StandIn(actor, stakeholder, user, duties), pk)

    values = {"stakeholder": actor.stakeholder_id, "user": actor.user_id}
    values |= {f"start_{n}": duty.start for n, duty in enumerate(held)} | {f"stop_{n}": duty.stop for n, duty in enumerate(held)}
    found = compiled.rows(key, make, spare=True, pk=pk, **{name: value for name, value in values.items() if value is not None})
    return found[0] if found else None
