"""The pages of promised dates, for everybody."""

from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.utils.translation import override

from governance import areas, clocks
from governance.clocks import calendars
from governance.clocks.calendars import national
from governance.clocks.models import CalendarDay, CalendarYear, Clock, ClockRule
from governance.clocks.now import LOCAL, stopped_at
from governance.clocks.rules import Period, due
from governance.promises import reading
from governance.promises.forms import CalculatorForm
from tests.factories import care

pytestmark = pytest.mark.django_db


def at(text: str, hour: int = 10) -> datetime:
    return datetime.combine(date.fromisoformat(text), datetime.min.time(), LOCAL).replace(hour=hour)


def run(statements) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(*statement)


@pytest.fixture
def record():
    """A reservation, whose reader is its applicant."""
    bed = care.beds(care.home(), 1)[0]
    return care.asks(care.citizen(), bed)


@pytest.fixture
def clock(record) -> Clock:
    """A period that began before Spring Festival, was paused for a reason and went on."""
    clock, event = clocks.opened(record, "GID_ANSWER", at=at("2026-01-30"))
    clock.save(force_insert=True)
    event.save(force_insert=True)
    run(clocks.pausing_queries(record, ["GID_ANSWER"], at=at("2026-02-05"), by=clocks.Doing(reason="第三方意见")))
    run(clocks.resuming_queries(record, ["GID_ANSWER"], at=at("2026-03-04")))
    return clock


def test_anybody_sees_the_date_its_basis_and_every_day_but_no_reason_and_no_record(client, clock, record):
    with stopped_at(at("2026-03-10")):
        page = client.get(f"/clocks/{clock.pk}/", headers={"accept-language": "en"})
    text = page.content.decode()
    assert page.status_code == 200
    assert "Thursday 26 March" in text
    assert "Regulation on the Disclosure of Government Information, Art. 33" in text
    assert "5 March" in text  # the date told first
    assert "第三方意见" not in text
    assert record.reference not in text
    assert "style=" not in text
    assert "<style" not in text


def test_whoever_reads_the_record_sees_reasons_and_the_way_back(sign_in, clock, record):
    from tests.factories import people

    client = sign_in(people.user(record.applicant), "")
    text = client.get(f"/clocks/{clock.pk}/").content.decode()
    assert "第三方意见" in text
    assert record.get_absolute_url() in text


def test_a_clock_that_is_not_there(client):
    assert client.get("/clocks/018f0000-0000-7000-8000-000000000000/").status_code == 404


@pytest.mark.parametrize("state", ["stopped", "void", "ended", "paused"])
def test_every_state_has_its_sentence(client, clock, state):
    closed = None if state == "paused" else at("2026-03-20")
    Clock.objects.filter(pk=clock.pk).update(state=state, closed_at=closed)
    assert client.get(f"/clocks/{clock.pk}/").status_code == 200


def test_the_calculator_shows_its_work(client):
    answer = client.get("/periods/calculator/?rule=GID_ANSWER&on=2026-01-30", headers={"accept-language": "en"})
    text = answer.content.decode()
    assert "Thursday 5 March" in text
    assert "Chinese New Year" in text or "Spring Festival" in text
    moved = client.get("/periods/calculator/?rule=GID_ANSWER&on=2026-01-30&pause_from=2026-02-05&pause_until=2026-03-04", headers={"accept-language": "en"})
    assert "Thursday 26 March" in moved.content.decode()
    longer = client.get("/periods/calculator/?rule=GID_ANSWER&on=2026-01-30&extension=20", headers={"accept-language": "en"})
    assert "Thursday 2 April" in longer.content.decode()


@pytest.mark.parametrize(
    ("query", "why"),
    [
        ("rule=NOTHING&on=2026-01-30", "valid choice"),
        ("rule=GID_ANSWER&on=30.1.2026", "valid date"),
        ("rule=GID_ANSWER&on=", "required"),
        ("rule=GID_ANSWER&on=1999-01-30", "2004"),
        ("rule=GID_ANSWER&on=2018-01-30", "not in force"),
        ("rule=GID_ANSWER&on=2026-01-30&extension=21", "at most 20 working days"),
        ("rule=GID_PUBLISH&on=2026-01-30&extension=1", "cannot be extended"),
        ("rule=GID_PUBLISH&on=2026-01-30&pause_from=2026-02-01&pause_until=2026-02-02", "cannot be paused"),
        ("rule=GID_ANSWER&on=2026-01-30&pause_from=2026-02-01", "first and a last day"),
        ("rule=GID_ANSWER&on=2026-01-30&pause_from=2026-02-05&pause_until=2026-02-03", "ends after"),
        ("rule=GID_ANSWER&on=2026-01-30&pause_from=2026-02-05&pause_until=2098-02-03", "cannot be counted"),
    ],
)
def test_the_calculator_says_what_is_wrong(client, query, why):
    answer = client.get(f"/periods/calculator/?{query}", headers={"accept-language": "en"})
    assert answer.status_code == 200
    assert why in answer.content.decode()


