"""Where people find learning."""

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from governance.learning import loading
from governance.web import offers
from governance.web.offers import Entry


def _is_for(actor: Any) -> bool:
    return actor is None or actor.user is None or actor.kind == "citizen"


offers.entry(
    Entry(
        "learning.gaps", _("Which risks of mine are uncovered?"), "learning:gaps", icon="assess", order=16, need="row", often=True, footer=offers.RULES, shown_to=_is_for,
        help=_("A few questions, no account: what covers you, what does not, and who can tell."),
    ),
    Entry(
        "learning", _("Understand your protection"), "learning:index", icon="eye", order=19, need="row", footer=offers.RULES,
        help=_("Short units in plain words, tier by tier, each with a quiz."),
    ),
)  # fmt: skip


def _units(actor: Any, text: str, most: int) -> Iterator[offers.Find]:
    words = text.split()[:6]
    fitting = (one for one in loading.units() if all(word.lower() in f"{one['title']} {one['lead']}".lower() for word in words))
    return (
        offers.Find(one["title"], reverse("learning:unit", args=[one.key]), one["lead"])
        for _place, one in zip(range(most), fitting, strict=False)
    )


offers.finder("learning.units", offers.Finder(_("Learning"), _units, order=25))
