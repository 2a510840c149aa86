"""Pages of policies: products to read and compare, the insurer's workspace, what a person holds, calculators."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from governance.actions import registry
from governance.catalogue.views import CalculatorView
from governance.web.layouts import layout_for
from governance.web.views import PageView, RecordListView, RecordView
from programs.policies import forms, reading
from programs.policies.actions import FileProduct, RegisterPolicy
from programs.policies.filters import STAGES, PolicyFilter, ProductFilter
from programs.policies.models import Policy, Product
from programs.policies.rules.share import LONG_TERM
from programs.policies.vocabulary import Match, ProductKind

MOST_COMPARED = 4
ORDERS = {"name": ("name_pinyin", "id"), "newest": ("-created_at", "-id")}


def begins(action: Any, actor: Any) -> bool:
    """Whether this actor is an insurer who may begin with this."""
    return action.possible_at_all(actor) and actor.stakeholder is not None and actor.stakeholder.subkind == "enterprise-insurer"


class ProductListView(RecordListView):
    """Products on sale, in alphabetical order: nobody can buy a better place."""

    filterset_class, orders, open_to_public = ProductFilter, ORDERS, True
    template_name, title = "policies/product_list.html", gettext_lazy("Insurance products")
    columns = (
        (gettext_lazy("Reference"), "reference"), (pgettext_lazy("product", "Name"), "name"), (gettext_lazy("Insurer"), "insurer.name"), (gettext_lazy("Kind of product"), "get_kind_display"),
        (gettext_lazy("Version"), "version"), (gettext_lazy("State"), "get_state_display"), (gettext_lazy("Sold from"), "sold_from"), (gettext_lazy("Sold until"), "sold_until"),
    )  # fmt: skip

    def rows(self) -> Any:
        """Everybody sees what is on sale; who works on products sees more when asking for it."""
        rows = super().rows()
        return rows if self.request.GET.get("stage") else rows.on_sale()

    def context(self, page: Any) -> dict[str, Any]:
        works = begins(FileProduct, self.actor) or any(held.duty.startswith("policies.") for held in self.actor.duties)
        more = {"kinds": ProductKind.choices, "kind": self.request.GET.get("kind", ""), "q": self.request.GET.get("q", ""), "stage": self.request.GET.get("stage", "")}
        return super().context(page) | more | {"stages": STAGES if works else STAGES[1:], "may_file": begins(FileProduct, self.actor)}


class ProductView(RecordView):
    """One version of a product with everything it discloses."""

    open_to_public = True

    def context(self, record: Product) -> dict[str, Any]:
        return super().context(record) | {"facts": reading.facts_of(record)}


class CompareView(PageView):
    """Two to four products side by side, in the order the reader chooses."""

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = list(dict.fromkeys(int(one) for one in request.GET.getlist("product") if one.isdecimal() and len(one) < 19))[:MOST_COMPARED]
        products = Product.objects.side_by_side(asked, self.actor)
        columns = [{"product": one, "left": _moved(products, n, -1), "right": _moved(products, n, 1), "without": _address([p for p in products if p is not one])} for n, one in enumerate(products)]
        context = {"columns": columns, "lines": reading.side_by_side(products) if len(products) > 1 else [], "layout": layout_for(self.actor)}
        return render(request, "policies/product_compare.html", context)


def _address(products: list[Any]) -> str:
    return f"{reverse('policies:product-compare')}?{urlencode([('product', one.pk) for one in products])}"


def _moved(products: list[Any], place: int, by: int) -> str:
    """The address of the same comparison with one product moved; empty at the edge."""
    if not 0 <= place + by < len(products):
        return ""
    others = [one for one in products if one is not products[place]]
    others.insert(place + by, products[place])
    return _address(others)


def missing_address() -> str:
    """Where somebody says that a policy of theirs is missing."""
    asked = {"kind": "correction", "category": "commercial", "subject": _("A policy of mine is missing"), "anew": 1}
    return f"{reverse('feedback:new')}?{urlencode(asked)}"


def not_mine_address(policy: Policy) -> str:
    """Where the holder says that a policy is not theirs."""
    asked = {"about": f"policies.policy:{policy.pk}", "kind": "correction", "subject": _("The policy %(reference)s is not mine") % {"reference": policy.reference}, "anew": 1}
    return f"{reverse('feedback:new')}?{urlencode(asked)}"


class PolicyListView(RecordListView):
    """For a person: what they hold. For an insurer: what it has registered, and whose holder was not found."""

    filterset_class = PolicyFilter
    template_name = "policies/policy_list.html"

    def context(self, page: Any) -> dict[str, Any]:
        insurer = begins(RegisterPolicy, self.actor)
        more: dict[str, Any] = {"is_insurer": insurer, "missing": missing_address(), "match": self.request.GET.get("match", ""), "matches": Match.choices}
        if insurer:
            more["numbers"] = Policy.objects.of_insurer(self.actor.stakeholder_id).numbers()
            more["imports"] = [one for one in registry.founding("policies") if one.makes._meta.label_lower == "imports.import"]
        return super().context(page) | more | {"title": _("Our policies") if insurer else _("My policies")}


class PolicyView(RecordView):
    """One policy, for its holder and its insurer."""

    def context(self, record: Policy) -> dict[str, Any]:
        mine = record.holder_id == self.actor.stakeholder_id
        return super().context(record) | {"mine": mine, "not_mine": not_mine_address(record)}


class SharesView(PageView):
    """How much of each insurer's business is long-term and meant for everybody; group cover beside annuities."""

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"shares": reading.shares(), "group": Policy.objects.group_cover(), "years": LONG_TERM, "layout": layout_for(self.actor)}
        return render(request, "policies/shares.html", context)


class PoliciesCalculatorView(CalculatorView):
    """With the way to the other calculators."""

    template_name = "policies/calculator.html"


class PersonalPensionView(PoliciesCalculatorView):
    """What does a personal pension bring?"""

    form_class, address = forms.PersonalPensionForm, "/api/policies/personal-pension/"
    title = gettext_lazy("What does a personal pension bring?")
    lead = gettext_lazy("What you pay in, what it may become, what it saves of tax now and costs of tax later. For low incomes it can cost more than it saves.")


class TaxDeferredView(PoliciesCalculatorView):
    """What does a tax-deferred pension save?"""

    form_class, address = forms.TaxDeferredForm, "/api/policies/tax-deferred/"
    title = gettext_lazy("What does a tax-deferred pension save?")
    lead = gettext_lazy("For those who took part in the pilot, which began in 2018.")


class HealthView(PoliciesCalculatorView):
    """What does a tax-preferred health insurance save?"""

    form_class, address = forms.HealthForm, "/api/policies/health/"
    title = gettext_lazy("What does a tax-preferred health insurance save?")
    lead = gettext_lazy("Part of the premium is deducted from taxable income.")


class GroupView(PoliciesCalculatorView):
    """Group cover beside an annuity."""

    form_class, address = forms.GroupForm, "/api/policies/group-cover/"
    template_name = "policies/group_cover.html"
    title = gettext_lazy("Group cover or annuity?")
    lead = gettext_lazy("A small firm has one budget for its staff. What commercial group cover takes is not there for an annuity: see both, split by split.")