def test_a_closure_of_a_place_is_counted_there(client):
    care.area(care.CITY, "示例市")
    edition = CalendarYear.objects.create(calendar=care.CITY, year=2026, source="示例市停工通告")
    CalendarDay.objects.create(edition=edition, day=date(2026, 9, 16), is_working=False, name="防台风停工")
    address = "/periods/calculator/?rule=GID_CORRECT&on=2026-09-15"
    assert "Wednesday 23 September" in client.get(address, headers={"accept-language": "en"}).content.decode()
    there = client.get(f"{address}&area={care.CITY}", headers={"accept-language": "en"}).content.decode()
    assert "Thursday 24 September" in there
    assert "防台风停工" in there


def test_a_closure_of_the_whole_nation_is_counted_everywhere():
    assert calendars.of_area(care.CITY).is_working(date(2026, 9, 16))
    edition = CalendarYear.objects.create(calendar=areas.NATION, year=2026, source="全国停工通告（示例）")
    CalendarDay.objects.create(edition=edition, day=date(2026, 9, 16), is_working=False, name="全国停工（示例）")
    calendars.forget()
    assert [calendars.of_area(code).is_working(date(2026, 9, 16)) for code in (care.CITY, "330106001002")] == [False, False]


@pytest.mark.parametrize("address", ["/periods/", "/periods/GID_ANSWER/", "/periods/care.answer-reservation/", "/periods/calculator/", "/periods/calendar/2026/", "/periods/HOT_SMS/"])
@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens_in_both_languages(client, address, language):
    assert client.get(address, headers={"accept-language": language}).status_code == 200


def test_what_is_not_verified_is_never_shown_as_law(client):
    for address in ("/periods/", "/periods/GID_FEE_PAY/", "/periods/calculator/?rule=GID_FEE_PAY&on=2026-01-30"):
        assert "source not verified" in client.get(address, headers={"accept-language": "en"}).content.decode()
    assert "source not verified" not in client.get("/periods/GID_ANSWER/", headers={"accept-language": "en"}).content.decode()


def test_periods_of_hours_have_a_moment(client, record):
    answer = client.get("/periods/calculator/?rule=HOT_DISPATCH_2&on=2026-02-14&at=23:30", headers={"accept-language": "en"})
    assert "15 February 01:30" in answer.content.decode()
    clock, event = clocks.opened(record, "HOT_DISPATCH_2", at=at("2026-02-14"))
    clock.save(force_insert=True)
    event.save(force_insert=True)
    assert "12:00" in client.get(f"/clocks/{clock.pk}/").content.decode()


def test_a_year_not_published_is_not_there_and_its_dates_are_provisional(client):
    assert client.get("/periods/calendar/2035/").status_code == 404
    answer = client.get("/periods/calculator/?rule=GID_ANSWER&on=2030-01-30", headers={"accept-language": "en"})
    assert "Provisional" in answer.content.decode()


def test_the_pages_cost_few_statements(client, clock, django_assert_max_num_queries):
    client.get(f"/clocks/{clock.pk}/")
    with django_assert_max_num_queries(5):
        client.get(f"/clocks/{clock.pk}/")
    with django_assert_max_num_queries(3):
        client.get("/periods/")


def test_the_difference_to_an_ordinary_calendar():
    """Monday to Friday without holidays, as most systems count, is wrong for many starts in 2026."""
    calendar = national()
    wrong = 0
    for n in range(320):
        start = at("2026-01-01") + timedelta(days=n)
        day, left = start.date(), 20
        while left:
            day += timedelta(days=1)
            holiday = calendar.exceptions.get(day)
            left -= day.weekday() < 5 and not (holiday and not holiday[0])
        wrong += due(Period("workday", 20), start, calendar).at.date() != day
    assert wrong == 121


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_rule_can_be_worked_out_on_any_day(client, language):
    pages = set()
    with override(language):
        for rule in ClockRule.objects.all():
            for day in ("2026-02-06", "2026-12-31"):
                form = CalculatorForm({"rule": rule.key, "on": day})
                assert form.is_valid(), rule.code
                found = reading.worked_out(rule, form.cleaned_data["due"])
                assert (found["calendar"] is None) == found["is_short"] == (not found["stretches"]), rule.code
                pages.add((rule.unit, rule.lateness, rule.verified, day, f"/periods/calculator/?rule={rule.key}&on={day}"))
    for *_kind, address in {page[:4]: page for page in pages}.values():
        answer = client.get(address, headers={"accept-language": language})
        assert answer.status_code == 200 and 'class="sentence"' in answer.content.decode(), address


