"""What every page needs: the site, who acts, the ways to go."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from governance.actions.actors import STRANGER, Actor
from governance.web import offers


def acting(request: HttpRequest | None) -> Actor:
    """Who acts in a request; nobody, where it went wrong before that was asked. Asking so looks nothing up yet."""
    try:
        return request.actor
    except AttributeError:  # its middleware has not run
        return STRANGER


def page(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    actor = acting(request)
    return {
        "site_name": settings.SITE_NAME,
        "demonstration": settings.DEMONSTRATION,
        "actor": actor,
        "navigation": SimpleLazyObject(lambda: _navigation(request, actor)),
    }


def _navigation(request: HttpRequest, actor: Any) -> SimpleNamespace:
    def marked(entries: list[offers.Entry]) -> list[dict[str, Any]]:
        return [
            {"label": e.label, "address": e.address, "is_current": request.path.startswith(e.address) and e.address != "/"}
            for e in entries
        ]

    groups: dict[str, list[dict[str, Any]]] = {}
    for e in offers.entries(actor):
        if e.footer:
            groups.setdefault(str(e.footer), []).extend(marked([e]))
    return SimpleNamespace(
        public=marked(offers.entries(actor, public=True)),
        staff=marked(offers.entries(actor, staff=True)),
        footer=[{"title": title, "entries": entries} for title, entries in groups.items()],
        has_workspace=actor.kind in {"government", "enterprise", "social"},
    )
