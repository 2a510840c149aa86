"""Going on from an answer: whoever determines it formally says here where that is asked for; without them nothing is offered.

    @taking.taken_at
    def address(actor, rule, typed): return reverse("…") + "?…"
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

_takers: list[Callable[[Any, str, dict[str, str]], str]] = []


def taken_at(address: Callable[[Any, str, dict[str, str]], str]) -> Callable[[Any, str, dict[str, str]], str]:
    """Decorator: an answer by a rule is determined at this address; empty where it cannot be."""
    _takers[:] = [address]
    return address


def address(actor: Any, rule: str, typed: dict[str, str]) -> str:
    """Where this actor asks for it; empty where they cannot."""
    return _takers[0](actor, rule, typed) if _takers else ""
