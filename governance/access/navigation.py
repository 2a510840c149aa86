"""Where people find these pages."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.web import offers
from governance.web.offers import Entry


def _is_somebody(actor: Any) -> bool:
    return actor is not None and actor.user is not None and actor.kind == "citizen"


offers.entry(
    Entry(
        "accesses", _("Who looked at my data"), "access:own", icon="eye", order=45, need="row", footer=offers.YOURS, shown_to=_is_somebody,
        help=_("Which office opened your records, when, and by which duty"),
    ),
)  # fmt: skip
