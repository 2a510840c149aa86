"""What the interface can do, for people: its page, its problems, its schema."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from drf_spectacular.views import SpectacularAPIView

from governance.actions import registry
from governance.api.problems import KNOWN
from governance.web.layouts import layout_for

schema = SpectacularAPIView.as_view(throttle_classes=[])


@require_safe
def about(request: HttpRequest) -> HttpResponse:
    """How to use the interface, and everything that can be done through it."""
    return render(request, "api/about.html", {"apps": _by_app(), "layout": layout_for(request.actor)})


@require_safe
def kinds_of_problems(request: HttpRequest) -> HttpResponse:
    """What the types of problems mean."""
    kinds = [{"status": status, "slug": slug, "title": title, "detail": detail} for status, (slug, title, detail) in KNOWN.items()]
    return render(request, "api/problems.html", {"kinds": kinds, "layout": layout_for(request.actor)})


def _by_app() -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for action in registry.actions():
        if not action.by_clock_only():
            found.setdefault(action.app_label, []).append(action)
    return found
