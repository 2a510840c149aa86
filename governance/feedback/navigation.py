"""What feedback offers to the pages that span programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.web import offers
from governance.web.offers import Entry


def _works_here(actor: Any) -> bool:
    return actor is not None and actor.kind == "government"


offers.entry(
    Entry(
        "feedback.new", _("Ask or complain"), "feedback:new", icon="speak", order=20, public=True, need="big",
        help=_("Ask, suggest, complain, petition. Without an account, and with a day by which you are answered"),
    ),
    Entry(
        "feedback.follow", _("What has become of it?"), "feedback:follow", icon="receipt", order=41, need="row",
        help=_("Follow what you have sent by its tracking code"),
    ),
    Entry("feedback.register", _("Asked and answered"), "feedback:register", order=61, footer=_("In the open")),
    Entry("feedback.queue", _("Matters"), "feedback:matter-list", order=20, staff=True, shown_to=_works_here),
)  # fmt: skip
