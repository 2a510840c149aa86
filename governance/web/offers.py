"""What slices offer to pages that span them: entries of the navigation, needs on the home page, live figures.

A slice registers in its ``navigation.py``; what is not built is not offered, so it is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.cache import cache
from django.urls import reverse
from django.utils.translation import get_language


@dataclass(frozen=True)
class Entry:
    """One way to go. ``public``/``staff``/``footer`` say where it stands; ``need`` puts it on the home page: "big" or "row"."""

    key: str
    label: Any
    url_name: str
    icon: str = "arrow"
    help: Any = ""
    order: int = 50
    public: bool = False
    staff: bool = False
    footer: Any = ""  # the title of the footer group it stands in
    need: str = ""
    shown_to: Callable[[Any], bool] | None = None  # whether this actor sees it

    @property
    def address(self) -> str:
        return reverse(self.url_name)


@dataclass(frozen=True)
class Figure:
    """A public number: value, unit, where it comes from, as of when, and its denominator in words."""

    label: str
    value: str
    unit: str
    source: str
    at: datetime
    note: str


_entries: dict[str, Entry] = {}
_figures: list[Callable[[], Iterable[Figure]]] = []


def entry(*entries: Entry) -> None:
    """Offer ways to go."""
    _entries.update({e.key: e for e in entries})


def figures(provider: Callable[[], Iterable[Figure]]) -> Callable[[], Iterable[Figure]]:
    """Decorator: offer live figures for the home page."""
    _figures.append(provider)
    return provider


def entries(actor: Any = None, **where: Any) -> list[Entry]:
    """The entries that stand in a place and that this actor sees, in order."""
    found = (e for e in _entries.values() if all(getattr(e, name) == value for name, value in where.items()))
    return sorted((e for e in found if e.shown_to is None or e.shown_to(actor)), key=lambda e: e.order)


def live_figures() -> list[Figure]:
    """All figures, at most a minute old."""
    key = f"figures:{get_language()}"
    kept = cache.get(key)
    if kept is None:
        kept = [figure for provider in _figures for figure in provider()]
        cache.set(key, kept, 60)
    return kept
