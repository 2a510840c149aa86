"""Words of the templates of signing in."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext

register = template.Library()

# The first that is found names it: Edge also says Chrome, Chrome also says Safari.
BROWSERS = (("MicroMessenger", "WeChat"), ("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
SYSTEMS = (("HarmonyOS", "HarmonyOS"), ("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac OS X", "macOS"), ("Linux", "Linux"))


@register.filter
def browser(user_agent: str) -> str:
    """Browser and system, as people call them."""
    name, system = (next((word for mark, word in known if mark in user_agent), "") for known in (BROWSERS, SYSTEMS))
    return " · ".join(filter(None, [name, system])) or gettext("Unknown browser")
