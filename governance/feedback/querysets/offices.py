"""Who works where, who is charged with what, who must keep away from a matter."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.apps import apps
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Length

from governance.feedback import rules
from governance.feedback.vocabulary import AGAINST_SOMEBODY, Duty, Stage
from governance.stakeholders.querysets import in_range

SHORTEST_MEANT = 4
PROVINCE, CITY = 2, 4  # digits of an area code


def colleagues(stakeholder_id: int | None) -> Any:
    """The accounts of those who act for an organisation, by name."""
    users = apps.get_model("stakeholders", "User").objects.filter(is_active=True).select_related("person")
    return users.filter(memberships__state="active", memberships__stakeholder_id=stakeholder_id).order_by("person__name_pinyin", "pk")


def barred_in(office_id: int, matter: Any) -> list[int]:
    """The accounts of an office's members who brought the matter themselves, live in one household with whoever did, or are named in it."""
    users = apps.get_model("stakeholders", "User").objects.filter(
        memberships__state="active", memberships__stakeholder_id=office_id
    )
    concerned = Q(pk=None)
    if matter.author_id is not None:
        members = apps.get_model("stakeholders", "HouseholdMember").objects.filter(until=None).exclude(household__state="closed")
        homes = members.filter(person_id=matter.author_id).values("household_id")
        relatives = members.filter(household_id__in=homes).exclude(person=None).values("person_id")
        concerned = Q(person_id=matter.author_id) | Q(person_id__in=relatives)
    if matter.named:
        concerned |= Q(alleged__contains=F("person__name"))
    return list(users.annotate(alleged=Value(matter.named)).filter(concerned).exclude(person__name="").values_list("pk", flat=True).distinct())


def meant_by(named: str) -> Any:
    """The organisation whose whole name stands in what somebody wrote, or that is called so with more around it; None if several may be meant."""
    named = named.strip()
    if len(named) < SHORTEST_MEANT:
        return None
    rows = (
        apps.get_model("stakeholders", "Stakeholder")
        .objects.organisations()
        .approved()
        .annotate(alleged=Value(named, models.CharField()))
    )
    whole = Q(alleged__contains=F("name"), length__gte=SHORTEST_MEANT)
    found = list(rows.annotate(length=Length("name")).filter(whole | Q(name__contains=named)).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def accused_by(matter: Any) -> list[int]:
    """The organisations that something is said against, or may be, by the name that stands in it: those of the same city, and above it."""
    if matter.kind not in AGAINST_SOMEBODY:
        return []
    known = [] if matter.organisation_id is None else [matter.organisation_id]
    if not matter.named:
        return known
    city, province = matter.area_id[:CITY], matter.area_id[:PROVINCE]
    above = in_range("area_id", city.ljust(12, "0")) | Q(area_id__in=[province.ljust(12, "0"), "0" * 12])
    rows = apps.get_model("stakeholders", "Stakeholder").objects.organisations().filter(above).values_list("pk", "name")
    return [*known, *(pk for pk, name in rows if rules.may_be(matter.named, name))]


def offices_for(duty: str, area: str, day: date) -> list[Any]:
    """Who holds a duty there on a day, the nearest first; the mandates with their holders."""
    mandates = apps.get_model("stakeholders", "Mandate").objects.in_force(day).covering(area).filter(duty=duty)
    return list(mandates.select_related("stakeholder").order_by("-area_id", "id"))


def charged_with(matter: Any, office: Any, day: date) -> Any:
    """The mandate by which an office may handle this matter, None if it holds none."""
    duties = (Duty.ANSWER_MATTERS, Duty.EXAMINE_REPORTS) if matter.stage == Stage.HANDLING else (Duty.REVIEW_MATTERS,)
    return next((one for duty in duties for one in offices_for(duty, matter.area_id, day) if one.stakeholder_id == office.pk), None)


def next_level_up(duty: str, matter: Any, day: date) -> Any:
    """The mandate of whoever reviews what another has answered: the nearest one that is not that office, wider than it."""
    barred = {matter.organisation_id, matter.office_id, getattr(matter.before, "office_id", None)}
    return next((m for m in offices_for(duty, matter.area_id, day) if m.stakeholder_id not in barred), None)
