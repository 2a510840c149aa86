"""What was just worked out for somebody is given to the next who asks the same, for some seconds: many people ask for the same place."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings


class Kept:
    """Values in this process, each for ``settings.SEARCH_KEPT_SECONDS``; the oldest make room."""

    def __init__(self, most: int) -> None:
        self.most = most
        self.values: dict[Hashable, tuple[datetime, Any]] = {}

    def get(self, key: Hashable, now: datetime) -> Any:
        """The value, if it is not too old."""
        made_at, value = self.values.get(key, (None, None))
        fresh = made_at is not None and timedelta(0) <= now - made_at < timedelta(seconds=settings.SEARCH_KEPT_SECONDS)
        return value if fresh else None

    def put(self, key: Hashable, now: datetime, value: Any) -> Any:
        """Keep a value."""
        if settings.SEARCH_KEPT_SECONDS:
            self.values.pop(key, None)
            self.values[key] = (now, value)
            if len(self.values) > self.most:
                for oldest in list(self.values)[: self.most // 10 + 1]:
                    self.values.pop(oldest, None)
        return value

    def or_make(self, key: Hashable, now: datetime, make: Callable[[], Any]) -> Any:
        """The value kept, else a new one."""
        value = self.get(key, now)
        return self.put(key, now, make()) if value is None else value
