"""Statutory periods: working calendars, rules, due dates that explain themselves."""

from importlib import import_module
from typing import Any

_HOMES = (
    "opened",
    "closing_queries",
    "pausing_queries",
    "resuming_queries",
    "restarting_queries",
    "extending_queries",
    "voiding_queries",
    "counted",
    "end",
    "Doing",
    "CannotExtend",
    "CannotPause",
)


def __getattr__(name: str) -> Any:
    if name == "NotInForce":
        return import_module(f"{__name__}.calendars").NotInForce
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.keeping"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
