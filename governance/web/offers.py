"""What slices offer to pages that span them: entries of the navigation, needs on the home page, live figures, news, the search.

A slice registers in its ``navigation.py``; what is not built is not offered, so it is not shown.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.core.cache import cache as shared
from django.urls import get_script_prefix, get_urlconf, reverse
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

WAYS = _("What you can do here")
# The groups of the footer. A slice puts its entries into one of these.
OPEN = _("In the open")
RULES = _("Rules and calculators")
YOURS = _("Your matters and data")


@cache
def _address(name: str, _addresses: str | None, _prefix: str) -> str:
    """Every page shows dozens of them, and they never change."""
    return reverse(name)


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
    often: bool = False  # whether it stands under the search as something people often look for
    shown_to: Callable[[Any], bool] | None = None  # whether this actor sees it

    @property
    def address(self) -> str:
        return _address(self.url_name, get_urlconf(), get_script_prefix())


@dataclass(frozen=True)
class Figure:
    """A public number: value, unit, where it comes from, as of when (a moment, or a period in words), and its denominator in words."""

    label: str
    value: str
    unit: str
    source: str
    at: datetime | str
    note: str
    address: str = ""  # where it is explained
    order: int = 50


@dataclass(frozen=True)
class News:
    """Something that was published: when, what kind of thing, what it is called, by whom."""

    at: datetime
    kind: Any
    label: str
    address: str
    by: str = ""


@dataclass(frozen=True)
class Find:
    """Something that fits what was looked for."""

    label: str
    address: str
    help: Any = ""


@dataclass(frozen=True)
class Finder:
    """A kind of thing one can look for: ``find(actor, text, most)`` gives what this actor may see; ``more`` leads to all of it."""

    title: Any
    find: Callable[[Any, str, int], Iterable[Find]]
    more: str = ""  # the name of an address that takes the text as ``q``
    order: int = 50


_entries: dict[str, Entry] = {}
_finders: dict[str, Finder] = {}
_news: list[Callable[[int], Iterable[News]]] = []
_figures: list[Callable[[], Iterable[Figure]]] = []


def entry(*entries: Entry) -> None:
    """Offer ways to go."""
    _entries.update({e.key: e for e in entries})


def figures(provider: Callable[[], Iterable[Figure]]) -> Callable[[], Iterable[Figure]]:
    """Decorator: offer live figures for the home page."""
    _figures.append(provider)
    return provider


def finder(key: str, one: Finder) -> None:
    """Offer a kind of thing to the search."""
    _finders[key] = one


def finders() -> list[Finder]:
    """Everything one can look for, in order."""
    return sorted(_finders.values(), key=lambda one: one.order)


def news(provider: Callable[[int], Iterable[News]]) -> Callable[[int], Iterable[News]]:
    """Decorator: offer the newest of what is published, at most as many as asked for."""
    _news.append(provider)
    return provider


def latest(count: int) -> list[News]:
    """The newest of everything published, at most a minute old."""
    key = f"news:{get_language()}"
    kept = shared.get(key)
    if kept is None:
        kept = sorted((one for provider in _news for one in provider(count)), key=lambda one: one.at, reverse=True)[:count]
        shared.set(key, kept, 60)
    return kept


def entries(actor: Any = None, **where: Any) -> list[Entry]:
    """The entries that stand in a place and that this actor sees, in order."""
    found = (e for e in _entries.values() if all(getattr(e, name) == value for name, value in where.items()))
    return sorted((e for e in found if e.shown_to is None or e.shown_to(actor)), key=lambda e: e.order)


def live_figures() -> list[Figure]:
    """All figures, at most a minute old."""
    key = f"figures:{get_language()}"
    kept = shared.get(key)
    if kept is None:
        kept = sorted((figure for provider in _figures for figure in provider()), key=lambda figure: figure.order)
        shared.set(key, kept, 60)
    return kept
