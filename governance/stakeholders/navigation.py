"""Where people find these pages."""

from django.utils.translation import gettext_lazy as _

from governance.web import offers
from governance.web.offers import Entry

offers.entry(
    Entry(
        "responsibilities", _("Who is responsible"), "stakeholders:responsibilities", icon="duty", order=60, public=True, staff=True,
        need="row", footer=_("In the open"), help=_("Every duty with the body that holds it, its area and its legal basis"),
    ),
    Entry("worklist", _("Worklist"), "web:worklist", order=1, staff=True),
)  # fmt: skip
