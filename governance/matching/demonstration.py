"""Invented namesakes in the example city: somebody registered twice, a child whom two households count, and the office that decides."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from django.db import transaction

from governance.actions.records import reference_of
from governance.matching import registers, searching
from governance.matching.vocabulary import Duty
from governance.stakeholders import demonstration as people
from governance.stakeholders.models import Household, HouseholdMember, Mandate, Stakeholder, User
from governance.stakeholders.vocabulary import Subkind

CHILD, BORN = "示例小宝", date(2016, 4, 9)


def is_complete() -> bool:
    """Whether this part is there, whole: it is made in one transaction."""
    return Mandate.objects.for_duty(Duty.ADJUDICATE).exists()


@transaction.atomic
def fill(say: Callable[[str], None]) -> None:
    """The mandate, a colleague for what takes two, and who is alike."""
    say("Namesakes …")
    bodies = {s.email.split("@")[0]: s for s in Stakeholder.objects.organisations().filter(is_synthetic=True)}
    Mandate.objects.bulk_create(
        [people.mandate(bodies["insurance"], Duty.ADJUDICATE, people.CITY, "示例市权责清单（示例）", bodies["government"])]
    )
    people.colleague("insurance-2", bodies["insurance"], "蒋示五", "Colleague 5")
    known = {user.username: user.person for user in User.objects.filter(is_synthetic=True).select_related("person")}
    _registered_twice(known["citizen03"])
    for number, head in enumerate((known["citizen05"], known["citizen10"]), 2):
        household = Household.objects.create(
            reference=reference_of("HH", date(2026, 2, 3), number), area_id=head.area_id, head=head
        )
        HouseholdMember.objects.create(household=household, name=CHILD, relation="child", born_on=BORN, since=BORN)
    registers.refresh()
    searching.look()


def _registered_twice(person: Stakeholder) -> None:
    """The same telephone, and the name with a space: somebody who had forgotten that they have an account."""
    Stakeholder.objects.create(
        reference=reference_of("ST", date(2026, 3, 2), 9001), kind="citizen", subkind=Subkind.PERSON, name=f"{person.name[:2]} {person.name[2:]}",
        name_en=person.name_en, area_id=person.area_id, phone=person.phone, is_synthetic=True, state="approved",
    )  # fmt: skip


def sign_ins() -> Iterator[str]:
    """What there is to try."""
    yield ""
    yield "“insurance” and “insurance-2” decide whether two are the same person at /matching/pairs/; one asks to let pass, the other lets pass."
