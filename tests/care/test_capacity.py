"""The capacity book: what is reported, what follows from reservations, what any past day knew."""

import random
from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from governance.actions import Refused
from governance.clocks.now import now, today
from programs.care import actions, rules
from programs.care.models import CapacityObservation, Vacancy
from programs.care.vocabulary import HomeState, ObservationSource, Precision
from tests.factories import care

pytestmark = pytest.mark.django_db


def vacancy(home, need=rules.ANY_NEED):
    return Vacancy.objects.get(home=home, need=need)


def test_the_home_reports_and_the_search_knows_at_once():
    home = care.home()
    actions.ReportCapacity.do(care.runs(home), home, care_level=3, maximum=10, occupied=6, reserved=1, accepting=3)
    assert vacancy(home).accepting == 3
    assert {v.need for v in home.vacancies.all()} == {0, 1, 2, 3, rules.ANY_NEED}
    assert home.events.get().action == "care.report-capacity"


def test_the_supervisor_may_verify_and_a_stranger_may_not():
    home = care.home()
    actions.VerifyCapacity.do(care.office(), home, care_level=3, maximum=10, occupied=6, reserved=1, accepting=3)
    with pytest.raises(Exception, match="."):
        actions.ReportCapacity.do(care.provider(), home, care_level=3, maximum=10, accepting=3)
    assert CapacityObservation.objects.count() == 1


@pytest.mark.parametrize(
    ("numbers", "field"),
    [
        ({"maximum": 10, "occupied": 6, "reserved": 1, "accepting": 2}, "remark"),
        ({"maximum": 10, "occupied": 9, "reserved": 1, "accepting": 3}, "maximum"),
        ({"maximum": 10, "occupied": 6, "reserved": 1, "accepting": 3, "precision": "unknown"}, "accepting"),
        ({"maximum": 10, "occupied": 6, "precision": "exact"}, "accepting"),
    ],
)
def test_numbers_that_contradict_each_other_are_refused(numbers, field):
    home = care.home()
    with pytest.raises(Refused) as refused:
        actions.ReportCapacity.do(care.runs(home), home, care_level=3, **numbers)
    assert refused.value.field == field
    assert not CapacityObservation.objects.exists()


def test_numbers_that_do_not_add_up_may_say_why():
    home = care.home()
    numbers = {"maximum": 120, "occupied": 97, "reserved": 6, "accepting": 12}
    actions.ReportCapacity.do(care.runs(home), home, care_level=3, remark="5 张停用", **numbers)
    assert vacancy(home).remark == "5 张停用"
    with pytest.raises(IntegrityError, match="the_numbers_add_up_or_say_why"), transaction.atomic():
        care.reports(home, **numbers)


def test_not_known_is_kept_as_not_known():
    home = care.home()
    actions.ReportCapacity.do(care.runs(home), home, care_level=3, maximum=60)
    line = vacancy(home)
    assert (line.maximum, line.occupied, line.accepting, line.precision) == (60, None, None, Precision.UNKNOWN)


def test_one_tap_confirms_every_level():
    home, long_ago = care.home(), now() - timedelta(days=5)
    care.reports(home, 3, observed_at=long_ago)
    care.reports(home, 5, observed_at=long_ago, maximum=4, occupied=4, reserved=0, accepting=0)
    actions.ConfirmNothingChanged.do(care.runs(home), home)
    assert rules.freshness(vacancy(home).observed_at, now=now()) == "fresh"
    lines = CapacityObservation.objects.filter(confirmed_unchanged=True)
    assert sorted((line.care_level, line.accepting) for line in lines) == [(3, 3), (5, 0)]


def test_there_must_be_something_to_confirm():
    home = care.home()
    with pytest.raises(Refused):
        actions.ConfirmNothingChanged.do(care.runs(home), home)


def test_a_line_is_never_changed():
    line = care.reports(care.home())
    with pytest.raises(DatabaseError), transaction.atomic():
        CapacityObservation.objects.filter(pk=line.pk).update(accepting=9)
    with pytest.raises(DatabaseError), transaction.atomic():
        CapacityObservation.objects.filter(pk=line.pk).delete()


def test_any_past_day_is_answerable():
    home = care.home()
    for days, accepting in ((9, 1), (5, 2), (1, 3)):
        at = now() - timedelta(days=days)
        care.reports(home, accepting=accepting, occupied=9 - accepting, reserved=1, recorded_at=at, observed_at=at)
    book = CapacityObservation.objects.filter(home=home)
    known = {days: [line.accepting for line in book.as_of(today() - timedelta(days=days))] for days in (10, 9, 6, 5, 2, 0)}
    assert known == {10: [], 9: [1], 6: [1], 5: [2], 2: [2], 0: [3]}


