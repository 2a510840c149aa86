"""Where nobody is charged: what the end of a mandate would leave behind, and which duties nobody holds any more."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from governance import areas
from governance.actions import registry
from governance.actions.responsibilities import NEVER
from governance.clocks.now import today
from governance.stakeholders.actors import Actor, Held
from governance.stakeholders.models import Area, Mandate

MOST = 200  # lines of what nobody holds; with more than that something else is wrong


@dataclass(frozen=True)
class LeftBehind:
    """What the end of a mandate would leave: open records by kind, and who else holds the duty there."""

    kinds: list[tuple[Any, int]]
    others: list[Mandate]

    @property
    def total(self) -> int:
        return sum(number for _name, number in self.kinds)


def left_behind(mandate: Mandate) -> LeftBehind:
    """Counted as the worklist counts: the records on which somebody charged with just this could do something now."""
    others = Mandate.objects.in_force(today()).for_duty(mandate.duty).covering(mandate.area_id).exclude(pk=mandate.pk)
    return LeftBehind(list(_open(mandate)), list(others.for_display()[:MOST]))


def _open(mandate: Mandate) -> Iterator[tuple[Any, int]]:
    holder, without = Actor(None, mandate.stakeholder), Actor(None, mandate.stakeholder)
    holder.duties, without.duties = (Held(mandate.duty, mandate.area.start, mandate.area.stop, mandate.pk),), ()
    for model in registry.records():
        actions = [one for one in registry.actions_on(model) if one.works_on and mandate.duty in one.by.duties()]
        waiting = NEVER
        for action in actions:
            waiting |= action.when() & action.by.q(holder) & ~action.by.q(without)
        number = model.objects.exclude(state__in=model.final_states).filter(waiting).count() if actions else 0
        if number:
            yield model._meta.verbose_name_plural, number


def nobody(*, area: Area | None = None, program: str = "", duty: str = "") -> list[tuple[Any, Area]]:
    """Duties and areas where nobody is charged: in one area every duty without a holder, else those that somebody used to hold."""
    wanted = {key: label for key, label in registry.duties().items() if duty in ("", key) and program in ("", key.partition(".")[0])}
    in_force = list(Mandate.objects.in_force(today()).values_list("duty", "area"))
    if area is not None:
        held = set(Mandate.objects.in_force(today()).covering(area).values_list("duty", flat=True))
        return [(label, area) for key, label in wanted.items() if key not in held]
    lapsed = Mandate.objects.filter(duty__in=wanted, starts_on__lte=today()).select_related("area").order_by("duty", "area_id")
    found = {
        (one.duty, one.area_id): (wanted[one.duty], one.area) for one in lapsed
        if not any(key == one.duty and areas.covers(code, one.area_id) for key, code in in_force)
    }  # fmt: skip
    return list(found.values())[:MOST]
