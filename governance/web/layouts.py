"""Which side of the counter the reader stands on."""

from typing import Any

STAFF, PUBLIC = "layouts/staff.html", "layouts/public.html"


def layout_for(actor: Any) -> str:
    """The workspace for whoever acts for an organisation, the public pages for everybody else."""
    return STAFF if actor.kind in {"government", "enterprise", "social"} else PUBLIC
