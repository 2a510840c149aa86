"""What the outbox hands to feedback."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from governance import outbox
from governance.actions import Refusal
from governance.actions.actors import CLOCK
from governance.feedback import actions
from governance.feedback.actions.intake import ROUTE


@outbox.handles(ROUTE)
def route(payload: dict[str, Any]) -> None:
    """The rules say who is responsible; where they say nothing, it waits for a coordinator."""
    with suppress(Refusal):
        actions.RouteMatter.do(CLOCK, payload["record"])
