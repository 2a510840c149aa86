"""Work to be done, written with the event that asks for it; done exactly once by PostgreSQL, not by the broker."""

from importlib import import_module
from typing import Any

_HOMES = {"add": "delivery", "items": "delivery", "handles": "delivery", "deliver_due": "delivery", "Item": "models"}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
