"""What the public log commits to of an event."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from typing import Any

from django.contrib.contenttypes.models import ContentType

from governance.actions.models import Event
from governance.clocks.models import ClockEvent

HIDDEN = "***"


def sealed(event: Event, reference: str, told: Iterable[ClockEvent] = ()) -> dict[str, Any]:
    """The whole event with every date it promised; the leaf in the log shows only that there is one."""
    kind = ContentType.objects.get_for_id(event.record_type_id)
    content = {
        "action": event.action,
        "record": [kind.app_label, kind.model, event.record_id],
        "reference": reference,
        "start": event.start,
        "end": event.end,
        "user": event.user_id,
        "stakeholder": event.stakeholder_id,
        "right": event.right,
        "reason": event.reason,
        "changes": event.changes,
        "done_at": event.done_at.astimezone(UTC).isoformat(),
    }
    return content | ({"dates": dates} if (dates := sorted(map(_date, told), key=lambda date: date["clock"])) else {})


def _date(told: ClockEvent) -> dict[str, str]:
    return {
        "clock": str(told.clock_id),
        "rule": told.clock.rule.code,
        "told": str(told.kind),
        "due_at": told.due_at.astimezone(UTC).isoformat(),
    }
