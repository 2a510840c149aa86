"""What policies offers to the pages that span programs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.stakeholders.vocabulary import Subkind
from governance.web import offers
from programs.policies.models import Product


def _is_insurer(actor: Any) -> bool:
    return actor is not None and actor.stakeholder is not None and actor.stakeholder.subkind == Subkind.INSURER


def _reviews(actor: Any) -> bool:
    return _is_insurer(actor) or (actor is not None and any(held.duty.startswith("policies.") for held in actor.duties))


def _holds(actor: Any) -> bool:
    return actor is not None and actor.kind == "citizen"


def _products(actor: Any, text: str, most: int) -> Iterator[offers.Find]:
    found = Product.objects.on_sale().called(text).for_list().alphabetical()[:most]
    return (offers.Find(str(one), one.get_absolute_url(), one.insurer.label) for one in found)


offers.entry(
    offers.Entry("policies.mine", _("My policies"), "policies:policy-list", icon="receipt", order=46, need="row", shown_to=_holds, help=_("What insurers say you hold, as of which day; say so if one is wrong or missing.")),
    offers.Entry("policies.pension", _("What does a personal pension bring?"), "policies:personal-pension", icon="entitle", order=19, footer=offers.RULES),
    offers.Entry("policies.group", _("Group cover or annuity?"), "policies:group-cover", order=21, footer=offers.RULES),
    offers.Entry("policies.products", _("Insurance products"), "policies:product-list", order=64, footer=offers.OPEN),
    offers.Entry("policies.shares", _("Long-term business of insurers"), "policies:shares", order=65, footer=offers.OPEN),
    offers.Entry("policies.ours", _("Our policies"), "policies:policy-list", order=32, staff=True, shown_to=_is_insurer),
    offers.Entry("policies.filings", _("Insurance products"), "policies:product-list", order=33, staff=True, shown_to=_reviews),
)  # fmt: skip
offers.finder("policies.products", offers.Finder(_("Insurance products"), _products, more="policies:product-list", order=25))
