"""A product: filed, questioned, reviewed, sold, replaced by a version; and who reads it when."""

import pytest
from django.db import IntegrityError, transaction
from django.db.utils import DatabaseError

from governance.actions import NotNow, NotResponsible, NotVisible, Refused
from programs.policies import actions
from programs.policies.models import Product
from tests.factories import care, policies

pytestmark = pytest.mark.django_db


def test_from_the_filing_to_the_end_of_the_sale():
    insurer, office = policies.insurer(), policies.office()
    product = policies.filed(insurer)
    assert product.state == "filed" and product.clocks.get().rule.code == "policies.review-product"
    asked = actions.QuestionProduct.do(office, product, reason="请说明保证利率。")
    assert asked.state == "questioned" and asked.clocks.get().state == "paused"
    with pytest.raises(NotNow):
        actions.PassProduct.do(office, product)
    described = {name: value for name, value in policies.description().items() if name not in {"kind", "code"}}
    answered = actions.AnswerQuestions.do(insurer, product, reason="已补充。", **described)
    assert answered.clocks.get().state == "running"
    actions.PassProduct.do(office, product)
    sold = actions.StartSale.do(insurer, product)
    assert sold.state == "on-sale" and sold.sold_from and not sold.clocks.filter(state="running").exists()
    stopped = actions.StopSale.do(insurer, product, reason="停售。")
    assert stopped.state == "stopped" and stopped.sold_until


def test_what_was_on_sale_stays_even_for_the_database():
    product = policies.on_sale()
    for change in ({"name": "别的"}, {"disclosure": {}}, {"tax": "health"}, {"term_years": 3}):
        with pytest.raises(DatabaseError, match="file a new version"), transaction.atomic():
            Product.objects.filter(pk=product.pk).update(**change)


def test_a_new_version_takes_the_place_of_the_old_one():
    insurer = policies.insurer()
    first = policies.on_sale(insurer)
    described = {name: value for name, value in policies.description(name="示例新版").items() if name not in {"kind", "code"}}
    second = actions.FileNewVersion.do(insurer, first, **described)
    assert (second.version, second.code, second.supersedes) == (2, first.code, first) and first.state == "on-sale"
    with pytest.raises(Refused):
        actions.FileNewVersion.do(insurer, first, **described)
    actions.PassProduct.do(policies.office(), second)
    actions.StartSale.do(insurer, second)
    assert list(Product.objects.filter(code=first.code).order_by("version").values_list("state", flat=True)) == ["stopped", "on-sale"]
    assert first.events.latest("done_at").action == actions.ReplaceVersion.key
    with pytest.raises(IntegrityError), transaction.atomic():
        Product.objects.create(insurer=first.insurer, area=first.area, code=first.code, version=3, name="x", kind="care", state="on-sale")


def test_a_refused_product_is_seen_by_nobody_else_and_may_come_again():
    insurer = policies.insurer()
    product = actions.RefuseProduct.do(policies.office(), policies.filed(insurer), reason="条款不清楚。")
    assert product.state == "refused" and not Product.objects.visible_to(care.citizen()).filter(pk=product.pk).exists()
    described = {name: value for name, value in policies.description().items() if name not in {"kind", "code"}}
    assert actions.FileNewVersion.do(insurer, product, **described).version == 2


def test_what_is_left_out_is_asked_for():
    with pytest.raises(Refused, match="Fees is missing") as refused:
        policies.filed(disclosure=policies.disclosed("pension-annuity", fees=""))
    assert refused.value.field == "disclosure"


def test_a_tax_advantage_needs_what_the_law_asks():
    with pytest.raises(Refused, match="at least 3 years"):
        policies.filed(kind="medical", tax="health", term_years=1, disclosure=policies.disclosed("medical", renewal_years=2))
    assert policies.filed(kind="medical", tax="health", term_years=1, disclosure=policies.disclosed("medical", renewal_years=20)).tax == "health"


def test_only_insurers_file_and_nobody_reviews_their_own():
    with pytest.raises(Refused):
        policies.filed(care.Acting(care.stakeholder("enterprise", "enterprise-employer", "示例机械")))
    with pytest.raises(NotResponsible):
        policies.filed(care.citizen())
    product = policies.filed()
    itself = care.Acting(product.insurer, policies.office().duties)
    with pytest.raises(NotResponsible):
        actions.PassProduct.do(itself, product)


@pytest.mark.parametrize("reviewed", [False, True])
def test_an_insurer_takes_back_what_is_not_on_sale_yet(reviewed):
    product = policies.filed()
    insurer = care.Acting(product.insurer)
    if reviewed:
        actions.PassProduct.do(policies.office(), product)
    with pytest.raises(Refused):
        actions.WithdrawProduct.do(insurer, product, reason=" ")
    back = actions.WithdrawProduct.do(insurer, product, reason="条款重写")
    assert (back.state, back.events.latest("done_at").reason) == ("withdrawn", "条款重写")
    assert {clock.state for clock in back.clocks.all()} == {"stopped" if reviewed else "void"}
    with pytest.raises(NotNow):
        actions.StartSale.do(insurer, back)
    sold = policies.on_sale()
    with pytest.raises(NotNow):
        actions.WithdrawProduct.do(care.Acting(sold.insurer), sold, reason="条款重写")


def test_a_filing_is_read_by_its_insurer_and_the_office_only():
    product = policies.filed()
    readers = {"insurer": care.Acting(product.insurer), "office": policies.office(), "rival": policies.insurer(), "citizen": care.citizen()}
    seen = {name for name, actor in readers.items() if Product.objects.visible_to(actor).filter(pk=product.pk).exists()}
    assert seen == {"insurer", "office"}
    with pytest.raises(NotVisible):
        actions.WithdrawProduct.do(readers["rival"], product, reason="x")
