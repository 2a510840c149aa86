"""Views that do as little as a view can."""

from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import path

ROWS: list[dict[str, Any]] = [{"id": n, "name": f"示例松风养老院{n}", "state": "open", "day": "2026-11-23", "places": n} for n in range(50)]


def answer(request: HttpRequest) -> HttpResponse:
    """The smallest JSON."""
    return JsonResponse({"ok": True})


def rows(request: HttpRequest) -> HttpResponse:
    """Fifty rows that are there already."""
    return render(request, "bare_rows.html", {"rows": ROWS})


urlpatterns = [path("bare/", answer), path("rows/", rows)]
