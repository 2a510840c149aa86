"""Reservations: who asks, who answers, what can never be true."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from governance.actions import CLOCK, NotNow, NotResponsible, NotVisible, Refused
from governance.actions.tasks import sweep
from governance.clocks.now import now, stopped_at, today
from programs.care import actions
from programs.care.models import Bed, Reservation
from programs.care.vocabulary import BedCategory, BedState, CareLevel, HomeState, SexRule
from tests.factories import care

pytestmark = pytest.mark.django_db
BORN = date(1941, 3, 8)


def test_a_citizen_asks_and_the_home_confirms():
    who, bed = care.citizen(), care.bed()
    request = care.asks(who, bed)
    assert (request.state, request.resident, request.home) == ("requested", who.stakeholder, bed.home)
    confirmed = actions.ConfirmReservation.do(care.runs(bed.home), request)
    assert confirmed.state == "confirmed"
    assert [e.action for e in confirmed.events.all()] == ["care.confirm-reservation", "care.reserve-bed"]


def test_a_bed_is_held_once():
    bed = care.bed()
    care.asks(for_bed=bed, arrives_on=care.in_days(3), leaves_on=care.in_days(10))
    with pytest.raises(Refused, match="holds this bed"):
        care.asks(for_bed=bed, arrives_on=care.in_days(9), leaves_on=care.in_days(12))
    care.asks(for_bed=bed, arrives_on=care.in_days(10), leaves_on=care.in_days(12))


@pytest.mark.parametrize("second_leaves", [None, 30])
def test_a_stay_without_an_end_holds_the_bed_for_ever(second_leaves):
    bed = care.bed()
    care.asks(for_bed=bed)
    leaves_on = second_leaves and care.in_days(300 + second_leaves)
    with pytest.raises(Refused):
        care.asks(for_bed=bed, arrives_on=care.in_days(300), leaves_on=leaves_on)


def test_a_stay_without_an_end_does_not_overrun_an_earlier_promise():
    bed = care.bed()
    care.asks(for_bed=bed, arrives_on=care.in_days(30), leaves_on=care.in_days(40))
    with pytest.raises(Refused):
        care.asks(for_bed=bed, arrives_on=care.in_days(3))


@pytest.mark.parametrize("ending", ["decline", "withdraw", "lapse"])
def test_what_ends_frees_the_bed(ending):
    bed, who = care.bed(), care.citizen()
    request = care.asks(who, bed)
    if ending == "decline":
        actions.DeclineReservation.do(care.runs(bed.home), request, reason="没有护理员", decline_ground="level")
    elif ending == "withdraw":
        actions.WithdrawReservation.do(who, request)
    else:
        actions.LapseReservation.do(CLOCK, request)
    assert care.asks(care.citizen(), bed).state == "requested"


@pytest.mark.parametrize(
    ("data", "field"),
    [
        ({"arrives_on": -1}, "arrives_on"),
        ({"arrives_on": 400}, "arrives_on"),
        ({"leaves_on": 3}, "leaves_on"),
        ({"leaves_on": 1}, "leaves_on"),
        ({"relation": "spouse"}, "resident_name"),
        ({"care_need": CareLevel.COMPLETE}, "care_need"),
        ({"care_need": CareLevel.DEMENTIA}, "care_need"),
    ],
)
def test_what_cannot_be_is_refused_beside_the_field(data, field):
    days = {k: care.in_days(v) if k.endswith("_on") else v for k, v in data.items()}
    with pytest.raises(Refused) as refused:
        care.asks(**days)
    assert refused.value.field == field
    assert not Reservation.objects.exists()


def test_rooms_for_women_are_for_women():
    bed = care.bed(sex_rule=SexRule.WOMEN)
    with pytest.raises(Refused) as refused:
        care.asks(for_bed=bed, sex="male")
    assert refused.value.field == "sex"
    care.asks(for_bed=bed, sex="female")


def test_the_home_does_not_ask_itself():
    bed = care.bed()
    with pytest.raises(NotResponsible):
        care.asks(care.runs(bed.home), bed)


def test_an_office_asks_for_somebody_and_says_for_whom():
    bed, office = care.bed(), care.office()
    with pytest.raises(Refused) as refused:
        care.asks(office, bed)
    assert refused.value.field == "resident_name"
    request = care.asks(office, bed, resident_name="示例老人", resident_born_on=BORN, relation="other")
    assert (request.resident, request.resident_name, request.applicant) == (None, "示例老人", office.stakeholder)


def test_what_is_personal_does_not_stand_in_the_event():
    request = care.asks(resident_name="示例老人", resident_born_on=BORN, relation="parent", care_need=2, sex="female", wish="怕冷")
    changes = request.events.get().changes
    assert {changes[name] for name in ("resident_name", "resident_born_on", "care_need", "sex", "wish")} == {"***"}


def test_a_person_asks_a_home_once_and_may_ask_another():
    who, home = care.citizen(), care.home()
    first, second = care.beds(home, 2)
    care.asks(who, first)
    with pytest.raises(Refused, match="already has a request"):
        care.asks(who, second)
    care.asks(who, care.bed())


def test_a_home_that_is_suspended_takes_nobody():
    with pytest.raises(Refused):
        care.asks(for_bed=care.bed(care.home(state=HomeState.SUSPENDED)))


def test_a_bed_out_of_use_is_not_given():
    with pytest.raises(NotNow):
        care.asks(for_bed=care.bed(state=BedState.OUT_OF_USE))


def test_strangers_neither_see_nor_answer():
    request = care.asks()
    for stranger in (care.citizen(), care.provider()):
        with pytest.raises(NotVisible):
            actions.ConfirmReservation.do(stranger, request)
        assert not Reservation.objects.visible_to(stranger).exists()


def test_the_applicant_sees_but_does_not_answer():
    who = care.citizen()
    request = care.asks(who)
    with pytest.raises(NotResponsible):
        actions.ConfirmReservation.do(who, request)


def test_declining_needs_a_reason():
    request = care.asks()
    with pytest.raises(Refused) as refused:
        actions.DeclineReservation.do(care.runs(request.home), request, decline_ground="fees")
    assert refused.value.field == "reason"


def test_an_answer_is_given_once():
    request = care.confirmed()
    with pytest.raises(NotNow):
        actions.ConfirmReservation.do(care.runs(request.home), request)


def test_nobody_comes_and_the_hold_lapses():
    held = care.confirmed()
    assert actions.LapseHold.do(CLOCK, held).state == "lapsed"


def test_moving_in_early_moves_the_stay():
    held = care.confirmed(arrives_on=care.in_days(20))
    stay = actions.AdmitResident.do(care.runs(held.home), held)
    assert (stay.arrives_on, stay.moved_in_on) == (today(), today())


def test_nobody_moves_in_tomorrow():
    held = care.confirmed()
    with pytest.raises(Refused):
        actions.AdmitResident.do(care.runs(held.home), held, moved_in_on=care.in_days(1))


def test_moving_into_another_home_ends_the_former_stay_in_the_same_step():
    who = care.citizen()
    first = care.admitted(who)
    second = care.admitted(who)
    first.refresh_from_db()
    assert (first.state, second.state) == ("transferred", "admitted")
    assert care.asks(for_bed=first.bed).state == "requested"


def test_a_resident_is_transferred_to_another_bed():
    home = care.home()
    one, other = care.beds(home, 2)
    stay = care.admitted(for_bed=one)
    moved = actions.TransferResident.do(care.runs(home), stay, bed=other, reason="换到向阳的房间")
    stay.refresh_from_db()
    assert (stay.state, moved.state, moved.bed, moved.resident) == ("transferred", "admitted", other, stay.resident)


def test_a_resident_is_not_transferred_into_a_bed_somebody_holds():
    home = care.home()
    one, other = care.beds(home, 2)
    stay = care.admitted(for_bed=one)
    care.asks(for_bed=other)
    with pytest.raises(Refused):
        actions.TransferResident.do(care.runs(home), stay, bed=other, reason="换房")
    stay.refresh_from_db()
    assert stay.state == "admitted"


def test_the_home_keeps_another_bed():
    home = care.home()
    one, other = care.beds(home, 2)
    request = care.asks(for_bed=one)
    actions.ChooseBed.do(care.runs(home), request, bed=other)
    request.refresh_from_db()
    assert request.bed == other
    care.asks(for_bed=one)


def test_asking_a_home_keeps_the_least_equipped_bed_that_will_do():
    home = care.home()
    severe, mild = care.bed(home, level=CareLevel.SEVERE), care.bed(home, level=CareLevel.MILD)
    ask = lambda need: actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), care_need=need)  # noqa: E731
    assert ask(CareLevel.MILD).bed == mild
    assert ask(CareLevel.MILD).bed == severe
    with pytest.raises(Refused) as refused:
        ask(CareLevel.MILD)
    assert refused.value.field == "arrives_on"


def test_short_stay_beds_are_for_stays_with_an_end():
    home = care.home()
    care.bed(home, category=BedCategory.RESPITE)
    with pytest.raises(Refused):
        actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1))
    asked = actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), leaves_on=care.in_days(9))
    assert asked.bed.category == BedCategory.RESPITE


def test_nobody_is_put_into_a_room_with_the_other_sex():
    home = care.home()
    care.beds(home, 2, room="101")
    actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), sex="female")
    with pytest.raises(Refused):
        actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), sex="male")
    actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), sex="female")


def test_a_home_without_a_bed_board_gives_places():
    home = care.home()
    care.reports(home, 2, maximum=5, occupied=4, reserved=0, accepting=1)
    asked = actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), care_need=1)
    assert (asked.bed, asked.care_level) == (None, 2)
    with pytest.raises(Refused):
        actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1), care_need=1)


def test_couples_get_beds_beside_each_other():
    home, who = care.home(), care.citizen()
    one, other = care.beds(home, 2, room="201", sex_rule=SexRule.COUPLES)
    elsewhere = care.bed(home, room="202")
    first = care.asks(who, one)
    ask = {"arrives_on": first.arrives_on, "resident_name": "示例老伴", "resident_born_on": BORN, "relation": "spouse"}
    second = actions.AskForNeighbouringBed.do(who, first, neighbour_wish="same-room", **ask)
    assert (second.bed, second.companion) == (other, first)
    carer = ask | {"resident_name": "示例护工", "relation": "carer"}
    with pytest.raises(Refused):
        actions.AskForNeighbouringBed.do(who, first, neighbour_wish="same-room", **carer)
    third = actions.AskForNeighbouringBed.do(who, first, neighbour_wish="same-unit", **carer)
    assert third.bed == elsewhere


def test_whoever_comes_with_somebody_is_kept_a_bed_beside_a_free_one():
    home, who, comes = care.home(), care.citizen(), {"arrives_on": care.in_days(3)}
    care.beds(home, 2, room="101", sex_rule=SexRule.WOMEN)
    alone = care.bed(home, room="102")
    one, other = care.beds(home, 2, room="201", sex_rule=SexRule.COUPLES)
    first = actions.AskForPlace.do(who, home, along=True, sex="male", **comes)
    assert first.bed == one
    beside = actions.AskForNeighbouringBed.do(who, first, neighbour_wish="same-room", relation="spouse", resident_name="示例老伴", resident_born_on=BORN, sex="female", **comes)
    assert beside.bed == other
    with pytest.raises(Refused, match="in one room") as refused:
        actions.AskForPlace.do(care.citizen(), home, along=True, **comes)
    assert refused.value.field == "along"
    assert actions.AskForPlace.do(care.citizen(), home, sex="male", **comes).bed == alone


def test_the_database_has_the_last_word():
    bed = care.bed()
    held = care.asks(for_bed=bed)
    copy = Reservation(home=bed.home, bed=bed, area=bed.area, applicant=care.citizen().stakeholder, arrives_on=held.arrives_on)
    with pytest.raises(IntegrityError, match="a_bed_is_held_once"), transaction.atomic():
        copy.save()
    with pytest.raises(IntegrityError), transaction.atomic():
        Reservation.objects.filter(pk=held.pk).update(state="confirmed")


def test_beds_vacant_on_a_day():
    home = care.home()
    one, other = care.beds(home, 2)
    care.asks(for_bed=one, arrives_on=care.in_days(3), leaves_on=care.in_days(5))
    free = lambda days: set(Bed.objects.vacant_on(today() + timedelta(days=days)))  # noqa: E731
    assert free(2) == {one, other}
    assert free(3) == free(4) == {other}
    assert free(5) == {one, other}


def test_a_request_without_an_answer_lapses_by_itself():
    with stopped_at(now() - timedelta(days=12)):
        request = care.asks()
    sweep()
    request.refresh_from_db()
    assert (request.state, request.events.first().action) == ("lapsed", "care.lapse-reservation")


def test_a_bed_nobody_comes_for_is_free_again_by_itself():
    with stopped_at(now() - timedelta(days=30)):
        held = care.confirmed(arrives_on=today() + timedelta(days=3))
        assert held.clocks.open().get().rule.code == "care.hold-lapses"
    sweep()
    held.refresh_from_db()
    assert (held.state, held.events.first().action) == ("lapsed", "care.lapse-hold")
    assert care.asks(for_bed=held.bed).state == "requested"


def test_a_bed_is_kept_until_after_the_day_of_arriving():
    with stopped_at(now() - timedelta(days=4)):
        held = care.confirmed(arrives_on=today() + timedelta(days=3))
    sweep()
    held.refresh_from_db()
    assert held.state == "confirmed"


def test_only_the_clock_ends_a_former_stay():
    stay = care.admitted()
    with pytest.raises(NotResponsible):
        actions.EndFormerStay.do(care.runs(stay.home), stay)
    assert actions.EndFormerStay.do(CLOCK, stay).state == "transferred"
