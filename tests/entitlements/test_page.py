"""The page: every line with its source, what is missing with who holds it, and one bad program that costs only its own lines."""

from __future__ import annotations

import time
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governance.access.models import Access
from governance.clocks.now import today
from governance.entitlements import asking, contract, people, reading
from governance.entitlements.contract import Amount, Asked, Line, Offer
from governance.entitlements.forms import FactsForm
from governance.entitlements.vocabulary import Answered, Match, Standing
from governance.stakeholders.actors import actor_for
from governance.stakeholders.models import Delegation
from programs.insurance.models import Contribution
from tests.factories import care, insurance, policies
from tests.factories import people as accounts
from tests.factories.entitlements import TOLD, citizen

pytestmark = pytest.mark.django_db
ADDRESS, ENGLISH = "/me/entitlements/", {"accept-language": "en"}


@pytest.fixture
def offered(monkeypatch):
    """More programs, for one test."""
    monkeypatch.setattr(contract, "_offers", dict(contract._offers))
    return contract.offer


def of(user, **facts):
    form = FactsForm({name: str(value) for name, value in facts.items()})
    assert form.is_valid(), form.errors
    return reading.everything(actor_for(user, ""), form.told(wishes=False), form.told(wishes=True))


def line_of(found, key):
    return next(one for one in found["lines"] if one.key == key)


def test_missing_is_never_nought():
    """Of a daughter of whom only the number is known nobody claims to know an amount; who does know is named."""
    pension = line_of(of(citizen()), "employee-pension")
    assert (pension.standing, pension.estimate, pension.accrued, pension.match) == (Standing.CANNOT_TELL, None, None, Match.RULE)
    assert "the social insurance office of your place" in {str(lack.holder) for lack in pension.lacks}
    assert any("50 or 55" in str(lack.fact) for lack in pension.lacks), "of a woman two ages may count"


def test_without_a_date_of_birth_nobody_can_tell():
    assert {one.standing for one in of(citizen(born_on=None))["lines"]} == {Standing.CANNOT_TELL}


