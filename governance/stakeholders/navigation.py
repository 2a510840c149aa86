"""Where people find these pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.stakeholders.vocabulary import Duty
from governance.web import offers
from governance.web.offers import Entry


def _holds(duty: Duty) -> Any:
    return lambda actor: actor is not None and any(held.duty == duty for held in actor.duties)


offers.entry(
    Entry("worklist", _("Worklist"), "web:worklist", order=1, staff=True),
    Entry("counter", _("Counter"), "stakeholders:counter", order=40, staff=True, shown_to=_holds(Duty.VERIFY_IDENTITIES)),
    Entry("households", _("Households"), "stakeholders:household-list", order=41, staff=True, shown_to=_holds(Duty.KEEP_HOUSEHOLDS)),
    Entry("organisations", _("Organisations"), "stakeholders:stakeholder-list", order=55, footer=_("In the open")),
    Entry(
        "responsibilities", _("Who is responsible"), "stakeholders:responsibilities", icon="duty", order=60, public=True,
        need="row", footer=_("In the open"), help=_("Every duty with the body that holds it, its area and its legal basis"),
    ),
    Entry("api", _("Interface for programs"), "api:about", order=90, footer=_("In the open")),
)  # fmt: skip
