"""Where people find the catalogue."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.utils.translation import gettext_lazy as _

from governance.catalogue.models import Program
from governance.web import offers

offers.entry(
    offers.Entry(
        "catalogue", _("Programs and their rules"), "catalogue:program-list", icon="publish", order=20, need="row", footer=offers.RULES,
        help=_("All tiers of social security: who pays, what the law fixes, since when, and how far that was checked."),
    ),
    offers.Entry("catalogue.figures", _("Figures with their formulas"), "catalogue:figures", order=60, footer=offers.OPEN),
)  # fmt: skip


def _programs(actor: Any, text: str, most: int) -> Iterator[offers.Find]:
    return (offers.Find(str(one), one.get_absolute_url(), one.in_words("purpose")) for one in Program.objects.listed().with_words(text)[:most])


offers.finder("catalogue.programs", offers.Finder(_("Programs"), _programs, order=20))
