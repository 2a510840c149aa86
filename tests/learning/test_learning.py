"""Units and quizzes are whole in both languages; finishing one counts and keeps nobody; which risks are uncovered follows step by step."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.db import connection
from django.urls import reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st

from governance.access.models import Access
from governance.actions.models import Event
from governance.catalogue import actions as catalogue_actions
from governance.catalogue.models import Parameter, Program
from governance.catalogue.vocabulary import Branch, Mark, Tier
from governance.learning import decisions, loading, rules
from governance.learning.models import Tally
from governance.learning.vocabulary import Relation, Verdict, Work
from tests.factories import care, catalogue, entitlements, insurance

ENGLISH = {"HTTP_ACCEPT_LANGUAGE": "en"}
RIGHT = {one.key: one.right for one in loading.questions("first")}


@pytest.mark.django_db
def test_everything_packaged_is_whole_and_names_its_source():
    programs, chinese = set(Program.objects.in_force().values_list("code", flat=True)), re.compile(r"[一-鿿]")
    known = set(Parameter.objects.values_list("program__code", "key"))
    rows = [one.row for one in loading.units()] + [point for one in loading.units() for point in one.row["points"]]
    questions = {tier.value: loading.questions(tier.value) for tier in Tier}
    rows += [one.row for asked in questions.values() for one in asked]
    rows += [words.row for work in Work.values for words in loading.relations(work).values()]
    for row in rows:
        for name in [name for name in ("title", "lead", "text", "ask", "because", "source") if name in row]:
            assert chinese.search(row[name]) and row[f"{name}_en"] and not chinese.search(row[f"{name}_en"]), row
        assert row.get("mark", "") in {"", *Mark.values}
    assert all(0 < len(asked) <= 5 and len({one.key for one in asked}) == len(asked) for asked in questions.values()), "a quiz for each tier"
    assert all(sum(bool(answer.get("right")) for answer in one.row["answers"]) == 1 for asked in questions.values() for one in asked)
    assert {tuple(name.split("/")) for one in loading.units() for name in one.row["values"]} <= known
    assert {code for one in loading.units() for code in one.row["programs"]} | loading.programs_written_about() <= programs
    assert {row["branch"] for row in loading.risks()} == set(Branch.values) - {"poverty"}
    assert {words.row["relation"] for work in Work.values for words in loading.relations(work).values()} == set(Relation.values)


answers = st.sampled_from([None, True, False])
layers = st.lists(st.builds(rules.Layer, st.just("p"), st.sampled_from(["first", "third"]), st.sampled_from(Relation.values), answers), max_size=5)


@given(layers, st.integers(0, 4))
def test_what_is_not_known_is_never_taken_as_no(found, at):
    """A verdict that stands while something is not said stays, whatever that turns out to be; unless it says that nobody can tell."""
    if at >= len(found) or found[at].told is not None:
        return
    verdict = rules.verdict(found)
    said = [rules.verdict([*found[:at], rules.Layer("p", found[at].tier, found[at].relation, told), *found[at + 1 :]]) for told in (True, False)]
    if verdict == "covered":
        assert said == ["covered", "covered"]
    if said[0] != said[1] and found[at].relation != "none":
        assert verdict in {"cannot-tell", *said}


@given(st.lists(st.integers(0, 60), min_size=1, max_size=12))
def test_no_small_count_can_be_worked_out(counts):
    shown = [rules.shown(count) for count in counts]
    assert all(count is None or count == 0 or count >= 5 for count in shown)
    assert rules.at_least(counts) % 10 == 0 and 0 <= sum(counts) - rules.at_least(counts) < 10
    assert rules.share(counts[0], counts[0]) == ("hidden" if counts[0] < 10 else "nearly-all")


@pytest.mark.django_db
def test_a_quiz_is_counted_once_and_nobody_is_kept(client, sign_in):
    address = reverse("learning:quiz", args=["first"])
    user = entitlements.citizen()
    events, accesses = Event.objects.count(), Access.objects.count()
    sign_in(user)
    unfinished = client.post(address, dict(list(RIGHT.items())[1:]), **ENGLISH)
    assert "If you are not sure, guess" in unfinished.content.decode() and not Tally.objects.exists()
    done = client.post(address, RIGHT | {"quitting": 0}, **ENGLISH)
    page = client.get(done["Location"], **ENGLISH).content.decode()
    assert "3 of 4 right." in page and "Social Insurance Law, Article 45" in page
    client.get(done["Location"])
    assert Tally.objects.by_quiz() == {"first": 1} and Tally.objects.by_question()["first", "quitting"] == (1, 0)
    assert (Event.objects.count(), Access.objects.count()) == (events, accesses), "who learns leaves no trace"
    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, '') FROM learning_tally t")
        assert user.person.name not in cursor.fetchone()[0]
    assert client.get("/learning/quiz/nothing/").status_code == client.get("/learning/units/nothing/").status_code == 404


@pytest.mark.django_db
def test_small_counts_are_hidden_and_sums_cut_down(client):
    assert "Nobody has finished a quiz yet." in client.get("/learning/finished/", **ENGLISH).content.decode()
    for month, times in ((date(2026, 10, 3), 23), (date(2026, 11, 3), 4)):
        for n in range(times):
            Tally.objects.one_more("first", month, dict.fromkeys(RIGHT, n % 4 > 0))
    page = client.get("/learning/finished/", **ENGLISH).content.decode()
    assert "fewer than 5" in page and "23" in page and "27" not in page and "more than half" in page
    assert client.get("/api/learning/finished/").json()[0] == {"tier": "first", "at_least": 20}


@pytest.mark.django_db
def test_a_unit_shows_what_holds_today_and_how_far_it_was_checked(client):
    page = client.get("/learning/units/five-insurances/", **ENGLISH).content.decode()
    assert "16 %" in page and "source not verified" in page and "Social Insurance Law, Article 41" in page
    assert page.index("1–5") < page.index("5–10") < page.index("10+")
    assert "单位没有依法缴工伤保险费" in client.get("/learning/units/five-insurances/", headers={"accept-language": "zh-CN"}).content.decode()
    found = client.get("/api/learning/units/", **ENGLISH).json()
    assert {one["tier"] for one in found} == set(Tier.values) and found[0]["points"][0]["mark"] == "verified"
    assert "five insurances" in client.get("/search/", {"q": "five insurances"}, **ENGLISH).content.decode()


def verdicts(client, work, **told):
    rows = client.get("/api/learning/gaps/", {"work": work} | {name.replace("_", "-"): value for name, value in told.items()}, **ENGLISH).json()["rows"]
    return {row["branch"]: row["verdict"] for row in rows}


@pytest.mark.django_db
def test_which_risks_are_uncovered_depends_on_how_one_works(client):
    nothing_said = verdicts(client, "enterprise")
    assert set(nothing_said.values()) == {"cannot-tell"} and len(nothing_said) == 6
    all_in = {"employee_pension": "yes", "employee_medical": "yes", "work_injury": "yes", "unemployment": "yes"}
    assert verdicts(client, "enterprise", **all_in) == {"old-age": "covered", "medical": "covered", "injury": "covered", "unemployment": "covered", "maternity": "covered", "care": "cannot-tell"}
    assert verdicts(client, "enterprise", **all_in | {"work_injury": "no"})["injury"] == "owed", "an employer has to register whoever works there"
    rider = verdicts(client, "platform", employee_pension="yes", employee_medical="no", residents_medical="no", health_insurance="yes", platform_injury="no")
    assert (rider["old-age"], rider["medical"], rider["injury"], rider["unemployment"]) == ("covered", "partly", "uncovered", "uncovered")
    assert set(verdicts(client, "retired")) == {"old-age", "medical", "care"}
    page = client.get("/learning/gaps/", {"work": "enterprise", "show": "1", "work-injury": "no", "employee-pension": "yes"}, **ENGLISH).content.decode()
    assert "The law requires cover that you do not have: injury at work." in page and "no office may turn you away" in page
    assert "It would be covered if you were in: Work injury insurance." in page and "Ask the medical security office of your place first" in page
    assert client.get("/learning/gaps/", {"work": "king"}).status_code == 200 and client.get("/api/learning/gaps/", {"work": "king"}).status_code == 422


@pytest.mark.django_db
def test_a_new_program_of_the_catalogue_is_asked_about(client):
    made = catalogue.program(tier="first", branch="care", code="example-care", name="示例护理互助", name_en="Example mutual care")
    assert "Example mutual care" not in client.get("/learning/gaps/", {"work": "none"}, **ENGLISH).content.decode(), "it is only proposed"
    catalogue_actions.PublishProgram.do(catalogue.keeper(), made)
    assert "Example mutual care" in client.get("/learning/gaps/", {"work": "none"}, **ENGLISH).content.decode()
    assert verdicts(client, "none", example_care="yes")["care"] == "covered"


@pytest.mark.django_db
def test_a_citizen_begins_with_what_the_programs_know(client, sign_in):
    user = entitlements.citizen()
    account, payer = insurance.insured(user.person), insurance.employer()
    insurance.pays(account, payer, years=(2024, 2025, 2026))
    insurance.pays(account, payer, years=(2026,), branch="medical")
    sign_in(user, "")
    start = client.get("/learning/gaps/", **ENGLISH).content.decode()
    assert "Begin with what the programs here know about me" in start
    page = client.get("/learning/gaps/", {"work": "enterprise", "known": "on"}, **ENGLISH).content.decode()
    assert re.search(r'name="employee-pension" value="yes"[^>]* checked', page) and re.search(r'name="unemployment" value=""[^>]* checked', page)
    assert "The register of basic insurance, as of" in page
    blank = client.get("/learning/gaps/", {"work": "enterprise"}, **ENGLISH).content.decode()
    assert not re.search(r'name="employee-pension" value="yes"[^>]* checked', blank), "only if one wants it"
    assert "Begin with what" not in sign_in_as_office(client, sign_in)


def sign_in_as_office(client, sign_in):
    from tests.factories import people

    sign_in(people.member(care.stakeholder("government", "government-authority", "示例局"), "officer"))
    return client.get("/learning/gaps/", **ENGLISH).content.decode()


@pytest.mark.django_db
def test_whoever_settles_most_is_to_be_asked_first():
    with override("en"):
        found = decisions.gaps("platform", {"employee-pension": False}, list(Program.objects.in_force()))
    assert found["rows"][0]["verdict"] in {Verdict.UNCOVERED, Verdict.CANNOT_TELL}
    assert rules.settled_by({"a": ["x", "y"], "b": ["y"]})[0] == ("y", ["a", "b"])