@pytest.mark.parametrize(
    "address",
    ["/periods/%00/", "/periods/calendar/0/", "/periods/calendar/99999999999/", "/dates/%00.ics", "/clocks/1/", "/api/periods/%00/due/?on=2026-01-30"],
)
def test_what_is_no_address_is_not_found(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("query", ["rule=%00&on=2026-01-30", "rule=GID_ANSWER&on=%00", "rule=GID_ANSWER&on=2026-01-30&area=%00&at=%00&extension=%00"])
def test_nonsense_is_answered_with_a_sentence(client, query):
    assert client.get(f"/periods/calculator/?{query}").status_code == 200
    assert client.get(f"/api/periods/GID_ANSWER/due/?{query.partition('&')[2]}").status_code in {200, 400, 422}


def test_a_period_of_one_day_has_its_day(client, record):
    for row in (made := clocks.opened(record, "feedback.fulfil-commitment", at=at("2026-11-25"))):
        row.save(force_insert=True)
    text = client.get(f"/clocks/{made[0].pk}/", headers={"accept-language": "en"}).content.decode()
    assert "Wednesday 25 November" in text and "day 1, the last" in text and "without a break" not in text


def test_the_page_says_when_those_concerned_were_reminded(client, clock):
    from governance.clocks import reminding

    assert reminding.take(at("2026-03-25"))
    assert "due soon" in client.get(f"/clocks/{clock.pk}/", headers={"accept-language": "en"}).content.decode()


def test_the_list_says_where_a_rule_holds_and_what_is_not_handled(client):
    text = " ".join(client.get("/periods/", headers={"accept-language": "en"}).content.decode().split())
    disclosure = text[text.index("Regulation on the Disclosure of Government Information") :]
    disclosure = disclosure[: disclosure.index("</section>")]
    assert "in force since 15 May 2019" in disclosure and disclosure.count("not handled here yet") == 1  # said once, of all of it
    petition = text[text.index("Regulation on Petition Work") :]
    petition = petition[: petition.index("</section>")]
    unused = {"PET_NOTICE"}
    assert petition.count("not handled here yet") == len(unused)
    beijing = text[text.index("Beijing local standard for the 12345 hotline (2023)") :]
    beijing = beijing[: beijing.index("</section>")]
    assert "holds only in 110000000000" in beijing and beijing.count(">as another text quotes it") == 4
    reconsideration = text[text.index("Administrative Reconsideration Law</h2>") :]
    reconsideration = reconsideration[: reconsideration.index("</section>")]
    assert "in force since 1 January 2024" in reconsideration and "5 working days" in reconsideration and "30 calendar days" in reconsideration


def test_a_first_day_that_no_text_gives_says_so(client):
    text = " ".join(client.get("/periods/", headers={"accept-language": "en"}).content.decode().split())

    def law(name):
        found = text[text.index(f"{name}</h2>") :]
        return found[: found.index("<table")]

    for name in ("Social Insurance Law", "Work Injury Insurance Regulation", "Charity Law", "Interim Measures on Transferring Basic Pension Insurance"):
        assert "this day: source not verified" in law(name), name
    for name in ("Government Data Sharing Regulation", "Personal Information Protection Law", "Regulation on Petition Work"):
        assert "in force since" in law(name) and "source--derived" not in law(name), name
    assert "this day as another text quotes it" in law("Administrative Reconsideration Law")


def test_the_periods_of_the_handling_regulation_are_whole(client):
    """Art. 10: a change of registration in ten working days; art. 22: costs of a work injury in twenty."""
    text = " ".join(client.get("/periods/", headers={"accept-language": "en"}).content.decode().split())
    found = text[text.index("Social Insurance Handling Regulation</h2>") :]
    found = found[: found.index("</section>")]
    for name, length in (("Change of an insurance registration", "10 working days"), ("Reimbursement of the costs of a work injury", "20 working days")):
        row = found[found.index(name) :]
        assert length in row[: row.index("</tr>")]


def test_a_quoted_rule_says_so_with_its_date(client):
    text = client.get("/periods/calculator/?rule=HOT_FB_COMPLEX@110000000000&on=2026-11-23", headers={"accept-language": "en"}).content.decode()
    assert "known only as another text quotes it" in text and "8 December" in text
    text = client.get("/periods/calculator/?rule=HOT_FB_COMPLEX&on=2026-11-23", headers={"accept-language": "en"}).content.decode()
    assert "example" in text and "8 December" in text


def test_what_runs_among_offices_says_so(client):
    text = client.get("/periods/PET_OBJECT/", headers={"accept-language": "en"}).content.decode()
    assert "only to those who act" in text
    assert "only to those who act" not in client.get("/periods/PET_HANDLE/", headers={"accept-language": "en"}).content.decode()
