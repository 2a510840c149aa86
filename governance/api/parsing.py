"""JSON as it comes in: of a depth that somebody may have meant."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework import exceptions
from rest_framework.parsers import JSONParser

DEEPEST = 20  # nothing that is asked for has more than four


class ShallowJSONParser(JSONParser):
    """Refuses (400) what is nested so deeply that reading it, or walking through it, would not end."""

    def parse(self, stream: Any, media_type: str | None = None, parser_context: dict[str, Any] | None = None) -> Any:
        try:
            data = super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise _too_deep() from None
        if is_deeper(data, DEEPEST):
            raise _too_deep()
        return data


def is_deeper(data: Any, depth: int) -> bool:
    """Whether lists and objects stand in one another more than so many times."""
    level = [data]
    for _step in range(depth + 1):
        level = [inner for one in level if isinstance(one, dict | list) for inner in (one.values() if isinstance(one, dict) else one)]
        if not level:
            return False
    return True


def _too_deep() -> exceptions.ParseError:
    return exceptions.ParseError(_("What you sent is nested too deeply. Send an object with the fields that are asked for."))
