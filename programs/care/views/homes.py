"""The page of a home: what it is, what it has free, what it costs, who watches over it; and what it said on any day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import Http404
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.functional import cached_property
from django.views.generic import TemplateView

from governance.clocks.now import now, today
from programs.care import rules
from programs.care.models import CapacityObservation, Home
from programs.care.querysets import responsible_for
from programs.care.views.search import Side, money
from programs.care.vocabulary import CareLevel, Duty, HomeState, PriceItem

LINES = 100


class HomeMixin:
    """What all pages of one home need: the home, if this reader may see it."""

    @cached_property
    def home(self) -> Home:
        home = Home.objects.in_full(self.request.actor).filter(pk=self.kwargs["pk"]).first()
        if home is None:
            raise Http404
        return home

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        return super().get_context_data(home=self.home, record=self.home, actions=self.home.available, **options)

    @cached_property
    def runs_it(self) -> bool:
        """Whether the reader acts for the provider."""
        return self.home.provider_id == self.request.actor.stakeholder_id

    def require_provider(self) -> None:
        """The pages behind the counter are for the provider: for others there is nothing here."""
        if not self.runs_it:
            raise Http404


class HomeView(HomeMixin, TemplateView):
    """A home, for everybody."""

    template_name = "care/home_detail.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        on = asked_day(self.request.GET.get("on"))
        lines = sorted(CapacityObservation.objects.for_display().filter(home=self.home).as_of(on), key=lambda l: l.care_level)
        at = timezone.localtime(now())
        whole = rules.combine(line.places for line in lines) if lines else rules.Places(None, None, None, None, "unknown")
        observed_at = min((line.observed_at for line in lines), default=None)
        side = Side(self.home, at)
        return super().get_context_data(
            lines=lines,
            whole=whole,
            observed_at=observed_at,
            days_ago=(at.date() - timezone.localtime(observed_at).date()).days if observed_at else 0,
            freshness=rules.freshness(observed_at, now=at),
            remark="; ".join(dict.fromkeys(line.remark for line in lines if line.remark)),
            on=on,
            is_past=on < today(),
            today=today(),
            side=side,
            bands=[(CareLevel(b.care_level).label, money(b.from_amount), money(b.to_amount)) for b in self.home.price_bands.all()],
            price_items=[PriceItem(item).label for item in self.home.price_includes],
            responsible=responsible_for([Duty.SUPERVISE_HOMES, Duty.APPROVE_HOMES], self.home.area_id, today()),
            may_ask=any(action.slug == "ask-for-place" for action in self.home.available),
            anonymous=self.request.actor.stakeholder_id is None,
            is_open=self.home.state == HomeState.OPEN,
            runs_it=self.runs_it,
            **options,
        )


class CapacityView(HomeMixin, TemplateView):
    """Everything the home has ever said about its places, newest first."""

    template_name = "care/home_capacity.html"

    def get_context_data(self, **options: Any) -> dict[str, Any]:
        before = self.request.GET.get("before", "")
        book = CapacityObservation.objects.for_display().of_home(self.home)
        lines = list(book.before(int(before) if before.isascii() and before.isdigit() and len(before) < 19 else None)[: LINES + 1])
        return super().get_context_data(
            lines=lines[:LINES], older=lines[LINES - 1].pk if len(lines) > LINES else None, newest=bool(before), **options
        )


def asked_day(text: str | None) -> date:
    """The day asked about: today if none is given, none can be read, or it is still to come."""
    try:
        day = parse_date(text or "")
    except ValueError:
        day = None
    return min(day, today()) if day else today()
