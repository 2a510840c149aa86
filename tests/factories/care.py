"""Homes, beds and reservations for tests, in the fictional territory; and people who act, without an account."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import count
from typing import Any

from governance import areas
from governance.actions import Assurance
from governance.clocks.now import now, stopped_at, today
from governance.stakeholders.actors import Assured, Held
from governance.stakeholders.models import Area, Stakeholder
from programs.care import actions
from programs.care.models import Bed, CapacityObservation, Home, Reservation, Room, Unit
from programs.care.vocabulary import BedCategory, BedState, CareLevel, Duty, HomeState, Ownership, SexRule

CITY, DISTRICT, COUNTY = "990100000000", "990101000000", "990121000000"
_numbers = count(1)


class Acting(Assured):
    """Somebody who acts for a stakeholder with the duties given, without signing in; ``refusal`` is what their role does not allow."""

    duties: tuple[Any, ...] = ()

    def __init__(
        self, stakeholder: Any, duties: Sequence[Any] = (), user: Any = None, user_id: int | None = None, *,
        assurance: int = Assurance.IDENTITY, is_clock: bool = False, refusal: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(stakeholder, user)
        self.user_id = user_id or self.user_id
        self.duties, self.assurance, self.is_clock, self.refusal = tuple(duties), assurance, is_clock, refusal

    def may_use(self, action: Any) -> str | None:
        return self.refusal


def area(code: str = DISTRICT, name: str = "示例区", **fields: Any) -> Area:
    found, _made = Area.objects.get_or_create(code=code, defaults={"name": name, "full_name": name, "is_synthetic": True} | fields)
    return found


def stakeholder(kind: str, subkind: str, name: str, **fields: Any) -> Stakeholder:
    defaults = {"area": area(), "state": "approved", "is_synthetic": True}
    if kind == "citizen":
        defaults["phone"] = "000-0000-0001"  # no bed is kept for whom the home cannot ring
    return Stakeholder.objects.create(kind=kind, subkind=subkind, name=f"{name}{next(_numbers)}", **defaults | fields)


def citizen(name: str = "示例居民", **fields: Any) -> Acting:
    return Acting(stakeholder("citizen", "citizen-person", name, **fields))


def provider(name: str = "示例养老服务中心", **fields: Any) -> Acting:
    return Acting(stakeholder("social", "social-care", name, **fields))


def office(*duties: Duty, code: str = CITY, name: str = "示例市民政局") -> Acting:
    """An office with these duties (all of care by default) in an area."""
    body = stakeholder("government", "government-authority", name)
    stop = areas.range_of(code)[1]
    held = [Held(str(duty.value), code, stop, None) for duty in duties or Duty]
    return Acting(body, tuple(held))


def home(runs: Acting | None = None, **fields: Any) -> Home:
    """A home in the public register."""
    number = next(_numbers)
    defaults = {
        "provider": (runs or provider()).stakeholder,
        "name": f"示例松风养老院{number}",
        "area": area(),
        "ownership": Ownership.NON_PROFIT,
        "address": f"松风路示例 {number} 号",
        "state": HomeState.OPEN,
        "longitude": 120.1,
        "latitude": 30.2,
    }
    return Home.objects.create(**defaults | fields)


def beds(in_home: Home, number: int = 1, *, room: str = "101", level: int = CareLevel.SEVERE, **fields: Any) -> list[Bed]:
    """Beds in one room."""
    rule = fields.pop("sex_rule", SexRule.ANY)
    unit, _made = Unit.objects.get_or_create(home=in_home, name=fields.pop("unit", "一层"))
    place, _made = Room.objects.get_or_create(unit=unit, name=room, defaults={"sex_rule": rule})
    defaults = {"category": BedCategory.NURSING, "state": BedState.OPEN}
    return [
        Bed.objects.create(
            home=in_home, area=in_home.area, room=place, label=f"{room}-{next(_numbers)}", care_level=level, **defaults | fields
        )
        for _ in range(number)
    ]


def bed(in_home: Home | None = None, **fields: Any) -> Bed:
    return beds(in_home or home(), 1, **fields)[0]


def reports(in_home: Home, level: int = CareLevel.SEVERE, **fields: Any) -> CapacityObservation:
    """A line in the home's capacity book."""
    defaults = {"maximum": 10, "occupied": 6, "reserved": 1, "accepting": 3}
    return CapacityObservation.objects.create(home=in_home, area=in_home.area, care_level=level, **defaults | fields)


def in_days(days: int) -> date:
    return today() + timedelta(days=days)


def now_minus(days: int) -> datetime:
    return now() - timedelta(days=days)


def days_ago(days: int) -> Any:
    """As if it were so many days earlier."""
    return stopped_at(now_minus(days))


def asks(who: Acting | None = None, for_bed: Bed | None = None, **data: Any) -> Reservation:
    """A request, made by the action."""
    defaults = {"arrives_on": in_days(3), "leaves_on": None}
    return actions.ReserveBed.do(who or citizen(), for_bed or bed(), **defaults | data)


def runs(in_home: Home) -> Acting:
    """Somebody of the home."""
    return Acting(in_home.provider)


def confirmed(who: Acting | None = None, for_bed: Bed | None = None, **data: Any) -> Reservation:
    request = asks(who, for_bed, **data)
    return actions.ConfirmReservation.do(runs(request.home), request)


def admitted(who: Acting | None = None, for_bed: Bed | None = None, **data: Any) -> Reservation:
    held = confirmed(who, for_bed, **{"arrives_on": today()} | data)
    return actions.AdmitResident.do(runs(held.home), held)
