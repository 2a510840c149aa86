"""Where people find the catalogue."""

from django.utils.translation import gettext_lazy as _

from governance.web import offers

offers.entry(
    offers.Entry(
        "catalogue", _("Programs and their rules"), "catalogue:program-list", icon="publish", order=20, need="row", footer=_("In the open"),
        help=_("All tiers of social security: who pays, what the law fixes, since when, and how far that was checked."),
    ),
)  # fmt: skip
