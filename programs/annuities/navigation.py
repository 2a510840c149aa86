"""What annuities offer to the pages that span programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.stakeholders.vocabulary import Subkind
from governance.web import offers
from governance.web.offers import Entry
from programs.annuities.vocabulary import Duty


def _files_plans(actor: Any) -> bool:
    examines = actor is not None and any(held.duty == Duty.EXAMINE_PLANS for held in actor.duties)
    return examines or (actor is not None and actor.stakeholder is not None and actor.stakeholder.subkind in {Subkind.EMPLOYER, Subkind.PLATFORM})


offers.entry(Entry("annuities.plans", _("Annuity plans"), "annuities:plan-list", order=35, staff=True, shown_to=_files_plans))
offers.entry(
    Entry(
        "annuities.costs", _("What does an annuity plan cost?"), "annuities:costs", icon="work", order=19, need="row", often=True, footer=offers.RULES,
        help=_("For employers: what it costs, whether it keeps within the caps, what it comes to."),
    )
)  # fmt: skip
