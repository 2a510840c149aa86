"""What the pages of this slice show: named readings, gathered."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from django.apps import apps

from governance.actions import Assurance, registry
from governance.clocks.now import today
from governance.stakeholders.models import Area, Delegation, Household, Mandate

MOST = 500


def account(actor: Any) -> dict[str, Any]:
    """Everything the account page shows."""
    person = actor.user.person
    return {
        "person": person,
        "given": Delegation.objects.filter(principal=person).for_display().order_by("-id") if person else [],
        "households": Household.objects.filter(head=person).prefetch_related("members").order_by("-id") if person else [],
        "assurance": actor.assurance,
        "is_verified": actor.assurance >= Assurance.IDENTITY,
    }


def programs() -> dict[str, str]:
    """The apps that declare duties, and their names."""
    labels = dict.fromkeys(duty.split(".")[0] for duty in registry.duties())
    return {label: str(apps.get_app_config(label).verbose_name) for label in labels}


def responsibilities(*, area: str = "", program: str = "", duty: str = "", q: str = "") -> dict[str, Any]:
    """The mandates in force that touch an area, by duty."""
    found = Mandate.objects.in_force(today()).for_display()
    places = list(Area.objects.like(q)[:20]) if q and not area else []
    if len(places) == 1:
        area = places[0].code
    chosen = Area.objects.filter(code=area).first() if area else None
    if chosen:
        found = found.covering(chosen)
    if program in programs():
        found = found.of_program(program)
    if duty in registry.duties():
        found = found.for_duty(duty)
    rows = list(found[:MOST])
    return {
        "groups": [(label, list(mandates)) for label, mandates in groupby(rows, key=lambda m: m.duty_label)],
        "total": len(rows),
        "area": chosen,
        "places": places if len(places) != 1 else [],
        "q": q,
        "program": program,
        "programs": programs(),
        "duty": duty,
        "duties": registry.duties(),
    }
