"""What an open action writes beside its own record: found out where rows are written, so that none is without its event."""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

writing: ContextVar[Any] = ContextVar("writing", default=None)  # of the action that is being performed, or of what is being founded


class Written:
    """The records that ``perform`` saves itself, one by one or in sets."""

    def __init__(self, act: Any) -> None:
        self.act = act
        self._saved: dict[tuple[type, Any], tuple[Any, frozenset[str] | None]] = {}

    def saved(self, record: Any, names: Iterable[str] | None) -> None:
        """A record was written; ``names`` are its fields, None is all of a new one."""
        key = (type(record), record.pk)
        known = self._saved.get(key, (None, frozenset()))[1]
        together = None if names is None or known is None else known | frozenset(names)
        self._saved[key] = (record, together)

    def take(self, record: Any) -> frozenset[str] | None:
        """What was saved of this record, which the action's own event tells; None is all of it."""
        return self._saved.pop((type(record), record.pk), (None, frozenset()))[1]

    def others(self) -> Iterable[tuple[Any, frozenset[str] | None]]:
        """The other records: each has an event of its own."""
        return self._saved.values()
