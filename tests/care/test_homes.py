"""Homes and beds: from the filing to the end."""

from datetime import timedelta
from typing import Any

import pytest

from governance.actions import CLOCK, NotNow, NotResponsible, NotVisible, Refused
from governance.actions.tasks import sweep
from governance.clocks.now import now, stopped_at, today
from programs.care import actions
from programs.care.models import Bed, Home
from programs.care.vocabulary import BedState, CareLevel, Duty, HomeState, Ownership
from tests.factories import care

pytestmark = pytest.mark.django_db


def filing(**changes: Any) -> dict[str, Any]:
    """What a provider says of a home."""
    details = {
        "name": "示例云台护理院", "area": care.area(), "address": "云台路示例 8 号", "telephone": "000-0000-0008", "longitude": 120.2,
        "latitude": 30.3, "ownership": Ownership.FOR_PROFIT, "setting": "urban", "filing_number": "", "star_rating": None,
        "stars_valid_until": None, "services": ["medical"],
    }  # fmt: skip
    return details | changes


def registered(provider: care.Acting | None = None) -> Home:
    return actions.RegisterHome.do(provider or care.provider(), **filing())


def running(home: Home) -> set[str]:
    """The codes of the periods that run on a home."""
    return {clock.rule.code for clock in home.clocks.open()}


def test_a_home_is_filed_accepted_and_found():
    home = registered()
    assert running(home) == {"care.answer-filing"}
    assert not Home.objects.visible_to(care.citizen()).exists()
    actions.AcceptFiling.do(care.office(Duty.APPROVE_HOMES), home, filing_number="示例民养备〔2026〕001号")
    home.refresh_from_db()
    assert (home.state, home.pinyin.split()[0]) == (HomeState.OPEN, "shiliyuntaihuliyuan")
    assert running(home) == {"care.confirm-capacity"}
    assert Home.objects.visible_to(care.citizen()).get() == home


def test_a_filing_is_sent_back_completed_and_handed_in_again():
    provider, office = care.provider(), care.office(Duty.APPROVE_HOMES)
    home = registered(provider)
    with pytest.raises(Refused):
        actions.ReturnFiling.do(office, home)
    actions.ReturnFiling.do(office, home, reason="缺少消防验收材料")
    assert running(home) == set()
    actions.ResubmitHome.do(provider, home, **filing(name="示例云台护理院（东区）"))
    home.refresh_from_db()
    assert (home.state, home.name, running(home)) == (HomeState.REGISTERED, "示例云台护理院（东区）", {"care.answer-filing"})


def test_nobody_accepts_a_filing_of_their_own_or_of_another_place():
    home = registered()
    with pytest.raises(NotResponsible):
        actions.AcceptFiling.do(care.runs(home), home, filing_number="")
    with pytest.raises(NotVisible):
        actions.AcceptFiling.do(care.office(Duty.APPROVE_HOMES, code="990200000000"), home, filing_number="")


def test_an_organisation_that_is_not_approved_enters_no_homes():
    provider = care.provider(state="registered")
    with pytest.raises(Refused):
        registered(provider)


@pytest.mark.parametrize("changes", [{"longitude": None}, {"latitude": None}])
def test_a_point_has_two_coordinates(changes):
    with pytest.raises(Refused) as refused:
        actions.RegisterHome.do(care.provider(), **filing(**changes))
    assert refused.value.field == "longitude"


def test_a_filing_number_names_one_home():
    care.home(filing_number="示例 1")
    with pytest.raises(Refused, match="already has this licence"):
        actions.RegisterHome.do(care.provider(), **filing(filing_number="示例 1"))


def test_details_change_and_the_name_is_found_by_its_sound():
    home = care.home()
    actions.ChangeHomeDetails.do(care.runs(home), home, **filing(name="示例长青颐养院"))
    home.refresh_from_db()
    assert (home.name, home.pinyin.split()[0]) == ("示例长青颐养院", "shilichangqingyiyangyuan")


