"""What annuities offer to the pages that span programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.stakeholders.vocabulary import Subkind
from governance.web import offers
from governance.web.offers import Entry
from programs.annuities.vocabulary import EMPLOYERS, Duty, sort_of


def _examines(actor: Any) -> bool:
    return any(held.duty == Duty.EXAMINE_PLANS for held in actor.duties)


def _files_plans(actor: Any) -> bool:
    return _examines(actor) or sort_of(actor) in EMPLOYERS | {Subkind.INSURER, Subkind.PUBLIC_INSTITUTION}


def _keeps_accounts(actor: Any) -> bool:
    return sort_of(actor) in EMPLOYERS | {Subkind.INSURER, Subkind.PUBLIC_INSTITUTION}


def _reads_reports(actor: Any) -> bool:
    return _examines(actor) or sort_of(actor) == Subkind.INSURER


def _is_person(actor: Any) -> bool:
    return actor is not None and actor.kind == "citizen"


offers.entry(Entry("annuities.plans", _("Annuity plans"), "annuities:plan-list", order=35, staff=True, shown_to=_files_plans))
offers.entry(Entry("annuities.accounts", _("Annuity accounts"), "annuities:account-list", order=36, staff=True, shown_to=_keeps_accounts))
offers.entry(Entry("annuities.payouts", _("Payouts of annuities"), "annuities:payout-list", order=37, staff=True, shown_to=lambda actor: sort_of(actor) == Subkind.INSURER))
offers.entry(Entry("annuities.reports", _("Reports on annuity plans"), "annuities:report-list", order=38, staff=True, shown_to=_reads_reports))
offers.entry(Entry("annuities.collectives", _("Collective annuity plans"), "annuities:collective-list", order=66, footer=offers.OPEN))
offers.entry(
    Entry(
        "annuities.own", _("My annuity from work"), "annuities:account-list", icon="work", order=18, need="row", footer=offers.YOURS, shown_to=_is_person,
        help=_("What your employer and you have paid in, what of it is yours already, and how it is paid out."),
    )
)  # fmt: skip
offers.entry(
    Entry(
        "annuities.costs", _("What does an annuity plan cost?"), "annuities:costs", icon="work", order=19, need="row", often=True, footer=offers.RULES,
        help=_("For employers: what it costs, whether it keeps within the caps, what it comes to."),
    )
)  # fmt: skip