def test_a_request_takes_its_place_from_what_is_free_and_gives_it_back():
    home = care.home()
    bed = care.bed(home)
    care.reports(home)
    request = care.asks(for_bed=bed)
    assert (vacancy(home).reserved, vacancy(home).accepting) == (2, 2)
    actions.DeclineReservation.do(care.runs(home), request, reason="没有合适的床位", decline_ground="no-place")
    assert (vacancy(home).reserved, vacancy(home).accepting) == (1, 3)
    assert CapacityObservation.objects.filter(source=ObservationSource.RESERVATION).count() == 2


def test_moving_in_and_out_is_counted():
    home = care.home()
    care.reports(home)
    stay = care.admitted(for_bed=care.bed(home))
    assert (vacancy(home).occupied, vacancy(home).reserved, vacancy(home).accepting) == (7, 1, 2)
    actions.DischargeResident.do(care.runs(home), stay, reason="回家")
    assert (vacancy(home).occupied, vacancy(home).reserved, vacancy(home).accepting) == (6, 1, 3)


def test_counting_never_passes_for_looking():
    home, long_ago = care.home(), now() - timedelta(days=7)
    care.reports(home, observed_at=long_ago, recorded_at=long_ago)
    care.asks(for_bed=care.bed(home))
    assert vacancy(home).observed_at == long_ago
    assert vacancy(home).recorded_at > long_ago


def test_a_later_stay_in_a_bed_somebody_lives_in_takes_no_second_place():
    home = care.home()
    care.reports(home)
    bed = care.bed(home)
    stay = care.admitted(for_bed=bed, leaves_on=care.in_days(10))
    care.asks(for_bed=bed, arrives_on=care.in_days(20))
    assert (vacancy(home).occupied, vacancy(home).reserved, vacancy(home).accepting) == (7, 1, 2)
    actions.DischargeResident.do(care.runs(home), stay, reason="回家")
    assert (vacancy(home).occupied, vacancy(home).reserved, vacancy(home).accepting) == (6, 2, 2)


def test_nobody_is_placed_beyond_what_the_home_says_is_free():
    home = care.home()
    care.reports(home, maximum=10, occupied=9, reserved=1, accepting=0)
    with pytest.raises(Refused, match="no more places"):
        care.asks(for_bed=care.bed(home))


def test_an_estimate_does_not_stop_anybody():
    home = care.home()
    care.reports(home, maximum=10, occupied=9, reserved=1, accepting=0, precision=Precision.ESTIMATE)
    care.asks(for_bed=care.bed(home))
    assert vacancy(home).accepting == 0


def test_the_database_combines_levels_as_the_rules_do():
    chance = random.Random(4)
    for _ in range(25):
        home, parts = care.home(), {}
        for level in chance.sample(range(6), chance.randint(1, 6)):
            precision = chance.choice(Precision.values)
            number = lambda: chance.choice([None, chance.randint(0, 9)])  # noqa: E731
            accepting = None if precision == "unknown" else number()
            line = care.reports(
                home, level, maximum=number(), occupied=number(), reserved=number(), accepting=accepting,
                precision=precision, remark="示例",
            )  # fmt: skip
            parts[level] = line.places
        for need in rules.NEEDS:
            suitable = [parts[level] for level in rules.levels_for(need) if level in parts]
            kept = Vacancy.objects.filter(home=home, need=need).first()
            if not suitable:
                assert kept is None
                continue
            expected = rules.combine(suitable)
            got = rules.Places(kept.maximum, kept.occupied, kept.reserved, kept.accepting, kept.precision, kept.after_assessment)
            assert got == expected, (parts, need)


def test_only_homes_that_are_open_or_suspended_report():
    home = care.home(state=HomeState.CLOSED)
    with pytest.raises(Exception, match="."):
        actions.ReportCapacity.do(care.runs(home), home, care_level=3, maximum=1, occupied=0, reserved=0, accepting=1)


def test_vacancies_are_kept_for_many_homes_in_one_statement(django_assert_num_queries):
    homes = [care.home() for _ in range(3)]
    rows = [
        CapacityObservation(home=h, area=h.area, care_level=level, maximum=4, occupied=1, reserved=0, accepting=3)
        for h in homes
        for level in (1, 3)
    ]
    with django_assert_num_queries(1):
        CapacityObservation.objects.bulk_create(rows)
    assert list(Vacancy.objects.for_any_need().values_list("accepting", flat=True)) == [6, 6, 6]
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM care_vacancy")
        assert cursor.fetchone()[0] == 3 * 5
