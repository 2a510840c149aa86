"""The kernel: an action is one class that says who, from which state, to which state, by when, and who is told."""

from importlib import import_module
from typing import Any

# Names are resolved on first use: importing the package must not load models before the apps are ready.
_HOMES = {
    "ASIDE": "action",
    "Action": "action",
    "Starts": "action",
    "Anyone": "responsibilities",
    "Clock": "responsibilities",
    "Holds": "responsibilities",
    "Kind": "responsibilities",
    "Party": "responsibilities",
    "Responsibility": "responsibilities",
    "System": "responsibilities",
    "SignedIn": "responsibilities",
    "Actor": "actors",
    "Assurance": "actors",
    "CLOCK": "actors",
    "Guard": "records",
    "Record": "records",
    "RecordQuerySet": "records",
    "StateField": "records",
    "Event": "models",
    "Once": "once",
    "Refusal": "refusals",
    "Refused": "refusals",
    "KeyReused": "refusals",
    "NotAssured": "refusals",
    "NotNow": "refusals",
    "OtherParty": "refusals",
    "NotResponsible": "refusals",
    "NotSignedIn": "refusals",
    "NotVisible": "refusals",
}

__all__ = [*_HOMES, "registry"]  # noqa: PLE0604


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
