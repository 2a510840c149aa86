"""The contract: whose rows name people without a usable number, and what is done once it is decided who is meant.

A program says in its ``unmatched.py``::

    sources.offer(Source("policies", _("Insurance policies"), decided=decided, reopened=reopened, facts=facts))

``decided(row, person, actor)`` is called within the decision, so that either both happen or neither; ``reopened(row, actor)`` when
it is taken up again. ``facts(row)`` is what an officer may see of the row beside name and year of birth: nothing about money or
health.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any


def _nothing(*told: Any) -> None:
    """The decision itself is all there is."""


@dataclass(frozen=True)
class Source:
    """A register that names people."""

    key: str
    title: Any
    decided: Callable[[int, Any, Any], None] = _nothing
    reopened: Callable[[int, Any], None] = _nothing
    facts: Callable[[int], Iterable[tuple[Any, Any]]] = lambda row: ()


_sources: dict[str, Source] = {}


def offer(one: Source) -> None:
    """Offer rows to be matched."""
    _sources[one.key] = one


def source(key: str) -> Source:
    """The source of that name; of a program that is no longer here nothing more is known."""
    return _sources.get(key) or Source(key, key)
