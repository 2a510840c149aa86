"""Which records a request has shown to somebody: noted here, written down by whoever keeps account of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

PAGE, LIST, DOWNLOAD, PROGRAM = "page", "list", "download", "program"


def read(request: Any, records: Iterable[Any], how: str) -> None:
    """These records have been shown; ``how`` is one of the words above."""
    request = getattr(request, "_request", request)  # the interface wraps it
    request.__dict__.setdefault("records_read", []).extend((record, how) for record in records if record is not None and record.about)


def reading(request: Any, records: Iterable[Any], how: str) -> Iterator[Any]:
    """The same for a stream: noted one by one, as they go out."""
    for record in records:
        read(request, [record], how)
        yield record
