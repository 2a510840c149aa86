"""The worklist: what I may and must do, across all kinds of record, ordered by due date."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext

from governance.actions import registry
from governance.clocks.calendars import national
from governance.clocks.models import Clock
from governance.clocks.now import local, now, today
from governance.clocks.vocabulary import ClockState
from governance.web import reads
from governance.web.layouts import STAFF
from governance.web.views import PageView

DAYS = 14
MOST = 500  # open matters read at once; more than a person can have on the desk
SHOWN = 12


@dataclass(frozen=True)
class Work:
    """One row: a record, its clock, and the one next thing to do."""

    record: Any
    clock: Clock
    action: Any


@dataclass(frozen=True)
class Day:
    """One day of the strip over the list."""

    day: date
    count: int
    is_working: bool
    is_today: bool


def must(model: Any, actor: Any) -> list[Any]:
    """The actions on this kind of record that answer a clock, lead to its answer or make it go on, and that this actor might do."""
    return [a for a in registry.actions_on(model) if a.works_on and not a.barred(actor) and a.by.standing(actor)]


def open_clocks(actor: Any) -> Any:
    """The open clocks that wait for this actor: one statement over all kinds of record."""
    parts = []
    for model in registry.records():
        actions = must(model, actor)
        if not actions:
            continue
        record_type = ContentType.objects.get_for_model(model)
        for action in actions:
            mine = model.objects.open_to(action, actor).values("pk")
            parts.append(
                Clock.objects.open()
                .filter(record_type=record_type, record_id__in=mine, rule__code__in=action.works_on)
                .values_list("pk", flat=True)
                .order_by()
            )
    if not parts:
        return Clock.objects.none()
    ids = parts[0].union(*parts[1:]) if len(parts) > 1 else parts[0]
    return Clock.objects.filter(pk__in=ids).select_related("rule").order_by("due_at", "id")


def is_late(clock: Clock) -> bool:
    """Whether it should have been done; what is paused is not late."""
    return clock.state == ClockState.RUNNING and clock.due_at < now()


def worklist(actor: Any, *, kind: str = "", on: date | None = None, late: bool = False) -> tuple[list[Clock], list[Clock]]:
    """The first open clock of each record that waits for this actor, and those the reader wants to see."""
    first: dict[tuple[int, int], Clock] = {}
    for clock in open_clocks(actor)[:MOST]:
        first.setdefault((clock.record_type_id, clock.record_id), clock)
    everything = list(first.values())
    shown = [
        clock
        for clock in everything
        if (not kind or clock.rule.code == kind)
        and (on is None or clock.due_on == on)
        and (not late or is_late(clock))
    ]
    return everything, shown


def with_records(clocks: list[Clock], actor: Any) -> list[Work]:
    """The records of these clocks with the actor's next action: one statement for each kind of record on the page."""
    found: dict[tuple[int, int], Any] = {}
    for type_id in {clock.record_type_id for clock in clocks}:
        model = ContentType.objects.get_for_id(type_id).model_class()
        ids = [clock.record_id for clock in clocks if clock.record_type_id == type_id]
        for record in model.objects.visible_to(actor).with_actions(actor).for_display().filter(pk__in=ids):
            found[type_id, record.pk] = record
    rows = []
    for clock in clocks:
        record = found.get((clock.record_type_id, clock.record_id))
        if record is not None:
            answers = [a for a in record.available if clock.rule.code in a.works_on]
            action = min(answers, key=lambda a: a.end in record.final_states, default=None)  # going on comes before ending
            rows.append(Work(record, clock, action))
    return rows


def strip(clocks: list[Clock]) -> list[Day]:
    """The next fourteen days with what falls due on each."""
    counts, calendar, start = Counter(clock.due_on for clock in clocks), national(), today()
    days = [start + timedelta(days=n) for n in range(DAYS)]
    return [Day(day, counts[day], calendar.is_working(day), day == start) for day in days]


class WorklistView(PageView):
    """The first page of everybody who acts for an organisation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        if redirect := self.needs_account():
            return redirect
        asked = _asked_day(request.GET.get("on", ""))
        kind, late = request.GET.get("queue", ""), request.GET.get("on") == "late"
        everything, shown = worklist(self.actor, kind=kind, on=asked, late=late)
        due_today = [clock for clock in everything if clock.due_on == today() and clock.due_at >= now()]
        first = _whole(request.GET.get("from", ""), len(shown))
        page = shown[first : first + SHOWN]
        work = with_records(page, self.actor)
        reads.read(request, [row.record for row in work], reads.LIST)
        return render(
            request,
            "records/worklist.html",
            {
                "work": work,
                "all_count": len(everything),
                "shown_count": len(shown),
                "first": first + 1,
                "last": first + len(page),
                "next_from": first + SHOWN if first + SHOWN < len(shown) else None,
                "previous_from": max(first - SHOWN, 0) if first else None,
                "late_count": sum(is_late(clock) for clock in everything),
                "today_count": len(due_today),
                "next_at": local(due_today[0].due_at) if due_today else None,
                "strip": strip(everything),
                "queues": _queues(everything),
                "queue": kind,
                "on": request.GET.get("on", ""),
                "at": local(now()),
                "layout": STAFF,
                "heading": gettext("Worklist"),
            },
        )


def _queues(clocks: list[Clock]) -> list[dict[str, Any]]:
    """How many of each kind, and how many of them late."""
    kinds = {clock.rule.code: clock.rule for clock in clocks}
    return [
        {
            "code": code,
            "name": str(rule),
            "count": sum(c.rule.code == code for c in clocks),
            "late": sum(c.rule.code == code and is_late(c) for c in clocks),
        }
        for code, rule in sorted(kinds.items())
    ]


def _asked_day(text: str) -> date | None:
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()  # noqa: DTZ007 - a day has no zone
    except ValueError:
        return None


def _whole(text: str, most: int) -> int:
    return min(int(text), max(most - 1, 0)) if text.isascii() and text.isdigit() and len(text) < 6 else 0
