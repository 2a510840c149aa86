"""A household keeps a head; nobody is in it twice, nor in two at once; who leaves has a last day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from governance.actions import NotResponsible, NotVisible, Refused
from governance.clocks.now import today
from governance.stakeholders import actions, rules
from governance.stakeholders.models import Household, HouseholdMember
from tests.factories import care

pytestmark = pytest.mark.django_db

SINCE = date(2020, 5, 1)


class Home:
    """A woman who heads a household, her husband linked to it, her mother named in it."""

    def __init__(self) -> None:
        self.wife, self.husband = care.citizen("示例妻"), care.citizen("示例夫")
        self.household = actions.DeclareHousehold.do(self.wife, place=care.area(), since=SINCE)
        self.add(self.husband.stakeholder.name, "spouse", self.husband.stakeholder.reference)
        self.add("示例母", "parent")

    def add(self, name: str, relation: str, reference: str = "", born_on: date | None = date(1950, 2, 3), by: care.Acting | None = None) -> None:
        actions.AddToHousehold.do(by or self.wife, self.household, name=name, relation=relation, born_on=born_on, since=SINCE, reference=reference)

    def member(self, person: care.Acting) -> HouseholdMember:
        return HouseholdMember.objects.get(household=self.household, person=person.stakeholder)

    def relations(self) -> list[str]:
        return list(self.household.members.order_by("id").values_list("relation", flat=True))


@pytest.fixture
def home() -> Home:
    return Home()


def test_the_head_does_not_leave_before_there_is_another(home):
    with pytest.raises(Refused):
        actions.TakeFromHousehold.do(home.wife, home.household, member=home.member(home.wife), until=today())
    assert home.member(home.wife) not in actions.TakeFromHousehold.choices("member", home.wife, home.household)
    with pytest.raises(DatabaseError), transaction.atomic():
        HouseholdMember.objects.filter(pk=home.member(home.wife).pk).update(until=today())
    with pytest.raises(DatabaseError), transaction.atomic():
        HouseholdMember.objects.filter(pk=home.member(home.wife).pk).delete()


def test_another_is_made_head_and_the_first_one_leaves(home):
    actions.ChangeHead.do(home.wife, home.household, member=home.member(home.husband))
    home.household.refresh_from_db()
    assert (home.household.head, home.household.state) == (home.husband.stakeholder, "declared")
    assert home.relations() == ["spouse", "self", "other"], "his mother-in-law is nothing the list has a word for"
    actions.LeaveHousehold.do(home.wife, home.household, until=today())
    assert home.member(home.wife).until == today()
    with pytest.raises((NotResponsible, NotVisible)):
        actions.AddToHousehold.do(home.wife, home.household, name="示例人", relation="other", since=SINCE)


@pytest.mark.parametrize("who", ["only named", "the head", "gone"])
def test_who_cannot_be_made_head(home, who):
    member = {"only named": home.household.members.get(name="示例母"), "the head": home.member(home.wife), "gone": home.member(home.husband)}[who]
    if who == "gone":
        actions.TakeFromHousehold.do(home.wife, home.household, member=member, until=today())
    assert member not in actions.ChangeHead.choices("member", home.wife, home.household)
    if who != "the head":
        with pytest.raises(Refused):
            actions.ChangeHead.do(home.wife, home.household, member=HouseholdMember.objects.get(pk=member.pk))


def test_the_table_takes_no_head_from_elsewhere(home):
    with pytest.raises(DatabaseError), transaction.atomic():
        Household.objects.filter(pk=home.household.pk).update(head=care.citizen().stakeholder)


@pytest.mark.parametrize(("name", "born_on", "refused"), [("示例母", date(1950, 2, 3), True), ("示 例母", date(1950, 2, 3), False), ("示例母", date(1951, 2, 3), False)])
def test_nobody_is_named_twice(home, name, born_on, refused):
    if refused:
        with pytest.raises(Refused, match="."):
            home.add(name, "other", born_on=born_on)
    else:
        home.add(name, "other", born_on=born_on)
    assert home.household.members.filter(until=None).count() == (3 if refused else 4)


def test_nobody_is_named_twice_without_a_day_of_birth_either(home):
    home.add("示例孩", "child", born_on=None)
    with pytest.raises(Refused):
        home.add("示例孩", "child", born_on=None)


def test_nobody_lives_in_two_households_at_once(home):
    other = care.citizen("示例独居")
    second = actions.DeclareHousehold.do(other, place=care.area(), since=SINCE)
    reference, name = home.husband.stakeholder.reference, home.husband.stakeholder.name
    told = {"name": name, "relation": "sibling", "since": SINCE, "reference": reference}
    with pytest.raises(Refused):
        actions.AddToHousehold.do(other, second, **told)
    actions.TakeFromHousehold.do(home.wife, home.household, member=home.member(home.husband), until=today() - timedelta(days=1))
    with pytest.raises(Refused):
        actions.AddToHousehold.do(other, second, **told | {"since": today() - timedelta(days=1)})
    actions.AddToHousehold.do(other, second, **told | {"since": today()})


@pytest.mark.parametrize("wrong", ["another name", "no such reference"])
def test_who_is_linked_is_known_by_name_and_reference(home, wrong):
    somebody = care.citizen("示例某").stakeholder
    name, reference = (somebody.name, "ST-20260101-00000000-0") if wrong == "no such reference" else ("别的名", somebody.reference)
    with pytest.raises(Refused) as refused:
        home.add(name, "other", reference)
    assert refused.value.field == "reference"


def test_who_is_linked_reads_the_household_and_who_left_does_not(home):
    assert Household.objects.visible_to(home.husband).get() == home.household
    actions.LeaveHousehold.do(home.husband, home.household, until=today())
    assert not Household.objects.visible_to(home.husband).exists()


def test_a_closed_household_has_no_members(home):
    actions.CloseHousehold.do(home.wife, home.household)
    assert set(home.household.members.values_list("until", flat=True)) == {today()}


@pytest.mark.parametrize(("column", "value"), [("relation", "cousin"), ("born_on", date(1899, 12, 31)), ("since", date(2200, 1, 1)), ("until", date(2019, 1, 1)), ("born_on", date(2021, 1, 1))])
def test_what_cannot_stand_in_the_table(home, column, value):
    with pytest.raises(IntegrityError), transaction.atomic():
        HouseholdMember.objects.filter(household=home.household, name="示例母").update(**{column: value})


@pytest.mark.parametrize(
    ("new_head", "somebody", "then"),
    [
        ("spouse", "self", "spouse"), ("child", "self", "parent"), ("grandparent", "self", "grandchild"), ("other", "self", "other"),
        ("spouse", "child", "child"), ("child", "child", "sibling"), ("child", "spouse", "parent"), ("parent", "child", "grandchild"),
        ("parent", "sibling", "child"), ("spouse", "parent", "other"), ("sibling", "parent", "parent"),
    ],
)  # fmt: skip
def test_relations_are_told_to_the_new_head(new_head, somebody, then):
    assert rules.relation_to(new_head, somebody) == then
