"""Who is told of what a file has written: each of them once for the whole file, however many rows concern them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from governance.actions.models import Event
from governance.clocks.now import now
from governance.imports.models import Import
from governance.imports.sheets import Sheet
from governance.outbox.models import Item

TOGETHER, A_SECOND = 1000, 50  # notices written down together; and how many become due in a second, so that nobody else waits for them


def tell(batch_id: int, first: str, last: str) -> None:
    """Ask for a notice to everybody whom the rows' action tells: about the first of the records that concern them.

    ``first`` and ``last`` are the events that were written with the rows. Whoever handed the file in knows it already.
    """
    batch = Import.objects.get(pk=batch_id)
    at, count, concerned = now(), 0, _concerned(batch, batch.sheet, first, last)
    while some := list(islice(concerned, TOGETHER)):
        events = dict(Event.objects.filter(pk__range=(first, last), record_id__in=[pk for pk, _who in some]).values_list("record_id", "pk"))
        asked = [Item(topic="notices.tell", payload={"event": str(events[pk]), "only": who}) for pk, who in some]
        for item in asked:
            item.due_at = at + timedelta(seconds=count // A_SECOND)
            count += 1
        Item.objects.bulk_create(asked)


def _concerned(batch: Import, sheet: Sheet, first: str, last: str) -> Iterator[tuple[int, Any]]:
    """A record and a stakeholder, once for each stakeholder."""
    seen = {batch.sender_id, None}
    for path in sheet.tells:
        rows = sheet.model._base_manager.filter(pk__in=Event.objects.filter(pk__range=(first, last)).values("record_id"))
        for pk, who in rows.order_by(path, "pk").distinct(path).values_list("pk", path).iterator(TOGETHER):
            if who not in seen:
                seen.add(who)
                yield pk, who
