"""Determinations, for tests."""

from __future__ import annotations

from typing import Any

from governance.determinations import actions
from governance.determinations.models import Determination
from tests.factories import care, people

ENOUGH = {"year": "1971", "month": "4", "group": "women-55", "paid_years": "20"}
SHORT = ENOUGH | {"paid_years": "12"}
UNSAID = {name: value for name, value in ENOUGH.items() if name != "paid_years"}


def asked(who: Any = None, facts: dict[str, str] | None = None, rule: str = "insurance.when-to-retire") -> Determination:
    """Somebody asks when they may retire."""
    who = who or care.Acting(people.user().person)
    return actions.AskForDetermination.do(who, rule=rule, facts=facts or ENOUGH)
