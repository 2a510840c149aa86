"""In a real browser: a citizen reads, tries what if, corrects and takes it along; a daughter does so for her father, who sees it."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from governance.access.models import Access
from governance.clocks.now import today
from governance.entitlements.models import Statement
from governance.stakeholders.models import Delegation
from tests.factories import care
from tests.factories.entitlements import citizen

pytestmark = pytest.mark.django_db(transaction=True)


def follow(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("link", name=name, exact=True).first.click()


def press(page, name: str) -> None:
    with page.expect_navigation():
        page.get_by_role("button", name=name, exact=True).first.click()


def test_a_citizen_reads_corrects_and_takes_it_along(visit, accessible, tmp_path):
    user = citizen(date(1984, 7, 2), male=True)
    reservation = care.asks(care.Acting(user.person))
    page = visit(user, choice="", language="en", width=390)
    page.goto("/me/entitlements/")
    page.fill("[name=paid_years]", "20")
    page.fill("[name=balance]", "120000")
    page.fill("[name=wage]", "8000")
    page.fill("[name=later]", "12")
    press(page, "Show what follows")
    assert page.get_by_role("heading", name="What would be different").count() == 1
    assert page.locator(".life rect").count() > 20
    accessible(page)

    follow(page, "This is not mine")
    assert page.locator("input[value=correction]").is_checked()
    page.goto("/me/entitlements/")
    follow(page, "Take it along, sealed")
    with page.expect_navigation():
        page.click("main form button.govuk-button")
    accessible(page)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download as PDF").click()
    file = Path(waiting.value.path())
    assert file.read_bytes().startswith(b"%PDF")
    made = Statement.objects.get()
    assert reservation.reference in {line["record"] for line in json.loads(made.document)["lines"]}

    anybody = visit(language="en")
    anybody.goto("/verify/")
    anybody.set_input_files("[name=file]", {"name": "statement.pdf", "mimeType": "application/pdf", "buffer": file.read_bytes()})
    with anybody.expect_navigation():
        anybody.click("main form button.govuk-button")
    assert anybody.get_by_text("This receipt is genuine", exact=False).count() == 1
    assert user.person.name not in anybody.content(), "a stranger who verifies learns no name"


def test_a_daughter_for_her_father_who_sees_that_she_looked(visit, accessible):
    father, daughter = citizen(date(1948, 2, 29), male=True), citizen(serial=200)
    Delegation.objects.create(
        principal=father.person, delegate=daughter.person, area=father.person.area, scopes=["*"], starts_on=today(), state="accepted", delegate_email=daughter.email
    )
    page = visit(daughter, choice="", language="en")
    page.goto("/me/entitlements/")
    follow(page, "My household")
    accessible(page)
    press(page, f"Open everything of {father.person.label}")
    assert page.get_by_text("You look at this for somebody else").count() == 1
    assert page.get_by_text("You have asked for no place.", exact=False).count() == 1
    accessible(page)

    his = visit(father, choice="", language="en")
    his.goto("/me/accesses/")
    assert Access.objects.about(father.person_id).exists()
    assert his.locator("main").get_by_text(daughter.person.label, exact=False).count()
