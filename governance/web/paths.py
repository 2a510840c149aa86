"""Addresses of records and their actions: nouns plural / id / action slug."""

from __future__ import annotations

from typing import Any

from django.urls import URLPattern, path

from governance.web.views import ActionView


def record_paths(model: Any, plural: str, *, view: Any = None, list_view: Any = None, action_view: Any = ActionView) -> list[URLPattern]:
    """The addresses of one kind of record: its list, its page, its actions."""
    name = model._meta.model_name
    paths = []
    if list_view is not None:
        paths.append(path(f"{plural}/", list_view.as_view(model=model), name=f"{name}-list"))
    if view is not None:
        paths.append(path(f"{plural}/<int:pk>/", view.as_view(model=model), name=f"{name}-detail"))
    paths.append(path(f"{plural}/<int:pk>/<slug:slug>/", action_view.as_view(model=model), name=f"{name}-act"))
    return paths


def founding_path(app_label: str, action_view: Any = ActionView) -> URLPattern:
    """The address of the actions that start from nothing."""
    return path("do/<slug:slug>/", action_view.as_view(app_label=app_label), name="act")
