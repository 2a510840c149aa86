"""Where people find these pages."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.matching.vocabulary import Duty
from governance.web import offers
from governance.web.offers import Entry


def _adjudicates(actor: Any) -> bool:
    return actor is not None and any(held.duty == Duty.ADJUDICATE for held in actor.duties)


offers.entry(
    Entry("matching.queue", _("The same person?"), "matching:pair-list", order=37, staff=True, shown_to=_adjudicates),
    Entry("matching.how", _("How it is found out whether two are one"), "matching:how", order=60, footer=offers.OPEN),
)
