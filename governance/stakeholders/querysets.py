"""The vocabulary of reading who is there."""

from __future__ import annotations

from datetime import date
from math import cos, hypot, radians
from typing import Any

from django.db import models
from django.db.models import F, Q, Value

from governance import areas
from governance.actions import RecordQuerySet
from governance.actions.records import OfferedQuerySet
from governance.clocks.now import today
from governance.stakeholders.succession import around_and_after
from governance.stakeholders.vocabulary import (
    DelegationState,
    MandateState,
    MembershipState,
    Role,
    StakeholderKind,
    StakeholderState,
)

COUNTY = 4  # the deepest level whose centres we know


def in_range(field: str, code: str) -> Q:
    """Whatever lies within an area, by the code a field holds."""
    start, stop = areas.range_of(code)
    return Q(**{f"{field}__gte": start, f"{field}__lt": stop})


def on_day(day: date, since: str = "starts_on", until: str = "ends_on") -> Q:
    """Whatever holds on a day, first and last day included; no last day means until further notice."""
    return Q(**{f"{since}__lte": day}) & (Q(**{f"{until}__gte": day}) | Q(**{f"{until}__isnull": True}))


class AreaQuerySet(OfferedQuerySet):
    """Reading areas."""

    def offered(self) -> AreaQuerySet:
        """Nothing begins in an area that has ended, or has not begun."""
        return self.valid_on(today())

    def within(self, area: Any) -> AreaQuerySet:
        """The area itself and everything in it (an Area or its code)."""
        return self.filter(in_range("code", getattr(area, "code", area)))

    def around(self, area: Any) -> AreaQuerySet:
        """The areas this one lies in, the largest first, itself last."""
        code = getattr(area, "code", area)
        return self.filter(code__in=[*areas.around(code), code]).order_by("level")

    def asked_for(self, *, within: str = "", q: str = "") -> AreaQuerySet:
        """What a program asks for; a code that is none finds nothing."""
        rows = self
        if within:
            rows = rows.within(within) if within.isascii() and within.isdigit() and len(within) == 12 else rows.none()
        return rows.like(q[:100].replace("\x00", "")).order_by() if q else rows

    def directly_in(self, area: Any) -> AreaQuerySet:
        """The next smaller areas."""
        code = getattr(area, "code", area)
        level = areas.level_of(code)
        return self.within(code).filter(level=level + 1).order_by("code")

    def valid_on(self, day: date) -> AreaQuerySet:
        """Areas that existed on this day; without dates they are taken to have always existed."""
        return self.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day), Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        )

    def called(self, text: str) -> AreaQuerySet:
        """Areas by code, name, whole name or pinyin, as people type them."""
        words = " ".join(text.split())
        text = words.replace(" ", "")
        if text.isdigit():
            return self.filter(code=text.ljust(12, "0")) if len(text) in (2, 4, 6, 9, 12) else self.none()
        return self.filter(Q(name=text) | Q(full_name__endswith=text) | Q(name_en__iexact=words) | Q(full_name_en__iexact=words))

    def in_address(self, text: str) -> Any:
        """The smallest area whose whole name an address begins with or has in it; None if there is none."""
        text = "".join(text.split())
        named = self.annotate(address=Value(text)).filter(address__contains=F("full_name")).exclude(full_name="")
        return named.order_by("-level", "code").first()

    def nearest_to(self, lat: float, lon: float) -> Any:
        """The county whose centre is nearest to a point (degrees); None where none is within about a hundred kilometres."""
        far = 1.0  # degrees of latitude
        if not (-90 <= lat <= 90 and -180 <= lon <= 180):
            return None
        near = self.filter(level=COUNTY, lat__range=(lat - far, lat + far), lon__range=(lon - far * 2, lon + far * 2))
        found = [(hypot(float(one.lat) - lat, (float(one.lon) - lon) * cos(radians(lat))), one.code, one) for one in near]
        return min(found)[2] if found and min(found)[0] <= far else None

    def like(self, text: str) -> AreaQuerySet:
        """Areas whose name begins or ends so, the larger ones first: for suggestions while typing."""
        text = " ".join(text.split())
        match = (
            Q(name__startswith=text) | Q(full_name__contains=text.replace(" ", "")) | Q(pinyin__startswith=text.lower())
            | Q(name_en__istartswith=text) | Q(code__startswith=text)
        )  # fmt: skip
        return self.filter(match).order_by("level", "code")


