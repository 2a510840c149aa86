"""In a real browser: an employer files a plan that is checked as it is typed, the authority's silence puts it in force, the roster and what is paid follow."""

from __future__ import annotations

from datetime import timedelta

import pytest

from governance.actions import CLOCK
from governance.clocks.now import stopped_at, today
from programs.annuities import actions
from programs.annuities.models import Account, Entry, Plan
from tests.factories import care, people
from tests.factories.annuities import number, terms
from tests.factories.imports import hands_in

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "main form button.govuk-button"


def test_an_employer_files_a_plan_and_its_roster(visit, accessible):
    company = care.stakeholder("enterprise", "enterprise-employer", "示例纺织有限公司")
    page = visit(people.member(company, "officer"), language="en", width=390)
    page.goto("/annuities/plans/")
    accessible(page)
    with page.expect_navigation():
        page.get_by_role("link", name="File a plan").click()
    told = terms(employer_rate=7, employer_amount=None, staff_amount=500_001)
    wanted = {
        name: ", ".join(map(str, value)) if isinstance(value, list) else str(value)
        for name, value in told.items()
        if value is not None
    }
    for name, value in wanted.items():
        if name == "consent":
            page.check(f"input[name={name}][value={value}]")
        else:
            page.fill(f"[name={name}]", value)
    page.locator("#checks").get_by_text("12.01 %; at most 12 %").wait_for()  # 12.00001, rounded so that it does not look kept
    assert page.locator("#checks").get_by_text("not kept", exact=True).count() == 1
    accessible(page)
    with page.expect_navigation():
        page.click(MAIN)
    assert page.locator("#id_staff_amount_error").count() == 1  # refused at its field, nothing that was typed is lost
    assert page.input_value("[name=covers]") == wanted["covers"]
    page.fill("[name=staff_amount]", "400000")
    page.locator("#checks").get_by_text("11 %; at most 12 %").wait_for()
    with page.expect_navigation():
        page.click(MAIN)
    plan = Plan.objects.get()
    assert page.url.endswith(plan.get_absolute_url())
    accessible(page)
    with stopped_at(plan.clocks.get().due_at + timedelta(minutes=1)):
        actions.TakeEffect.do(CLOCK, plan)
    page.reload()
    assert page.get_by_text("In force").count() >= 1
    assert plan.employer_amount == 700_000
    joined = (today() - timedelta(days=90)).isoformat()
    rows = [{"plan": plan.reference, "number": number(n), "name": f"示例{n}", "joined_on": joined} for n in (1, 2, 3)]
    hands_in(page, "/annuities/do/import-annuity-members/", rows)
    accessible(page)
    page.goto("/annuities/accounts/")
    assert page.get_by_text("示例2").count() == 1
    accessible(page)
    month = f"{today().replace(day=1) - timedelta(days=1):%Y-%m}"
    hands_in(
        page,
        "/annuities/do/import-annuity-contributions/",
        [
            {"account": one.reference, "month": month, "employer_amount": "560", "own_amount": "320"}
            for one in Account.objects.all()
        ],
    )
    assert Entry.objects.count() == 3
