"""Addresses of the interface: nouns plural / id / action slug, as on the pages for people."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from governance.actions import registry
from governance.api.serializers import address_name
from governance.api.views import RecordApiView, RecordListApi, detail, endpoint, listing


def record_api(
    model: Any,
    plural: str,
    serializer: Any,
    *,
    filterset: Any = None,
    orders: dict[str, tuple[str, ...]] | None = None,
    open_to_public: bool = False,
    with_list: bool = True,
    rows: Callable[[Any], Any] | None = None,
) -> list[URLPattern]:
    """Reading records of one kind, and doing what may be done with them. ``rows`` narrows the list, not the single records."""
    app, name = model._meta.app_label, model._meta.model_name
    options = {"model": model, "serializer_class": serializer, "open_to_public": open_to_public}
    one = type(f"{model.__name__}Api", (RecordApiView,), options)
    several = options | {"filterset_class": filterset, "narrowed": staticmethod(rows) if rows else None} | ({"orders": orders} if orders else {})
    many = type(f"{model.__name__}ListApi", (RecordListApi,), several)
    lists = [path(f"{app}/{plural}/", listing(many, app, serializer).as_view(), name=f"{app}-{name}-list")] if with_list else []
    return [
        *lists,
        path(f"{app}/{plural}/<int:pk>/", detail(one, app, serializer).as_view(), name=f"{app}-{name}-detail"),
        *action_paths(model, plural),
    ]


def action_paths(model: Any, plural: str) -> list[URLPattern]:
    """Doing what may be done with records of one kind. What the clock does has no address."""
    app = model._meta.app_label
    return [
        path(f"{app}/{plural}/<int:pk>/{a.slug}/", endpoint(a).as_view(), name=address_name(a))
        for a in registry.actions_on(model)
        if not a.by_clock_only()
    ]


def founding_paths(app: str) -> list[URLPattern]:
    """Actions that need no record to start from."""
    return [path(f"{app}/do/{a.slug}/", endpoint(a).as_view(), name=address_name(a)) for a in registry.founding(app)]
