"""One resident in one bed, one place for one person: what must never be true, whoever tries, in whatever order."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from governance.actions import CLOCK, NotNow, NotResponsible, Refused
from governance.actions.tasks import sweep
from governance.clocks.now import now, stopped_at, today
from programs.care import actions
from programs.care.models import Bed, Reservation
from programs.care.vocabulary import CareLevel, ReservationState, SexRule, Stage
from tests.factories import care

pytestmark = pytest.mark.django_db

BORN = date(1941, 3, 8)
MOTHER = {"relation": "parent", "resident_name": "示例母亲", "resident_born_on": BORN}


def overstayed(bed: Any = None) -> Reservation:
    """Somebody who still lives in a bed two days after the day on which the stay was planned to end."""
    with stopped_at(now() - timedelta(days=7)):
        return care.admitted(for_bed=bed or care.bed(), leaves_on=today() + timedelta(days=5))


# A bed is lived in until somebody says that it is not ------------------------------------------------------------------


def test_a_bed_stays_occupied_until_the_moving_out_is_entered():
    stay = overstayed()
    assert stay.bed not in Bed.objects.vacant_on(today())
    assert stay.bed not in Bed.objects.free_between(care.in_days(90), None)
    with pytest.raises(Refused, match="still lives in this bed"):
        care.asks(for_bed=stay.bed, arrives_on=today())
    with pytest.raises(Refused):
        actions.AskForPlace.do(care.citizen(), stay.home, arrives_on=care.in_days(1))
    actions.DischargeResident.do(care.runs(stay.home), stay, reason="回家")
    assert stay.bed in Bed.objects.vacant_on(today())
    assert care.asks(for_bed=stay.bed, arrives_on=today()).state == "requested"


def test_until_the_planned_day_the_bed_may_be_promised_for_later():
    bed = care.bed()
    care.admitted(for_bed=bed, leaves_on=care.in_days(5))
    assert bed not in Bed.objects.free_between(care.in_days(4), None)
    assert bed in Bed.objects.free_between(care.in_days(5), None)
    assert care.asks(for_bed=bed, arrives_on=care.in_days(5)).state == "requested"


def test_a_later_booking_stands_but_nobody_moves_in_while_somebody_lives_there():
    bed = care.bed()
    with stopped_at(now() - timedelta(days=7)):
        stay = care.admitted(for_bed=bed, leaves_on=today() + timedelta(days=5))
        later = care.confirmed(for_bed=bed, arrives_on=today() + timedelta(days=6))
    with pytest.raises(Refused, match="still lives in this bed"):
        actions.AdmitResident.do(care.runs(bed.home), later)
    assert Reservation.objects.filter(bed=bed, state="admitted").count() == 1
    actions.DischargeResident.do(care.runs(bed.home), stay, reason="回家")
    assert actions.AdmitResident.do(care.runs(bed.home), later).state == "admitted"


def test_nobody_is_entered_as_having_moved_in_before_the_last_one_left():
    bed = care.bed()
    with stopped_at(now() - timedelta(days=9)):
        stay = care.admitted(for_bed=bed, leaves_on=today() + timedelta(days=5))
        later = care.confirmed(for_bed=bed, arrives_on=today() + timedelta(days=5))
    actions.DischargeResident.do(care.runs(bed.home), stay, reason="回家", moved_out_on=today() - timedelta(days=1))
    with pytest.raises(Refused, match="still lives in this bed"):
        actions.AdmitResident.do(care.runs(bed.home), later, moved_in_on=today() - timedelta(days=2))
    assert actions.AdmitResident.do(care.runs(bed.home), later, moved_in_on=today() - timedelta(days=1)).state == "admitted"


def test_the_table_refuses_two_residents_in_one_bed():
    stay = care.admitted(leaves_on=care.in_days(9))
    twin = {"home": stay.home, "bed": stay.bed, "area": stay.area, "applicant": care.citizen().stakeholder}
    with pytest.raises(IntegrityError, match="one_resident_in_one_bed"), transaction.atomic():
        Reservation(**twin, state="admitted", arrives_on=care.in_days(400), moved_in_on=today()).save()


@pytest.mark.parametrize("day", [date(1990, 1, 1), "yesterday"])
def test_nobody_moves_in_before_having_asked(day):
    held = care.confirmed(arrives_on=today())
    moved_in_on = today() - timedelta(days=1) if day == "yesterday" else day
    with pytest.raises(Refused) as refused:
        actions.AdmitResident.do(care.runs(held.home), held, moved_in_on=moved_in_on)
    assert refused.value.field == "moved_in_on"
    assert actions.AdmitResident.do(care.runs(held.home), held, moved_in_on=today()).moved_in_on == today()


# Longer and shorter -----------------------------------------------------------------------------------------------------


def test_a_stay_is_extended_and_its_end_is_a_date_on_the_worklist():
    stay = care.admitted(leaves_on=care.in_days(5))
    due = lambda: [clock.due_on for clock in stay.clocks.open()]  # noqa: E731
    assert due() == [care.in_days(5)]
    actions.ExtendStay.do(care.runs(stay.home), stay, leaves_on=care.in_days(12), reason="家属希望续住")
    stay.refresh_from_db()
    assert (stay.leaves_on, due()) == (care.in_days(12), [care.in_days(12)])
    actions.ExtendStay.do(care.runs(stay.home), stay, leaves_on=None, reason="长期入住")
    stay.refresh_from_db()
    assert (stay.leaves_on, due()) == (None, [])


def test_a_stay_is_not_extended_into_somebody_elses():
    bed = care.bed()
    stay = care.admitted(for_bed=bed, leaves_on=care.in_days(5))
    care.asks(for_bed=bed, arrives_on=care.in_days(8))
    for day in (care.in_days(9), None):
        with pytest.raises(Refused, match="holds this bed"):
            actions.ExtendStay.do(care.runs(bed.home), stay, leaves_on=day, reason="续住")
    actions.ExtendStay.do(care.runs(bed.home), stay, leaves_on=care.in_days(8), reason="续住")
    stay.refresh_from_db()
    assert stay.leaves_on == care.in_days(8)


@pytest.mark.parametrize("days", [5, 4, 366])
def test_extending_goes_forward_and_at_most_a_year(days):
    stay = care.admitted(leaves_on=care.in_days(5))
    with pytest.raises(Refused) as refused:
        actions.ExtendStay.do(care.runs(stay.home), stay, leaves_on=care.in_days(days), reason="续住")
    assert refused.value.field == "leaves_on"


def test_a_stay_that_was_over_is_extended_too():
    stay = overstayed()
    with pytest.raises(Refused):
        actions.ExtendStay.do(care.runs(stay.home), stay, leaves_on=today(), reason="续住")
    actions.ExtendStay.do(care.runs(stay.home), stay, leaves_on=care.in_days(1), reason="续住")
    assert stay.bed not in Bed.objects.vacant_on(today())


def test_a_stay_is_shortened_and_the_bed_can_be_promised_from_then_on():
    stay = care.admitted()
    assert not stay.clocks.open().exists()
    actions.ShortenStay.do(care.runs(stay.home), stay, leaves_on=care.in_days(3), reason="提前回家")
    assert stay.bed in Bed.objects.free_between(care.in_days(3), None)
    assert [clock.due_on for clock in stay.clocks.open()] == [care.in_days(3)]
    for days in (3, 4, 0, -1):
        with pytest.raises(Refused) as refused:
            actions.ShortenStay.do(care.runs(stay.home), stay, leaves_on=care.in_days(days), reason="提前回家")
        assert refused.value.field == "leaves_on"


def test_only_the_home_changes_the_last_day():
    who = care.citizen()
    stay = care.admitted(who, leaves_on=care.in_days(5))
    for action in (actions.ExtendStay, actions.ShortenStay):
        with pytest.raises(NotResponsible):
            action.do(who, stay, leaves_on=care.in_days(4), reason="改日期")


def test_a_stay_without_an_end_cannot_be_extended():
    stay = care.admitted()
    with pytest.raises(NotNow):
        actions.ExtendStay.do(care.runs(stay.home), stay, leaves_on=care.in_days(4), reason="续住")


def test_what_is_overdue_stands_in_a_list_of_its_own():
    bed = care.bed()
    late = overstayed(bed)
    with stopped_at(now() - timedelta(days=2)):
        awaited = care.confirmed(for_bed=care.bed(bed.home), arrives_on=today() + timedelta(days=1))
    care.admitted(for_bed=care.bed(bed.home), leaves_on=care.in_days(1))
    care.confirmed(for_bed=care.bed(bed.home), arrives_on=today())
    assert list(Reservation.objects.at_stage(Stage.OVERSTAYED)) == [late]
    assert list(Reservation.objects.at_stage(Stage.AWAITED)) == [awaited]


# The end of a life ------------------------------------------------------------------------------------------------------


def test_a_death_ends_the_stay_and_every_request_of_the_person():
    who = care.citizen()
    stay = care.admitted(who)
    elsewhere = care.confirmed(who, arrives_on=care.in_days(20))
    others = care.asks(care.citizen(), arrives_on=care.in_days(20))
    actions.RecordDeath.do(care.runs(stay.home), stay, died_on=today())
    for record in (stay, elsewhere, others):
        record.refresh_from_db()
    assert (stay.state, stay.moved_out_on, elsewhere.state, others.state) == ("deceased", today(), "moot", "requested")
    assert not elsewhere.clocks.open().exists()
    assert elsewhere.events.first().action == "care.end-moot-request"
    assert stay.bed in Bed.objects.vacant_on(today())
    with pytest.raises(NotNow):
        actions.DischargeResident.do(care.runs(stay.home), stay, reason="离院")


@pytest.mark.parametrize("days", [1, -1])
def test_nobody_dies_tomorrow_or_before_moving_in(days):
    stay = care.admitted()
    with pytest.raises(Refused) as refused:
        actions.RecordDeath.do(care.runs(stay.home), stay, died_on=care.in_days(days))
    assert refused.value.field == "died_on"


# Moving within the house ------------------------------------------------------------------------------------------------


def test_a_transfer_after_the_planned_end_keeps_an_end():
    stay = overstayed()
    other = care.bed(stay.home)
    with pytest.raises(Refused) as refused:
        actions.TransferResident.do(care.runs(stay.home), stay, bed=other, reason="换房")
    assert refused.value.field == "leaves_on"
    moved = actions.TransferResident.do(care.runs(stay.home), stay, bed=other, leaves_on=care.in_days(4), reason="换房")
    assert moved.leaves_on == care.in_days(4)
    assert [clock.due_on for clock in moved.clocks.open()] == [care.in_days(4)]
    assert not stay.clocks.open().exists()


def test_a_transfer_before_the_planned_end_keeps_that_end():
    stay = care.admitted(leaves_on=care.in_days(9))
    moved = actions.TransferResident.do(care.runs(stay.home), stay, bed=care.bed(stay.home), reason="换房")
    assert moved.leaves_on == care.in_days(9)


def test_the_own_homes_beds_come_first_and_only_those_that_fit():
    runs = care.provider()
    other = care.home(runs, name="示例甲院")
    home = care.home(runs, name="示例乙院")
    stay = care.admitted(for_bed=care.bed(home), sex="male")
    near, far = care.bed(home, room="102"), care.bed(other, room="102")
    care.bed(home, room="103", sex_rule=SexRule.WOMEN)
    care.admitted(for_bed=care.beds(home, 2, room="104")[0], sex="female")
    assert list(actions.TransferResident.choices("bed", runs, stay)) == [near, far]


# Rooms ------------------------------------------------------------------------------------------------------------------


def _tries(home: Any, way: str, bed: Bed, sex: str, need: int | None = None) -> None:
    """Put somebody into this bed, by one of the ways there are."""
    if way == "ask":
        care.asks(for_bed=bed, sex=sex, care_need=need)
    elif way == "choose":
        request = care.asks(for_bed=care.bed(home, room="901", level=CareLevel.COMPLETE), sex=sex, care_need=need)
        actions.ChooseBed.do(care.runs(home), request, bed=bed)
    elif way == "transfer":
        stay = care.admitted(for_bed=care.bed(home, room="902", level=CareLevel.COMPLETE), sex=sex, care_need=need)
        actions.TransferResident.do(care.runs(home), stay, bed=bed, reason="换房")
    else:
        person = {"resident_name": "示例老人", "resident_born_on": BORN, "sex": sex, "care_need": need}
        actions.RegisterResident.do(care.runs(home), home, bed=bed, moved_in_on=today(), **person)


WAYS = ["ask", "choose", "transfer", "register"]


@pytest.mark.parametrize("way", WAYS)
def test_rooms_are_for_whom_they_are_kept_whichever_way_one_comes(way):
    home = care.home()
    bed = care.bed(home, sex_rule=SexRule.WOMEN)
    for sex in ("male", ""):
        with pytest.raises(Refused, match="kept for"), transaction.atomic():
            _tries(home, way, bed, sex)
    _tries(home, way, bed, "female")


@pytest.mark.parametrize("way", WAYS)
def test_a_man_is_not_put_beside_a_woman_whichever_way_he_comes(way):
    home = care.home()
    one, other = care.beds(home, 2, room="101")
    care.admitted(for_bed=one, sex="female")
    with pytest.raises(Refused, match="shared"), transaction.atomic():
        _tries(home, way, other, "male")
    _tries(home, way, other, "female")


@pytest.mark.parametrize("way", WAYS)
def test_a_bed_suits_the_need_whichever_way_one_comes(way):
    home = care.home()
    bed = care.bed(home, level=CareLevel.MILD)
    with pytest.raises(Refused, match="level of care") as refusal, transaction.atomic():
        _tries(home, way, bed, "", CareLevel.MODERATE)
    assert refusal.value.field == "care_need"
    _tries(home, way, bed, "", CareLevel.MILD)


def test_strangers_do_not_share_a_couples_room():
    home, who = care.home(), care.citizen()
    one, other = care.beds(home, 2, room="201", sex_rule=SexRule.COUPLES)
    first = care.asks(who, one, sex="female")
    with pytest.raises(Refused, match="couple"):
        care.asks(for_bed=other, sex="female")
    data = {"arrives_on": first.arrives_on, "resident_name": "示例老伴", "resident_born_on": BORN, "sex": "male", "relation": "spouse"}
    assert actions.AskForNeighbouringBed.do(who, first, neighbour_wish="same-room", **data).bed == other


def test_one_of_a_couple_is_transferred_and_still_belongs_to_the_other():
    home, who = care.home(), care.citizen()
    one, other, third = care.beds(home, 3, room="201")
    first = care.admitted(who, one, sex="female")
    data = {"arrives_on": today(), "resident_name": "示例老伴", "resident_born_on": BORN, "sex": "male", "relation": "spouse"}
    second = actions.AskForNeighbouringBed.do(who, first, neighbour_wish="same-room", **data)
    assert second.bed in (other, third)
    left = third if second.bed == other else other
    assert actions.TransferResident.do(care.runs(home), first, bed=left, reason="换床").bed == left


def test_stays_that_do_not_meet_may_share_a_room():
    home = care.home()
    one, other = care.beds(home, 2, room="101")
    care.asks(for_bed=one, sex="female", arrives_on=care.in_days(3), leaves_on=care.in_days(6))
    with pytest.raises(Refused, match="shared"):
        care.asks(for_bed=other, sex="male", arrives_on=care.in_days(5), leaves_on=care.in_days(9))
    care.asks(for_bed=other, sex="male", arrives_on=care.in_days(6), leaves_on=care.in_days(9))


def test_a_room_is_not_given_over_while_others_live_in_it():
    home = care.home()
    bed = care.bed(home, room="101", sex_rule=SexRule.MEN)
    care.admitted(for_bed=bed, sex="male")
    beds = {"unit": "一层", "room": "101", "care_level": CareLevel.SEVERE}
    with pytest.raises(Refused, match="kept for"):
        actions.AddBeds.do(care.runs(home), home, labels="101-8", sex_rule=SexRule.WOMEN, **beds)
    actions.AddBeds.do(care.runs(home), home, labels="101-9", **beds)
    bed.room.refresh_from_db()
    assert bed.room.sex_rule == SexRule.MEN
    actions.AddBeds.do(care.runs(home), home, labels="101-10", sex_rule=SexRule.ANY, **beds)
    bed.room.refresh_from_db()
    assert bed.room.sex_rule == SexRule.ANY


@pytest.mark.parametrize("sex", ["", "female", "male"])
@pytest.mark.parametrize("need", [None, 1, 3, 5])
def test_what_is_offered_is_what_can_be_had(sex, need):
    """The list and the table are asked the same: every bed that is offered is given, no other is."""
    home = care.home()
    for n, rule in enumerate(SexRule.values):
        for level in (1, 3, 5):
            care.beds(home, 2, room=f"{n}0{level}", sex_rule=rule, level=level)
    care.asks(for_bed=home.beds.get(room__name="001", pk=home.beds.filter(room__name="001").first().pk), sex="female")
    care.asks(for_bed=home.beds.filter(room__name="003").first(), sex="male")
    request = care.asks(for_bed=care.bed(home, room="999", level=need if need is not None else 1), sex=sex, care_need=need)
    offered = set(actions.ChooseBed.choices("bed", care.runs(home), request))
    for bed in home.beds.exclude(pk=request.bed_id):
        try:
            with transaction.atomic():
                actions.ChooseBed.do(care.runs(home), request, bed=bed)
                transaction.set_rollback(True)
            had = True
        except Refused:
            had = False
        assert had == (bed in offered), (bed.room.name, bed.room.sex_rule, bed.care_level)
        request.refresh_from_db()


# Nobody is housed twice -------------------------------------------------------------------------------------------------


def test_a_person_entered_by_name_asks_a_home_once_whoever_asks():
    home, son, daughter = care.home(), care.citizen(), care.citizen()
    first, second, third = care.beds(home, 3)
    care.asks(son, first, **MOTHER)
    for again in ("示例母亲", "示例 母亲", "示例·母亲", "示例\u200b母亲"):
        with pytest.raises(Refused, match="already has a request"):
            care.asks(daughter, second, **MOTHER | {"resident_name": again})
    care.asks(daughter, second, **MOTHER | {"resident_born_on": BORN + timedelta(days=1)})
    care.asks(daughter, third, **MOTHER | {"resident_name": "示例岳母"})


def test_a_person_entered_by_name_lives_in_one_home():
    first = care.confirmed(**MOTHER, arrives_on=today())
    second = care.confirmed(**MOTHER, arrives_on=today())
    care_for = lambda held: actions.AdmitResident.do(care.runs(held.home), held)  # noqa: E731
    care_for(first)
    second.refresh_from_db()
    assert second.state == ReservationState.MOOT
    third = care.confirmed(**MOTHER, arrives_on=today())
    with pytest.raises(Refused, match="already lives in a home"):
        care_for(third)
    actions.DischargeResident.do(care.runs(first.home), first, reason="转院")
    assert care_for(third).state == "admitted"


def test_whoever_is_entered_by_name_has_a_birthday():
    with pytest.raises(Refused) as refused:
        care.asks(relation="parent", resident_name="示例母亲")
    assert refused.value.field == "resident_born_on"


@pytest.mark.parametrize("born", [date(1880, 1, 1), "tomorrow"])
def test_a_birthday_lies_within_a_lifetime(born):
    with pytest.raises(Refused) as refused:
        care.asks(**MOTHER | {"resident_born_on": care.in_days(1) if born == "tomorrow" else born})
    assert refused.value.field == "resident_born_on"


def test_moving_in_somewhere_ends_the_other_requests_and_those_concerned_are_told():
    who = care.citizen()
    confirmed, requested = care.confirmed(who), care.asks(who)
    held = care.confirmed(who, arrives_on=today())
    actions.AdmitResident.do(care.runs(held.home), held)
    for other in (confirmed, requested):
        other.refresh_from_db()
        assert (other.state, other.clocks.open().exists()) == ("moot", False)
    assert actions.EndMootRequest.tells == ("applicant", "home__provider")


def test_a_short_stay_leaves_what_begins_after_it():
    who = care.citizen()
    later = care.confirmed(who, arrives_on=care.in_days(9))
    during = care.confirmed(who, arrives_on=care.in_days(8))
    held = care.confirmed(who, arrives_on=today(), leaves_on=care.in_days(9))
    actions.AdmitResident.do(care.runs(held.home), held)
    later.refresh_from_db()
    during.refresh_from_db()
    assert (later.state, during.state) == ("confirmed", "moot")


def test_stays_of_one_person_never_overlap():
    who = care.citizen()
    with stopped_at(now() - timedelta(days=5)):
        first = care.admitted(who)
        held = care.confirmed(who, arrives_on=today())
    second = actions.AdmitResident.do(care.runs(held.home), held, moved_in_on=today() - timedelta(days=3))
    first.refresh_from_db()
    assert (first.state, first.moved_out_on, second.moved_in_on) == ("transferred", care.in_days(-3), care.in_days(-3))
    row = {"home": first.home, "area": first.area, "applicant": who.stakeholder, "resident": who.stakeholder, "state": "discharged"}
    with pytest.raises(IntegrityError, match="a_person_lives_in_one_home"), transaction.atomic():
        Reservation(**row, arrives_on=care.in_days(-4), moved_in_on=care.in_days(-4), moved_out_on=today()).save()


# Few beds are kept for whom nobody knows --------------------------------------------------------------------------------


def _unknown(**fields: Any) -> Any:
    who = care.citizen(**fields)
    who.assurance = 1
    return who


def test_an_account_nobody_has_verified_holds_two_beds_in_two_homes():
    who, home = _unknown(), care.home()
    first, second = care.beds(home, 2)
    care.asks(who, first)
    with pytest.raises(Refused, match="verified"):
        care.asks(who, second, **MOTHER)
    request = care.asks(who, care.bed())
    with pytest.raises(Refused, match="verified"):
        care.asks(who, care.bed())
    actions.WithdrawReservation.do(who, request)
    care.asks(who, care.bed())
    known = care.citizen()
    for _ in range(3):
        care.asks(known, care.bed())


def test_no_bed_is_kept_without_a_telephone_number():
    who = care.citizen(phone="")
    with pytest.raises(Refused) as refused:
        care.asks(who)
    assert refused.value.field == "telephone"
    assert care.asks(who, telephone="000-0000-1234").telephone == "000-0000-1234"
    assert care.asks(care.citizen(phone="000-0000-4321")).telephone == "000-0000-4321"


# By themselves ----------------------------------------------------------------------------------------------------------


def test_what_is_withdrawn_after_the_promise_is_not_waited_for():
    who = care.citizen()
    with stopped_at(now() - timedelta(days=30)):
        held = care.confirmed(who, arrives_on=today() + timedelta(days=3))
        assert held.clocks.open().get().rule.code == "care.hold-lapses"
        actions.WithdrawReservation.do(who, held)
    assert not held.clocks.open().exists()
    sweep()
    held.refresh_from_db()
    assert (held.state, held.events.first().action) == ("withdrawn", "care.withdraw-reservation")


def test_only_the_clock_ends_what_is_moot():
    request = care.asks()
    with pytest.raises(NotResponsible):
        actions.EndMootRequest.do(care.runs(request.home), request)
    assert actions.EndMootRequest.do(CLOCK, request).state == "moot"


# Who came without asking ------------------------------------------------------------------------------------------------


def test_a_home_enters_who_lives_there_already():
    home = care.home()
    bed = care.bed(home)
    since = today() - timedelta(days=900)
    person = {"resident_name": "示例老人", "resident_born_on": BORN, "sex": "female", "care_need": 2}
    stay = actions.RegisterResident.do(care.runs(home), home, bed=bed, moved_in_on=since, **person)
    assert (stay.state, stay.moved_in_on, stay.arrives_on, stay.who) == ("admitted", since, since, "示例老人")
    assert bed not in Bed.objects.vacant_on(today())
    with pytest.raises(Refused, match="already lives in a home"):
        elsewhere = care.home()
        actions.RegisterResident.do(care.runs(elsewhere), elsewhere, bed=care.bed(elsewhere), moved_in_on=today(), **person)
    with pytest.raises(Refused):
        actions.RegisterResident.do(care.runs(home), home, bed=bed, moved_in_on=today(), **person | {"resident_name": "另一位"})


@pytest.mark.parametrize("moved_in_on", [date(1890, 1, 1), "tomorrow"])
def test_who_is_entered_moved_in_on_a_possible_day(moved_in_on):
    home = care.home()
    day = care.in_days(1) if moved_in_on == "tomorrow" else moved_in_on
    with pytest.raises(Refused) as refused:
        actions.RegisterResident.do(
            care.runs(home), home, bed=care.bed(home), moved_in_on=day, resident_name="示例老人", resident_born_on=BORN
        )
    assert refused.value.field == "moved_in_on"


def test_only_the_home_enters_who_lives_there():
    home = care.home()
    for who in (care.citizen(), care.office(), care.provider()):
        with pytest.raises(NotResponsible):
            actions.RegisterResident.do(
                who, home, bed=care.bed(home), moved_in_on=today(), resident_name="示例老人", resident_born_on=BORN
            )
