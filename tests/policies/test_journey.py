"""In a real browser: an insurer files a product, the office passes it, it is sold, and a file of policies finds its holders."""

from __future__ import annotations

import pytest

from programs.policies import actions
from programs.policies.models import Policy, Product
from tests.factories import imports, people, policies

pytestmark = pytest.mark.django_db(transaction=True)
MAIN = "main form button.govuk-button"


def test_an_insurer_files_a_product_and_its_policies(visit, accessible):
    insurer = policies.insurer()
    page = visit(people.member(insurer.stakeholder, "officer"), language="en", width=390)
    page.goto("/policies/products/")
    with page.expect_navigation():
        page.get_by_role("link", name="File a product").first.click()
    with page.expect_navigation():
        page.get_by_role("link", name="Medical insurance").click()
    told = policies.description("medical", tax="health", term_years=1, disclosure=None)
    for name in ("code", "name", "name_en", "filing_number", "term_years"):
        page.fill(f"[name={name}]", str(told[name]))
    page.select_option("[name=tax]", "health")
    for name, value in policies.disclosed("medical", renewal_years=2).items():
        page.fill(f"[name=d_{name}]", str(value))
    accessible(page)
    with page.expect_navigation():
        page.click(MAIN)
    assert page.get_by_text("at least 3 years").count() >= 1  # the tax law's condition, with nothing lost
    assert page.input_value("[name=name]") == told["name"]
    page.fill("[name=d_renewal_years]", "20")
    with page.expect_navigation():
        page.click(MAIN)
    product = Product.objects.get()
    assert page.url.endswith(product.get_absolute_url())
    accessible(page)
    actions.PassProduct.do(policies.office(), product)
    page.reload()
    with page.expect_navigation():
        page.get_by_role("link", name="Put on sale").first.click()
    with page.expect_navigation():
        page.click(MAIN)
    who, number = policies.person()
    row = {
        "product": product.code, "policy_number": "P-2026-0001", "holder_number": number, "effective_on": "2026-01-01", "cover": "2000000", "premium": "3600", "claims_count": "1",
        "claims_paid": "4210.50", "as_of": "2026-01-31",
    }  # fmt: skip
    imports.hands_in(
        page,
        "/policies/do/import-policies/",
        [row, row | {"policy_number": "P-2026-0002", "holder_number": policies.identity_number()}],
    )
    accessible(page)
    page.goto("/policies/policies/")
    assert page.get_by_text("2 policies registered").count() == 1
    accessible(page)
    mine = visit(who.user, language="en", width=390)
    mine.goto(Policy.objects.get(holder=who).get_absolute_url())
    assert mine.get_by_text("4,210.50").count() >= 1
    accessible(mine)
