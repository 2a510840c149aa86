"""The public append-only log: leaves written with what they commit to, a Merkle tree, checkpoints, proofs. It knows only bytes."""

from importlib import import_module
from typing import Any

# Names are resolved on first use: importing the package must not load models before the apps are ready.
_HOMES = {
    "leaf": "leaves",
    "append": "leaves",
    "erase": "erasing",
    "erases": "erasing",
    "SALT": "models",
    "checks": "auditing",
    "sequence": "sequencing",
}

__all__ = list(_HOMES)


def __getattr__(name: str) -> Any:
    if name in _HOMES:
        return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
