"""What care offers to the pages that span programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.clocks.now import now
from governance.web import offers
from programs.care import rules
from programs.care.models import Vacancy
from programs.care.querysets import search
from programs.care.vocabulary import RUN_NO_HOMES


def _may_run_homes(actor: Any) -> bool:
    return actor is not None and actor.stakeholder is not None and actor.stakeholder.subkind not in RUN_NO_HOMES


def _sees_reservations(actor: Any) -> bool:
    return _may_run_homes(actor) or (actor is not None and any(held.duty.startswith("care.") for held in actor.duties))


def _asks_for_places(actor: Any) -> bool:
    return actor is not None and actor.kind == "citizen"


def _homes(actor: Any, text: str, most: int) -> Iterator[offers.Find]:
    found, _next = search.page(search.Wanted(now(), words=tuple(rules.search_words(text)), limit=most))
    return (offers.Find(home.name, reverse("care:home-detail", args=[home.id]), home.address) for home in found)


offers.entry(
    offers.Entry(
        "care.homes",
        gettext_lazy("Find a care bed"),
        "care:home-list",
        icon="bed",
        help=gettext_lazy("Homes near you, what they have free today, what they cost. Ask for a place without ringing around."),
        order=10,
        public=True,
        need="big",
    ),
    offers.Entry(
        "care.reservations",
        gettext_lazy("My places"),
        "care:reservation-list",
        icon="clock",
        help=gettext_lazy("What you have asked for, what happens next, and by which day."),
        order=45,
        need="row",
        footer=offers.YOURS,
        shown_to=_asks_for_places,
    ),
    offers.Entry("care.workspace", gettext_lazy("Our homes"), "care:workspace", order=30, staff=True, shown_to=_may_run_homes),
    offers.Entry("care.requests", gettext_lazy("Reservations"), "care:reservation-list", order=31, staff=True, shown_to=_sees_reservations),
    offers.Entry(
        "care.provinces",
        gettext_lazy("Free beds by province"),
        "care:home-provinces",
        order=60,
        footer=offers.OPEN,
    ),
)

offers.finder("care.homes", offers.Finder(gettext_lazy("Care homes"), _homes, more="care:home-list", order=10))


@offers.figures
def free_places() -> Iterator[offers.Figure]:
    """How many places homes say they can give now."""
    sums = Vacancy.objects.sums()
    if not sums["homes"]:
        return
    yield offers.Figure(
        label=_("Free care places"),
        value=f"{sums['accepting'] or 0:,}",
        unit=_("places"),
        source="synthetic" if sums["all_synthetic"] else "published",
        at=now(),
        order=10,
        note=_("as %(homes)d of %(all)d open homes report") % {"homes": sums["homes"], "all": sums["open_homes"]},
    )
