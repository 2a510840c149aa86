"""Pages and interface: comparing without ranking, filing, what a person holds, calculators with steps and sources."""

import json

import pytest

from programs.policies.models import Product
from tests.factories import care, people, policies

pytestmark = pytest.mark.django_db
PENSION = {"payment": "12000", "years": 10, "rate": "3", "bracket": "10"}


def test_products_stand_in_the_order_the_reader_chooses(client):
    first, second, third = (policies.on_sale(name=name, name_en="", kind="medical" if name == "乙" else "pension-annuity", disclosure=policies.disclosed("medical" if name == "乙" else "pension-annuity")) for name in ("甲", "乙", "丙"))
    page = client.get("/policies/products/", headers={"accept-language": "en"}).content.decode()
    assert "alphabetical order" in page and page.index("丙") < page.index("甲") < page.index("乙"), "bing, jia, yi"
    asked = f"/policies/products/compare/?product={third.pk}&product={first.pk}&product={second.pk}"
    compared = client.get(asked, headers={"accept-language": "en"}).content.decode()
    assert compared.index(">丙<") < compared.index(">甲<") < compared.index(">乙<") and "not asked of this kind" in compared
    assert f"product={first.pk}&amp;product={third.pk}&amp;product={second.pk}" in compared, "the way to move one to the left"


def test_nobody_compares_or_reads_what_is_not_on_sale(client):
    filed, sold = policies.filed(), policies.on_sale()
    assert "Choose two to four" in client.get(f"/policies/products/compare/?product={filed.pk}&product={sold.pk}", headers={"accept-language": "en"}).content.decode()
    assert client.get(f"/policies/products/{filed.pk}/").status_code in (302, 404)
    assert filed.name not in client.get("/policies/products/?stage=review").content.decode()
    assert [one["id"] for one in client.get("/api/policies/products/").json()["results"]] == [sold.pk]


def test_an_insurer_files_a_product_on_the_page_field_by_field(sign_in):
    insurer = policies.insurer()
    client = sign_in(people.member(insurer.stakeholder))
    assert "?kind=medical" in client.get("/policies/do/file-product/").content.decode()
    page = client.get("/policies/do/file-product/?kind=medical", headers={"accept-language": "en"}).content.decode()
    assert "Deductible a year" in page and "Earliest age of payout" not in page
    data = {name: value for name, value in policies.description("medical", term_years="", tax="none").items() if name != "disclosure"}
    values = {f"d_{name}": value for name, value in policies.disclosed("medical").items()}
    short = client.post("/policies/do/file-product/", data | values | {"d_exclusions": ""}, headers={"accept-language": "en"})
    assert short.status_code == 422 and "Fill this in." in short.content.decode()
    assert client.post("/policies/do/file-product/", data | values).status_code == 302
    assert Product.objects.get().disclosure["deductible"] == "10000"


def test_a_person_sees_their_own_policy_and_the_ways_to_object(sign_in):
    who, number = policies.person()
    mine, other = policies.policy(holder_number=number), policies.policy()
    client = sign_in(who.user)
    page = client.get("/policies/policies/", headers={"accept-language": "en"}).content.decode()
    assert mine.number_tail in page and "A policy of mine is missing" in page and f"/policies/policies/{other.pk}/" not in page
    one = client.get(f"/policies/policies/{mine.pk}/", headers={"accept-language": "en"}).content.decode()
    assert "This is not mine" in one and f"policies.policy%3A{mine.pk}" in one
    assert client.get(f"/policies/policies/{other.pk}/").status_code == 404
    assert client.get(f"/api/policies/policies/{other.pk}/").status_code == 404
    prefilled = client.get(f"/feedback/new/?about=policies.policy:{mine.pk}&kind=correction&anew=1", follow=True)
    assert prefilled.status_code == 200


def test_an_insurer_reads_how_many_have_no_holder_and_no_full_name(sign_in):
    insurer = policies.insurer()
    who, number = policies.person()
    policies.policy(insurer, holder_number=number)
    apart = policies.policy(insurer, holder_number=policies.identity_number())
    client = sign_in(people.member(insurer.stakeholder))
    page = client.get("/policies/policies/", headers={"accept-language": "en"}).content.decode()
    assert "2 policies registered, 2 in force. For 1 no holder was found" in page and who.name not in page
    assert [one["id"] for one in client.get("/api/policies/policies/?match=apart").json()["results"]] == [apart.pk]


def test_calculators_answer_with_steps_and_sources(client):
    found = client.get("/api/policies/personal-pension/", PENSION, headers={"accept-language": "en"}).json()
    assert found["values"]["balance"] == "141693.55" and found["values"]["withdrawal_tax"] == "4250.81" and found["outcome"] == "yes"
    low = client.get("/api/policies/personal-pension/", PENSION | {"bracket": "3"}, headers={"accept-language": "en"}).json()
    assert low["outcome"] == "no" and "costs more tax" in low["warnings"][0] and "10 %" in low["would_change"]
    assert client.get("/api/policies/personal-pension/", PENSION | {"payment": "15000"}).json()["values"]["counted"] == "12000"
    deferred = client.get("/api/policies/tax-deferred/", {"wage": "10000", "payment": "900", "bracket": "10"}).json()
    assert deferred["values"]["effective_rate"] == "0.0750" and {one["mark"] for one in deferred["parameters"]} == {"unverified"} and deferred["missing"]
    assert client.get("/api/policies/health/", {"premium": "3000", "bracket": "10"}).json()["values"]["relief"] == "240.00"
    split = client.get("/api/policies/group-cover/", {"budget": "40000", "payroll": "1000000", "staff": 10, "premium": "5000"}).json()
    assert json.loads(split["values"]["split_4"].replace("'", '"'))["annuity"] == "0.00"


def test_pages_of_calculators_and_shares(client):
    page = client.get("/policies/personal-pension/", PENSION, headers={"accept-language": "en"}).content.decode()
    assert "137,442.74 yuan" in page and "assumed, not promised" in page
    chinese = client.get("/policies/tax-deferred/?wage=10000&payment=900&bracket=10", headers={"accept-language": "zh-CN"}).content.decode()
    assert "600.00 元" in chinese
    insurer = policies.insurer()
    product = policies.on_sale(insurer)
    policies.policy(insurer, product, premium="7654.32")
    shares = client.get("/policies/shares/", headers={"accept-language": "en"}).content.decode()
    assert "fewer than five" in shares and "7,654.32" not in shares, "the sum of one policy is somebody's premium"
    assert client.get("/api/policies/shares/").json()[0]["all"] is None
    for _n in range(4):
        policies.policy(insurer, product)
    shares = client.get("/policies/shares/", headers={"accept-language": "en"}).content.decode()
    assert "100.0 %" in shares and "our own proposal" in shares
    assert client.get("/api/policies/shares/").json()[0]["percent"] == "100.0"
    assert client.get("/policies/group-cover/").status_code == client.get("/policies/health/").status_code == 200
    assert care.citizen()
