"""What care says about one person: the place they have or asked for, and the subsidy they may claim."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from governance.catalogue.values import Values, values_on
from governance.entitlements import contract
from governance.entitlements.contract import Amount, Asked, Lack, Line, Moment, Person, Step
from governance.entitlements.vocabulary import Match, Standing
from programs.care import rules
from programs.care.models import Reservation
from programs.care.vocabulary import CareLevel, ReservationState

BEDS, SUBSIDY = "care-beds", "care-subsidy"
BECOMES_OLD_AT = 60  # Law on the Rights of the Elderly, Article 2


@dataclass(frozen=True)
class Held:
    """The values that hold, the places the person has or has asked for, and those asked for on behalf of others."""

    values: Values
    places: list[Reservation]
    for_others: list[Reservation]


def read(person: Person, day: date) -> Held:
    """Two statements: the values, the places."""
    mine: list[Reservation] = []
    for_others: list[Reservation] = []
    for place in Reservation.objects.that_concern(person.stakeholder.pk):
        (mine if place.resident_id == person.stakeholder.pk else for_others).append(place)
    return Held(values_on(day, SUBSIDY, BEDS, area=person.stakeholder.area_id), mine, for_others)


def lines(asked: Asked, held: Held) -> Iterator[Line]:
    """Places, then the subsidy."""
    for place in held.places:
        yield _place(place)
    age = asked.person.age_on(asked.day)
    if not held.places and age is not None and age >= BECOMES_OLD_AT:
        yield _no_place(asked, held.for_others)
    yield _subsidy(asked, held, age)


def _no_place(asked: Asked, for_others: list[Reservation]) -> Line:
    """Nothing asked for oneself; what one has asked for somebody else is under way, and said."""
    said = _("You have asked for no place. You can at any time, without ringing around.")
    if for_others:
        said = _("You have asked for no place for yourself. For somebody else you have asked at: %(homes)s.") % {
            "homes": _(", ").join(dict.fromkeys(place.home.name for place in for_others))
        }
    under_way = (Step(_("Open the reservation"), place.get_absolute_url()) for place in for_others)
    return Line(
        BEDS, _("A place in a care home"), Standing.UNCLAIMED, said, source=_("Reservations kept here"), as_of=asked.day,
        steps=(*under_way, Step(_("Find a care bed"), reverse("care:home-list"))),
    )  # fmt: skip


def _place(place: Reservation) -> Line:
    lives = place.state == ReservationState.ADMITTED
    words = {"home": place.home.name, "day": place.moved_in_on or place.arrives_on}
    return Line(
        BEDS, _("A place in a care home"), Standing.HAVE if lives else Standing.ACCRUING,
        (_("You live at %(home)s since %(day)s.") if lives else _("You have asked for a place at %(home)s from %(day)s.")) % words,
        source=_("The reservation kept here"), as_of=place.created_at.date(), match=Match.ACCOUNT, record=place.reference, about=f"care.reservation:{place.pk}",
        steps=(Step(_("Open the reservation"), place.get_absolute_url()),), moments=(Moment(words["day"], _("Place at %(home)s") % words, until=place.leaves_on),),
    )  # fmt: skip


def _subsidy(asked: Asked, held: Held, age: int | None) -> Line:
    """The subsidy for old people who need care: up to a ceiling, by the level an assessment finds."""
    values = held.values.afresh()
    ceiling = values.parameter(SUBSIDY, "ceiling")
    told: dict[str, Any] = {"source": _("The rules of the subsidy, and the care need told in reservations"), "as_of": asked.day, "used": (ceiling,), "match": Match.RULE}
    need = max((place.care_need for place in held.places if place.care_need is not None), default=None)
    if age is None:
        lack = Lack(_("your date of birth"), _("an officer at a counter, who verifies your identity"))
        return Line(SUBSIDY, ceiling.program, Standing.CANNOT_TELL, _("It is for people of %(age)d and more.") % {"age": BECOMES_OLD_AT}, lacks=(lack,), **told)
    if age < BECOMES_OLD_AT:
        return Line(SUBSIDY, ceiling.program, Standing.NOT_ELIGIBLE, _("It is for people of %(age)d and more who need care.") % {"age": BECOMES_OLD_AT}, **told)
    assessment = Lack(_("the level your assessment finds"), _("the civil affairs authority of your place, which has you assessed"))
    if need is None:
        return Line(SUBSIDY, ceiling.program, Standing.CANNOT_TELL, _("It depends on how much care you need, and nobody has assessed that here."), lacks=(assessment,), **told)
    if not rules.suits(need, CareLevel.MODERATE):
        return Line(SUBSIDY, ceiling.program, Standing.NOT_ELIGIBLE, _("It begins with moderate disability. You told less."), lacks=(assessment,), **told)
    most = Amount(Decimal(0), values.number(SUBSIDY, "ceiling"))
    return Line(
        SUBSIDY, ceiling.program, Standing.UNCLAIMED, _("You may claim a part of what care costs you."), estimate=most, lacks=(assessment,),
        method=_("A part of the cost of care, up to the ceiling of the subsidy."), assumptions=(_("Your need is as it was told in the reservation."),),
        warnings=(_("Nobody gets it beside the support for people in extreme hardship."),), not_with=("destitute-support",),
        steps=(Step(_("Who is responsible"), reverse("stakeholders:responsibilities") + f"?area={asked.person.stakeholder.area_id}"),), **told,
    )  # fmt: skip


contract.offer(contract.Offer("care", gettext_lazy("Care"), read, lines, covers=(BEDS, SUBSIDY), order=60))
