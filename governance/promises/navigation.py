"""Where people find these pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.web import offers
from governance.web.offers import Entry


def _acts(actor: Any) -> bool:
    return actor is not None and actor.stakeholder is not None


offers.entry(
    Entry(
        "my-dates", _("My dates"), "promises:own", icon="clock", order=20, need="row", shown_to=_acts, public=True, staff=True,
        help=_("By when you must do what, and what was promised to you by when; also in your own calendar"),
    ),
    Entry(
        "calculator", _("Work out a due date"), "promises:calculator", icon="clock", order=50, need="row",
        help=_("By which day must the office answer? Every day counted, with its reason"), footer=offers.RULES,
    ),
    Entry("periods", _("Periods set by law"), "promises:rule-list", order=51, footer=offers.RULES),
    Entry("working-calendar", _("Working days and holidays"), "promises:this-year", order=52, footer=offers.RULES),
)  # fmt: skip
