"""Where people find these pages."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.stakeholders.models import Stakeholder
from governance.stakeholders.vocabulary import Duty
from governance.web import offers
from governance.web.offers import Entry


def _holds(duty: Duty) -> Any:
    return lambda actor: actor is not None and any(held.duty == duty for held in actor.duties)


def _organisations(actor: Any, text: str, most: int) -> Iterator[offers.Find]:
    found = Stakeholder.objects.organisations().visible_to(actor).named_like(text).for_display().by_name()
    return (offers.Find(one.name, one.get_absolute_url(), one.area.label) for one in found[:most])


offers.entry(
    Entry("worklist", _("Worklist"), "web:worklist", order=1, staff=True),
    Entry("counter", _("Counter"), "stakeholders:counter", order=40, staff=True, shown_to=_holds(Duty.VERIFY_IDENTITIES)),
    Entry("households", _("Households"), "stakeholders:household-list", order=41, staff=True, shown_to=_holds(Duty.KEEP_HOUSEHOLDS)),
    Entry("organisations", _("Organisations"), "stakeholders:stakeholder-list", order=55, footer=offers.OPEN),
    Entry(
        "responsibilities", _("Who is responsible"), "stakeholders:responsibilities", icon="duty", order=60, public=True,
        need="row", footer=offers.OPEN, help=_("Every duty with the body that holds it, its area and its legal basis"),
    ),
    Entry("api", _("Interface for programs"), "api:about", order=90, footer=offers.OPEN),
)  # fmt: skip
offers.finder("organisations", offers.Finder(_("Organisations"), _organisations, more="stakeholders:stakeholder-list", order=40))
