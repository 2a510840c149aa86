"""Whose results change if a parameter changes: programs offer to count, the catalogue asks before activation."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Effect:
    """How many results of one kind change, of how many, and what some of them become."""

    what: str
    changed: int
    total: int
    examples: list[tuple[str, str, str]] = field(default_factory=list)  # what it is; before; after
    are_people: bool = False


Counter = Callable[[Any, Any], Iterable[Effect]]
_counters: list[tuple[str, Counter]] = []
_of_all: list[Callable[[str, Any, Any], Iterable[Effect]]] = []


def counts(program: str) -> Callable[[Counter], Counter]:
    """Decorator: this function counts what changes between two sets of values of a program."""

    def remember(counter: Counter) -> Counter:
        _counters.append((program, counter))
        return counter

    return remember


def counts_of_all(counter: Callable[[str, Any, Any], Iterable[Effect]]) -> Callable[[str, Any, Any], Iterable[Effect]]:
    """Decorator: this function counts for any program, whose code it is told."""
    _of_all.append(counter)
    return counter


def effects(program: str, before: Any, after: Any) -> Iterator[Effect]:
    """What every program that offered to count has found."""
    for code, counter in _counters:
        if code == program:
            yield from counter(before, after)
    for counter_of_all in _of_all:
        yield from counter_of_all(program, before, after)
