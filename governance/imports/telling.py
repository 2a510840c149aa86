"""Who is told of what a file has written: each of them once for the whole file, however many rows concern
them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from itertools import islice
from typing import Any

from django.db.models import Count, Min

from governance.actions.models import Event
from governance.clocks.now import now
from governance.imports.models import Import
from governance.outbox.models import Item

# notices written down together; and how many become due in a second, so that nobody else waits for them
TOGETHER, A_SECOND = 1000, 50
# the first and the last of events that were written together, and whom their action tells
Told = tuple[str, str, Iterable[str]]


def tell(batch_id: int, told: list[Told], *, back: bool = False) -> None:
    """Ask for a notice to everybody whom the rows' actions tell: about the first of the records that concern
    them, and how many more.

    ``back`` says that the rows are being taken back. Whoever handed the file in knows it already.
    """
    batch = Import.objects.select_related("sender").get(pk=batch_id)
    at, count, concerned = now(), 0, _concerned(batch, told)
    while some := list(islice(concerned, TOGETHER)):
        asked = [Item(topic="notices.tell", payload=payload | ({"back": True} if back else {})) for payload in _with_events(some)]
        for item in asked:
            item.due_at = at + timedelta(seconds=count // A_SECOND)
            count += 1
        Item.objects.bulk_create(asked)


def _concerned(batch: Import, told: list[Told]) -> Iterator[tuple[Told, int, Any, int]]:
    """A record, a stakeholder and how many more there are, once for each stakeholder."""
    seen = {batch.sender_id, None}
    for one in told:
        first, last, paths = one
        rows = batch.sheet.model._base_manager.filter(pk__in=Event.objects.filter(pk__range=(first, last)).values("record_id"))
        for path in paths:
            counted = rows.order_by().values_list(path).annotate(first=Min("pk"), count=Count("pk")).order_by("first")
            for who, pk, count in counted.iterator(TOGETHER):
                if who not in seen:
                    seen.add(who)
                    yield one, pk, who, count - 1


def _with_events(some: list[tuple[Told, int, Any, int]]) -> Iterator[dict[str, Any]]:
    """What a notice is asked for with: the event of the record among those that were written together."""
    for one in dict.fromkeys((first, last) for (first, last, _paths), *_rest in some):
        mine = [(pk, who, more) for (first, last, _paths), pk, who, more in some if (first, last) == one]
        events = dict(Event.objects.filter(pk__range=one, record_id__in=[pk for pk, *_rest in mine]).values_list("record_id", "pk"))
        yield from ({"event": str(events[pk]), "only": who, "more": more} for pk, who, more in mine)
