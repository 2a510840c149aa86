"""Where people find these pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.stakeholders.vocabulary import Duty
from governance.web import offers
from governance.web.offers import Entry


def _serves_a_counter(actor: Any) -> bool:
    return actor is not None and any(held.duty == Duty.VERIFY_IDENTITIES for held in actor.duties)


offers.entry(
    Entry("letters", _("Letters to print"), "notices:letters", order=42, staff=True, shown_to=_serves_a_counter),
    Entry("public-feed", _("What happens in public (Atom)"), "notices:feed", order=91, footer=offers.OPEN),
)
