"""The vocabulary of reading clocks."""

from __future__ import annotations

from datetime import date, datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Exists, Max, OuterRef, Q, Subquery

TELLING = ("start", "resume", "restart", "extend")
CLOSING = {"stopped": "stop", "void": "void", "ended": "end"}


class CalendarYearQuerySet(models.QuerySet):
    """Editions of calendar years."""

    def latest_editions(self) -> CalendarYearQuerySet:
        """The edition of each year that counts, earlier years first."""
        return self.order_by("calendar", "year", "-version").distinct("calendar", "year")

    def entered_after(self, moment: datetime) -> CalendarYearQuerySet:
        """What has been published since then."""
        return self.filter(entered_at__gt=moment)

    def national(self) -> CalendarYearQuerySet:
        """The country's, not a place's."""
        return self.filter(calendar="CN")

    def years(self) -> Any:
        """The years that are known, the latest first."""
        return self.order_by("-year").values_list("year", flat=True).distinct()


class ClockRuleQuerySet(models.QuerySet):
    """Rules by the day they are in force."""

    def in_force_on(self, day: date) -> ClockRuleQuerySet:
        """The version of each rule that holds on this day."""
        return self.filter(Q(effective_until=None) | Q(effective_until__gt=day), effective_from__lte=day)

    def versions(self, code: str) -> ClockRuleQuerySet:
        """Every version of one rule, the latest first."""
        return self.filter(code=code).select_related("regime").order_by("-effective_from")

    def ending_after(self, day: date) -> ClockRuleQuerySet:
        """Those that would still hold on this day."""
        return self.filter(Q(effective_until=None) | Q(effective_until__gt=day))

    def latest_days(self) -> dict[tuple[str, str], date]:
        """Of each rule, by its code and area, the day its latest version begins."""
        rows = self.order_by().values_list("code", "area").annotate(begins=Max("effective_from"))
        return {(code, area): begins for code, area, begins in rows}

    def for_display(self) -> ClockRuleQuerySet:
        """With the law they come from, law by law."""
        return self.select_related("regime").order_by("regime_id", "id")


class ClockQuerySet(models.QuerySet):
    """Clocks by what they ask for."""

    def open(self) -> ClockQuerySet:
        """Running or paused."""
        return self.filter(state__in=["running", "paused"])

    def ended(self, at: datetime) -> ClockQuerySet:
        """Running although their time is up, with something to do about it; the longest ended first."""
        return self.filter(state="running", due_at__lt=at).exclude(then="").order_by("due_at", "id")

    def next_to_end(self, at: datetime) -> Any:
        """The one that ended longest ago and that nobody else is ending, locked; None if there is none."""
        return self.ended(at).select_for_update(skip_locked=True).first()

    def promised(self) -> ClockQuerySet:
        """Those that a citizen may count on: an office's period to object, or to answer another office, is none."""
        return self.filter(rule__told_to="concerned")

    def pressing(self) -> ClockQuerySet:
        """Open ones, the soonest first, with what a row of a list says of them: not why the date is what it is."""
        told = ("id", "record_type", "record_id", "area", "state", "due_at", "rule__unit", "rule__code", "rule__told_to")
        return self.open().select_related("rule").only(*told).order_by("due_at", "id")

    def for_display(self) -> ClockQuerySet:
        """With the rule that explains the date."""
        return self.select_related("rule__regime").order_by("due_at", "id")

    def not_as_told(self) -> ClockQuerySet:
        """Those whose date is not the one that was told last."""
        is_start = models.ExpressionWrapper(Q(kind="start"), models.BooleanField())
        told = self.model.events.rel.related_model.objects.filter(clock=OuterRef("pk"), kind__in=[*TELLING, "recount"])
        last = told.order_by(is_start, "-at", "-id").values("due_at")[:1]  # a period may begin on a later day
        return self.exclude(due_at=Subquery(last)).order_by()

    def not_as_closed(self) -> ClockQuerySet:
        """Those that are closed, or open, although nothing of that kind happened then."""
        happened = self.model.events.rel.related_model.objects.filter(clock=OuterRef("pk"))
        closed = [Q(state=state) & ~Exists(happened.filter(kind=kind, at=OuterRef("closed_at"))) for state, kind in CLOSING.items()]
        still_open = Q(state__in=["running", "paused"]) & Exists(happened.filter(kind__in=CLOSING.values()))
        return self.filter(reduce(or_, closed, still_open)).order_by()

    def explained(self) -> ClockQuerySet:
        """With the rule, its law and everything that happened to it."""
        return self.select_related("rule__regime", "record_type").prefetch_related("events", "reminders")


class ClockEventQuerySet(models.QuerySet):
    """What happened to clocks."""

    def telling(self) -> ClockEventQuerySet:
        """What told somebody a date that an action had promised, with the rule."""
        return self.filter(kind__in=TELLING).select_related("clock__rule")

    def by_an_action(self) -> ClockEventQuerySet:
        """What only an action does; a pause that has lasted as long as it may ends by itself."""
        by_itself = Q(kind="resume", cause=None, clock__rule__longest_pause__isnull=False)
        return self.filter(kind__in=["pause", "resume", "restart", "extend", "stop", "void"]).exclude(by_itself)


class RecountQuerySet(models.QuerySet):
    """Reading what the nights have found."""

    def latest_whole(self) -> Any:
        """The latest that came to its end; None if there was none."""
        return self.exclude(ended_at=None).order_by("-began_at").first()
