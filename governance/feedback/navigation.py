"""What feedback offers to the pages that span programs."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from governance.access import challenging
from governance.clocks.now import local
from governance.feedback.vocabulary import Kind
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


@challenging.taken_at
def complaint_about(access: Any) -> str:
    """Where somebody complains that a record of theirs was looked at; it does not go to the office that looked."""
    told = {"reference": access.reference, "day": f"{local(access.looked_at):%Y-%m-%d %H:%M}"}
    subject = gettext("Who looked at %(reference)s on %(day)s, and why?") % told
    return f"{reverse('feedback:new')}?{urlencode({'kind': Kind.COMPLAINT, 'named': access.stakeholder.name, 'subject': subject})}"