class StakeholderQuerySet(RecordQuerySet):
    """Reading stakeholders."""

    def organisations(self) -> StakeholderQuerySet:
        """Everyone but citizens."""
        return self.exclude(kind=StakeholderKind.CITIZEN)

    def citizens(self) -> StakeholderQuerySet:
        """People."""
        return self.filter(kind=StakeholderKind.CITIZEN)

    def approved(self) -> StakeholderQuerySet:
        """Those that may act."""
        return self.filter(state=StakeholderState.APPROVED)

    def with_members(self) -> StakeholderQuerySet:
        """Organisations for which somebody may act."""
        return self.organisations().filter(memberships__state="active").distinct()

    def in_area(self, area: Any) -> StakeholderQuerySet:
        """Those at home in an area."""
        return self.filter(in_range("area", getattr(area, "code", area)))

    def named_like(self, text: str) -> StakeholderQuerySet:
        """By a part of the name, its pinyin, or the whole credit code or reference."""
        text = text.strip()
        return self.filter(
            Q(name__icontains=text) | Q(name_pinyin__icontains=text.lower()) | Q(uscc=text.upper()) | Q(reference=text.upper())
        )

    def by_name(self) -> StakeholderQuerySet:
        """As a dictionary orders them."""
        return self.order_by("name_pinyin", "id")

    def for_display(self) -> StakeholderQuerySet:
        return self.select_related("area")


class MembershipQuerySet(RecordQuerySet):
    """Reading memberships."""

    def active(self) -> MembershipQuerySet:
        """Those under which one may act."""
        return self.filter(state=MembershipState.ACTIVE)

    def of_user(self, user: Any) -> MembershipQuerySet:
        """What a person is a member of and may act for, organisations by name."""
        return (
            self.active()
            .filter(user=user, stakeholder__state__in=(StakeholderState.APPROVED, StakeholderState.REGISTERED))
            .select_related("stakeholder")
            .order_by("stakeholder__name_pinyin", "id")
        )

    def administrators_of(self, stakeholder_id: int) -> MembershipQuerySet:
        """Who may invite and remove members of an organisation."""
        return self.active().filter(stakeholder=stakeholder_id, roles__contains=[Role.ADMINISTRATOR])

    def invited_by_address(self, email: str) -> MembershipQuerySet:
        """Invitations that wait for the holder of this address."""
        return self.filter(state=MembershipState.INVITED, invited_email__iexact=email or "\0")

    def for_display(self) -> MembershipQuerySet:
        return self.select_related("stakeholder", "person", "user__person")


class MandateQuerySet(RecordQuerySet):
    """Reading mandates: the published list of powers and duties."""

    def in_force(self, day: date) -> MandateQuerySet:
        """Those by which duties are held on this day."""
        return self.filter(on_day(day), state=MandateState.GRANTED)

    def covering(self, area: Any) -> MandateQuerySet:
        """Those that reach an area: given for it or for one around it; or, where it has ended, for what succeeded it."""
        return self.filter(area__in=around_and_after(getattr(area, "code", area)))

    def touching(self, area: Any) -> MandateQuerySet:
        """Those that reach an area, and those within it."""
        code = getattr(area, "code", area)
        return self.filter(in_range("area", code) | Q(area__in=around_and_after(code)))

    def for_duty(self, duty: str) -> MandateQuerySet:
        """Those for one duty."""
        return self.filter(duty=duty)

    def of_program(self, program: str) -> MandateQuerySet:
        """Those for the duties of one app."""
        return self.filter(duty__startswith=f"{program}.")

    def for_display(self) -> MandateQuerySet:
        return self.select_related("stakeholder", "area", "granted_by").order_by("duty", "area_id", "stakeholder__name_pinyin")


class DelegationQuerySet(RecordQuerySet):
    """Reading delegations."""

    def in_force(self, day: date) -> DelegationQuerySet:
        """Those under which one may act on this day."""
        return self.filter(on_day(day), state=DelegationState.ACCEPTED)

    def to_person(self, person: Any) -> DelegationQuerySet:
        """Those by which this person may act for others."""
        return self.filter(delegate=person).select_related("principal").order_by("principal__name_pinyin", "id")

    def offered_to_address(self, email: str) -> DelegationQuerySet:
        """Offers that wait for the holder of this address."""
        return self.filter(state=DelegationState.OFFERED, delegate_email__iexact=email or "\0")

    def for_display(self) -> DelegationQuerySet:
        return self.select_related("principal", "delegate", "area")


class HouseholdQuerySet(RecordQuerySet):
    """Reading households."""

    def for_display(self) -> HouseholdQuerySet:
        return self.select_related("head", "area").prefetch_related("members")


class HouseholdMemberQuerySet(models.QuerySet):
    """Reading who lives in a household."""

    def living_there_on(self, day: date) -> HouseholdMemberQuerySet:
        """Members on this day."""
        return self.filter(on_day(day, "since", "until"))

    def still_in(self, household: Any) -> HouseholdMemberQuerySet:
        """Who has not left a household."""
        return self.filter(household=household, until=None)
