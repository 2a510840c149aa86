"""What imports offer to the pages that span programs."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy

from governance.imports.actions import beginnings
from governance.web import offers


def _hands_in(actor: Any) -> bool:
    return actor is not None and any(action.suggested_to(actor) for action in beginnings())


offers.entry(offers.Entry("imports", gettext_lazy("Imports"), "imports:import-list", order=70, staff=True, shown_to=_hands_in))
