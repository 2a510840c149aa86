"""The count in the header."""

from __future__ import annotations

from typing import Any

from django import template

from governance.notices.models import Notice

register = template.Library()
MOST = 99


@register.simple_tag
def unread_notices(actor: Any) -> str:
    """How many notices nobody has read yet, in few characters; nothing for none."""
    if not actor.user:
        return ""
    number = Notice.objects.visible_to(actor).unread()[: MOST + 1].count()
    return f"{MOST}+" if number > MOST else str(number or "")
