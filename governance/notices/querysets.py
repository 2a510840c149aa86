"""The vocabulary of reading notices."""

from __future__ import annotations

from datetime import datetime
from functools import reduce
from operator import or_
from typing import Any

from django.db import models
from django.db.models import Q

from governance.notices.vocabulary import Outcome, Way
from governance.stakeholders.vocabulary import Duty


class NoticeQuerySet(models.QuerySet):
    """Reading the inbox of whomever one acts for."""

    def visible_to(self, actor: Any) -> NoticeQuerySet:
        """Those for whom this actor acts for; under a delegation those of what it covers."""
        mine = self.filter(recipient=actor.stakeholder_id) if actor.stakeholder_id else self.none()
        if (limits := actor.limits) is None:
            return mine
        return mine.filter(Q(event__record_type__app_label__in=limits) | Q(reminder__clock__record_type__app_label__in=limits))

    def unread(self) -> NoticeQuerySet:
        """Those nobody has read yet."""
        return self.filter(read_at=None)

    def mark_read(self, user: Any, at: datetime) -> int:
        """Note that somebody has read them; returns how many were new."""
        return self.unread().update(read_at=at, read_by=user)

    def for_display(self) -> NoticeQuerySet:
        """With what was done by whom, or what is due."""
        return self.prefetch_related("dispatches").select_related(
            "event__stakeholder", "event__user", "event__record_type", "reminder__clock__rule", "reminder__clock__record_type"
        )


class DispatchQuerySet(models.QuerySet):
    """Reading what went out."""

    def to_print_by(self, actor: Any) -> DispatchQuerySet:
        """Letters for people in the areas whose counter this actor serves, the oldest first."""
        held = [held for held in actor.duties if held.duty == Duty.VERIFY_IDENTITIES]
        here = (Q(notice__recipient__area__gte=h.start, notice__recipient__area__lt=h.stop) for h in held)
        waiting = self.filter(way=Way.PAPER, outcome=Outcome.TO_PRINT).order_by("id")
        return waiting.filter(reduce(or_, here)) if held else self.none()

    def for_display(self) -> DispatchQuerySet:
        """With whom it is for and what it says."""
        return self.select_related(
            "notice__recipient", "notice__event__record_type", "notice__reminder__clock__rule", "notice__reminder__clock__record_type"
        )