def test_prices_by_level_make_the_span_of_the_home():
    home = care.home()
    prices = {"from_1": 2000, "to_1": 2400, "from_3": 3000, "to_3": None}
    actions.ChangePrices.do(care.runs(home), home, price_regime="agreed", price_includes=["bed"], price_note="", **prices)
    home.refresh_from_db()
    assert (home.price_from_amount, home.price_to_amount) == (2000, 3000)
    assert [(b.care_level, b.from_amount, b.to_amount) for b in home.price_bands.all()] == [(1, 2000, 2400), (3, 3000, 3000)]
    with pytest.raises(Refused) as refused:
        actions.ChangePrices.do(care.runs(home), home, price_regime="agreed", price_includes=[], price_note="", from_2=9, to_2=8)
    assert refused.value.field == "to_2"


def test_a_price_says_what_it_is_made_of(client):
    home = care.home()
    beds = [*care.beds(home, 3, category="nursing"), *care.beds(home, 1, room="102", category="general")]
    fees = {"bed_fee_amount": 1200, "meal_fee_amount": 600, "deposit_amount": 0}
    actions.ChangePrices.do(care.runs(home), home, price_regime="market", from_2=2600, to_2=3000, care_2=800, **fees)
    page = client.get(f"/care/homes/{home.pk}/", headers={"Accept-Language": "en"}).content.decode()
    for words in ("Of it for care", ">800<", "1,200 yuan a month", "600 yuan a month", "no deposit", "Nursing bed 3", "75%"):
        assert words in page, words
    assert len(beds) == 4
    for wrong, field in (({"from_2": 900, "care_2": 1000}, "care_2"), ({"care_3": 100}, "from_3")):
        with pytest.raises(Refused) as refused:
            actions.ChangePrices.do(care.runs(home), home, price_regime="market", **wrong)
        assert refused.value.field == field


def test_the_office_enters_what_a_rating_found(client):
    home, office = care.home(), care.office(Duty.SUPERVISE_HOMES)
    parts = {"stars_environment": 100, "stars_facilities": 110, "stars_management": 120, "stars_service": 500}
    rating = {"star_rating": 4, "stars_valid_until": today() + timedelta(days=900), "stars_rated_by": "示例评定委员会"}
    with pytest.raises(NotResponsible):
        actions.EnterRating.do(care.runs(home), home, **rating, **parts)
    for wrong, field in ((parts, "star_rating"), ({"star_rating": 4, "stars_service": 500}, "stars_environment")):
        with pytest.raises(Refused) as refused:
            actions.EnterRating.do(office, home, **wrong)
        assert refused.value.field == field
    actions.EnterRating.do(office, home, **rating, **parts)
    page = client.get(f"/care/homes/{home.pk}/", headers={"Accept-Language": "en"}).content.decode()
    assert "830 of 1,000 points" in page and "rated by 示例评定委员会" in page and "points for service 500/600" in page
    with stopped_at(now() + timedelta(days=901)):
        assert "4 stars, ran out on" in client.get(f"/care/homes/{home.pk}/", headers={"Accept-Language": "en"}).content.decode()


def test_admissions_are_stopped_and_allowed_again():
    home, office = care.home(), care.office(Duty.SUPERVISE_HOMES)
    actions.SuspendHome.do(office, home, reason="消防设施待整改")
    with pytest.raises(NotNow):
        actions.AskForPlace.do(care.citizen(), home, arrives_on=care.in_days(1))
    actions.ReopenHome.do(office, home)
    home.refresh_from_db()
    assert (home.state, running(home)) == (HomeState.OPEN, {"care.confirm-capacity"})


def test_a_home_closes_when_nobody_lives_there():
    home = care.home()
    stay = care.admitted(for_bed=care.bed(home))
    with pytest.raises(Refused):
        actions.CloseHome.do(care.runs(home), home, reason="停业")
    actions.DischargeResident.do(care.runs(home), stay, reason="回家")
    assert actions.CloseHome.do(care.runs(home), home, reason="停业").state == HomeState.CLOSED
    assert running(home) == set()


