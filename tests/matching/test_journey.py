"""In a real browser: an officer decides whose policy it is, and the person finds it among everything they are entitled to."""

from __future__ import annotations

from datetime import date

import pytest

from governance.matching import registers, searching
from governance.matching.models import Pair
from governance.matching.vocabulary import Duty
from programs.policies.models import Policy
from tests.factories import care, entitlements, imports, matching, people, policies

pytestmark = pytest.mark.django_db(transaction=True)


def test_an_officer_decides_and_the_person_finds_the_policy(visit, accessible):
    citizen = entitlements.citizen(date(1957, 3, 8), male=True)
    type(citizen.person).objects.filter(pk=citizen.person_id).update(name="欧阳若兰")
    insurer = policies.insurer()
    imports.apply(insurer, matching.policy_file(insurer, policies.on_sale(insurer), {"person_name": "OUYANG Ruolan", "person_born_on": "1957-03-08"}))
    registers.refresh()
    searching.look()
    office = care.stakeholder("government", "government-authority", "示例市社保局")
    people.mandate(office, Duty.ADJUDICATE)
    page = visit(people.member(office, "officer"), language="en", width=390)
    page.goto("/matching/pairs/")
    accessible(page)
    with page.expect_navigation():
        page.click("main table a.link")
    accessible(page)
    assert page.get_by_text("the same pinyin").count() == 1
    assert "OUYANG" not in page.content() and "若" not in page.locator("main").inner_text()
    with page.expect_navigation():
        page.get_by_role("link", name="The same person", exact=True).click()
    page.fill("[name=reason]", "电话核对过保单号和生日。")
    accessible(page)
    with page.expect_navigation():
        page.click("main form button.govuk-button")
    assert Pair.objects.get().state == "same"

    his = visit(citizen, choice="", language="en")
    his.goto("/me/entitlements/")
    assert his.get_by_text("found by name and date of birth", exact=False).count() == 1
    policy = Policy.objects.get()
    with his.expect_navigation():
        his.locator(f"[id$='{policy.reference}']").get_by_role("link", name="This is not mine").click()
    assert his.locator("input[value=correction]").is_checked()
    assert policy.reference in his.content()
