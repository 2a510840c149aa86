"""Trying a rule of routing on last month's matters, before it counts."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from governance.feedback import rules
from governance.feedback.models import Matter, RoutingRule

MOST, SHOWN, BACK = 2000, 20, timedelta(days=31)


@dataclass
class Tried:
    """How many matters it was tried on, how many it fits, and those it would move to another duty."""

    looked_at: int = 0
    fitting: int = 0
    moved: list[Any] = field(default_factory=list)


def tried(rule: RoutingRule, actor: Any, day: date) -> Tried:
    """What would have been, had the rule been in force."""
    found, others = Tried(), [one for one in RoutingRule.objects.in_force(day) if one.pk != rule.pk]
    with_it = sorted([*others, rule], key=lambda one: (one.place, one.pk))
    for matter in Matter.objects.visible_to(actor).received_since(day - BACK)[:MOST]:
        asked = rules.Sorted(matter.kind, matter.category, matter.area_id, f"{matter.subject}\n{matter.text}")
        found.looked_at += 1
        if rules.first_fitting(with_it, asked) is rule:
            found.fitting += 1
            before = rules.first_fitting(others, asked)
            if (before.duty if before else "") != rule.duty and len(found.moved) < SHOWN:
                found.moved.append(matter)
    return found