def test_a_home_that_does_not_confirm_its_numbers_is_reminded():
    home = care.home()
    with stopped_at(now() - timedelta(days=20)):
        actions.ReportCapacity.do(care.runs(home), home, care_level=2, maximum=4, occupied=1, reserved=0, accepting=3)
    sweep()
    assert home.events.first().action == "care.remind-of-capacity"
    assert running(home) == {"care.confirm-capacity"}


def test_one_level_reported_again_does_not_put_off_the_reminder_about_the_others():
    home, level = care.home(), {"maximum": 4, "occupied": 1, "reserved": 0, "accepting": 3}
    with stopped_at(now() - timedelta(days=2)):
        actions.ReportCapacity.do(care.runs(home), home, care_level=2, **level)
        due_at = home.clocks.open().get().due_at
    actions.ReportCapacity.do(care.runs(home), home, care_level=3, **level)
    assert home.clocks.open().get().due_at == due_at
    actions.ReportCapacity.do(care.runs(home), home, care_level=2, **level)
    assert home.clocks.open().get().due_at == due_at + timedelta(days=2)


def test_numbers_that_are_stale_already_begin_a_period_of_their_own():
    home, level = care.home(), {"maximum": 4, "occupied": 1, "reserved": 0, "accepting": 3}
    with stopped_at(now() - timedelta(days=20)):
        actions.ReportCapacity.do(care.runs(home), home, care_level=2, **level)
    sweep()
    actions.ReportCapacity.do(care.runs(home), home, care_level=3, **level)
    assert home.clocks.open().get().due_at > now() + timedelta(days=2)
    reminded = home.events.filter(action="care.remind-of-capacity").count()
    sweep()
    assert home.events.filter(action="care.remind-of-capacity").count() == reminded


def test_only_the_clock_reminds():
    home = care.home()
    with pytest.raises(NotResponsible):
        actions.RemindOfCapacity.do(care.office(), home)
    assert actions.RemindOfCapacity.do(CLOCK, home) == home


def test_beds_are_set_up_taken_out_brought_back_and_removed():
    home, level = care.home(), CareLevel.MODERATE
    actions.AddBeds.do(care.runs(home), home, unit="一层", room="101", labels="101-1..101-3", sex_rule="women", care_level=level)
    first, second, third = Bed.objects.filter(home=home).order_by("label")
    assert (first.room.name, first.room.sex_rule, first.room.unit.name) == ("101", "women", "一层")
    runs = care.runs(home)
    actions.TakeBedOut.do(runs, first, reason="维修")
    actions.ReturnBed.do(runs, first)
    assert actions.RemoveBed.do(runs, second, reason="改作活动室").state == BedState.REMOVED
    care.asks(for_bed=third, sex="female")
    for action in (actions.TakeBedOut, actions.RemoveBed):
        with pytest.raises(Refused):
            action.do(runs, third, reason="维修")
    actions.AddBeds.do(runs, home, unit="一层", room="101", labels="101-2", sex_rule="women", care_level=level)


@pytest.mark.parametrize("labels", ["", "1,1", "a1..a900", "x" * 40])
def test_bed_numbers_that_are_none_are_refused_beside_the_field(labels):
    home = care.home()
    with pytest.raises(Refused) as refused:
        actions.AddBeds.do(care.runs(home), home, unit="一层", room="101", labels=labels, care_level=0)
    assert refused.value.field == "labels"
    assert not Bed.objects.exists()


def test_a_bed_number_is_given_once():
    home = care.home()
    care.bed(home, room="101")
    label = Bed.objects.get().label
    with pytest.raises(Refused, match="already has a bed"):
        actions.AddBeds.do(care.runs(home), home, unit="一层", room="102", labels=label, care_level=0)
