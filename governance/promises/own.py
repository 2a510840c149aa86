"""One's own dates: what waits for oneself, and what one waits for; as a page and as a calendar to subscribe to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from governance.actions import Party, registry
from governance.clocks.models import Clock
from governance.clocks.now import LOCAL, now
from governance.clocks.rules import SHORT_UNITS
from governance.clocks.vocabulary import Lateness
from governance.promises.models import Feed, digest
from governance.stakeholders.actors import Actor, way_to
from governance.web.worklist import open_clocks

MOST = 300  # dates in one calendar


@dataclass(frozen=True)
class Dated:
    """A date of one's own."""

    clock: Clock
    record: Any
    is_mine_to_do: bool

    @property
    def is_a_right(self) -> bool:
        """Not a promise of somebody else: until then one may do something, and afterwards no more."""
        return self.clock.rule.lateness == Lateness.RIGHT_LOST


def dates(actor: Any) -> list[Dated]:
    """The open clocks that wait for this actor, and for a citizen those of their own matters; earliest first."""
    waiting = set(open_clocks(actor).order_by().values_list("pk", flat=True))
    ids = waiting | (_of_own_matters(actor) if actor.kind == "citizen" else set())
    clocks = list(Clock.objects.filter(pk__in=ids).for_display()[:MOST])
    records = _records(clocks, actor)
    return [
        Dated(clock, records[key], clock.pk in waiting)
        for clock in clocks
        if (key := (clock.record_type_id, clock.record_id)) in records
    ]


def _of_own_matters(actor: Any) -> set[Any]:
    found: set[Any] = set()
    for model in registry.records():
        paths = [reason.path for reason in model.readers.reasons() if isinstance(reason, Party)]
        if not paths:
            continue
        own = reduce(or_, (Q(**{path: actor.stakeholder_id}) for path in paths))
        mine = model.objects.visible_to(actor).filter(own).values("pk")
        of_kind = Clock.objects.open().promised().filter(record_type=ContentType.objects.get_for_model(model), record_id__in=mine)
        found.update(of_kind.order_by().values_list("pk", flat=True))
    return found


def _records(clocks: list[Clock], actor: Any) -> dict[tuple[int, int], Any]:
    found = {}
    for type_id in {clock.record_type_id for clock in clocks}:
        model = ContentType.objects.get_for_id(type_id).model_class()
        ids = [clock.record_id for clock in clocks if clock.record_type_id == type_id]
        for record in model.objects.visible_to(actor).for_display().filter(pk__in=ids):
            found[type_id, record.pk] = record
    return found


# The calendar to subscribe to -----------------------------------------------------------------------------------------


@transaction.atomic
def new_feed(actor: Any) -> str:
    """A new secret for this account and whom it acts for; the former one opens nothing any more."""
    revoke_feed(actor)
    feed = Feed(user=actor.user, stakeholder=actor.stakeholder)
    secret = feed.issue()
    feed.save()
    return secret


def revoke_feed(actor: Any) -> int:
    """The secret address opens nothing any more."""
    return Feed.objects.of(actor).revoke(now())


def actor_of(secret: str) -> Any:
    """Whose dates a secret address shows, if that account may still act for them; else None."""
    feed = Feed.objects.valid().with_digest(digest(secret)).first()
    if feed is None or not feed.user.is_active:
        return None
    way = None if feed.user.person_id == feed.stakeholder_id else way_to(feed.user, feed.stakeholder)
    if way is None and feed.user.person_id != feed.stakeholder_id:
        return None
    Feed.objects.valid().with_digest(feed.digest).update(read_at=now())
    return Actor(feed.user, feed.stakeholder, way)


def calendar(actor: Any) -> bytes:
    """The dates as iCalendar (RFC 5545). It names the matter by its reference only: calendars are read on many devices."""
    from icalendar import Calendar

    calendar = Calendar()
    calendar.add("prodid", "-//Gongzhi//promised dates//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", _("Due dates: %(name)s") % {"name": actor.stakeholder.label})
    calendar.add("x-wr-timezone", LOCAL.key)
    calendar.add("refresh-interval", timedelta(hours=4), parameters={"VALUE": "DURATION"})
    for one in dates(actor):
        calendar.add_component(_entry(one))
    return calendar.to_ical()


def _entry(one: Dated) -> Any:
    from icalendar import Event

    clock, entry = one.clock, Event()
    entry.add("uid", f"{clock.pk}@{settings.SITE_ADDRESS.split('//')[-1]}")
    entry.add("dtstamp", clock.counted_at)
    entry.add("last-modified", clock.counted_at)
    entry.add("summary", _summary(one))
    # A moment is in UTC, so that it needs no time zone of its own (RFC 5545, 3.2.19), and has no end: that would be later.
    if clock.rule.unit in SHORT_UNITS:
        entry.add("dtstart", clock.due_at.astimezone(UTC))
    else:
        entry.add("dtstart", clock.due_on)
        entry.add("dtend", clock.due_on + timedelta(days=1))
    entry.add("url", settings.SITE_ADDRESS + clock.get_absolute_url())
    entry.add("description", f"{clock.rule.basis}\n{settings.SITE_ADDRESS}{clock.get_absolute_url()}")
    entry.add("status", "TENTATIVE" if clock.provisional or clock.state == "paused" else "CONFIRMED")
    entry.add("transp", "TRANSPARENT")
    return entry


def _summary(one: Dated) -> str:
    words = (
        _("Until then you may: %(rule)s")
        if one.is_a_right
        else _("Due: %(rule)s")
        if one.is_mine_to_do
        else _("Promised: %(rule)s")
    )
    return f"{words % {'rule': one.clock.rule}} · {one.record.reference}"
