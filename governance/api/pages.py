"""Pages of the interface: by key, never more than two hundred at once."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.pagination import BasePagination
from rest_framework.response import Response

from governance.web import keyset

SIZE, MOST = 50, 200


class KeysetPagination(BasePagination):
    """``limit`` and ``after``/``before``, as the lists for people have them."""

    def paginate_queryset(self, queryset: Any, request: Any, view: Any = None) -> list[Any]:
        asked = request.query_params
        self.request = request
        self.page = keyset.paged(
            queryset,
            view.order(),
            after=asked.get("after", ""),
            before=asked.get("before", ""),
            size=_size(asked.get("limit", "")),
            query=_without_cursor(asked),
        )
        return self.page.rows

    def get_paginated_response(self, data: Any) -> Response:
        def address(where: str) -> str | None:
            return self.request.build_absolute_uri(where) if where else None

        return Response({"next": address(self.page.next_address), "previous": address(self.page.previous_address), "results": data})

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        address = {"type": "string", "format": "uri", "nullable": True}
        return {
            "type": "object",
            "required": ["next", "previous", "results"],
            "properties": {"next": address, "previous": address, "results": schema},
        }

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        return [
            _parameter("limit", {"type": "integer", "minimum": 1, "maximum": MOST, "default": SIZE}, "How many on a page."),
            _parameter("after", {"type": "string", "maxLength": keyset.LONGEST_CURSOR}, "The next page: as in “next”."),
            _parameter("before", {"type": "string", "maxLength": keyset.LONGEST_CURSOR}, "The page before: as in “previous”."),
        ]


def _parameter(name: str, schema: dict[str, Any], description: str) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": description, "schema": schema}


def _size(text: str) -> int:
    if not text:
        return SIZE
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0
    if not 1 <= number <= MOST:
        raise exceptions.ValidationError({"limit": [_("Ask for 1 to %(most)d at once.") % {"most": MOST}]})
    return number


def _without_cursor(asked: Any) -> str:
    query = asked.copy()
    for name in ("after", "before"):
        query.pop(name, None)
    return query.urlencode()
