"""Where people find these pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.web import offers
from governance.web.offers import Entry


def _is_for(actor: Any) -> bool:
    return actor is None or actor.user is None or actor.kind == "citizen"


offers.entry(
    Entry(
        "entitlements", _("Everything I am entitled to"), "entitlements:own", icon="entitle", order=15, need="row", often=True, footer=offers.YOURS, shown_to=_is_for,
        help=_("What you have, build up and could claim, program by program, and what nobody can tell yet"),
    ),
)  # fmt: skip
