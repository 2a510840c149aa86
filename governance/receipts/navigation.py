"""Where people find these pages."""

from django.utils.translation import gettext_lazy as _

from governance.web import offers
from governance.web.offers import Entry

offers.entry(
    Entry(
        "verify", _("Verify a receipt"), "receipts:verify", icon="receipt", order=40, need="row", footer=offers.YOURS,
        help=_("Is it genuine, does it stand in the public log, and what has become of it? Without an account"),
    ),
    Entry("log", _("The public log"), "receipts:log", icon="seal", order=65, footer=offers.OPEN),
)  # fmt: skip