def paid_in(user, *, months, branches=("pension", "medical"), last=None):
    """An account with contributions up to a month."""
    account = insurance.insured(user.person)
    payer, last = insurance.employer().stakeholder, last or today().replace(day=1)
    days = [date(last.year - n // 12 - (last.month <= n % 12), (last.month - n % 12 - 1) % 12 + 1, 1) for n in range(months)]
    Contribution.objects.bulk_create(
        Contribution(insured=account, payer=payer, month=day, paid_on=day, branch=branch, base=8000, employer_part=1280, person_part=640) for day in days for branch in branches
    )
    return account


def test_the_register_of_insurance_is_believed_where_nothing_else_was_told():
    user = accounts.user()
    account = paid_in(user, months=182)
    found = of(user, wage=8000)
    pension, medical, unemployment = (line_of(found, key) for key in ("employee-pension", "employee-medical", "unemployment"))
    assert (pension.standing, pension.match, pension.record, pension.accrued.low) == (Standing.ACCRUING, Match.NUMBER, account.reference, Decimal(182 * 640))
    assert "15 years" in str(medical.sentence)
    assert (medical.standing, medical.match) == (Standing.HAVE, Match.NUMBER)
    assert (unemployment.standing, unemployment.record) == (Standing.CANNOT_TELL, ""), "nothing in the register is not nothing"
    assert line_of(of(user, wage=8000, paid_years=30), "employee-pension").match == Match.TOLD


def test_whoever_paid_last_a_year_ago_may_not_be_insured_any_more():
    user = accounts.user()
    paid_in(user, months=24, last=date(today().year - 1, 1, 1))
    assert line_of(of(user), "employee-medical").standing == Standing.CANNOT_TELL


def test_a_granted_pension_is_had():
    user = accounts.user()
    account = paid_in(user, months=200)
    granted = insurance.granted_pension(account, Decimal("3120.50"))
    pension = line_of(of(user), "employee-pension")
    assert (pension.standing, pension.estimate, pension.record) == (Standing.HAVE, Amount.exactly(Decimal("3120.50")), granted.reference)
    assert pension.lacks == ()


def test_a_policy_is_had_as_its_insurer_reports_it():
    person, number = policies.person()
    policy = policies.policy(holder_number=number)
    line = next(one for one in of(accounts.User.objects.get(person=person))["lines"] if one.record == policy.reference)
    assert (line.standing, line.match, line.accrued) == (Standing.ACCRUING, Match.NUMBER, Amount.exactly(Decimal(5000), contract.ONCE))


def test_what_was_told_gives_a_range_that_holds_the_golden_value():
    """Born 1966-01, 25 years, index 0.8: stopping today gives what the rule gives, paying on gives more."""
    user = citizen(date(1966, 1, 15), male=True)
    pension = line_of(of(user, paid_years=25, balance=120000, wage=8000, index="0.8"), "employee-pension")
    assert pension.standing == Standing.ACCRUING if pension.moments[0].on > today() else Standing.UNCLAIMED
    assert pension.accrued == Amount.exactly(Decimal(120000), contract.ONCE)
    assert Decimal(2660) < pension.estimate.low <= pension.estimate.high
    stopped = line_of(of(user, paid_years=25, balance=120000, wage=8000, index="0.8", job="nothing"), "employee-pension")
    assert stopped.estimate is not None
    assert pension.used
    assert all(one.reference for one in pension.used)


def test_an_unknown_index_widens_the_range():
    user = citizen(date(1975, 3, 1), male=True)
    known = line_of(of(user, **TOLD), "employee-pension").estimate
    told = {name: value for name, value in TOLD.items() if name != "index"}
    unknown = line_of(of(user, **told), "employee-pension").estimate
    assert unknown.low < known.low
    assert known.high < unknown.high


def test_what_if_compares_and_changes_nothing_above():
    user = citizen(date(1984, 7, 2), male=True)
    as_it_is, wished = of(user, **TOLD), of(user, **TOLD, later=36)
    assert line_of(as_it_is, "employee-pension") == line_of(wished, "employee-pension")
    row = next(row for row in wished["what_if"] if row["line"].key == "employee-pension")
    assert row["before"].estimate.high < row["after"].estimate.high
    assert (row["would_begin"].year * 12 + row["would_begin"].month) - (row["begins"].year * 12 + row["begins"].month) == 36
    assert not as_it_is["what_if"]


def test_nobody_draws_both_pensions():
    found = of(citizen(date(1984, 7, 2), male=True), **TOLD, residents_years=3, residents_balance=900)
    assert [{one.key for one in pair} for pair in found["conflicts"]] == [{"employee-pension", "residents-pension"}]


def test_a_place_in_a_home_is_had_and_the_subsidy_can_be_claimed(client):
    user = citizen(date(1948, 2, 29), male=True)
    reservation = care.asks(care.Acting(user.person), care_need=3)
    found = of(user)
    beds, subsidy = line_of(found, "care-beds"), line_of(found, "care-subsidy")
    assert (beds.standing, beds.record, beds.match) == (Standing.ACCRUING, reservation.reference, Match.ACCOUNT)
    assert (subsidy.standing, subsidy.estimate) == (Standing.UNCLAIMED, Amount(Decimal(0), Decimal(800)))


def test_a_place_asked_for_the_mother_is_said_and_is_not_ones_own(client):
    user = citizen(date(1966, 5, 15), male=True)
    told = {"relation": "parent", "resident_name": "李奶奶示例", "resident_born_on": date(1946, 5, 4), "care_need": 3, "sex": "female"}
    reservation = care.asks(care.Acting(user.person), **told)
    beds, subsidy = line_of(of(user), "care-beds"), line_of(of(user), "care-subsidy")
    assert "no place for yourself" in beds.sentence
    assert reservation.home.name in beds.sentence
    assert reservation.get_absolute_url() in [step.address for step in beds.steps]
    assert (beds.standing, subsidy.standing) == (Standing.UNCLAIMED, Standing.CANNOT_TELL), "her need is not his"
    assert "李奶奶" not in beds.sentence


@pytest.mark.parametrize("born_on, standing", [(date(1990, 1, 1), Standing.NOT_ELIGIBLE), (date(1950, 1, 1), Standing.CANNOT_TELL), (None, Standing.CANNOT_TELL)])
def test_the_subsidy_says_no_only_where_it_knows(born_on, standing):
    assert line_of(of(citizen(born_on)), "care-subsidy").standing == standing


def hangs(person, day):
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(20)")


def fails(person, day):
    raise ZeroDivisionError


def test_a_program_that_hangs_or_fails_costs_its_own_lines_only(client, offered, sign_in):
    offered(Offer("hanging", "Hanging", hangs, lambda asked, held: [], limit=0.2, order=1))
    offered(Offer("failing", "Failing", fails, lambda asked, held: [], order=2))
    offered(Offer("wrong", "Wrong", lambda person, day: None, fails, order=3))
    began = time.perf_counter()
    answer = sign_in(citizen(), "").get(ADDRESS, headers=ENGLISH)
    assert time.perf_counter() - began < 2
    assert answer.status_code == 200
    status = {one.offer.key: one.status for one in answer.context["sources"]}
    assert {key: one for key, one in status.items() if one != Answered.IN_TIME} == {"hanging": Answered.LATE, "failing": Answered.FAILED, "wrong": Answered.FAILED}
    assert "Hanging: did not answer in time" in answer.content.decode()
    assert line_of(answer.context, "employee-pension")


def test_many_that_hang_take_no_longer_than_all_may_take_together(offered):
    for number in range(3):
        offered(Offer(f"hanging-{number}", "Hanging", hangs, lambda asked, held: [], limit=0.6, order=1))
    began = time.perf_counter()
    found = asking.ask(people.person_of(citizen().person), today())
    assert time.perf_counter() - began < asking.ALL_TOGETHER + 1.5
    assert {one.offer.key for one in found if one.is_good} >= {"insurance", "care"}


def test_the_time_limit_ends_with_the_asking(offered):
    asking.ask(people.person_of(citizen().person), today())
    with connection.cursor() as cursor:
        cursor.execute("SHOW statement_timeout")
        left = cursor.fetchone()
        cursor.execute("SELECT reset_val FROM pg_settings WHERE name = 'statement_timeout'")
        assert left[0].rstrip("ms") == cursor.fetchone()[0]


def test_no_program_takes_more_than_two_statements():
    user = citizen(date(1948, 2, 29), male=True)
    care.asks(care.Acting(user.person), care_need=3)
    person = people.person_of(user.person)
    for one in contract.offers():
        with CaptureQueriesContext(connection) as captured:
            held = one.read(person, today())
        assert len(captured) <= 2, one.key
        with CaptureQueriesContext(connection) as captured:
            list(one.lines(Asked(person, today()), held))
        assert not captured.captured_queries, f"{one.key}: lines are worked out without the database"


def delegated(*scopes):
    father, daughter = citizen(date(1948, 2, 29), male=True), citizen(serial=200)
    delegation = Delegation.objects.create(
        principal=father.person, delegate=daughter.person, area=father.person.area, scopes=list(scopes), starts_on=today(), state="accepted", delegate_email=daughter.email
    )
    return father, daughter, delegation


def test_a_daughter_for_her_father_leaves_a_trace(sign_in):
    father, daughter, delegation = delegated("*")
    answer = sign_in(daughter, f"d{delegation.pk}").get(ADDRESS, headers=ENGLISH)
    assert "sees that you did" in answer.content.decode()
    access = Access.objects.about(father.person_id).get()
    assert (access.user_id, access.record_id) == (daughter.pk, father.person_id)


def test_she_sees_only_what_he_let_her_act_in(sign_in):
    _father, daughter, delegation = delegated("care")
    answer = sign_in(daughter, f"d{delegation.pk}").get(ADDRESS)
    assert {one.offer.key: one.status for one in answer.context["sources"]}["insurance"] == Answered.BARRED
    assert {one.key for one in answer.context["lines"]} <= {"care-beds", "care-subsidy"}


def test_a_household_is_who_has_agreed(sign_in):
    father, daughter, _delegation = delegated("*")
    people_seen = [one["person"] for one in sign_in(daughter, "").get(ADDRESS + "household/").context["people"]]
    assert people_seen == [daughter.person, father.person]
    assert Access.objects.about(father.person_id).count() == 1
    assert [one["person"] for one in sign_in(father, "").get(ADDRESS + "household/").context["people"]] == [father.person]


def test_an_organisation_is_not_entitled_to_anything(sign_in):
    office = care.stakeholder("government", "government-authority", "示例市民政局")
    officer = accounts.member(office, "officer")
    assert sign_in(officer).get(ADDRESS).url == "/me/"


def test_a_visitor_is_sent_to_sign_in(client):
    assert client.get(ADDRESS).url.startswith("/account/login/")


def test_income_that_costs_a_benefit_is_shown(offered):
    def lines(asked, held):
        income = asked.told("income") or Decimal(0)
        yield Line("minimum-living", "Minimum living", Standing.HAVE if income < 800 else Standing.NOT_ELIGIBLE, "", estimate=Amount.exactly(Decimal(300)), falls_with_income=True)

    from governance.entitlements import wishes

    offered(Offer("assistance", "Assistance", lambda person, day: None, lines, (wishes.INCOME,)))
    (cliff,) = of(citizen())["cliffs"]
    assert (cliff.below, cliff.above, cliff.lost, cliff.is_worse_off) == (Decimal(700), Decimal(800), Decimal(300), True)


def test_paying_more_counts_for_whoever_chooses_the_base():
    """Working for themselves, somebody who pays more raises the index of the months to come; an employee is told that they cannot."""
    user = citizen(date(1984, 7, 2), male=True)
    as_flexible, with_more = (line_of(of(user, **TOLD, job="flexible", more=more), "employee-pension") for more in (0, 400))
    before, after = (found["what_if"] for found in (of(user, **TOLD, job="flexible"), of(user, **TOLD, job="flexible", more=400)))
    assert as_flexible == with_more, "a wish changes nothing above"
    one, other = (next(row["after"] for row in rows if row["line"].key == "employee-pension") for rows in (before, after))
    assert one.estimate.low == other.estimate.low, "whoever stops today"
    assert one.estimate.high < other.estimate.high
    assert any("20 %" in str(step) for step in other.trace), "what it costs a month"
    employee = next(row["after"] for row in of(user, **TOLD, more=400)["what_if"] if row["line"].key == "employee-pension")
    assert employee.estimate == line_of(of(user, **TOLD), "employee-pension").estimate
    assert any("annuity" in str(one) for one in employee.assumptions)


def test_what_was_found_by_name_is_marked_and_can_be_denied(sign_in):
    """An officer has decided whose it is; the person concerned says so if it is not theirs, and the complaint names the policy."""
    user = accounts.user()
    policy = policies.policy()
    type(policy).objects.filter(pk=policy.pk).update(holder=user.person, holder_index="")
    answer = sign_in(user, "").get(ADDRESS, headers=ENGLISH)
    line = next(one for one in answer.context["lines"] if one.record == policy.reference)
    assert line.match == Match.ALIKE
    assert f"about=policies.policy%3A{policy.pk}&amp;subject=This%20is%20not%20mine" in answer.content.decode()


def test_what_is_not_for_somebody_is_neither_drawn_nor_added_up():
    """Two years as a resident are too few: whoever draws nothing has nothing on the timeline; and nobody begins in a month that has passed."""
    told = {"residents_years": 3, "residents_balance": 900}
    found = of(citizen(date(1958, 3, 12), male=True), **TOLD | {"paid_years": 30}, **told, later=12)
    assert line_of(found, "residents-pension").standing == Standing.NOT_ELIGIBLE
    assert {key for year in found["years"] for key, _low, _high in year.parts} == {"employee-pension"}
    assert all(line.standing != Standing.NOT_ELIGIBLE for _moment, line in found["moments"])
    assert {standing: amount for standing, _count, amount in found["sums"]}[Standing.NOT_ELIGIBLE] is None
    assert not any(row["line"].key == "employee-pension" for row in found["what_if"])


def test_what_a_household_has_together_says_of_how_many_it_is_known(sign_in):
    father, daughter, _delegation = delegated("*")
    account = paid_in(father, months=200)
    insurance.granted_pension(account, Decimal("3120.50"))
    answer = sign_in(daughter, "").get(ADDRESS + "household/", headers=ENGLISH)
    assert answer.context["together"][0] == (Standing.HAVE, Amount.exactly(Decimal("3120.50")), 1)
    assert "known of 1 of 2" in answer.content.decode()


def test_what_would_change_it_is_said_only_where_trying_it_shows_so(offered):
    """The program is asked again with other facts; what does not hold then is not said."""
    user = citizen(date(1958, 3, 12), male=True)
    short = line_of(of(user, **TOLD | {"paid_years": 9}), "employee-pension")
    assert (short.standing, str(short.would_change)) == (Standing.NOT_ELIGIBLE, str(short.turn.words))
    assert line_of(of(user, **TOLD | {"paid_years": 9 + short.turn.facts["paid_years"]}), "employee-pension").standing == Standing.UNCLAIMED
    assert "12" in str(line_of(of(user, residents_years=3, residents_balance=900), "residents-pension").would_change)

    def lines(asked, held):
        yield Line("boasting", "Boasting", Standing.NOT_ELIGIBLE, "", turn=contract.Turn({"paid_years": 40}, "Forty years would be enough."))

    offered(Offer("boasting", "Boasting", lambda person, day: None, lines))
    assert line_of(of(user), "boasting").would_change == ""
